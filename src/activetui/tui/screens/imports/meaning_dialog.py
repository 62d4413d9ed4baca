"""Choose what a column means, from plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from activetui.importing.columns.field_words import field_words, fields_to_choose
from activetui.importing.columns.vocabulary import IGNORE
from activetui.ledger.text import fold
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.choose import Choices
from activetui.tui.screens.imports.columns_panel import ColumnRow


class MeaningDialog(Dialog[str]):
    """A line to type part of a word on, and the meanings that have it; the answer is a field."""

    DEFAULT_CSS = """
    MeaningDialog {
        & Choices, & Choices:focus { height: auto; max-height: 60vh; margin-top: 1; }
        & Input { margin-top: 1; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("meaning.down", "down", "move(1)", N_("down"), N_("Next"), palette=False),
        Command("meaning.up", "up", "move(-1)", N_("up"), N_("Before"), palette=False),
    )
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "Input"

    def __init__(self, row: ColumnRow, taken: dict[str, str]) -> None:
        super().__init__()
        self._row, self._taken = row, taken
        self._fields: Sequence[str] = ()

    def title_words(self) -> str:
        """The column that is asked about."""
        return _("What is “{column}”?").format(column=self._row.heading)

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("type to find · ↑ ↓ choose · Enter takes it · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """Cells of the column, a line to type on, the meanings."""
        cells = " · ".join(self._row.examples) or _("nothing")
        yield Static(Content(_("It holds: {cells}").format(cells=cells)), classes="dialog--hint")
        yield Input(placeholder=_("part of a word"), compact=True)
        yield Choices()

    def on_mount(self) -> None:
        """Begin at what the column means now."""
        self._offer("")

    def _offer(self, words: str) -> None:
        wanted = fold(words.strip())
        self._fields = [name for name in fields_to_choose() if wanted in fold(f"{field_words(name)} {name}")]
        choices = self.query_one(Choices)
        choices.clear_options()
        choices.add_options(Option(self._prompt(name)) for name in self._fields)
        now = self._row.column.field or IGNORE
        choices.highlighted = self._fields.index(now) if now in self._fields and not wanted else 0

    def _prompt(self, name: str) -> Content:
        other = self._taken.get(name)
        if other is None or name == self._row.column.field:
            return Content(field_words(name))
        now = _("now: {column}").format(column=other)
        return Content.assemble((field_words(name), ""), (f"  {now}", "$quiet"))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._offer(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        place = self.query_one(Choices).highlighted
        if place is not None and place < len(self._fields):
            self.dismiss(self._fields[place])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._fields[event.option_index])

    def action_move(self, step: int) -> None:
        """Move in the list while the line has the keys."""
        choices = self.query_one(Choices)
        if self._fields:
            choices.highlighted = max(0, min((choices.highlighted or 0) + step, len(self._fields) - 1))
