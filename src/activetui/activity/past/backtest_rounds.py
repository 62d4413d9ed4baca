"""The same test on several days of the past: one day alone may have been lucky."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from activetui.activity.past.backtest import (
    Backtest,
    Costs,
    Outcome,
    Row,
    backtest,
    cheapest_window,
    outcome_of,
)
from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.ledger.days import Day

FEWEST_CUSTOMERS = 30
"""Rounds before so many had bought are left out."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over the rounds in which it can be told."""

    mean: float
    low: float
    high: float
    n: int
    """Rounds."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How right one rule was over the rounds; None where a figure can be told in none of them."""

    precision: Spread | None
    recall: Spread | None
    accuracy: Spread | None


@dataclass(frozen=True)
class Rounds:
    """Tests on several days, the latest first, whose horizons do not overlap."""

    tests: list[Backtest]
    measures: list[Measures]
    """One a window, in the order in which the windows were given."""
    auc: Spread | None
    cheapest: Row | None
    """The window that costs least over all rounds together; None where no costs were given."""

    @property
    def outcomes(self) -> list[Outcome]:
        """Who bought in each round."""
        return [test.outcome for test in self.tests]


def rounds(
    history: PurchaseHistory, as_of: Day | None, horizon: int, windows: Sequence[int], number: int,
    costs: Costs | None = None,
) -> Rounds:
    """Judge windows on up to `number` days: the as-of day, the day a horizon before it, and so on.

    The as-of day is as in `backtest`, with its refusals. Earlier days are left out on which fewer than
    `FEWEST_CUSTOMERS` had bought, or the ledger was younger than a horizon.
    """
    tests = [backtest(history, as_of, horizon, windows, costs)]
    began = int(history.day.min())
    day = tests[0].as_of - horizon
    while len(tests) < number and day - began >= horizon:
        if outcome_of(history, day, horizon).of < FEWEST_CUSTOMERS:
            break
        tests.append(backtest(history, day, horizon, windows, costs))
        day -= horizon
    outcomes = [test.outcome for test in tests]
    return Rounds(
        tests=tests,
        measures=[measures_of([test.rows[place] for test in tests]) for place in range(len(windows))],
        auc=spread_of(outcome.auc() for outcome in outcomes),
        cheapest=cheapest_window(outcomes, costs) if costs else None,
    )


def measures_of(rows: Sequence[Row]) -> Measures:
    """The figures of one rule over the rounds."""
    return Measures(
        spread_of(row.precision for row in rows),
        spread_of(row.recall for row in rows),
        spread_of(row.accuracy for row in rows),
    )


def spread_of(values: Iterable[float | None]) -> Spread | None:
    """Mean, lowest and highest of those that are known; None if none is."""
    known = [value for value in values if value is not None]
    return Spread(fmean(known), min(known), max(known), len(known)) if known else None
