"""The interval algebra is the algebra of sets of days."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity import intervals
from activetui.activity.intervals import Line
from activetui.ledger.days import FAR_FUTURE, FAR_PAST

CUSTOMERS = 3
DAYS = 14

window = st.tuples(st.integers(0, CUSTOMERS - 1), st.integers(0, DAYS - 1), st.integers(0, 6))
windows = st.lists(window, max_size=12)
weighted = st.lists(st.tuples(window, st.integers(-3, 5)), max_size=10)
Days = set[tuple[int, int]]


def points(some: list[tuple[int, int, int]]) -> tuple[intervals.Points, intervals.Points]:
    owner = np.array([w[0] for w in some], dtype=np.int64)
    start = np.array([w[1] for w in some], dtype=np.int64)
    end = start + np.array([w[2] for w in some], dtype=np.int64)
    return intervals.at(owner, start), intervals.at(owner, end)


def line_of(some: list[tuple[int, int, int]]) -> Line:
    return intervals.covered(*points(some))


def days_of(line: Line) -> Days:
    """The days of a line within the small world of the test; and that the line is tidy."""
    assert (line.start < line.end).all()
    assert (line.start[1:] > line.end[:-1]).all(), "spans are apart"
    assert (intervals.owner_of(line.start) == intervals.owner_of(line.end - 1)).all()
    owners, firsts = intervals.owner_of(line.start).tolist(), intervals.day_of(line.start).tolist()
    ends = intervals.day_of(line.end).tolist()
    return {
        (owner, day)
        for owner, first, end in zip(owners, firsts, ends, strict=True)
        for day in range(max(first, -5), min(end, DAYS + 10))
    }


def days_in(some: list[tuple[int, int, int]], times: int = 1) -> Days:
    covering: dict[tuple[int, int], int] = {}
    for owner, start, length in some:
        for day in range(start, start + length):
            covering[owner, day] = covering.get((owner, day), 0) + 1
    return {day for day, number in covering.items() if number >= times}


WORLD = {(owner, day) for owner in range(CUSTOMERS) for day in range(-5, DAYS + 10)}


@given(windows, st.integers(1, 4))
def test_covered_days_lie_in_so_many_windows(some: list[tuple[int, int, int]], times: int) -> None:
    assert days_of(intervals.covered(*points(some), times)) == days_in(some, times)


@given(windows, windows)
def test_union_intersection_difference_and_complement(
    some: list[tuple[int, int, int]], others: list[tuple[int, int, int]]
) -> None:
    a, b = line_of(some), line_of(others)
    assert days_of(intervals.union(a, b)) == days_of(a) | days_of(b)
    assert days_of(intervals.intersection(a, b)) == days_of(a) & days_of(b)
    assert days_of(intervals.difference(a, b, CUSTOMERS)) == days_of(a) - days_of(b)
    assert days_of(intervals.complement(a, CUSTOMERS)) == WORLD - days_of(a)


@given(windows)
def test_the_complement_of_the_complement_is_the_set(some: list[tuple[int, int, int]]) -> None:
    once = intervals.complement(line_of(some), CUSTOMERS)
    twice = intervals.complement(once, CUSTOMERS)
    assert np.array_equal(twice.start, line_of(some).start)
    assert np.array_equal(twice.end, line_of(some).end)


@given(weighted, st.integers(1, 8))
def test_reaching_days_have_windows_that_add_up(
    some: list[tuple[tuple[int, int, int], int]], least: int
) -> None:
    start, end = points([where for where, _ in some])
    weights = np.array([weight for _, weight in some], dtype=np.int64)
    totals: dict[tuple[int, int], int] = {}
    for (owner, day, length), weight in some:
        for held in range(day, day + length):
            totals[owner, held] = totals.get((owner, held), 0) + weight
    expected = {day for day, total in totals.items() if total >= least}
    assert days_of(intervals.reaching(start, end, weights, least)) == expected


@given(windows, st.integers(0, CUSTOMERS - 1), st.integers(-4, DAYS + 8))
def test_a_day_is_in_the_line_or_not(some: list[tuple[int, int, int]], owner: int, day: int) -> None:
    line = line_of(some)
    assert line.holds_at(intervals.at([owner], [day]))[0] == ((owner, day) in days_of(line))


def test_days_beyond_the_far_ends_stay_with_their_customer() -> None:
    places = intervals.at([1, 1, 2], [FAR_PAST - 9, FAR_FUTURE + 10**7, -(10**9)])
    assert intervals.day_of(places).tolist() == [FAR_PAST, FAR_FUTURE, FAR_PAST]
    assert intervals.owner_of(places).tolist() == [1, 1, 2]
