"""Telling whether the purchases up to a day are still those of a moment ago, without reading them again.

Whatever changes an event leaves a row as it was, or is an import, which knows the numbers of its new events.
So after a day's work there is little to look at, however large the ledger is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.store.changes import images
from activetui.store.changes.images import Row
from activetui.store.imports.settling import PURCHASE_KEY, Order, orders_of

_MOST = 20_000
"""Of more changes than these nothing is said: reading the purchases again takes no longer."""


class PurchasesMark(NamedTuple):
    """A moment in the life of a store."""

    operation: int
    """The newest change."""
    undone: int
    """How many changes up to that one have been taken back."""
    batch: int
    """The newest import."""
    forgotten: int
    """How many people have been forgotten."""


def purchases_mark(conn: sqlite3.Connection) -> PurchasesMark:
    """The present moment."""
    row = conn.execute(
        "SELECT coalesce(max(id), 0), count(undone_at),"
        " (SELECT coalesce(max(id), 0) FROM main.batch), (SELECT count(*) FROM main.forgotten_person)"
        " FROM main.operation"
    ).fetchone()
    return PurchasesMark(*row)


def same_purchases(conn: sqlite3.Connection, mark: PurchasesMark, up_to: Day) -> bool:
    """Whether who bought on which days, up to the end of a day, is surely what it was at the mark.

    False also where too much has changed since to look at it all.
    """
    undone, forgotten = conn.execute(
        "SELECT count(undone_at), (SELECT count(*) FROM main.forgotten_person)"
        " FROM main.operation WHERE id <= ?",
        (mark.operation,),
    ).fetchone()
    if (undone, forgotten) != (mark.undone, mark.forgotten):
        return False
    looked_at = 0
    for row in _new(conn, mark):
        looked_at += 1
        if looked_at > _MOST or _adds(conn, row, up_to):
            return False
    for before, now in _changed(conn, mark):
        looked_at += 1
        if looked_at > _MOST or _differs(conn, before, now, up_to):
            return False
    return True


def _new(conn: sqlite3.Connection, mark: PurchasesMark) -> Iterator[Row]:
    """The purchases and refunds that imports since the mark have brought."""
    cursor = conn.execute(
        "SELECT event.customer_id, event.kind, event.day, event.counts, event.order_ref, event.key,"
        " event.source_id FROM main.batch CROSS JOIN main.event"
        " ON event.id BETWEEN batch.first_event AND batch.last_event"
        " WHERE batch.id > ? AND event.kind IN (?, ?)",
        (mark.batch, int(Kind.PURCHASE), int(Kind.REFUND)),
    )
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _changed(conn: sqlite3.Connection, mark: PurchasesMark) -> Iterator[tuple[Row | None, Row | None]]:
    """The events that were changed since the mark, as they were then and as they are now."""
    rows = conn.execute(
        "SELECT row_key, row FROM main.before_image WHERE operation_id > ? AND table_name = 'event'"
        " ORDER BY operation_id, position",
        (mark.operation,),
    )
    seen = set()
    for key, row in rows:
        if key not in seen:
            seen.add(key)
            yield (json.loads(row) if row else None), images.row_of(conn, "event", key)


def _adds(conn: sqlite3.Connection, new: Row, up_to: Day) -> bool:
    """Whether a new event is a purchase of that time, or decides whether another one counts."""
    bought = _bought(new, up_to)
    if bought is not None and bought.counts and bought.customer_id is not None:
        return True
    others = (counts for order in orders_of(new) for counts in _purchases_of(conn, order, up_to))
    return any(new["kind"] == Kind.PURCHASE or not counts for counts in others)


def _differs(conn: sqlite3.Connection, before: Row | None, now: Row | None, up_to: Day) -> bool:
    """Whether a changed event says something else of that time, or may have decided about another one."""
    if _bought(before, up_to) != _bought(now, up_to):
        return True
    return any(
        next(_purchases_of(conn, order, up_to), None) is not None
        for row in (before, now) if row is not None and row["kind"] == Kind.REFUND
        for order in orders_of(row)
    )


class _Bought(NamedTuple):
    """Whose purchase an event is, on which day, and whether it counts."""

    customer_id: int | None
    day: Day
    counts: bool


def _bought(row: Row | None, up_to: Day) -> _Bought | None:
    """The purchase of that time that an event is; None if it is none.

    One that does not count is one too: an earlier change that is not told of here may have seen to that.
    """
    if row is None or row["kind"] != Kind.PURCHASE or row["day"] > up_to:
        return None
    return _Bought(row["customer_id"], row["day"], bool(row["counts"]))


def _purchases_of(conn: sqlite3.Connection, order: Order, up_to: Day) -> Iterator[int]:
    """For each purchase of an order in that time, whether it counts."""
    rows = conn.execute(
        "SELECT counts FROM main.event WHERE source_id = ?1 AND key = ?2 AND kind = 1 AND day <= ?4"
        " UNION ALL SELECT counts FROM main.event WHERE source_id = ?1 AND order_ref = ?3"
        " AND kind = 1 AND order_ref <> '' AND key <> 'purchase:' || order_ref AND day <= ?4",
        (order.source_id, PURCHASE_KEY + order.ref, order.ref, up_to),
    )
    return (counts for (counts,) in rows)
