"""A definition as a form: every condition in words, every number a key press away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.activity import editing
from activetui.activity.editing import Form, FormField, RowKind, Template, Value, form_of
from activetui.activity.mistakes import DefinitionError
from activetui.activity.positions import Path
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.add_condition import AddConditionDialog
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.choose import ChooseDialog
from activetui.tui.dialogs.condition_value import ask_value
from activetui.tui.widgets.definition_lines import Line, lines_of, targets, words_of
from activetui.tui.widgets.definition_places import (
    can_remove,
    group_question,
    grouped,
    hint_of,
    place_in_words,
    place_to_add,
)


class FormRows(OptionList):
    """The lines of the form, with the cursor."""

    DEFAULT_CSS = """
    FormRows, FormRows:focus {
        background: $background; background-tint: $background 0%; border: none; padding: 0;
        height: 1fr; scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0; }
        & > .option-list--option-highlighted {
            background: $block-cursor-blurred-background; text-style: none;
        }
    }
    FormRows:focus > .option-list--option-highlighted { background: $block-cursor-background; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("form.change", "enter", "select", N_("change"),
                N_("Open a condition, or change what the line says"), footer=1, palette=False),
        Command("form.down", "down,j", "cursor_down", N_("down"), N_("Next line"), palette=False),
        Command("form.up", "up,k", "cursor_up", N_("up"), N_("Line before"), palette=False),
        Command("form.first", "home", "first", N_("first"), N_("First line"), palette=False),
        Command("form.last", "end,G", "last", N_("last"), N_("Last line"), palette=False),
    )
    BINDINGS = bindings(KEYS)


class DefinitionForm(Vertical):
    """A definition, to be read and changed line by line.

    `show` gives it a text; whatever is changed comes back as `Changed`, with the whole text.
    """

    DEFAULT_CSS = """
    DefinitionForm {
        & > .form--hint { height: auto; min-height: 1; max-height: 3; padding: 0 1; color: $quiet; }
        & > .form--broken { display: none; padding: 1; height: 1fr; color: $error; }
        &.-broken > .form--broken { display: block; }
        &.-broken > FormRows, &.-broken > .form--hint { display: none; }
    }
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("form.more", "plus,equals_sign", "step(1)", N_("more"), N_("One more"), footer=2,
                palette=False),
        Command("form.less", "minus", "step(-1)", N_("less"), N_("One less"), footer=3, palette=False),
        Command("form.ten-more", "shift+right", "step(10)", N_("ten more"), N_("Ten more"), palette=False),
        Command("form.ten-less", "shift+left", "step(-10)", N_("ten less"), N_("Ten less"), palette=False),
        Command("form.add", "a", "add", N_("add"), N_("Add a condition"), footer=4),
        Command("form.remove", "x", "remove", N_("remove"), N_("Take the condition away"), footer=5),
        Command("form.group", "g", "group", N_("any/all"), N_("Say whether any, all or none must hold"),
                footer=6),
        Command("form.edit", "e", "edit", N_("number"), N_("Type another number")),
    )
    BINDINGS = bindings(KEYS)

    @dataclass
    class Changed(Message):
        """The definition is another one."""

        text: str

    def __init__(
        self, own_kinds: Mapping[str, int] | None = None, currency: str = "EUR", *,
        id: str | None = None, classes: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.own_kinds: Mapping[str, int] = own_kinds or {}
        """The owner's kinds of event, by name; to be set before `show`."""
        self.currency = currency
        self.text = ""
        """The definition as it is now."""
        self._form: Form | None = None
        self._lines: list[Line | None] = []
        self._opened: Path | None = None
        """The condition whose values are shown one by one."""
        self._types_shown = False

    def compose(self) -> ComposeResult:
        """The lines, what the one under the cursor means, and a word where the text cannot be read."""
        yield FormRows()
        yield Static(classes="form--hint", markup=False)
        yield Static(classes="form--broken", markup=False)

    @property
    def first_stop(self) -> FormRows:
        """What gets the keys."""
        return self.query_one(FormRows)

    def show(self, text: str) -> None:
        """Show a definition; the cursor stays on its line if there still is one."""
        if text == self.text and self._form is not None:
            return
        self.text = text
        try:
            self._form = form_of(text, self.own_kinds, self.currency)
        except DefinitionError as error:
            self._form = None
            self._say_broken(error)
        self.set_class(self._form is None, "-broken")
        self._write()

    def _say_broken(self, error: DefinitionError) -> None:
        first = error.problems[0]
        words = _("The text of the definition has a mistake in line {line}: {message}").format(
            line=first.line, message=one_line(first.message)
        )
        mend = _("Mend it in the text; then it can be changed here again.")
        self.query_one(".form--broken", Static).update(Content(f"{words}\n\n{mend}"))

    # -- lines --------------------------------------------------------------------------------------------

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        at = self.first_stop.highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    def on_resize(self) -> None:
        """Wrap the words anew."""
        self._write()

    def _write(self, cursor: tuple[object, ...] | None = None) -> None:
        """Write every line anew; the cursor goes to the line of that key, else stays where it is."""
        rows, here = self.first_stop, self.line
        at = rows.highlighted or 0
        wanted = cursor or (here.key if here else None)
        form = self._form
        lines = lines_of(form, self._opened, self._types_shown) if form else []
        width = rows.scrollable_content_region.width or self.size.width
        said = [words_of(line, form, width, self._types_shown) if line and form else None for line in lines]
        height = sum(words.plain.count("\n") + 1 if words else 1 for words in said)
        short = height > rows.size.height
        keep = [place for place, line in enumerate(lines) if line is not None or (not short and place)]
        self._lines = [lines[place] for place in keep]
        rows.clear_options()
        rows.add_options([Option(said[place] or "", disabled=lines[place] is None) for place in keep])
        keys = [line.key if line else None for line in self._lines]
        if wanted is None:                                # first shown: begin where there is most to do
            at = next((at for at, key in enumerate(keys) if key and key[1] == "CONDITION"), 0)
        found = keys.index(wanted) if wanted in keys else min(at, len(keys) - 1)
        rows.highlighted = found if keys else None
        self._say_hint()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._say_hint()
        self.refresh_bindings()

    def _say_hint(self) -> None:
        line = self.line
        self.query_one(".form--hint", Static).update(Content(hint_of(line) if line else ""))

    # -- changing -----------------------------------------------------------------------------------------

    def take(self, text: str, cursor: tuple[object, ...] | None = None) -> None:
        """Show another text and tell it; `OwnerError` where it cannot be read, and nothing changes."""
        if text == self.text:
            return
        self._form = form_of(text, self.own_kinds, self.currency)
        self.text = text
        self._write(cursor)
        self.post_message(self.Changed(text))

    def _take_or_say(self, change: Callable[[], str]) -> None:
        """Make a change, or say why it cannot be made."""
        try:
            self.take(change())
        except OwnerError as error:
            self._refuse(error)

    def _refuse(self, error: OwnerError) -> None:
        self.notify(f"{error.message}\n{error.hint}".strip(), severity="warning", markup=False)

    def _with_value(self, line: Line, field: FormField, value: Value | None) -> str:
        row = line.row
        if row.kind is RowKind.DAYS:
            return editing.set_days(self.text, row.section, None if value is None else int(str(value)))
        return editing.set_field(self.text, row.path, field.key, value, self.own_kinds, self.currency)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Open a condition, or ask for what the line says."""
        line = self.line
        if line is None:
            return
        if line.role == "add":
            self.action_add()
        elif line.role == "types":
            self._types_shown = not self._types_shown
            self._write()
        elif line.role == "field" and line.field is not None:
            self._ask_value(line, line.field)
        elif line.row.kind is RowKind.CONDITION:
            self._opened = None if self._opened == line.row.path else line.row.path
            self._write()
        elif line.row.kind is RowKind.DAYS:
            self._ask_value(line, line.row.fields[0])
        elif line.row.kind is RowKind.NAME:
            self._ask_name()
        elif line.row.group:
            self.action_group()
        else:
            self.action_add()

    def action_edit(self) -> None:
        """Ask for the number that + and - change, or for what Enter would."""
        line = self.line
        if line is not None and line.number is not None:
            self._ask_value(line, line.number)
        else:
            self.action_change()

    def action_step(self, steps: int) -> None:
        """Change the number of the line by so many steps."""
        line = self.line
        field = line.number if line else None
        value = field.moved(steps) if field else None
        if line is not None and field is not None and value is not None:
            self._take_or_say(lambda: self._with_value(line, field, value))

    def _ask_value(self, line: Line, field: FormField) -> None:
        ask_value(
            self.app, field, self.currency, lambda value: self.take(self._with_value(line, field, value)),
            self._refuse,
        )

    def _ask_name(self) -> None:
        def check(name: str) -> None:
            self.take(editing.rename(self.text, one_line(name)))

        name = self._form.name if self._form else ""
        hint = _("Every list and report says which definition it rests on, by this name and its version.")
        self.app.push_screen(AskTextDialog(_("Name of the definition"), hint, value=name, check=check))

    # -- conditions come and go ---------------------------------------------------------------------------

    def action_add(self) -> None:
        """Choose a condition to add where the cursor is."""
        line = self.line
        if line is None or self._form is None:
            return
        place = place_to_add(line)
        if place is None:
            return

        def chosen(template: Template | None) -> None:
            if template is not None:
                self._add(place, template)

        offered = editing.templates(str(place[0]), self.own_kinds)
        self.app.push_screen(AddConditionDialog(place_in_words(self._form, place), offered), chosen)

    def _add(self, place: Path, template: Template) -> None:
        text = editing.add_condition(self.text, place, template.condition)
        added = [*targets(form_of(text, self.own_kinds, self.currency).rows, place)][-1]
        self._opened = added.path
        first = next((field for field in added.fields if field.step is not None), added.fields[0])
        self.take(text, Line(added, first, "field").key)

    def action_remove(self) -> None:
        """Take away what the line says."""
        line = self.line
        if line is None:
            return
        if line.role == "field" and line.field is not None:
            self._unset(line, line.field)
        elif line.row.kind is RowKind.DAYS:
            self._take_or_say(lambda: editing.set_days(self.text, line.row.section, None))
        elif line.role == "row" and line.row.kind is not RowKind.NAME:
            self._opened = None
            self._take_or_say(lambda: editing.remove(self.text, line.row.path))

    def _unset(self, line: Line, field: FormField) -> None:
        if field.needed:
            self._refuse(OwnerError(_("The condition cannot do without this."),
                                    _("x on the condition itself takes all of it away.")))
        else:
            self._take_or_say(lambda: self._with_value(line, field, None))

    def action_group(self) -> None:
        """Choose how the conditions here belong together."""
        line = self.line
        if line is None or self._form is None or line.role == "types":
            return
        asked = group_question(line)
        if asked is None:
            return

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._opened = None
                self._take_or_say(lambda: grouped(self.text, line.row, answer))

        self.app.push_screen(ChooseDialog(asked.title, asked.choices, asked.present, hint=asked.hint), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only offered where they do something."""
        line = self.line if self.is_mounted else None
        if action == "step":
            return line is not None and line.number is not None
        if action == "remove":
            return line is not None and can_remove(line)
        if action == "group":
            return line is not None and self._form is not None and group_question(line) is not None
        if action == "add":
            return line is not None and place_to_add(line) is not None
        return super().check_action(action, parameters)
