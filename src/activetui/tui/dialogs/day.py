"""Ask from which day to look."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.ledger.days import Day, iso
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_day, relative_day
from activetui.tui.day_words import read_day
from activetui.tui.dialogs.base import Dialog


class DayDialog(Dialog[Day]):
    """The answer is a day; while it is typed the dialog says which one it is."""

    def __init__(self, day: Day, today: Day) -> None:
        super().__init__()
        self._day, self._today = day, today

    def title_words(self) -> str:
        """What is asked."""
        return _("Look from which day?")

    def compose_dialog(self) -> Iterable[Widget]:
        """A line to type on, and how it is read."""
        yield Input(value=iso(self._day) or "", id="day", compact=True, select_on_focus=True)
        yield Static(classes="dialog--hint", id="reading", markup=False)
        yield Static(
            Content(_("A date such as 2026-06-01, or today, -30d, +7d, -2w, -3m, -1y. "
                      "Every list, count and receipt is then as of that day.")),
            classes="dialog--hint",
        )

    @on(Input.Changed)
    def _read(self, event: Input.Changed) -> None:
        self.show_problem("")
        try:
            day = read_day(event.value, self._today)
        except OwnerError:
            words = ""
        else:
            words = f"= {format_day(day, 'full')}, {relative_day(day, self._today)}"
        self.query_one("#reading", Static).update(Content(words))

    @on(Input.Submitted)
    def _accept(self, event: Input.Submitted) -> None:
        try:
            self.dismiss(read_day(event.value, self._today))
        except OwnerError as error:
            self.show_problem(f"{error.message} {error.hint}")
