"""How many customers have each status, on one line; each count leads to those who have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.message import Message

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.locales import N_
from activetui.locales.formats import format_number
from activetui.tui.commands import Command, bindings
from activetui.tui.widgets.fitted_lines import FittedLines, Line
from activetui.tui.words import SYMBOLS, status_style

_GAP = 3
_MOST_LINES = 2


class _Place(NamedTuple):
    """Where a status stands."""

    line: int
    start: int
    end: int
    status: Status


class StatusCounts(FittedLines, can_focus=True):
    """Symbol, word and number of every status that occurs, on one line or two; in a window that is too
    small even for that, without the words."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    StatusCounts { padding: 0 1; color: $quiet; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("statuses.next", "right,l", "move(1)", N_("next"), N_("Next status"), palette=False),
        Command("statuses.before", "left,h", "move(-1)", N_("before"), N_("Status before"), palette=False),
        Command("statuses.pick", "enter,space", "pick", N_("show"),
                N_("Show the customers with this status; once more, all again"), footer=1, palette=False),
        Command("statuses.leave", "escape,down,j", "to_list", N_("to the list"), N_("Back to the list"),
                footer=2, palette=False),
    )
    BINDINGS = bindings(KEYS)

    class Picked(Message):
        """The customers with a status are wanted."""

        def __init__(self, status: Status) -> None:
            super().__init__()
            self.status = status

    class Left(Message):
        """The list is to have the keys again."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[tuple[Status, int], ...] = ()
        self._chosen: Status | None = None
        self._cursor: Status | None = None
        self._places: list[_Place] = []

    def show(self, counts: Mapping[Status, int], chosen: Status | None = None) -> None:
        """Show these counts, and which status the list is limited to."""
        shown = tuple((status, number) for status, number in counts.items() if number or status is chosen)
        if (shown, chosen) == (self._counts, self._chosen):
            return
        height = self.size.height
        self._counts, self._chosen = shown, chosen
        self.refresh(layout=len(self.lines(self.content_size.width)) != height)

    def lines(self, width: int) -> list[Line]:
        """One line or two."""
        lines = self._filled(width, words=True)
        return lines if len(lines) <= _MOST_LINES else self._filled(width, words=False)[:_MOST_LINES]

    def _filled(self, width: int, *, words: bool) -> list[Line]:
        lines: list[Line] = []
        self._places = []
        room = 0
        for status, number in self._counts:
            word = f" {status_word(status)} " if words else " "
            behind = self._behind(status)
            parts = [
                (SYMBOLS[status], f"{status_style(status)}{behind}"), (word, behind.strip()),
                (format_number(number), f"$foreground{behind}"),
            ]
            needed = sum(cell_len(text) for text, _style in parts)
            if not lines or needed + _GAP > room:
                lines.append(parts)
                room = width - needed
            else:
                lines[-1] += [(" " * _GAP, ""), *parts]
                room -= needed + _GAP
            end = width - room
            self._places.append(_Place(len(lines) - 1, end - needed, end, status))
        return lines

    def _behind(self, status: Status) -> str:
        """How the one under the cursor, and the one that the list is limited to, stand out."""
        if self.has_focus and status is self._cursor:
            return " bold on $block-cursor-background"
        return " bold underline" if status is self._chosen else ""

    def on_focus(self) -> None:
        """Begin at the one that the list is limited to."""
        known = [status for status, _number in self._counts]
        if self._cursor not in known:
            self._cursor = self._chosen or (known[0] if known else None)
        self.refresh()

    def on_blur(self) -> None:
        """No cursor is seen any more."""
        self.refresh()

    def action_move(self, step: int) -> None:
        """The next status, or the one before."""
        known = [status for status, _number in self._counts]
        if known:
            place = known.index(self._cursor) + step if self._cursor in known else 0
            self._cursor = known[max(0, min(place, len(known) - 1))]
            self.refresh()

    def action_pick(self) -> None:
        """Show the customers with the status under the cursor."""
        if self._cursor is not None:
            self.post_message(self.Picked(self._cursor))

    def action_to_list(self) -> None:
        """Give the keys back to the list."""
        self.post_message(self.Left())

    def on_click(self, event: events.Click) -> None:
        """The same by mouse."""
        at = event.get_content_offset(self)
        for place in self._places:
            if at is not None and place.line == at.y and place.start <= at.x < place.end:
                self._cursor = place.status
                self.post_message(self.Picked(place.status))
