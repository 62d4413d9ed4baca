"""A line that says clearly that another day than today is looked at, and by which clock."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import format_day, relative_day

_BETWEEN = " · "


class AsOfBanner(Widget):
    """Shown only while the day is not today."""

    DEFAULT_CSS = """
    AsOfBanner {
        height: 1; padding: 0 1; display: none;
        background: $status-at-risk; color: $background; text-style: bold;
        &.-shown { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self._keys: tuple[str, ...] = ()

    def show_day(self, day: Day, today: Day, known_then: bool) -> None:
        """Say which day is looked at and what of it is seen, or disappear."""
        self.set_class(day != today, "-shown")
        if day == today:
            return
        seen = _("As of {day} ({distance})").format(
            day=format_day(day, "long"), distance=relative_day(day, today)
        )
        back = (_("d another day"), _("D today"))
        if day > today:
            self._words, self._keys = (seen,), back
        elif known_then:
            self._words = seen, _("as known then")
            self._keys = _("K known now"), _("only to look at"), *back
        else:
            self._words, self._keys = (seen, _("as known now")), (_("K known then"), *back)
        self.refresh()

    def render(self) -> RenderResult:
        """What is seen, and as much of what can be done as there is room for."""
        parts = [*self._words, *self._keys]
        while len(parts) > len(self._words) and cell_len(_BETWEEN.join(parts)) > self.size.width:
            parts.pop()
        return Content(_BETWEEN.join(parts))
