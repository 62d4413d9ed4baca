"""Years cut into slices, one terminal cell each, so that a band, bars and an axis below line up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from activetui.activity.status import Status
from activetui.ledger.days import Day, to_date, to_day

_STARTS: dict[int, tuple[int, ...]] = {
    96: (1, 5, 9, 13, 16, 20, 24, 28), 48: (1, 8, 16, 24), 36: (1, 11, 21), 24: (1, 16), 12: (1,),
}
"""Slices a year, and the days of a month on which a slice begins."""
_QUARTERS = 4
BETWEEN = 1
"""Blank cells between two years."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One cell: the days `[start, end)`."""

    start: Day
    end: Day


@dataclass(frozen=True, slots=True)
class Year:
    """The slices of one year, fewer than all in the first one and the last."""

    year: int
    slices: tuple[Slice, ...]


def timescale(first: Day, last: Day, width: int, *, with_year: int | None = None) -> list[Year]:
    """The years from the month of `first` up to the slice of `last`, as fine as `width` cells allow.

    Where even quarters do not fit, as many whole years as there is room for: the latest, or those around
    `with_year`.
    """
    first_year, last_year = to_date(first).year, to_date(last).year
    for fineness in _STARTS:
        years = [_year(year, fineness, first, last) for year in range(first_year, last_year + 1)]
        if cells_of(years) <= width:
            return years
    room = max(1, (width + BETWEEN) // (_QUARTERS + BETWEEN))
    earliest = max(first_year, last_year - room + 1)
    if with_year is not None and with_year < earliest:
        earliest = max(first_year, with_year - room // 2)
    latest = min(last_year, earliest + room - 1)
    return [_year(year, _QUARTERS, first, last) for year in range(earliest, latest + 1)]


def cells_of(years: Sequence[Year]) -> int:
    """How many cells the years take, with those between them."""
    return sum(len(year.slices) for year in years) + BETWEEN * (len(years) - 1)


def _year(year: int, fineness: int, first: Day, last: Day) -> Year:
    if fineness == _QUARTERS:
        edges = [to_day(date(year, month, 1)) for month in (1, 4, 7, 10)]
    else:
        edges = [to_day(date(year, month, day)) for month in range(1, 13) for day in _STARTS[fineness]]
    edges.append(to_day(date(year + 1, 1, 1)))
    begins = to_day(to_date(first).replace(day=1))
    slices = (Slice(start, end) for start, end in pairwise(edges))
    return Year(year, tuple(piece for piece in slices if piece.end > begins and piece.start <= last))


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
    slices = [piece for year in years for piece in year.slices]
    starts = [piece.start for piece in slices]
    flat = [0] * len(slices)
    for day, amount in dated:
        place = bisect_right(starts, day) - 1
        if place >= 0 and day < slices[place].end:
            flat[place] += amount
    sums, at = [], 0
    for year in years:
        sums.append(flat[at : at + len(year.slices)])
        at += len(year.slices)
    return sums
