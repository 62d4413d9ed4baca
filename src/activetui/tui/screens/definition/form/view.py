"""A definition told line by line, with a cursor: what the form shows, without changing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.activity.editing import Form, RowKind, form_of
from activetui.activity.mistakes import DefinitionError
from activetui.activity.reading.positions import Path
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.screens.definition.form.lines import Key, Line, lines_of, words_of
from activetui.tui.screens.definition.form.places import hint_of

_LOW = 20
"""With fewer lines than these, the meaning of a line gets one line only."""


class FormRows(OptionList, inherit_bindings=False):
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
        Command("form.down", "down,j", "cursor_down", N_("down"), N_("Next line"), palette=False),
        Command("form.up", "up,k", "cursor_up", N_("up"), N_("Line before"), palette=False),
        Command("form.page-down", "pagedown,ctrl+d", "page_down", N_("page"), N_("A page down"),
                palette=False),
        Command("form.page-up", "pageup,ctrl+u", "page_up", N_("page"), N_("A page up"), palette=False),
        Command("form.first", "home", "first", N_("first"), N_("First line"), palette=False),
        Command("form.last", "end,G", "last", N_("last"), N_("Last line"), palette=False),
    )
    BINDINGS = bindings(KEYS)


class DefinitionView(Vertical):
    """The lines of a definition; below them, what the one under the cursor means."""

    DEFAULT_CSS = """
    DefinitionView {
        & > .form--hint { height: 2; padding: 0 1; color: $quiet; }
        &.-low > .form--hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .form--broken { display: none; padding: 1; height: 1fr; color: $error; }
        &.-broken > .form--broken { display: block; }
        &.-broken > FormRows, &.-broken > .form--hint { display: none; }
    }
    """

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
        self.form: Form | None = None
        """None where the text has mistakes."""
        self.opened: Path | None = None
        """The condition whose values are shown one by one."""
        self.types_shown = False
        self._lines: list[Line | None] = []

    def compose(self) -> ComposeResult:
        """The lines, what the one under the cursor means, and a word where the text cannot be read."""
        yield FormRows()
        yield Static(classes="form--hint", markup=False)
        yield Static(classes="form--broken", markup=False)

    @property
    def first_stop(self) -> FormRows:
        """What gets the keys."""
        return self.query_one(FormRows)

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        at = self.first_stop.highlighted if self.is_mounted else None
        return self._lines[at] if at is not None and at < len(self._lines) else None

    def show(self, text: str) -> None:
        """Show a definition; the cursor stays on its line if there still is one."""
        if text == self.text and self.form is not None:
            return
        self.text = text
        try:
            self.form = form_of(text, self.own_kinds, self.currency)
        except DefinitionError as error:
            self.form = None
            self._say_broken(error)
        self.set_class(self.form is None, "-broken")
        self.write()

    def _say_broken(self, error: DefinitionError) -> None:
        first = error.problems[0]
        words = _("The text of the definition has a mistake in line {line}: {message}").format(
            line=first.line, message=one_line(first.message)
        )
        mend = _("Mend it in the text; then it can be changed here again.")
        self.query_one(".form--broken", Static).update(Content(f"{words}\n\n{mend}"))

    def on_resize(self) -> None:
        """Wrap the words anew."""
        self.set_class(self.size.height < _LOW, "-low")
        self.call_after_refresh(self.write)

    def write(self, cursor: Key | None = None) -> None:
        """Write every line anew; the cursor goes to the line of that key, else stays where it is."""
        if self.form is None:
            return
        rows, here = self.first_stop, self.line
        wanted, at = cursor or (here.key if here else None), rows.highlighted or 0
        told = self._fitting(self.form)
        self._lines = [line for line, _words in told]
        rows.clear_options()
        rows.add_options([Option(words, disabled=line is None) for line, words in told])
        found = self._place_of(wanted, at)
        rows.highlighted = self._last_of_opened(found)     # so that all of it comes into sight
        rows.highlighted = found
        self._say_hint()

    def _fitting(self, form: Form) -> list[tuple[Line | None, Content]]:
        """The lines with their words; without the blank ones where not all of them would be seen."""
        rows = self.first_stop
        width = rows.scrollable_content_region.width or self.size.width
        told = [
            (line, words_of(line, form, width, self.types_shown) if line else Content(""))
            for line in lines_of(form, self.opened, self.types_shown)
        ]
        height = sum(words.plain.count("\n") + 1 for _line, words in told)
        return told if height <= rows.size.height else [each for each in told if each[0] is not None]

    def _place_of(self, wanted: Key | None, at: int) -> int:
        """Where the line of that key is; else the line there was, or the nearest one above it."""
        keys = [line.key if line else None for line in self._lines]
        if wanted is None:                                 # first shown: begin where there is most to do
            wanted = next((key for key in keys if key and key[1] == RowKind.CONDITION.name), None)
        if wanted is not None and wanted in keys:
            return keys.index(wanted)
        return max(place for place, key in enumerate(keys) if key and place <= max(at, 0))

    def _last_of_opened(self, at: int) -> int:
        """The line on which the values of the condition at a line end, if it is opened."""
        here = self._lines[at]
        if here is None or here.row.path != self.opened:
            return at
        return max(place for place, line in enumerate(self._lines) if line and line.row == here.row)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._say_hint()
        self.refresh_bindings()

    def _say_hint(self) -> None:
        line = self.line
        words = hint_of(line, line.row.path == self.opened) if line else ""
        self.query_one(".form--hint", Static).update(Content(words))
