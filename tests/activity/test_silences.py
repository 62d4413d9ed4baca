"""What became of silences, by how often the customer had bought before."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.past import natural_return as module
from activetui.activity.past.natural_return import SO_FAR, Silences, silences_of, together
from tests.activity.shops import Purchases, days_by_customer, purchases


def counted(rows: Purchases, horizon: int, end: int) -> tuple[Silences, ...]:
    ordered = sorted(rows)
    who, when = (np.array([row[place] for row in ordered], dtype=np.int64) for place in (0, 1))
    return silences_of(who, when, horizon, end)


def by_hand(rows: Purchases, silent: int, horizon: int, end: int) -> dict[int, list[int]]:
    """For each step of `SO_FAR`, silences and returns, looked at day by day."""
    found = {least: [0, 0] for least in SO_FAR}
    for who, days in days_by_customer(rows).items():
        for day in days:
            asked = day + silent
            if asked + horizon > end or any(day < other <= asked for other in days):
                continue
            so_far = sum(one == who and other <= day for one, other, _ in rows)
            step = max(least for least in SO_FAR if least <= so_far)
            found[step][0] += 1
            found[step][1] += any(asked < other <= asked + horizon for other in days)
    return found


@given(purchases, st.integers(1, 30), st.integers(0, 10), st.integers(1, 40))
def test_silences_are_told_apart_by_the_purchases_before_them(
    rows: Purchases, horizon: int, later: int, together_at_once: int
) -> None:
    end = max(day for _, day, _ in rows) + later
    before, module._BLOCK = module._BLOCK, together_at_once     # however many are looked at together
    try:
        found = counted(rows, horizon, end)
    finally:
        module._BLOCK = before
    length = len(found[0].n)
    for silent in range(length + 2):
        wanted = by_hand(rows, silent, horizon, end)
        for least, part in zip(SO_FAR, found, strict=True):
            told = [part.n[silent], part.returned[silent]] if silent < length else [0, 0]
            assert told == wanted[least], (silent, least)


def test_two_purchases_of_a_day_begin_one_silence_after_two() -> None:
    once, twice, *_more = counted([(1, 0, 5), (1, 0, 5), (2, 0, 5)], 10, 30)
    assert (once.n[20], twice.n[20]) == (1, 1)


def test_of_nothing_nothing_is_known() -> None:
    assert counted([], 90, 0) == (Silences((), ()),) * len(SO_FAR)


def test_silences_of_several_groups_add_up() -> None:
    assert together([Silences((5, 3), (2, 1)), Silences((4, 0), (4, 0))]) == Silences((9, 3), (6, 1))


@pytest.mark.parametrize("end", [9, 10])
def test_a_silence_is_looked_at_once_its_horizon_has_passed(end: int) -> None:
    once, *_more = counted([(1, 0, 5)], 5, end)
    assert len(once.n) == end - 5 + 1
