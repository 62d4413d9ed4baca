"""Which status holds when: spans of one customer, counts of all, the days on which statuses change."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import FAR_PAST, Day
from activetui.store.other_days import as_of


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
    row = conn.execute(
        "SELECT status FROM span WHERE customer_id = ? AND start <= ? ORDER BY start DESC LIMIT 1",
        (customer_id, day),
    ).fetchone()
    if row is None:
        raise KeyError(customer_id)
    return Status(row[0])


def spans_of(conn: sqlite3.Connection, customer_id: int) -> list[StatusSpan]:
    """All status spans of a customer, in order and without a gap; none for a number that is nobody's."""
    return [
        StatusSpan(Status(status), start, end)
        for status, start, end in conn.execute(
            'SELECT status, start, "end" FROM span WHERE customer_id = ? ORDER BY start', (customer_id,)
        )
    ]


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
    return [
        Flip(customer, day, Status(before), Status(after))
        for customer, day, before, after in conn.execute(
            f"{_FLIPS} ORDER BY start, customer_id", _between(conn, first, last)
        )
    ]


def flips_counted(conn: sqlite3.Connection, first: Day, last: Day) -> dict[tuple[Status, Status], int]:
    """How many changes of status there are on those days, by the status before and the one after."""
    return {
        (Status(before), Status(after)): int(number)
        for before, after, number in conn.execute(
            f"SELECT before, status, count(*) FROM ({_FLIPS}) GROUP BY before, status",  # noqa: S608
            _between(conn, first, last),
        )
    }


def _between(conn: sqlite3.Connection, first: Day, last: Day) -> tuple[Day, ...]:
    ahead = last if last > as_of.day_of(conn) else FAR_PAST
    return first, ahead, first, last, FAR_PAST


# Who changed since `first` entered the present status on or after it; who will change has a change due.
_FLIPS = """
SELECT customer_id, start,
  (SELECT status FROM span AS earlier WHERE earlier.customer_id = span.customer_id
   AND earlier.start < span.start ORDER BY earlier.start DESC LIMIT 1) AS before, status
FROM span WHERE customer_id IN (
  SELECT customer_id FROM fact WHERE since >= ?
  UNION SELECT customer_id FROM fact WHERE next_change <= ?)
AND start BETWEEN ? AND ? AND start > ?"""
