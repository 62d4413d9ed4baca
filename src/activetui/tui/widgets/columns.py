"""Columns of a list: what each shows, and how wide each is in the room there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")

GAP = 2
"""Blank cells between two columns."""


class Cell(NamedTuple):
    """What stands in one place of a list."""

    text: str
    """Already one line and free of control characters."""
    colour: str = ""
    """Theme variable of its colour, such as `status-at-risk`; empty for the list's own."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a list."""

    id: str
    title: str
    """In English; translated where it is shown."""
    cell: Callable[[Row], Cell]
    least: int
    """Cells without which it is not shown."""
    most: int
    """Cells beyond which it does not grow."""
    right: bool = False
    """Numbers stand on the right."""
    rank: int = 0
    """Where there is too little room, the column of the highest rank goes first."""
    weight: int = 1
    """How many cells it gets for each one that another gets, while it can grow."""
    sort: str = ""
    """The field to sort by; empty where it cannot be sorted."""
    as_it_is: bool = False
    """Whether the title is not ours to translate, such as a heading of a file; already one line."""


def fit_columns(columns: Sequence[Column[Row]], width: int) -> list[tuple[Column[Row], int]]:
    """The columns that have room in `width` cells, in their order, each with its width.

    Every column first gets what it needs at least; what is left goes to those that can grow, by weight.
    """
    shown = list(columns)
    while len(shown) > 1 and _needed(shown) > width:
        shown.remove(max(shown, key=lambda column: column.rank))
    widths = {column.id: min(column.least, max(1, width)) for column in shown}
    left = width - _needed(shown)
    growing = [column for column in shown if column.most > column.least]
    while left > 0 and growing:
        for column in growing:
            more = min(column.weight, column.most - widths[column.id], left)
            widths[column.id] += more
            left -= more
        growing = [column for column in growing if widths[column.id] < column.most]
    return [(column, widths[column.id]) for column in shown]


def column_at(fitted: Sequence[tuple[Column[Row], int]], x: int) -> Column[Row] | None:
    """The column that stands at a cell, with the gap behind it; None beyond them."""
    start = 0
    for column, width in fitted:
        if start <= x < start + width + GAP:
            return column
        start += width + GAP
    return None


def _needed(columns: Sequence[Column[Row]]) -> int:
    return sum(column.least for column in columns) + GAP * (len(columns) - 1)
