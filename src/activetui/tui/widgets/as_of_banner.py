"""A line that says clearly that another day than today is looked at, by which clock, or that one is worked
out."""

from __future__ import annotations

from typing import NamedTuple

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
        self._said: tuple[_Parts, ...] = ()

    def show_day(self, view: View, today: Day, made: Progress | None = None) -> None:
        """Say which day is looked at and what of it is seen, or which one is worked out, or disappear."""
        if made is not None:
            self._said = (_being_made(made, view, today),)
        else:
            self._said = _seen(view, today) if view.day != today else ()
        self.set_class(bool(self._said), "-shown")
        self.refresh()

    def render(self) -> RenderResult:
        """All of it in many words or in few; else as much of what can be done as there is room for."""
        room = self.size.width
        whole = next((parts for parts in self._said if parts.width() <= room), None)
        if whole is None:
            if not self._said:
                return Content("")
            whole = self._said[-1]
            while whole.ways and whole.width() > room:
                whole = whole._replace(ways=whole.ways[:-1])
        return Content(_BETWEEN.join((*whole.words, *whole.ways)))


class _Parts(NamedTuple):
    """What the banner says: what must be said, then what can be done, the most wanted first."""

    words: tuple[str, ...]
    ways: tuple[str, ...]

    def width(self) -> int:
        return cell_len(_BETWEEN.join((*self.words, *self.ways)))


def _seen(view: View, today: Day) -> tuple[_Parts, ...]:
    """The day in many words, and in few."""
    many = _("As of {day} ({distance})").format(
        day=format_day(view.day, "long"), distance=relative_day(view.day, today)
    )
    few = _("As of {day}").format(day=format_day(view.day))
    ways: tuple[str, ...] = (
        _("{key} today").format(key=key_of("app.back-to-today")),
        _("{key} another day").format(key=key_of("app.day")),
    )
    if view.day > today:
        return _Parts((many,), ways), _Parts((few,), ways)
    known = key_of("app.known")
    if view.known_then:
        clock, now = _("as known then"), _("{key} known now").format(key=known)
        ways = now, _("only to look at"), *ways
    else:
        clock, then = _("as known now"), _("{key} known then").format(key=known)
        ways = then, *ways
    return _Parts((many, clock), ways), _Parts((few, clock), ways)


def _being_made(made: Progress, view: View, today: Day) -> _Parts:
    working = _("Working out {day}: {share}").format(
        day=format_day(made.view.day, "long"), share=format_share(made.percent / 100)
    )
    stop = _("{key} stops it").format(key=key_of("app.stop-waiting"))
    if made.view == view:
        return _Parts((working, stop), ())
    until = _("until then as of {day}").format(day=format_day(view.day))
    return _Parts((working, stop), (until if view.day != today else _("until then as of today"),))
