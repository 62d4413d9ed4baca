"""The rows of a long list that are here: some pages of them, the others still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")

PAGE = 200
"""Rows asked for at a time."""
_PAGES_HELD = 40
_AHEAD = 40
"""Rows before the edge of a page at which the next one is asked for."""


class Pages(Generic[Row]):
    """So many rows, of which the pages around the cursor are held."""

    def __init__(self) -> None:
        self.total = 0
        self.generation = 0
        """Which list this is: rows for an older one are dropped."""
        self._pages: dict[int, Sequence[Row]] = {}
        self._asked: set[int] = set()

    def begin(self, total: int) -> int:
        """Another list of `total` rows, none of them here yet; returns its generation."""
        self.generation += 1
        self.total = total
        self._pages.clear()
        self._asked.clear()
        return self.generation

    def fill(self, rows: Sequence[Row]) -> None:
        """The first rows, as many as there are."""
        for first in range(0, len(rows), PAGE):
            self._pages[first // PAGE] = rows[first : first + PAGE]

    def grow(self, total: int) -> None:
        """The same list is known to have so many rows. A page that was its end has more rows then."""
        last = max(0, self.total - 1) // PAGE
        if total > self.total and len(self._pages.get(last, ())) < min(PAGE, total - last * PAGE):
            self._pages.pop(last, None)
            self._asked.discard(last)
        self.total = total

    def put(self, first: int, rows: Sequence[Row]) -> None:
        """The rows from position `first` on, a multiple of `PAGE`; the oldest pages go for them."""
        self._pages.pop(first // PAGE, None)
        while len(self._pages) >= _PAGES_HELD:
            self._pages.pop(next(iter(self._pages)))
        self._pages[first // PAGE] = rows
        self._asked.discard(first // PAGE)

    def row(self, index: int) -> Row | None:
        """The row at a position; None where there is none or it has not come yet."""
        page = self._pages.get(index // PAGE)
        inside = index % PAGE
        return page[inside] if page is not None and 0 <= index < self.total and inside < len(page) else None

    def wanted(self, index: int) -> Iterator[int]:
        """First positions of the pages that a row and those near it need; each is given once."""
        for near in (index, index + _AHEAD, index - _AHEAD):
            page = near // PAGE
            if 0 <= near < self.total and page not in self._pages and page not in self._asked:
                self._asked.add(page)
                yield page * PAGE

    def firsts(self) -> list[int]:
        """First positions of the pages that are here."""
        return [page * PAGE for page in self._pages]
