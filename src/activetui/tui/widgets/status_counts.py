"""How many customers have each status, on one line."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.locales.formats import format_number
from activetui.tui.widgets.fitted_lines import FittedLines, Line
from activetui.tui.words import SYMBOLS, status_style

_GAP = 3
_MOST_LINES = 2


class StatusCounts(FittedLines):
    """Symbol, word and number of every status that occurs, on one line or two; in a window that is too
    small even for that, without the words."""

    DEFAULT_CSS = """
    StatusCounts { padding: 0 1; color: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[tuple[Status, int], ...] = ()

    def show(self, counts: Mapping[Status, int]) -> None:
        """Show these counts."""
        self._counts = tuple((status, number) for status, number in counts.items() if number)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """One line or two."""
        lines = self._filled(width, words=True)
        return lines if len(lines) <= _MOST_LINES else self._filled(width, words=False)[:_MOST_LINES]

    def _filled(self, width: int, *, words: bool) -> list[Line]:
        lines: list[Line] = []
        room = 0
        for status, number in self._counts:
            word = f" {status_word(status)} " if words else " "
            count = format_number(number)
            parts = [(SYMBOLS[status], status_style(status)), (word, ""), (count, "$foreground")]
            needed = sum(cell_len(text) for text, _style in parts)
            if not lines or needed + _GAP > room:
                lines.append(parts)
                room = width - needed
            else:
                lines[-1] += [(" " * _GAP, ""), *parts]
                room -= needed + _GAP
        return lines
