"""The rows of undone imports: taken away as soon as nothing that still stands holds them.

An event is held by a later change of it; a customer also by events, tasks, tags and signs from elsewhere,
and by events that a later change has given to somebody else.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import NamedTuple

from activetui.store.imports.settling import PURCHASE_KEY, Order


class Held(NamedTuple):
    """A row of an undone import that stays, and why."""

    table: str
    id: int
    label: str
    why: str
    """`changed`, `events`, `moved`, `tasks`, `signs` or `merged`."""
    what: str
    """The operation that changed it or merged them, in words; empty for other reasons."""


@dataclass(slots=True)
class Swept:
    """What was taken away, and what depends on it."""

    events: int = 0
    customers: int = 0
    touched: set[int] = field(default_factory=set)
    """Customers to refresh, those who are gone among them."""
    orders: set[Order] = field(default_factory=set)
    """Orders to settle."""


_CHANGED = """
EXISTS (
  SELECT 1 FROM before_image JOIN operation ON operation.id = before_image.operation_id
  WHERE before_image.table_name = '{table}' AND before_image.row_key = '[' || {table}.id || ']'
  AND operation.undone_at IS NULL
)"""
_HAS_EVENTS = "EXISTS (SELECT 1 FROM event WHERE event.customer_id = customer.id)"
_HAS_TASKS = """(EXISTS (SELECT 1 FROM enrolment WHERE enrolment.customer_id = customer.id)
  OR EXISTS (SELECT 1 FROM round_member WHERE round_member.customer_id = customer.id))"""
_HAS_SIGNS = """
(EXISTS (
  SELECT 1 FROM before_image JOIN operation ON operation.id = before_image.operation_id
  WHERE before_image.table_name = 'tag' AND operation.undone_at IS NULL
  AND before_image.row_key >= '[' || customer.id || ',' AND before_image.row_key < '[' || customer.id || '-'
) OR EXISTS (
  SELECT 1 FROM identity JOIN before_image ON before_image.table_name = 'identity'
  AND before_image.row_key = json_array(identity.kind, identity.source_id, identity.value)
  JOIN operation ON operation.id = before_image.operation_id
  WHERE identity.customer_id = customer.id AND operation.undone_at IS NULL
))"""
_EVENT_CHANGED = _CHANGED.format(table="event").replace(
    # an event that was only given to the one who is kept of two merged customers has not changed
    "undone_at IS NULL",
    "undone_at IS NULL AND operation.id NOT IN (SELECT operation_id FROM merged_customer)",
)
_CUSTOMER_CHANGED = _CHANGED.format(table="customer")


def sweep(conn: sqlite3.Connection) -> Swept:
    """Take away every row of undone imports that nothing holds; the caller owns the transaction.

    The caller also settles and refreshes what `Swept` names.
    """
    swept = Swept()
    for batch in conn.execute(
        "SELECT id, first_event, last_event FROM batch"
        " WHERE undone_at IS NOT NULL AND first_event IS NOT NULL ORDER BY id DESC"
    ).fetchall():
        _sweep_events(conn, swept, *batch)
    for batch in conn.execute(
        "SELECT id, first_customer, last_customer FROM batch"
        " WHERE undone_at IS NOT NULL AND first_customer IS NOT NULL ORDER BY id DESC"
    ).fetchall():
        _sweep_customers(conn, swept, *batch)
    return swept


def held(conn: sqlite3.Connection, batch_id: int) -> list[Held]:
    """The rows that an undone import leaves behind, each with the first reason for it."""
    events = conn.execute(
        "SELECT event.id, CASE WHEN order_ref <> '' THEN order_ref ELSE key END FROM batch"
        " JOIN event ON event.id BETWEEN first_event AND last_event AND event.batch_id = batch.id"
        " WHERE batch.id = ? ORDER BY event.id",
        (batch_id,),
    ).fetchall()
    found = [
        Held("event", number, label, "changed", _changed_by(conn, "event", number))
        for number, label in events
    ]
    customers = conn.execute(
        "SELECT customer.id, coalesce(nullif(name, ''), nullif(email, ''), nullif(customer.key, ''),"  # noqa: S608
        f" CAST(customer.id AS TEXT)), CASE WHEN {_CUSTOMER_CHANGED} THEN 'changed'"
        f" WHEN {_HAS_EVENTS} THEN 'events' WHEN {_HAS_TASKS} THEN 'tasks' ELSE 'signs' END FROM batch"
        " JOIN customer ON customer.id BETWEEN first_customer AND last_customer"
        " AND customer.batch_id = batch.id WHERE batch.id = ? ORDER BY customer.id",
        (batch_id,),
    ).fetchall()
    moved = _had_events(conn) if customers else frozenset()
    for number, label, why in customers:
        if why == "signs" and number in moved:
            why = "moved"
        what = _changed_by(conn, "customer", number) if why == "changed" else ""
        found.append(Held("customer", number, label, why, what))
    return found + _merged(conn, batch_id)


def _merged(conn: sqlite3.Connection, batch_id: int) -> list[Held]:
    """The customers of an undone import who were merged into others: what is known of them is there."""
    rows = conn.execute(
        "SELECT gone.id, coalesce(nullif(json_extract(row, '$.name'), ''),"
        " nullif(json_extract(row, '$.email'), ''), nullif(json_extract(row, '$.key'), ''),"
        " CAST(gone.id AS TEXT)), operation.what FROM merged_customer AS gone"
        " JOIN operation ON operation.id = gone.operation_id"
        " JOIN before_image ON before_image.operation_id = operation.id AND table_name = 'customer'"
        " AND row_key = '[' || gone.id || ']' WHERE json_extract(row, '$.batch_id') = ? ORDER BY gone.id",
        (batch_id,),
    )
    return [Held("customer", number, label, "merged", what) for number, label, what in rows]


def _changed_by(conn: sqlite3.Connection, table: str, number: int) -> str:
    row = conn.execute(
        "SELECT operation.what FROM before_image JOIN operation ON operation.id = before_image.operation_id"
        " WHERE table_name = ? AND row_key = '[' || ? || ']' AND operation.undone_at IS NULL"
        " ORDER BY operation.id DESC LIMIT 1",
        (table, number),
    ).fetchone()
    return str(row[0]) if row else ""


def _had_events(conn: sqlite3.Connection) -> frozenset[int]:
    """The customers to whom an event would return if a change that still stands were undone."""
    rows = conn.execute(
        "SELECT DISTINCT json_extract(before_image.row, '$.customer_id') FROM operation"
        " JOIN before_image ON before_image.operation_id = operation.id"
        " WHERE operation.undone_at IS NULL AND table_name = 'event' AND row IS NOT NULL"
    )
    return frozenset(number for (number,) in rows if number is not None)


def _sweep_events(conn: sqlite3.Connection, swept: Swept, batch_id: int, first: int, last: int) -> None:
    """Delete the events of one undone import, in a few statements whatever their number."""
    ours = f"event.id BETWEEN ? AND ? AND event.batch_id = ? AND NOT {_EVENT_CHANGED}"
    values = (first, last, batch_id)
    swept.touched |= {number for (number,) in conn.execute(
        f"SELECT DISTINCT customer_id FROM event WHERE {ours} AND customer_id IS NOT NULL", values  # noqa: S608
    )}
    swept.orders |= {Order(*row) for row in conn.execute(
        f"SELECT DISTINCT source_id, order_ref FROM event WHERE {ours}"  # noqa: S608
        " AND kind = 2 AND order_ref <> ''"
        " UNION SELECT refund.source_id, refund.order_ref FROM event CROSS JOIN event AS refund"
        " ON refund.source_id = event.source_id AND refund.kind = 2 AND refund.order_ref <> ''"
        f" AND refund.order_ref IN (event.order_ref, substr(event.key, {len(PURCHASE_KEY) + 1}))"
        f" WHERE {ours} AND event.kind = 1",
        values * 2,
    )}
    swept.events += conn.execute(f"DELETE FROM event WHERE {ours}", values).rowcount  # noqa: S608


def _sweep_customers(conn: sqlite3.Connection, swept: Swept, batch_id: int, first: int, last: int) -> None:
    gone = [number for (number,) in conn.execute(
        "SELECT id FROM customer WHERE id BETWEEN ? AND ? AND batch_id = ?"  # noqa: S608
        f" AND NOT ({_CUSTOMER_CHANGED} OR {_HAS_EVENTS} OR {_HAS_TASKS} OR {_HAS_SIGNS})",
        (first, last, batch_id),
    )]
    if gone:
        had_events = _had_events(conn)
        gone = [number for number in gone if number not in had_events]
    conn.executemany("DELETE FROM customer WHERE id = ?", ((number,) for number in gone))
    swept.customers += len(gone)
    swept.touched.update(gone)
