"""Who comes into question for a condition that has begun to hold lately, so that only they are looked at.

The SQL here decides nothing: it leaves out customers for whom the condition cannot have begun in the days
asked for. Whether it has, and when, is found by the rule module (`activity.beginnings`) from their events.
"""

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from activetui.activity.beginnings import Figures, holding_since, is_told_by_figures, since_by_figures
from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    BookingAhead,
    Condition,
    EventCondition,
    NoneOf,
    RhythmCondition,
    SeasonalCondition,
    SubscriptionCondition,
    WindowUsed,
    leaves,
)
from activetui.activity.reading.table_reading import LONGEST
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.store.facts import lives_in_sql
from activetui.store.in_force import in_force
from activetui.store.listing import people
from activetui.store.listing.lists import tables
from activetui.store.listing.sorts import Clause

_BLOCK = 10_000
_SEASON = 366 + 2 * 60
"""Days after which a season that is not kept is over, at the most."""
_EVERYBODY = Clause("TRUE")


class Began(NamedTuple):
    """Something has held for a customer since a day, without a gap."""

    customer_id: int
    day: Day


class Turned(NamedTuple):
    """A customer has had a status since a day."""

    customer_id: int
    day: Day
    status: Status
    before: Status


def began(
    conn: sqlite3.Connection, condition: Condition, clause: Clause, since: Day, day: Day
) -> list[Began]:
    """For whom of a clause a condition holds on `day` and has begun on `since` or later.

    The connection looks from `day`. By customer number.
    """
    narrow = may_have_begun(condition, since, day)
    both = Clause(f"({narrow.sql}) AND ({clause.sql})", (*narrow.params, *clause.params))
    if is_told_by_figures(condition):
        return _by_figures(conn, condition, both, since, day)
    from activetui.store.facts.blocks import readings

    definition = in_force(conn)
    columns = {
        name for leaf in leaves(condition) if isinstance(leaf, EventCondition)
        for name, wanted in (("product", leaf.products), ("channel", leaf.channels)) if wanted
    }
    found: list[Began] = []
    numbers = people.ids(conn, both, "id")
    for reading in readings(conn, definition, numbers, size=_BLOCK, also=frozenset(columns)):
        held = holding_since(reading.block, condition, day, definition.active)
        lately = held.first >= since
        found += map(Began, held.customers[lately].tolist(), held.first[lately].tolist())
    return found


def _by_figures(
    conn: sqlite3.Connection, condition: Condition, clause: Clause, since: Day, day: Day
) -> list[Began]:
    wanted = "fact.customer_id, fact.first_purchase, fact.last_purchase, fact.purchase_days, fact.rhythm"
    rows = conn.execute(
        f"SELECT {wanted} FROM {tables(f'{clause.sql} {wanted}')} WHERE {clause.sql} ORDER BY 1",
        clause.params,
    )
    found = ((row[0], since_by_figures(condition, Figures(*row[1:]), day)) for row in rows)
    return [Began(number, first) for number, first in found if first is not None and first >= since]


def turned(
    conn: sqlite3.Connection, statuses: Iterable[Status], clause: Clause, since: Day, day: Day
) -> list[Turned]:
    """Who of a clause has one of the statuses on `day` and came to it on `since` or later, from another.

    The connection looks from `day`. By customer number.
    """
    clause_sql = f"fact.status IN ({_listed(statuses)}) AND fact.since BETWEEN ? AND ? AND ({clause.sql})"
    before = lives_in_sql.then("fact.customer_id", "fact.since - 1")
    rows = conn.execute(
        f"SELECT fact.customer_id, fact.since, fact.status, {before}"
        f" FROM {tables(f'{clause_sql} fact.since')} WHERE {clause_sql} ORDER BY 1",
        (since, day, *clause.params),
    )
    return [
        Turned(number, first, Status(status), Status(before))
        for number, first, status, before in rows if before is not None
    ]


def among(clause: Clause, customers: Iterable[int]) -> Clause:
    """Those of the customers of a clause who are among these."""
    some = Clause("fact.customer_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(customers)),))
    return _both(some, clause, " AND ")


def may_have_begun(condition: Condition, since: Day, day: Day) -> Clause:
    """Who else is left out: for them `condition` cannot hold on `day` and have begun on `since` or later."""
    return _both(_may_begin(condition, since, day), _may_hold(condition, day), " AND ")


def _may_begin(condition: Condition, since: Day, day: Day) -> Clause:
    """Without this it cannot hold on `day` and have begun since `since`."""
    match condition:
        case AnyOf(parts) | AllOf(parts):
            # what holds on the day (of `all`, what began last) began no earlier than the whole
            return _joined([_may_begin(part, since, day) for part in parts], " OR ")
        case EventCondition() if Kind.REFUND in condition.kinds and condition.spend is not None:
            return _EVERYBODY               # a refund that grows old makes the sum larger
        case EventCondition():
            happened = _happened(condition.kinds, since, day)
            if condition.kinds != (Kind.PURCHASE,) or condition.within_days < LONGEST:
                return happened
            earlier = Clause(
                "fact.purchases - (SELECT count(*) FROM event WHERE event.customer_id = fact.customer_id"
                " AND event.day BETWEEN ? AND ?) < ?", (since, day, condition.count),
            )
            if condition.count == 1:
                earlier = Clause("fact.first_purchase BETWEEN ? AND ?", (since, day))
            return happened if condition != _plain(condition) else _both(happened, earlier, " AND ")
        case SubscriptionCondition():
            return _happened((int(Kind.SUBSCRIPTION),), since, day)
        case SeasonalCondition():
            return _happened(condition.kinds, since, day)
        case RhythmCondition(times):
            return Clause(
                "fact.last_purchase + ? * fact.rhythm BETWEEN ? AND ?", (float(times), since - 2, day + 1)
            )
        case _:
            return _EVERYBODY


def _may_hold(condition: Condition, day: Day) -> Clause:
    """Without this it cannot hold on `day`."""
    match condition:
        case AnyOf(parts):
            return _joined([_may_hold(part, day) for part in parts], " OR ")
        case AllOf(parts):
            return _joined([_may_hold(part, day) for part in parts], " AND ")
        case EventCondition():
            happened = _happened(condition.kinds, day - condition.within_days, day)
            if condition.kinds != (Kind.PURCHASE,):
                return happened
            return _both(happened, Clause("fact.purchases >= ?", (condition.count,)), " AND ")
        case SubscriptionCondition():
            return Clause("fact.customer_id IN (SELECT subscription.customer_id FROM subscription)")
        case SeasonalCondition():
            return _happened(condition.kinds, day - _SEASON, day)
        case BookingAhead():
            return Clause(f"fact.customer_id IN ({_OF_KIND} AND event.day >= ?)", (int(Kind.BOOKING), day))
        case RhythmCondition(times, fewest):
            return Clause(
                "fact.purchase_days >= ? AND fact.last_purchase + ? * fact.rhythm <= ?",
                (fewest, float(times), day + 1),
            )
        case WindowUsed():
            return Clause(f"fact.status IN ({_listed(ACTIVE_BASE)})")
        case NoneOf() | _:
            return _EVERYBODY


_OF_KIND = f"SELECT event.customer_id FROM event WHERE event.kind = ? AND event.kind <> {Kind.PURCHASE:d}"


def _happened(kinds: Sequence[int], first: Day, last: Day) -> Clause:
    """Something of one of the kinds happened on these days; of purchases, on the first of them or later."""
    parts = [
        Clause("fact.last_purchase >= ?", (first,)) if kind == Kind.PURCHASE
        else Clause(f"fact.customer_id IN ({_OF_KIND} AND event.day BETWEEN ? AND ?)", (kind, first, last))
        for kind in kinds
    ]
    return _joined(parts, " OR ")


def _plain(condition: EventCondition) -> EventCondition:
    """A condition on purchases of any sort, as often and within as many days."""
    return EventCondition(
        condition.kinds, condition.words, condition.within_days, condition.count, currency=condition.currency
    )


def _listed(statuses: Iterable[Status]) -> str:
    return ", ".join(str(int(status)) for status in sorted(statuses))


def _both(one: Clause, other: Clause, word: str) -> Clause:
    return _joined([one, other], word)


def _joined(clauses: Sequence[Clause], word: str) -> Clause:
    sql = word.join(f"({clause.sql})" for clause in clauses)
    return Clause(sql, tuple(value for clause in clauses for value in clause.params))
