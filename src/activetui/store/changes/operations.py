"""Changes by hand, each with what the rows were before, so that the newest can be taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from activetui.ledger.days import Day, from_iso
from activetui.store.changes import images
from activetui.store.changes.images import Key, Row
from activetui.store.imports import settling
from activetui.store.opening.file import transaction

TYPE_TAGS = frozenset({"vip"})
"""Tags that make a customer of a type; with any other, statuses and types stay as they are."""


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


def note_touched(
    conn: sqlite3.Connection,
    table: str,
    key: str,
    row: str | None,
    touched: set[int],
    orders: set[settling.Order],
) -> None:
    """Add customers whose figures depend on a row, and its orders, as it is and as it will be put back."""
    if table not in _SAYS_MORE:
        return
    now, then = images.row_of(conn, table, key), json.loads(row) if row else None
    if not _SAYS_MORE[table](now, then):
        return
    for version in (now, then):
        if version is None:
            continue
        customer = version["id" if table == "customer" else "customer_id"]
        if customer is not None:
            touched.add(customer)
        if table == "event":
            orders.update(settling.orders_of(version))


def _another_customer(now: Row | None, then: Row | None) -> bool:
    """Of a customer, figures depend on their being there, and on from when on they are known."""
    return now is None or then is None or now["history_from"] != then["history_from"]


_SAYS_MORE: Mapping[str, Callable[[Row | None, Row | None], bool]] = {
    "customer": _another_customer,
    "tag": lambda now, then: any(row is not None and row["name"].lower() in TYPE_TAGS for row in (now, then)),
    "event": lambda _now, _then: True,
}
"""For each table on which figures depend: whether they change with a row that is put back."""


def _any_image(conn: sqlite3.Connection, operation_id: int) -> bool:
    found = conn.execute("SELECT 1 FROM before_image WHERE operation_id = ? LIMIT 1", (operation_id,))
    return found.fetchone() is not None
