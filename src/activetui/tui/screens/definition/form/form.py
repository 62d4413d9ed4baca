"""A definition as a form: every condition in words, every number a key press away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.message import Message
from textual.widgets import OptionList

from activetui.activity import editing
from activetui.activity.editing import FormField, RowKind, Template, Value, form_of
from activetui.activity.mistakes import DefinitionError
from activetui.activity.reading.positions import Path
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.add_condition import AddConditionDialog
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.choose import ChooseDialog
from activetui.tui.dialogs.condition_value import ask_value
from activetui.tui.screens.definition.form.lines import Key, Line, targets
from activetui.tui.screens.definition.form.places import (
    can_remove,
    group_question,
    grouped,
    place_in_words,
    place_to_add,
)
from activetui.tui.screens.definition.form.view import DefinitionView


class DefinitionForm(DefinitionView):
    """A definition, to be read and changed line by line.

    `show` gives it a text; whatever is changed comes back as `Changed`, with the whole text.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("form.change", "enter", "change", N_("change"),
                N_("Open a condition, or change what the line says"), footer=1, palette=False),
        Command("form.more", "plus,equals_sign,right", "step(1)", N_("− number"), N_("One more"), footer=2,
                palette=False),
        Command("form.less", "minus,left", "step(-1)", N_("less"), N_("One less"), palette=False),
        Command("form.ten-more", "shift+right", "step(10)", N_("ten more"), N_("Ten more"), palette=False),
        Command("form.ten-less", "shift+left", "step(-10)", N_("ten less"), N_("Ten less"), palette=False),
        Command("form.add", "a", "add", N_("add"), N_("Add a condition"), footer=3),
        Command("form.remove", "x", "remove", N_("remove"), N_("Take the condition away"), footer=4),
        Command("form.group", "g", "group", N_("any/all"), N_("Say whether any, all or none must hold"),
                footer=5),
        Command("form.edit", "e", "edit", N_("number"), N_("Type another number")),
    )
    BINDINGS = bindings(KEYS)

    @dataclass
    class Changed(Message):
        """The definition is another one."""

        text: str

    # -- changing -----------------------------------------------------------------------------------------

    def take(self, text: str, cursor: Key | None = None) -> None:
        """Show another text and tell it; `OwnerError` where it cannot be read, and nothing changes."""
        if text == self.text:
            return
        try:
            form = form_of(text, self.own_kinds, self.currency)
        except DefinitionError as error:                   # without the place in the text, which is not seen
            raise OwnerError(one_line(error.problems[0].message)) from None
        self.form, self.text = form, text
        self.write(cursor)
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
            self.types_shown = not self.types_shown
            self.write()
        elif line.role == "field" and line.field is not None:
            self._ask_value(line, line.field)
        elif line.row.kind is RowKind.CONDITION:
            self.opened = None if self.opened == line.row.path else line.row.path
            self.write()
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

        name = self.form.name if self.form else ""
        hint = _("Every list and report says which definition it rests on, by this name and its version.")
        self.app.push_screen(AskTextDialog(_("Name of the definition"), hint, value=name, check=check))

    # -- conditions come and go ---------------------------------------------------------------------------

    def action_add(self) -> None:
        """Choose a condition to add where the cursor is."""
        line = self.line
        if line is None or self.form is None:
            return
        place = place_to_add(line)
        if place is None:
            return

        def chosen(template: Template | None) -> None:
            if template is not None:
                self._add(place, template)

        offered = editing.templates(str(place[0]), self.own_kinds)
        self.app.push_screen(AddConditionDialog(place_in_words(self.form, place), offered), chosen)

    def _add(self, place: Path, template: Template) -> None:
        text = editing.add_condition(self.text, place, template.condition)
        added = [*targets(form_of(text, self.own_kinds, self.currency).rows, place)][-1]
        self.opened = added.path
        first = next((field for field in added.fields if field.step is not None), added.fields[0])
        self.take(text, Line(added, first, "field").key)

    def action_remove(self) -> None:
        """Take away what the line says."""
        line = self.line
        if line is None:
            return
        field = line.field
        if field is not None:
            self._take_or_say(lambda: self._with_value(line, field, None))
        elif line.row.kind is RowKind.DAYS:
            self._take_or_say(lambda: editing.set_days(self.text, line.row.section, None))
        else:
            self.opened = None
            self._take_or_say(lambda: editing.remove(self.text, line.row.path))

    def action_group(self) -> None:
        """Choose how the conditions here belong together."""
        line = self.line
        if line is None or self.form is None or line.role == "types":
            return
        asked = group_question(line)
        if asked is None:
            return

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self.opened = None
                self._take_or_say(lambda: grouped(self.text, line.row, answer))

        self.app.push_screen(ChooseDialog(asked.title, asked.choices, asked.present, hint=asked.hint), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only offered where they do something."""
        line = self.line
        if action == "step":
            return line is not None and line.number is not None
        if action == "remove":
            return line is not None and can_remove(line)
        if action == "group":
            return line is not None and self.form is not None and group_question(line) is not None
        if action == "add":
            return line is not None and place_to_add(line) is not None
        return super().check_action(action, parameters)
