"""Choose the columns of the list of customers, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.ledger.days import Day
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.choose import Choices
from activetui.tui.people import USUAL, person_columns

_ALWAYS = "name"


class ColumnsDialog(Dialog[tuple[str, ...]]):
    """Columns to tick and to move; the answer are the ids of the ticked ones, in order."""

    DEFAULT_CSS = """
    ColumnsDialog Choices, ColumnsDialog Choices:focus { max-height: 70vh; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("columns.turn", "space", "turn", N_("show"), N_("Show the column, or no longer"),
                palette=False),
        Command("columns.up", "K,shift+up,left", "move(-1)", N_("before"), N_("Move the column forward"),
                palette=False),
        Command("columns.down", "J,shift+down,right", "move(1)", N_("behind"), N_("Move the column back"),
                palette=False),
        Command("columns.usual", "r", "usual", N_("usual"), N_("The usual columns again"), palette=False),
        Command("columns.accept", "enter", "accept", N_("accept"), N_("Have these columns"),
                palette=False, priority=True),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, day: Day, chosen: Sequence[str]) -> None:
        super().__init__()
        self._titles = {column.id: _(column.title) for column in person_columns(day)}
        self._order: list[str] = []
        self._ticked: set[str] = set()
        self._begin_with(chosen or USUAL)

    def _begin_with(self, chosen: Sequence[str]) -> None:
        first = [name for name in chosen if name in self._titles and name != _ALWAYS]
        others = [name for name in self._titles if name not in first and name != _ALWAYS]
        self._order, self._ticked = first + others, set(first)

    def title_words(self) -> str:
        """What is to be chosen."""
        return _("Columns")

    def keys_words(self) -> str:
        """Which keys answer."""
        words = _("{show} shows · {up} {down} move · {usual} usual · {accept} accepts · {leave} leaves")
        return words.format(
            show=key_of("columns.turn"), up=key_of("columns.up"), down=key_of("columns.down"),
            usual=key_of("columns.usual"), accept=key_of("columns.accept"), leave=key_of("dialog.leave"),
        )

    def compose_dialog(self) -> Iterable[Widget]:
        """The columns, those that are shown first."""
        hint = _("The name stands first. Where there is too little room the last ones go; → shows them.")
        yield Static(Content(hint), classes="dialog--hint")
        yield Choices(*(Option(self._prompt(name)) for name in self._order))

    def on_mount(self) -> None:
        """Begin at the first."""
        self.query_one(Choices).highlighted = 0

    def _prompt(self, name: str) -> Content:
        if name in self._ticked:
            return Content.assemble(("✓ ", "$accent"), (self._titles[name], "bold"))
        return Content(f"  {self._titles[name]}")

    def _show(self, place: int) -> None:
        choices = self.query_one(Choices)
        for at, name in enumerate(self._order):
            choices.replace_option_prompt_at_index(at, self._prompt(name))
        choices.highlighted = place

    def action_turn(self) -> None:
        """Show the column under the cursor, or no longer."""
        place = self.query_one(Choices).highlighted
        if place is not None:
            self._ticked ^= {self._order[place]}
            self._show(place)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._ticked ^= {self._order[event.option_index]}
        self._show(event.option_index)

    def action_move(self, step: int) -> None:
        """Move the column under the cursor by one place."""
        place = self.query_one(Choices).highlighted
        if place is not None and 0 <= place + step < len(self._order):
            self._order.insert(place + step, self._order.pop(place))
            self._show(place + step)

    def action_usual(self) -> None:
        """Begin again with the usual ones."""
        self._begin_with(USUAL)
        self._show(0)

    def action_accept(self) -> None:
        """These columns."""
        self.dismiss((_ALWAYS, *(name for name in self._order if name in self._ticked)))
