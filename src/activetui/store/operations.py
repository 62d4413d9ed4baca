"""Changes by hand, each with what the rows were before, so that the newest can be taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from activetui.ledger.days import Day, from_iso
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store import images, refresh, settling
from activetui.store.file import transaction
from activetui.store.images import Key


@dataclass(frozen=True, slots=True)
class Operation:
    """One change in the making; tell it of every row before the row changes."""

    conn: sqlite3.Connection
    id: int

    def inserted(self, table: str, key: Key) -> None:
        """A row that was not there before: taking the operation back deletes it."""
        images.add_images(self.conn, self.id, table, [(images.row_key(key), None)])

    def changing(self, table: str, key: Key) -> None:
        """A row that is about to change or go, or that may not be there yet."""
        text = images.row_key(key)
        row = images.row_of(self.conn, table, text)
        images.add_images(self.conn, self.id, table, [(text, None if row is None else images.as_text(row))])


@contextmanager
def operation(
    conn: sqlite3.Connection, what: str, made_at: str, *, batch_id: int | None = None, day: Day | None = None
) -> Iterator[Operation]:
    """Everything that happens in the block is one operation: written whole or not at all.

    `what` is for people, already translated. `day` is today in the business's calendar, needed wherever
    customers or events change (`known_then` asks for it); without it, the day in UTC is kept. An operation
    that has recorded nothing leaves no trace. Joins the caller's transaction, if there is one.
    """
    with transaction(conn):
        number = conn.execute(
            "INSERT INTO operation (made_at, what, batch_id, day) VALUES (?, ?, ?, ?)",
            (made_at, what, batch_id, from_iso(made_at[:10]) if day is None else day),
        ).lastrowid
        op = Operation(conn, int(number or 0))
        yield op
        if batch_id is None and not _any_image(conn, op.id):
            conn.execute("DELETE FROM operation WHERE id = ?", (op.id,))


def undo_last(conn: sqlite3.Connection, *, today: Day, made_at: str) -> str | None:
    """Take back the newest change by hand that still stands; what it was, or None if there is none.

    `OwnerError` if an import has since changed one of its rows: that import must be undone first.
    """
    from activetui.store import merging

    with _nothing_depends_on_it(), transaction(conn):
        newest = conn.execute(
            "SELECT id, what FROM operation WHERE batch_id IS NULL AND undone_at IS NULL"
            " ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if newest is None:
            return None
        number, what = newest
        if merging.unmerge_operation(conn, number, today=today, made_at=made_at):
            return str(what)
        _refuse_if_changed_since(conn, number, what)
        conn.execute("UPDATE operation SET undone_at = ? WHERE id = ?", (made_at, number))
        _take_back(conn, number, today)
    return str(what)


def _take_back(conn: sqlite3.Connection, operation_id: int, today: Day) -> None:
    from activetui.store import remains

    conn.execute("PRAGMA defer_foreign_keys = ON")
    rows = conn.execute(
        "SELECT table_name, row_key, row FROM before_image WHERE operation_id = ? ORDER BY position DESC",
        (operation_id,),
    ).fetchall()
    touched: set[int] = set()
    orders: set[settling.Order] = set()
    for table, key, row in rows:
        note_touched(conn, table, key, row, touched, orders)
        images.put_back(conn, table, key, row)
    swept = remains.sweep(conn)  # what undone imports had left because of this operation
    touched |= swept.touched | settling.settle_orders(conn, orders | swept.orders)
    if touched:
        refresh.refresh(conn, sorted(touched), today)


def note_touched(
    conn: sqlite3.Connection,
    table: str,
    key: str,
    row: str | None,
    touched: set[int],
    orders: set[settling.Order],
) -> None:
    """Add the customers and orders that depend on a row, as it is now and as it will be put back."""
    for version in (images.row_of(conn, table, key), json.loads(row) if row else None):
        if version is None:
            continue
        customer = version.get("id") if table == "customer" else version.get("customer_id")
        if customer is not None and table in ("customer", "tag", "event"):
            touched.add(customer)
        if table == "event":
            orders.update(settling.orders_of(version))


@contextmanager
def _nothing_depends_on_it() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise OwnerError(
            _("The last change cannot be taken back: other things have been added to what it made."),
            _("Take those away first, such as the events of a customer or the import that brought them."),
        ) from error


def _any_image(conn: sqlite3.Connection, operation_id: int) -> bool:
    found = conn.execute("SELECT 1 FROM before_image WHERE operation_id = ? LIMIT 1", (operation_id,))
    return found.fetchone() is not None


def _refuse_if_changed_since(conn: sqlite3.Connection, operation_id: int, what: str) -> None:
    later = conn.execute(_CHANGED_SINCE, (operation_id,)).fetchone()
    if later is not None:
        raise OwnerError(
            _("'{what}' cannot be taken back: the import of {file} has changed the same since.").format(
                what=what, file=later[1]
            ),
            _("Undo that import first: activetui imports undo {id}").format(id=later[0]),
        )


# An event that an import has brought has no earlier image; it may have the number of one that was deleted.
_CHANGED_SINCE = """
SELECT operation.batch_id, batch.file_name
FROM before_image AS mine
JOIN before_image AS other ON other.table_name = mine.table_name AND other.row_key = mine.row_key
JOIN operation ON operation.id = other.operation_id
LEFT JOIN batch ON batch.id = operation.batch_id
WHERE mine.operation_id = ?1 AND operation.id > mine.operation_id AND operation.undone_at IS NULL
UNION ALL
SELECT batch.id, batch.file_name
FROM before_image AS mine
JOIN event ON event.id = json_extract(mine.row_key, '$[0]')
JOIN batch ON batch.id = event.batch_id
WHERE mine.operation_id = ?1 AND mine.table_name = 'event' AND mine.row IS NOT NULL
  AND event.batch_id IS NOT json_extract(mine.row, '$.batch_id')
LIMIT 1"""
