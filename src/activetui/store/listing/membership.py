"""Who is in which of several lists: overlaps, and which conditions hold for some customers.

All as of the day that the connection looks from (`store.other_days.as_of`).
"""

# ruff: noqa: S608 - only fixed texts and compiled clauses are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import Day
from activetui.store.facts import lives
from activetui.store.listing.event_tests import one_by_one
from activetui.store.listing.numbers import LISTED
from activetui.store.listing.people import Clause, Total

_ALL = "FROM customer JOIN fact ON fact.customer_id = customer.id"
_SOME = f"{_ALL} WHERE customer.id IN (SELECT value FROM json_each(?))"


class Figures(NamedTuple):
    """What is compared of one customer. Money in minor units."""

    lists: int
    """Bit i is set where clause i finds the customer."""
    status: int
    spend: int
    year_spend: int
    purchases: int
    rhythm: float | None
    """Days; None where there is none yet."""
    last_purchase: Day | None


def overlaps(conn: sqlite3.Connection, clauses: Sequence[Clause]) -> dict[int, Total]:
    """What the customers come to whom exactly the same of the clauses find: bit i stands for clause i.

    Those whom none finds are left out, and so are combinations that do not occur.
    """
    # the LIMIT keeps SQLite from merging the two SELECTs and evaluating every clause again
    sql = (
        "SELECT lists, count(*), total(spend), total(year_spend) FROM "
        f"(SELECT {_bits(clauses)} AS lists, fact.spend, fact.year_spend {_ALL} LIMIT -1) "
        "WHERE lists > 0 GROUP BY lists ORDER BY lists"
    )
    rows = conn.execute(sql, _values(clauses))
    return {lists: Total(number, int(spend), int(year)) for lists, number, spend, year in rows}


def figures(conn: sqlite3.Connection, clauses: Sequence[Clause]) -> Iterator[Figures]:
    """The figures of everyone whom at least one of the clauses finds."""
    sql = (
        f"SELECT * FROM (SELECT {_bits(clauses)} AS lists, fact.status, fact.spend, fact.year_spend, "
        f"fact.purchases, fact.rhythm, fact.last_purchase {_ALL} LIMIT -1) WHERE lists > 0"
    )
    return map(Figures._make, conn.execute(sql, _values(clauses)))


def holding(
    conn: sqlite3.Connection, customers: Sequence[int], clauses: Sequence[Clause]
) -> dict[int, tuple[bool, ...]]:
    """For each of the customers, whether each clause holds; without those that do not exist."""
    tests = "".join(f", ({one_by_one(clause.sql)}) IS TRUE" for clause in clauses)
    rows = conn.execute(f"SELECT customer.id{tests} {_SOME}", (*_values(clauses), _numbers(customers)))
    return {row[0]: tuple(map(bool, row[1:])) for row in rows}


def total_of(conn: sqlite3.Connection, customers: Sequence[int]) -> Total:
    """What the customers of these numbers come to."""
    number, spend, year = conn.execute(
        f"SELECT count(*), total(fact.spend), total(fact.year_spend) {_SOME}", (_numbers(customers),)
    ).fetchone()
    return Total(number, int(spend), int(year))


def dearest(conn: sqlite3.Connection, customers: Sequence[int], most: int) -> list[int]:
    """Of the customers of these numbers, those who spend most in a year, dearest first."""
    rows = conn.execute(
        f"SELECT customer.id {_SOME} ORDER BY fact.year_spend DESC, customer.id LIMIT ?",
        (_numbers(customers), most),
    )
    return [number for (number,) in rows]


def happened(
    conn: sqlite3.Connection, customers: Sequence[int], first: Day, last: Day
) -> dict[int, dict[str, Day]]:
    """For each customer, the kinds of events that count on the days from `first` to `last`, both included,
    with the last day of each. Who had none is left out."""
    rows = conn.execute(
        "SELECT event.customer_id, kind.name, max(event.day) FROM event JOIN kind ON kind.id = event.kind "
        "WHERE event.customer_id IN (SELECT value FROM json_each(?)) AND event.day BETWEEN ? AND ? "
        "AND event.counts GROUP BY event.customer_id, kind.name",
        (_numbers(customers), first, last),
    )
    found: dict[int, dict[str, Day]] = {}
    for customer, kind, day in rows:
        found.setdefault(customer, {})[kind] = day
    return found


def came(conn: sqlite3.Connection, customers: Sequence[int], first: Day, last: Day) -> dict[int, Day]:
    """The last of the days from `first` to `last`, both included, on which each customer came into the
    active base, or back to it. Who did not is left out."""
    found = {}
    own = f"SELECT customer_id, spans FROM life WHERE customer_id IN ({LISTED})"
    rows = conn.execute(own, (_numbers(customers),))
    for customer, life in rows:
        for change in lives.changes_in(life, first, last):
            if change.after in ACTIVE_BASE and change.before not in ACTIVE_BASE:
                found[customer] = change.day
    return found


def _bits(clauses: Sequence[Clause]) -> str:
    """A number whose bits say which of the clauses hold."""
    return " | ".join(f"((({clause.sql}) IS TRUE) << {place})" for place, clause in enumerate(clauses)) or "0"


def _values(clauses: Sequence[Clause]) -> tuple[str | int | float, ...]:
    return tuple(value for clause in clauses for value in clause.params)


def _numbers(customers: Sequence[int]) -> str:
    return json.dumps(list(customers))
