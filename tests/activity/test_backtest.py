"""Rules of the past judged by what came after."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.past.backtest import (
    Costs,
    Outcome,
    Row,
    backtest,
    cheapest_window,
    latest_day,
    outcome_of,
)
from activetui.activity.past.backtest_rounds import measures_of, rounds, spread_of
from activetui.activity.past.purchase_history import PurchaseHistory, history_of
from activetui.activity.past.ranking import auc
from activetui.ledger.days import to_date
from activetui.ledger.errors import OwnerError
from tests.activity.shops import Purchases, days_by_customer, purchases, random_shop


def some_outcome(rows: Purchases, horizon: int) -> Outcome | None:
    """The outcome on the latest day that can be tested, if there is one."""
    history = history_of(rows)
    latest = latest_day(history, horizon)
    return None if latest is None else outcome_of(history, latest, horizon)


@given(purchases, st.integers(1, 40), st.integers(0, 30), st.integers(0, 50))
def test_each_customer_is_in_one_corner_of_the_matrix(
    rows: Purchases, horizon: int, earlier: int, window: int
) -> None:
    history = history_of(rows)
    latest = latest_day(history, horizon)
    if latest is None or latest - earlier < min(day for _, day, _ in rows):
        return
    as_of = latest - earlier
    [row] = backtest(history, as_of, horizon, [window]).rows
    corners = dict.fromkeys(("tp", "fp", "fn", "tn"), 0)
    for days in days_by_customer(rows).values():
        before = [day for day in days if day <= as_of]
        if not before:
            continue
        active = as_of - before[-1] <= window
        bought = any(as_of < day <= as_of + horizon for day in days)
        corners[("t" if active == bought else "f") + ("p" if active else "n")] += 1
    assert {corner: getattr(row, corner) for corner in corners} == corners


@given(purchases, st.integers(1, 40), st.integers(0, 9), st.integers(0, 9))
def test_the_cheapest_window_is_the_cheapest_of_all(
    rows: Purchases, horizon: int, alarm: int, miss: int
) -> None:
    outcome = some_outcome(rows, horizon)
    if outcome is None:
        return
    costs = Costs(alarm, miss)
    every = [
        outcome.judge(outcome.within(window), window, costs)
        for window in range(int(outcome.silence.max()) + 1)
    ]
    assert cheapest_window([outcome], costs) == min(every, key=lambda row: (row.cost, row.window_days))
    twice = cheapest_window([outcome, outcome], costs)
    assert twice.window_days == cheapest_window([outcome], costs).window_days
    assert twice.cost == 2 * (cheapest_window([outcome], costs).cost or 0)


@given(purchases, st.integers(1, 40), st.integers(0, 50))
def test_both_errors_have_names(rows: Purchases, horizon: int, window: int) -> None:
    outcome = some_outcome(rows, horizon)
    if outcome is None:
        return
    active = outcome.within(window)
    row = outcome.judge(active)
    assert (row.active, row.window_days, row.cost) == (int(active.sum()), None, None)
    alarms, misses = outcome.false_alarms(active), outcome.misses(active)
    assert (len(alarms), len(misses)) == (row.fn, row.fp)
    days = days_by_customer(rows)
    for who in alarms.tolist():
        assert any(outcome.as_of < day <= outcome.as_of + horizon for day in days[who])
    for who in misses.tolist():
        assert not any(outcome.as_of < day <= outcome.as_of + horizon for day in days[who])
    assert outcome.among(outcome.customers[active]).tolist() == active.tolist()


def test_shares_of_nobody_are_not_known() -> None:
    nobody = Row(30, 0, 0, 0, 7)
    assert (nobody.precision, nobody.recall, nobody.accuracy) == (None, None, 1.0)
    row = Row(30, 6, 2, 4, 8)
    assert (row.active, row.precision, row.recall, row.accuracy) == (8, 0.75, 0.6, 0.7)


def test_silence_ranks_the_buyers() -> None:
    history = random_shop(200, 40, length=400)
    outcome = backtest(history, None, 60, [30]).outcome
    assert outcome.auc() == auc(-outcome.silence, outcome.bought)
    repeaters = outcome.purchase_days > 1
    assert 0 < repeaters.sum() < outcome.of or outcome.auc() == outcome.auc_of_repeaters()
    assert outcome.auc_of_repeaters() == auc(-outcome.silence[repeaters], outcome.bought[repeaters])


@pytest.fixture(scope="module")
def shop() -> PurchaseHistory:
    return random_shop(60, 40, length=500)


def test_without_a_day_the_latest_that_can_be_tested_is(shop: PurchaseHistory) -> None:
    found = backtest(shop, None, 90, [30, 60])
    assert found.as_of == latest_day(shop, 90) == (shop.end or 0) - 90
    assert [row.window_days for row in found.rows] == [30, 60]
    assert found.cheapest is None


def test_a_day_whose_horizon_has_not_passed_is_refused_with_the_latest_one(shop: PurchaseHistory) -> None:
    latest = latest_day(shop, 90) or 0
    assert backtest(shop, latest, 90, [30]).as_of == latest
    with pytest.raises(OwnerError) as refused:
        backtest(shop, latest + 1, 90, [30])
    assert str(to_date(latest).year) in refused.value.hint
    assert str(to_date(latest).day) in refused.value.hint


@pytest.mark.parametrize(
    ("rows", "as_of", "horizon"),
    [([], None, 90), ([(1, 0, 1), (1, 50, 1)], None, 51), ([(1, 5, 1), (1, 50, 1)], 4, 10)],
)
def test_nothing_to_test_is_refused(rows: Purchases, as_of: int | None, horizon: int) -> None:
    with pytest.raises(OwnerError) as refused:
        backtest(history_of(rows), as_of, horizon, [30])
    assert refused.value.hint


def test_rounds_go_back_a_horizon_at_a_time_and_say_the_spread(shop: PurchaseHistory) -> None:
    found = rounds(shop, None, 60, [30, 90], 4, Costs(1, 5))
    days = [test.as_of for test in found.tests]
    assert days == [days[0] - 60 * turn for turn in range(4)]
    alone = [backtest(shop, day, 60, [30, 90]).rows for day in days]
    precision = [rows[1].precision or 0 for rows in alone]
    spread = found.measures[1].precision
    assert spread is not None
    assert (spread.low, spread.high, spread.n) == (min(precision), max(precision), 4)
    assert spread.mean == pytest.approx(sum(precision) / 4)
    assert found.cheapest == cheapest_window(found.outcomes, Costs(1, 5))
    assert found.auc == spread_of(outcome.auc() for outcome in found.outcomes)


def test_rounds_end_where_the_ledger_is_too_young(shop: PurchaseHistory) -> None:
    found = rounds(shop, None, 60, [30], 100)
    began, earliest = int(shop.day.min()), found.tests[-1].as_of
    assert 1 < len(found.tests) < 10
    assert earliest - began >= 60 > earliest - 60 - began


def test_rounds_in_which_a_figure_cannot_be_told_are_left_out_of_its_spread() -> None:
    found = measures_of([Row(30, 0, 0, 3, 4), Row(30, 1, 1, 1, 1)])
    assert found.precision is not None
    assert (found.precision.mean, found.precision.n) == (0.5, 1)
    assert found.accuracy is not None
    assert found.accuracy.n == 2
    assert measures_of([Row(30, 0, 0, 0, 4)]).recall is None


def test_the_rules_know_nothing_of_what_came_after(shop: PurchaseHistory) -> None:
    day = (latest_day(shop, 60) or 0) - 30
    full, cut = outcome_of(shop, day, 60), shop.up_to(day)
    assert np.array_equal(full.customers, cut.customers)
    assert np.array_equal(full.silence, day - cut.last_days())
