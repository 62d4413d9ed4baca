"""A line that says clearly that another day than today is looked at."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import format_day, relative_day


class AsOfBanner(Static):
    """Shown only while the day is not today."""

    DEFAULT_CSS = """
    AsOfBanner {
        height: 1; padding: 0 1; display: none;
        background: $status-at-risk; color: $background; text-style: bold;
        &.-shown { display: block; }
    }
    """

    def show_day(self, day: Day, today: Day) -> None:
        """Say which day is looked at, or disappear."""
        self.set_class(day != today, "-shown")
        if day != today:
            words = _("As of {day} ({distance}): d changes the day, D goes back to today").format(
                day=format_day(day, "long"), distance=relative_day(day, today)
            )
            self.update(Content(words))
