"""A line that says clearly that another day than today is looked at, by which clock, or that one is worked
out."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import format_day, format_share, relative_day
from activetui.tui.commands import key_of
from activetui.tui.making import Progress
from activetui.tui.reading import View

_BETWEEN = " · "


class AsOfBanner(Widget):
    """Shown only while the day is not today, or another day is being worked out."""

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

    def show_day(self, view: View, today: Day, made: Progress | None = None) -> None:
        """Say which day is looked at and what of it is seen, or which one is worked out, or disappear."""
        seen = self._seen(view, today) if view.day != today else ((), ())
        self._words, self._keys = seen if made is None else self._being_made(made, view, today)
        self.set_class(bool(self._words), "-shown")
        self.refresh()

    def _seen(self, view: View, today: Day) -> tuple[tuple[str, ...], tuple[str, ...]]:
        seen = _("As of {day} ({distance})").format(
            day=format_day(view.day, "long"), distance=relative_day(view.day, today)
        )
        other, back, known = key_of("app.day"), key_of("app.back-to-today"), key_of("app.known")
        ways = _("{key} another day").format(key=other), _("{key} today").format(key=back)
        if view.day > today:
            return (seen,), ways
        if view.known_then:
            now = _("{key} known now").format(key=known)
            return (seen, _("as known then")), (now, _("only to look at"), *ways)
        return (seen, _("as known now")), (_("{key} known then").format(key=known), *ways)

    def _being_made(self, made: Progress, view: View, today: Day) -> tuple[tuple[str, ...], tuple[str, ...]]:
        working = _("Working out {day}: {share}").format(
            day=format_day(made.view.day, "long"), share=format_share(made.percent / 100)
        )
        stop = _("{key} stops it").format(key=key_of("app.stop-waiting"))
        if made.view == view:
            return (working, stop), ()
        until = _("until then as of {day}").format(day=format_day(view.day))
        return (working, stop), (until if view.day != today else _("until then as of today"),)

    def render(self) -> RenderResult:
        """What is seen, and as much of what can be done as there is room for."""
        parts = [*self._words, *self._keys]
        while len(parts) > len(self._words) and cell_len(_BETWEEN.join(parts)) > self.size.width:
            parts.pop()
        return Content(_BETWEEN.join(parts))
