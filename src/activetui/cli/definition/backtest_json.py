"""A test on the past under the names of the JSON contract, and as rows for CSV and Markdown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from activetui.cli.context import NOW
from activetui.ledger.days import Day, iso
from activetui.ledger.money import plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.past.backtest import Outcome, Row
    from activetui.activity.past.backtest_rounds import Measures, Spread
    from activetui.activity.past.purchase_history import PurchaseHistory
    from activetui.insights.tested_on_past import PastTest

RULE_FIELDS = (
    "as_of", "horizon_days", "definition", "window_days", "active", "tp", "fp", "fn", "tn", "precision",
    "recall", "accuracy", "cost", "currency",
)
PERSON_FIELDS = ("error", "id", "key", "name", "silent_days", "last_purchase", "bought_on")
_DECIMALS = 6


class Wrong(NamedTuple):
    """Somebody about whom the definition was wrong."""

    id: int
    key: str
    name: str
    silent_days: int
    """On the day tested."""
    last_purchase: Day
    bought_on: Day | None
    """The first purchase within the horizon; None where there was none."""


class Errors(NamedTuple):
    """Both errors by name, the shortest silence first."""

    false_alarms: list[Wrong]
    misses: list[Wrong]


def errors_of(conn: sqlite3.Connection, found: PastTest, history: PurchaseHistory) -> Errors:
    """Whom the definition was wrong about on the first day tested."""
    outcome = found.outcome
    return Errors(
        _wrong(conn, outcome, history, outcome.false_alarms(found.active)),
        _wrong(conn, outcome, history, outcome.misses(found.active)),
    )


def contract_row(found: PastTest, currency: str, errors: Errors | None) -> dict[str, Any]:
    """The whole test as one object."""
    outcome, costs, several = found.outcome, found.costs, len(found.rounds.tests) > 1
    cheapest = found.rounds.cheapest
    return {
        "as_of": iso(outcome.as_of),
        "horizon_days": outcome.horizon,
        "definition": found.definition.name,
        "version": found.definition.version or None,
        "known": NOW,
        "outcome": _outcome(outcome),
        "rows": [_row(row, currency) for row in found.windows],
        "auc": _rounded(outcome.auc()),
        "auc_repeaters": _rounded(outcome.auc_of_repeaters()),
        "definition_row": _row(found.row, currency),
        "suggested_window_days": found.suggested,
        "cheapest": None if cheapest is None else _row(cheapest, currency),
        "cost_alarm": plain(costs.alarm, currency) if costs else None,
        "cost_miss": plain(costs.miss, currency) if costs else None,
        "currency": currency,
        "rounds": _rounds(found, currency) if several else None,
        "spread": _spread_over(found) if several else None,
        "false_alarms": None if errors is None else [_person(wrong) for wrong in errors.false_alarms],
        "misses": None if errors is None else [_person(wrong) for wrong in errors.misses],
    }


def rule_rows(found: PastTest, currency: str) -> Iterator[dict[str, Any]]:
    """A row a rule and round: the definition first, then the windows."""
    for test, row in zip(found.rounds.tests, found.rows, strict=True):
        stamp = {"as_of": iso(test.as_of), "horizon_days": test.outcome.horizon, "currency": currency}
        yield {**stamp, "definition": found.definition.name, **_row(row, currency)}
        for window in test.rows:
            yield {**stamp, "definition": None, **_row(window, currency)}


def person_rows(errors: Errors) -> Iterator[dict[str, Any]]:
    """A row a customer about whom the definition was wrong."""
    for error, people in (("false_alarm", errors.false_alarms), ("miss", errors.misses)):
        for wrong in people:
            yield {"error": error, **_person(wrong)}


def _wrong(
    conn: sqlite3.Connection, outcome: Outcome, history: PurchaseHistory, numbers: NDArray[np.int64]
) -> list[Wrong]:
    import numpy as np

    from activetui.store.listing import people

    place = np.searchsorted(outcome.customers, numbers)
    silence = dict(zip(numbers.tolist(), outcome.silence[place].tolist(), strict=True))
    first = history.first_in(outcome.as_of + 1, outcome.as_of + outcome.horizon)
    found = [
        Wrong(
            person.id, person.key, person.name, silence[person.id], outcome.as_of - silence[person.id],
            first.get(person.id),
        )
        for person in people.by_ids(conn, numbers.tolist())
    ]
    return sorted(found, key=lambda wrong: (wrong.silent_days, wrong.id))


def _outcome(outcome: Outcome) -> dict[str, int]:
    return {"buyers": outcome.buyers, "of": outcome.of}


def _row(row: Row, currency: str) -> dict[str, Any]:
    return {
        "window_days": row.window_days, "active": row.active, "tp": row.tp, "fp": row.fp, "fn": row.fn,
        "tn": row.tn, "precision": _rounded(row.precision), "recall": _rounded(row.recall),
        "accuracy": _rounded(row.accuracy), "cost": plain(row.cost, currency),
    }


def _rounds(found: PastTest, currency: str) -> list[dict[str, Any]]:
    return [
        {
            "as_of": iso(test.as_of), "outcome": _outcome(test.outcome),
            "rows": [_row(window, currency) for window in test.rows], "auc": _rounded(test.outcome.auc()),
            "definition_row": _row(row, currency),
        }
        for test, row in zip(found.rounds.tests, found.rows, strict=True)
    ]


def _spread_over(found: PastTest) -> dict[str, Any]:
    windows = [row.window_days for row in found.windows]
    return {
        "auc": _spread(found.rounds.auc),
        "rows": [
            {"window_days": window, **_measures(measures)}
            for window, measures in zip(windows, found.rounds.measures, strict=True)
        ],
        "definition_row": {"window_days": None, **_measures(found.measures)},
    }


def _measures(measures: Measures) -> dict[str, Any]:
    return {name: _spread(getattr(measures, name)) for name in ("precision", "recall", "accuracy")}


def _spread(spread: Spread | None) -> dict[str, Any] | None:
    return None if spread is None else {name: _rounded(value) for name, value in asdict(spread).items()}


def _person(wrong: Wrong) -> dict[str, Any]:
    return {
        **wrong._asdict(), "key": wrong.key or None, "last_purchase": iso(wrong.last_purchase),
        "bought_on": iso(wrong.bought_on),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
