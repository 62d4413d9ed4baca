"""What the cells of each column look like, so that a row that fell apart can be put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_DAY = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,].*)?|\d{1,2}[- .](?:de )?[^\W\d]{3,9}\.?[- .,](?:de )?\d{2,4}.*"
)
_NUMBER = re.compile(
    r"[(\-+−]?\s*[^\w\s]{0,3}\s*[A-Z]{0,3}\$?\s*[-−]?"
    r"\d[\d \u00a0\u202f.,'’]*\s*[^\w\s]{0,3}[A-Za-z]{0,3}\)?-?"
)
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_LONGEST = 120
"""Signs beyond which a cell is text, whatever it is made of."""
_SHARE = 0.8
"""Of the filled cells of a column, how many must be of one kind."""
_FEW = 12
"""Words that a column of states or countries has at most."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the cells of one column look like."""

    kind: str
    """`day`, `number`, `email`, `few` (a small set of words), `text`, or `empty`."""
    words: frozenset[str] = frozenset()

    def fits(self, cell: str) -> int:
        """1 for a cell as the others are, 0 where nothing can be said, -1 for one that cannot be here."""
        text = cell.strip()
        if not text or self.kind in ("text", "empty"):
            return 0
        if self.kind == "few":
            return 1 if text in self.words else 0
        return 1 if kind_of(text) == self.kind else -1


def kind_of(text: str) -> str:
    """What a cell that is not empty looks like: `day`, `number`, `email`, or `text`."""
    if len(text) > _LONGEST:
        return "text"
    if _DAY.fullmatch(text):
        return "day"
    if _NUMBER.fullmatch(text):
        return "number"
    return "email" if _EMAIL.fullmatch(text) else "text"


def shapes_of(rows: Iterable[Sequence[str]], width: int) -> tuple[Shape, ...]:
    """The shape of each column, from rows as wide as the headings."""
    columns: list[Counter[str]] = [Counter() for _column in range(width)]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if cell.strip():
                column[cell.strip()] += 1
    return tuple(map(_shape, columns))


def _shape(cells: Counter[str]) -> Shape:
    number = cells.total()
    if not number:
        return Shape("empty")
    kinds: Counter[str] = Counter()
    for cell, times in cells.items():
        kinds[kind_of(cell)] += times
    kind, times = kinds.most_common(1)[0]
    if kind != "text" and times >= _SHARE * number:
        return Shape(kind)
    if len(cells) <= _FEW and number >= 4 * len(cells):
        return Shape("few", frozenset(cells))
    return Shape("text")


def telling_column(rows: Iterable[Sequence[str]], width: int) -> int:
    """A column that every row fills, with words or days, other than the first; 0 where there is none.

    Notes, totals and headings of groups stand in the first column: such a one tells rows from them.
    """
    told = [row[:width] for row in rows if len(row) >= width and sum(1 for cell in row if cell.strip()) > 1]
    for column in range(1, width):
        cells = [row[column].strip() for row in told]
        full = sum(1 for cell in cells if cell)
        numbers = sum(1 for cell in cells if cell and kind_of(cell) == "number")
        if full * 50 >= len(cells) * 49 and numbers * 2 < full:
            return column
    return 0


def counts_rows(rows: Iterable[Sequence[str]], width: int) -> bool:
    """Whether each row begins with its number, and the headings, `width` of them, have none for that."""
    told = [row for row in rows if any(cell.strip() for cell in row)]
    return bool(told) and all(
        len(row) == width + 1 and row[0].strip() in (str(number), str(number + 1))
        for number, row in enumerate(told)
    )
