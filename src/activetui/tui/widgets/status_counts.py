"""How many customers have each status, on one line."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.locales.formats import format_number
from activetui.tui.words import SYMBOLS, status_style


class StatusCounts(Widget):
    """Symbol, word and number of every status that occurs; without the words where they have no room."""

    DEFAULT_CSS = """
    StatusCounts { height: 1; padding: 0 1; color: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[tuple[Status, int], ...] = ()

    def show(self, counts: Mapping[Status, int]) -> None:
        """Show these counts."""
        self._counts = tuple((status, number) for status, number in counts.items() if number)
        self.refresh()

    def render(self) -> RenderResult:
        """The line, as full as it can be."""
        width = self.content_size.width
        for words, gap in ((True, 3), (True, 2), (False, 3), (False, 1)):
            parts = self._parts(words, " " * gap)
            if sum(cell_len(text) for text, _style in parts) <= width:
                break
        return Content.assemble(*parts)

    def _parts(self, words: bool, gap: str) -> list[tuple[str, str]]:
        parts: list[tuple[str, str]] = []
        for place, (status, number) in enumerate(self._counts):
            parts.append(((gap if place else "") + SYMBOLS[status], status_style(status)))
            parts.append((f" {status_word(status)} " if words else " ", ""))
            parts.append((format_number(number), "$foreground"))
        return parts
