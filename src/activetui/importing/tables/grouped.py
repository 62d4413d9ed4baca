"""Reports that write a heading once and its rows below it: the heading is carried down to every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from activetui.importing.tables.header import filled
from activetui.importing.tables.profile import kind_of
from activetui.importing.tables.rows import Row
from activetui.importing.tables.sift import Left
from activetui.importing.tables.totals import is_subtotal, is_total
from activetui.importing.values.dates import shape_of

GROUP = "(group)"
"""Heading of the column that carries the group, where the report gives it none."""
DAY = "(day)"
"""Heading of the column that carries the days which stand alone above their rows."""
_SHARE = 0.8
_WHOLE = ("iso", "triple", "named")
"""Shapes of days with their year; mere numbers are none."""


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


class Above(NamedTuple):
    """What the rows of a table leave to a row above them."""

    columns: tuple[int, ...] = ()
    """Columns at the beginning that only the first row of a group fills, all of them together."""
    bare: bool = False
    """Whether that row is a heading that says nothing else, but for the sums of the group."""
    day: int = 0
    """Or a column of days that only headings leave empty: they say in the first column whose the rows are."""
    promised: bool = False
    """Whether the heading of the first column means these headings, and not what its rows have in it."""
    dated: bool = False
    """Or days that stand alone on lines of their own."""
    first_day: str = ""
    """The day that stands above the headings of the table, for its first rows."""
    time: int = -1
    """Then: the column of times. Where a row fills nothing else, nobody came."""

    @property
    def headed(self) -> str:
        """The heading of the column that the headings of groups make, the last one; empty if none."""
        return DAY if self.dated else GROUP if self.day > 0 else ""


def is_heading(row: Sequence[str], columns: Sequence[int]) -> bool:
    """Whether a row says nothing outside some columns, or only numbers."""
    return not any(
        cell.strip() and kind_of(cell.strip()) != "number"
        for place, cell in enumerate(row) if place not in columns
    )


def day_alone(row: Sequence[str]) -> str:
    """The day that is all that a row says, with its year; nothing where it says anything else."""
    words = filled(row)
    return words[0].strip() if len(words) == 1 and shape_of(words[0]) in _WHOLE else ""


class Down:
    """Carries what a row says down to those below it, while they come; totals are gone by then."""

    def __init__(self, above: Above, left: Left) -> None:
        self._above, self._left = above, left
        self._last: list[str] = [""] * len(above.columns)
        self._group = above.first_day

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """The rows with what was said above them. Rows that hold nothing but numbers are left as they are."""
        take = self._below_heading if self._above.headed else self._below_first
        if self._above.dated:
            take = self._below_day
        return [one for one in map(take, rows) if one is not None]

    def _below_day(self, one: Row) -> Row | None:
        line, row = one
        day = day_alone(row)
        if day:
            self._group = day
            return None
        if not any(cell.strip() for place, cell in enumerate(row) if place != self._above.time):
            self._left.empty += 1
            return None
        return line, [*row, self._group]

    def _below_heading(self, one: Row) -> Row | None:
        line, row = one
        if row[0].strip() and not row[self._above.day].strip() and is_heading(row, (0,)):
            self._group = row[0]
            self._left.subtotals += len(filled(row)) > 1
            return None
        return line, [*row, self._group]

    def _below_first(self, one: Row) -> Row | None:
        line, row = one
        columns = self._above.columns
        if row[columns[0]].strip():
            self._last = [row[place] for place in columns]
            if self._above.bare and is_heading(row, columns):
                self._left.subtotals += 1
                return None
        elif not is_heading(row, columns):
            for place, cell in zip(columns, self._last, strict=True):
                row[place] = row[place] if row[place].strip() else cell
        return line, row
