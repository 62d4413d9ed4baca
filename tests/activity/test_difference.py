"""Who moves between statuses, and with how much money."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.difference import Move, difference_of, moves
from activetui.activity.status import ACTIVE_BASE, Status

rows = st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(Status), st.integers(-5_000, 10**12)))


def columns(given_rows: list[tuple[Status, Status, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    before, after, spend = zip(*given_rows, strict=True) if given_rows else ((), (), ())
    return np.array(before, np.int8), np.array(after, np.int8), np.array(spend, np.int64)


def test_moves_are_counted_with_their_money_and_those_who_stay_are_not() -> None:
    before, after, spend = columns([
        (Status.ACTIVE, Status.AT_RISK, 100), (Status.ACTIVE, Status.ACTIVE, 70),
        (Status.INACTIVE, Status.ACTIVE, 5), (Status.ACTIVE, Status.AT_RISK, 20),
        (Status.LOST, Status.INACTIVE, 9),
    ])
    assert moves(before, after, spend) == [
        Move(Status.ACTIVE, Status.AT_RISK, 2, 120),
        Move(Status.LOST, Status.INACTIVE, 1, 9),
        Move(Status.INACTIVE, Status.ACTIVE, 1, 5),
    ]


def test_those_who_spend_most_are_named_first() -> None:
    before, after, spend = columns([(Status.ACTIVE, Status.INACTIVE, money) for money in (5, 90, 5, 40)])
    found = difference_of(np.array([3, 7, 8, 20]), before, after, spend)
    [who] = found.who
    assert who.tolist() == [7, 20, 3, 8]
    assert (found.before_base, found.after_base, found.moved) == (4, 0, 4)


def test_nobody_moves_where_nobody_is() -> None:
    found = difference_of(np.empty(0, np.int64), *columns([]))
    assert (found.moves, found.who, found.moved) == ((), (), 0)
    assert found.before_counts == found.after_counts == dict.fromkeys(Status, 0)


@given(rows)
def test_a_difference_accounts_for_every_customer(given_rows: list[tuple[Status, Status, int]]) -> None:
    found = difference_of(np.arange(len(given_rows)) * 3, *columns(given_rows))
    for status in Status:
        left = sum(move.customers for move in found.moves if move.before is status)
        come = sum(move.customers for move in found.moves if move.after is status)
        assert found.before_counts[status] - left + come == found.after_counts[status]
    for move, who in zip(found.moves, found.who, strict=True):
        mine = [given_rows[number // 3] for number in who.tolist()]
        assert len(mine) == move.customers
        assert all(row[:2] == move[:2] for row in mine)
        assert sum(row[2] for row in mine) == move.year_spend
    assert found.after_base - found.before_base == sum(
        ((move.after in ACTIVE_BASE) - (move.before in ACTIVE_BASE)) * move.customers for move in found.moves
    )
