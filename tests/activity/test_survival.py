"""The share of purchases without a next one, with open gaps counted for as long as they were watched."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.past.purchase_history import history_of
from activetui.activity.past.survival import curve_of, gaps_of
from tests.activity.shops import Purchases, days_by_customer, purchases

some_days = st.lists(st.integers(0, 15), max_size=15)


def share_by_hand(closed: list[int], open_: list[int], days: int) -> Fraction:
    """The estimate of Kaplan and Meier as it stands in textbooks."""
    share = Fraction(1)
    for day in range(days + 1):
        watched = sum(gap >= day for gap in closed + open_)
        if watched:
            share *= 1 - Fraction(closed.count(day), watched)
    return share


@given(some_days, some_days, st.integers(0, 16))
def test_the_curve_is_the_textbook_one(closed: list[int], open_: list[int], days: int) -> None:
    curve = curve_of(np.array(closed, dtype=np.int32), np.array(open_, dtype=np.int32))
    found = curve.share_without(days)
    if days > max(closed + open_, default=0):
        assert found is None
    else:
        assert found is not None
        assert abs(found - share_by_hand(closed, open_, days)) < 1e-12
        assert curve.watched[days] == sum(gap >= days for gap in closed + open_)


@given(some_days, some_days, st.data())
def test_a_gap_that_weighs_twice_is_a_gap_seen_twice(
    closed: list[int], open_: list[int], data: st.DataObject
) -> None:
    weights = data.draw(st.lists(
        st.integers(0, 3), min_size=len(closed + open_), max_size=len(closed + open_)
    ))
    gaps = np.array(closed + open_, dtype=np.int32)
    repeated = np.repeat(gaps, weights)
    split = sum(weights[: len(closed)])
    expected = curve_of(repeated[:split], repeated[split:]).share
    weighed = curve_of(gaps[: len(closed)], gaps[len(closed) :], np.array(weights, dtype=float)).share
    assert np.allclose(weighed[: len(expected)], expected)


@given(purchases, st.integers(0, 20))
def test_every_purchase_day_opens_a_gap_and_the_last_of_each_customer_stays_open(
    rows: Purchases, later: int
) -> None:
    history, end = history_of(rows), max(day for _, day, _ in rows) + later
    gaps = gaps_of(history, end)
    days = days_by_customer(rows)
    expected = [later - day for own in days.values() for day, later in pairwise(own)]
    assert gaps.closed.tolist() == expected
    assert gaps.open.tolist() == [end - own[-1] for own in days.values()]
    who = [place for place, own in enumerate(days.values()) for _ in own[1:]]
    assert gaps.owner.tolist() == who


def test_open_gaps_lengthen_what_closed_ones_say() -> None:
    closed, open_ = np.array([10, 20, 30, 40]), np.array([100] * 6)
    curve = curve_of(closed, open_)
    assert curve.share_without(40) == 0.6
    assert curve_of(closed, open_[:0]).share_without(40) == 0.0


def test_the_day_by_which_a_part_of_the_returns_has_come() -> None:
    curve = curve_of(np.array([10, 20, 30, 40, 50]), np.array([90] * 5))
    assert [curve.days_until(part, 90) for part in (0.2, 0.6, 0.8, 1.0)] == [10, 30, 40, 50]
    assert curve.days_until(0.5, 20) == 10
    assert curve.days_until(0.5, 9) is None
    assert (curve.longest(5), curve.longest(6), curve.longest(11)) == (90, 50, 0)


def test_percentiles_of_closed_gaps_lie_between_them_in_proportion() -> None:
    history = history_of([(1, 0, 1), (1, 10, 1), (1, 30, 1), (2, 0, 1), (2, 40, 1)])
    assert gaps_of(history, 50).percentiles([0, 50, 75, 100]) == [10.0, 20.0, 30.0, 40.0]
    assert gaps_of(history_of([(1, 0, 1)]), 50).percentiles([50]) == [None]
