"""Reports that write a heading once and its rows below it: the heading is carried down to every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from activetui.importing.tables.header import filled
from activetui.importing.tables.rows import Row
from activetui.importing.tables.totals import is_subtotal, is_total

GROUP = "(group)"
"""Heading of the column that carries the group, where the report gives it none."""
_SHARE = 0.8


def is_grouped(rows: Iterable[Sequence[str]]) -> bool:
    """Whether headings of groups stand alone in the first column, which the rows below leave empty."""
    headings = below = others = 0
    alone = False
    for row in rows:
        words = filled(row)
        if not words:
            continue
        first = row[0].strip()
        if len(words) == 1 and first:
            alone = True
        elif not first:
            headings += alone
            below, alone = below + 1, False
        elif not (is_total(row, ()) or is_subtotal(row)):
            others, alone = others + 1, False
    return headings > 0 and below >= _SHARE * (below + others)


class Carry:
    """Carries the heading of each group down while the rows come."""

    def __init__(self) -> None:
        self._group = ""

    def down(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows below headings with their heading in the first cell; all others as they are."""
        for line, row in rows:
            if row and row[0].strip():
                self._group = row[0] if len(filled(row)) == 1 and not is_total(row, ()) else ""
                if self._group:
                    continue
            elif row and filled(row):
                row[0] = self._group
            yield line, row
