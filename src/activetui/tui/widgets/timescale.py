"""Years cut into slices, one terminal cell each, so that a band and bars below it line up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from activetui.activity.status import Status
from activetui.ledger.days import Day, to_date, to_day

_STARTS: dict[int, tuple[int, ...]] = {48: (1, 8, 16, 24), 24: (1, 16), 12: (1,)}
"""Slices a year, and the days of a month on which a slice begins."""
_QUARTERS = 4
LABEL = 5
"""Cells of a year's label, a blank included."""
BETWEEN = 2
"""Blank cells between two years."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One cell: the days `[start, end)`."""

    start: Day
    end: Day


@dataclass(frozen=True, slots=True)
class Year:
    """The slices of one year, fewer than all in the last one."""

    year: int
    slices: tuple[Slice, ...]


def timescale(first: Day, last: Day, width: int) -> list[Year]:
    """The years from the one of `first` up to the slice of `last`, as fine as `width` cells allow.

    Where even quarters do not fit, the earliest years are left out.
    """
    first_year, last_year = to_date(first).year, to_date(last).year
    years = last_year - first_year + 1
    fineness = next(
        (n for n in (48, 24, 12, _QUARTERS) if years * (n + LABEL + BETWEEN) - BETWEEN <= width), _QUARTERS
    )
    room = max(1, (width + BETWEEN) // (fineness + LABEL + BETWEEN))
    earliest = max(first_year, last_year - room + 1)
    return [_year(year, fineness, last) for year in range(earliest, last_year + 1)]


def _year(year: int, fineness: int, last: Day) -> Year:
    if fineness == _QUARTERS:
        edges = [to_day(date(year, month, 1)) for month in (1, 4, 7, 10)]
    else:
        edges = [to_day(date(year, month, day)) for month in range(1, 13) for day in _STARTS[fineness]]
    edges.append(to_day(date(year + 1, 1, 1)))
    slices = (Slice(start, end) for start, end in pairwise(edges))
    return Year(year, tuple(piece for piece in slices if piece.start <= last))


def main_status(spans: Sequence[tuple[Status, Day, Day]], piece: Slice) -> Status | None:
    """The status that fills most of the slice; None where no span touches it."""
    best: Status | None = None
    longest = 0
    for status, start, end in spans:
        shared = min(end, piece.end) - max(start, piece.start)
        if shared > longest:
            best, longest = status, shared
    return best


def amounts_by_slice(years: Sequence[Year], dated: Iterable[tuple[Day, int]]) -> list[list[int]]:
    """For each year, what falls into each of its slices, summed."""
    sums = [[0] * len(year.slices) for year in years]
    starts = [(piece.start, piece.end, row, column)
              for row, year in enumerate(years) for column, piece in enumerate(year.slices)]
    for day, amount in dated:
        for start, end, row, column in reversed(starts):
            if start <= day < end:
                sums[row][column] += amount
                break
            if day >= end:
                break
    return sums
