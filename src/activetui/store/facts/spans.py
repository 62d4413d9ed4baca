"""Which status holds when: spans of one customer, counts of all, the days on which statuses change."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import FAR_PAST, Day
from activetui.store.facts import lives
from activetui.store.other_days import as_of

_MANY = 50_000
"""Customers whose lives are looked through together rather than one by one."""


class StatusSpan(NamedTuple):
    """The status holds on the days `[start, end)`; the far ends are FAR_PAST and FAR_FUTURE."""

    status: Status
    start: Day
    end: Day


class Flip(NamedTuple):
    """A customer's status changes on a day."""

    customer_id: int
    day: Day
    from_status: Status
    to_status: Status


def status_on(conn: sqlite3.Connection, customer_id: int, day: Day) -> Status:
    """The status of a customer on any day; `KeyError` for a number that is nobody's."""
    status = lives.status_then(_life(conn, customer_id), day)
    if status is None:
        raise KeyError(customer_id)
    return Status(status)


def spans_of(conn: sqlite3.Connection, customer_id: int) -> list[StatusSpan]:
    """All status spans of a customer, in order and without a gap; none for a number that is nobody's."""
    found = lives.spans_in(_life(conn, customer_id) or b"")
    return [StatusSpan(Status(status), start, end) for status, start, end in found]


def _life(conn: sqlite3.Connection, customer_id: int) -> bytes | None:
    row = conn.execute("SELECT spans FROM life WHERE customer_id = ?", (customer_id,)).fetchone()
    return None if row is None else bytes(row[0])


def counts_on(conn: sqlite3.Connection, day: Day) -> dict[Status, int]:
    """How many customers have each of the eight statuses on a day, past or future."""
    return counts_over(conn, [day])[0]


def counts_over(conn: sqlite3.Connection, days: Sequence[Day]) -> list[dict[Status, int]]:
    """For each of `days`, how many customers have each of the eight statuses then."""
    found: list[dict[Status, int]] = [{} for _day in days]
    if not days:
        return found
    last = max(days)
    for status in Status:
        rows = conn.execute(
            "SELECT day, change FROM status_change WHERE status = ? AND day <= ? ORDER BY day", (status, last)
        ).fetchall()
        change_days = [day for day, _change in rows]
        sums = [0, *accumulate(change for _day, change in rows)]
        for day, counts in zip(days, found, strict=True):
            counts[status] = sums[bisect_right(change_days, day)]
    return found


def flips_between(conn: sqlite3.Connection, first: Day, last: Day) -> list[Flip]:
    """All changes of status on the days from `first` to `last`, both included, by day and customer.

    Days after today tell what happens if nothing is added to the ledger.
    """
    rows: Iterable[tuple[Day, int, int, int]]
    if _are_many(conn, first, last):
        from activetui.store.facts import life_arrays

        rows = life_arrays.changes(conn, first, last).by_day()
    else:
        rows = sorted(
            (change.day, customer, change.before, change.after)
            for customer, change in _changes(conn, first, last)
        )
    statuses = tuple(Status)
    return [Flip(customer, day, statuses[before], statuses[after]) for day, customer, before, after in rows]


def flips_counted(conn: sqlite3.Connection, first: Day, last: Day) -> dict[tuple[Status, Status], int]:
    """How many changes of status there are on those days, by the status before and the one after."""
    if _are_many(conn, first, last):
        from activetui.store.facts import life_arrays

        counted = life_arrays.changes(conn, first, last).counted()
    else:
        counted = Counter((change.before, change.after) for _who, change in _changes(conn, first, last))
    return {(Status(before), Status(after)): number for (before, after), number in counted.items()}


def _are_many(conn: sqlite3.Connection, first: Day, last: Day) -> bool:
    return bool(conn.execute(_HOW_MANY, _bounds(conn, first, last)).fetchone()[0] > _MANY)


def _changes(conn: sqlite3.Connection, first: Day, last: Day) -> Iterator[tuple[int, lives.Change]]:
    for customer, life in conn.execute(_CHANGED, _bounds(conn, first, last)):
        for change in lives.changes_in(life, first, last):
            yield customer, change


def _bounds(conn: sqlite3.Connection, first: Day, last: Day) -> tuple[Day, Day]:
    return first, last if last > as_of.day_of(conn) else FAR_PAST


# Who changed since `first` entered the present status on or after it; who will change has a change due.
_CHANGED = """
SELECT customer_id, spans FROM life WHERE customer_id IN (
  SELECT customer_id FROM fact WHERE since >= ?
  UNION SELECT customer_id FROM fact WHERE next_change <= ?)"""
_HOW_MANY = """
SELECT (SELECT count(*) FROM fact WHERE since >= ?) + (SELECT count(*) FROM fact WHERE next_change <= ?)"""
