"""The whole ledger, row by row, with nothing left out: what an export writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from activetui.store import events
from activetui.store.customers import COLUMNS, Customer, from_row
from activetui.store.events import EventRow

_BLOCK = 2_000


class Identity(NamedTuple):
    """One sign by which a customer is matched; `source` is empty where it holds everywhere."""

    kind: str
    source: str
    value: str


class LedgerRow(NamedTuple):
    """A customer with one event; a customer without events; or an event of nobody (a walk-in)."""

    customer: Customer | None
    identities: tuple[Identity, ...]
    event: EventRow | None


def ledger_rows(conn: sqlite3.Connection) -> Iterator[LedgerRow]:
    """Every customer by number, with their events by day, then the events of nobody.

    All of it as of one moment, whatever other programs write meanwhile.
    """
    began_here = not conn.in_transaction
    if began_here:
        conn.execute("BEGIN")
    try:
        last = 0
        while block := _customers_after(conn, last):
            last = block[-1].id
            yield from _rows_of(conn, block)
        yield from _of_nobody(conn)
    finally:
        if began_here and conn.in_transaction:
            conn.execute("ROLLBACK")


def _customers_after(conn: sqlite3.Connection, last: int) -> list[Customer]:
    rows = conn.execute(
        f"SELECT {', '.join(COLUMNS)} FROM customer WHERE id > ? ORDER BY id LIMIT ?", (last, _BLOCK)  # noqa: S608
    ).fetchall()
    if not rows:
        return []
    tags: dict[int, list[str]] = {}
    for number, name in conn.execute(
        "SELECT customer_id, name FROM tag WHERE customer_id BETWEEN ? AND ? ORDER BY customer_id, name",
        (rows[0][0], rows[-1][0]),
    ):
        tags.setdefault(number, []).append(name)
    return [from_row(row, tuple(tags.get(row[0], ()))) for row in rows]


def _rows_of(conn: sqlite3.Connection, block: list[Customer]) -> Iterator[LedgerRow]:
    first, last = block[0].id, block[-1].id
    identities: dict[int, list[Identity]] = {}
    for number, *values in conn.execute(
        "SELECT customer_id, kind, coalesce(source.name, ''), value FROM identity"
        " LEFT JOIN source ON source.id = identity.source_id"
        " WHERE customer_id BETWEEN ? AND ? ORDER BY customer_id, kind, source.name, value",
        (first, last),
    ):
        identities.setdefault(number, []).append(Identity(*values))
    found: dict[int, list[EventRow]] = {}
    rows = conn.execute(
        f"{events.SELECT} WHERE event.customer_id BETWEEN ? AND ?"
        " ORDER BY event.customer_id, event.day, event.id",
        (first, last),
    ).fetchall()
    for event in events.from_rows(conn, rows):
        found.setdefault(event.customer_id or 0, []).append(event)
    for customer in block:
        known_by = tuple(identities.get(customer.id, ()))
        if customer.id not in found:
            yield LedgerRow(customer, known_by, None)
        for event in found.get(customer.id, ()):
            yield LedgerRow(customer, known_by, event)


def _of_nobody(conn: sqlite3.Connection) -> Iterator[LedgerRow]:
    cursor = conn.execute(f"{events.SELECT} WHERE event.customer_id IS NULL ORDER BY event.day, event.id")
    while rows := cursor.fetchmany(_BLOCK):
        for event in events.from_rows(conn, rows):
            yield LedgerRow(None, (), event)
