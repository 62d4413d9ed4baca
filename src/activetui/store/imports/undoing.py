"""Undoing an import: what it added goes, what it changed is put back, what was changed since stays."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import FIRST_OWN_KIND
from activetui.locales import _
from activetui.store import settings
from activetui.store.changes import images
from activetui.store.changes.operations import note_touched
from activetui.store.copies import backup
from activetui.store.facts import refresh
from activetui.store.imports import remains, settling
from activetui.store.imports.applying import refresh_touched
from activetui.store.imports.remains import Held
from activetui.store.opening.file import path_of, transaction
from activetui.store.opening.guard import owner_errors
from activetui.store.opening.seed import HAND
from activetui.store.same_person import merged


@dataclass(frozen=True, slots=True)
class Left:
    """A row that the undo did not bring back, and why, in words."""

    table: str
    """`event` or `customer`."""
    id: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of the rows of an undone import."""

    reversed: int
    """Events and customers that are as if the import had not been."""
    kept: tuple[Left, ...]
    """Left as they are, because something later changed or needs them."""
    failed: tuple[Left, ...]
    """Could not be brought back."""
    backup: str = ""
    """Where the copy of the data file from before the undo lies."""


def undo(conn: sqlite3.Connection, batch_id: int, *, today: Day, made_at: str) -> Undone:
    """Undo one import. A copy of the data file is made beside it first.

    `OwnerError` if there is no such batch, or if it has been undone already.
    """
    path = path_of(conn)
    _refuse_undone(conn, batch_id)
    copy = backup.free_name(path, f"before-undo-{batch_id}") if path.name else None
    if copy is not None:
        backup.backup(conn, copy)
    with owner_errors(path), transaction(conn):
        _refuse_undone(conn, batch_id)
        kept, failed, restored = _undo(conn, batch_id, today, made_at)
    return Undone(restored, kept, failed, str(copy or ""))


def _undo(
    conn: sqlite3.Connection, batch_id: int, today: Day, made_at: str
) -> tuple[tuple[Left, ...], tuple[Left, ...], int]:
    conn.execute("PRAGMA defer_foreign_keys = ON")
    currency = settings.currency(conn)
    work = _Work(conn, _operation_of(conn, batch_id))
    work.put_back_all()
    conn.execute("UPDATE batch SET undone_at = ? WHERE id = ?", (made_at, batch_id))
    conn.execute("UPDATE operation SET undone_at = ? WHERE batch_id = ?", (made_at, batch_id))
    swept = remains.sweep(conn)
    _drop_unused_sources(conn)
    _drop_unused_kinds(conn)
    if settings.currency(conn) == currency:
        touched = work.touched | swept.touched | settling.settle_orders(conn, work.orders | swept.orders)
        refresh_touched(conn, touched, today)
    else:
        settling.settle_everything(conn)
        refresh.refresh_all(conn, max(today, settings.facts_day(conn)))
    kept = work.kept + [Left(row.table, row.id, row.label, _why(row)) for row in remains.held(conn, batch_id)]
    return tuple(kept), tuple(work.failed), work.restored + swept.events + swept.customers


class _Later(NamedTuple):
    """A change after the import."""

    operation_id: int
    what: str
    merge: bool
    """Whether two customers were made one."""


class _Work:
    """Putting back the rows that an import has changed."""

    def __init__(self, conn: sqlite3.Connection, operation_id: int) -> None:
        self.conn = conn
        self.operation_id = operation_id
        self.restored = 0
        self.kept: list[Left] = []
        self.failed: list[Left] = []
        self.touched: set[int] = set()
        self.orders: set[settling.Order] = set()

    def put_back_all(self) -> None:
        later = self._changed_since()
        rows = self.conn.execute(
            "SELECT table_name, row_key, row FROM before_image WHERE operation_id = ? ORDER BY position DESC",
            (self.operation_id,),
        ).fetchall()
        for table, key, row in rows:
            changes = later.get((table, key), [])
            if not changes and table == "line":
                changes = later.get(("event", images.row_key(images.key_values(key)[0])), [])
            if changes:
                _hand_down(self.conn, changes[0].operation_id, table, key, row)
            if table in ("event", "identity", "line"):
                # one who was merged into another only gave it away
                changes = [change for change in changes if not change.merge]
            if not changes:
                self._put_back(table, key, row)
            elif table in ("event", "customer"):
                reason = _("changed since by: {what}").format(what=changes[0].what)
                self.kept.append(self._left(table, key, reason))

    def _put_back(self, table: str, key: str, row: str | None) -> None:
        if table == "kind":
            return  # once its events are gone: `_drop_unused_kinds`
        row = self._with_kept(row) if table in ("event", "identity") else row
        if table == "event" and not self._has_customer(row):
            self.failed.append(self._left(table, key, _("the customer it belonged to is gone")))
            return
        note_touched(self.conn, table, key, row, self.touched, self.orders)
        try:
            images.put_back(self.conn, table, key, row)
        except sqlite3.IntegrityError as error:
            self.failed.append(self._left(table, key, str(error)))
            return
        self.restored += table in ("event", "customer")

    def _changed_since(self) -> dict[tuple[str, str], list[_Later]]:
        """The rows of the import that later changes, which still stand, have changed too; the first first."""
        rows = self.conn.execute(
            "SELECT mine.table_name, mine.row_key, operation.id, operation.what,"
            " operation.id IN (SELECT operation_id FROM merged_customer) FROM before_image AS mine"
            " CROSS JOIN before_image AS other"
            " ON other.table_name = mine.table_name AND other.row_key = mine.row_key"
            " JOIN operation ON operation.id = other.operation_id"
            " WHERE mine.operation_id = ? AND operation.id > mine.operation_id"
            " AND operation.undone_at IS NULL ORDER BY operation.id",
            (self.operation_id,),
        )
        found: dict[tuple[str, str], list[_Later]] = {}
        for table, key, number, what, merge in rows:
            found.setdefault((table, key), []).append(_Later(number, what, bool(merge)))
        return found

    def _with_kept(self, row: str | None) -> str | None:
        """A row of somebody who was merged into another since: the other's."""
        if row is None:
            return None
        values = json.loads(row)
        number = values["customer_id"]
        kept = number if number is None else merged.kept_of(self.conn, number)
        if kept == number:
            return row
        return images.as_text(values | {"customer_id": kept, "whose": values.get("whose") or number})

    def _has_customer(self, row: str | None) -> bool:
        customer = json.loads(row)["customer_id"] if row else None
        if customer is None:
            return True
        found = self.conn.execute("SELECT 1 FROM customer WHERE id = ?", (customer,))
        return found.fetchone() is not None

    def _left(self, table: str, key: str, reason: str) -> Left:
        row = images.row_of(self.conn, table, key) or {}
        names = ("order_ref", "key") if table == "event" else ("name", "email", "key")
        label = next((str(row[name]) for name in names if row.get(name)), key)
        return Left(table, int(images.key_values(key)[0]), label, reason)


def _hand_down(conn: sqlite3.Connection, operation_id: int, table: str, key: str, row: str | None) -> None:
    """Let the later change that holds a row remember what the row was before the import being undone."""
    position = conn.execute(
        "SELECT min(position) FROM before_image WHERE operation_id = ? AND table_name = ? AND row_key = ?",
        (operation_id, table, key),
    ).fetchone()[0]
    if position is None:
        images.add_images(conn, operation_id, table, [(key, row)])
    else:
        conn.execute(
            "UPDATE before_image SET row = ? WHERE operation_id = ? AND position = ?",
            (row, operation_id, position),
        )


def _why(row: Held) -> str:
    if row.why in ("changed", "merged"):
        return _("changed since by: {what}").format(what=row.what)
    if row.why == "events":
        return _("has events that are not of this import")
    if row.why == "moved":
        return _("had an event that a later change has given to somebody else")
    if row.why == "tasks":
        return _("is in a playbook or a round")
    return _("has tags or is recognised by signs that are not of this import")


def _refuse_undone(conn: sqlite3.Connection, batch_id: int) -> None:
    row = conn.execute("SELECT undone_at FROM batch WHERE id = ?", (batch_id,)).fetchone()
    if row is None:
        raise no_such_batch(batch_id)
    if row[0] is not None:
        raise OwnerError(_("Import {id} has been undone already.").format(id=batch_id))


def no_such_batch(batch_id: int) -> OwnerError:
    """There is no import with this number."""
    return OwnerError(
        _("There is no import {id}.").format(id=batch_id), _("See them all with: activetui imports list")
    )


def _operation_of(conn: sqlite3.Connection, batch_id: int) -> int:
    return int(conn.execute("SELECT id FROM operation WHERE batch_id = ?", (batch_id,)).fetchone()[0])


def _drop_unused_kinds(conn: sqlite3.Connection) -> None:
    """Drop the kinds that undone imports brought, unless an event, a definition or a segment names them."""
    conn.execute(
        "DELETE FROM kind WHERE id >= ? AND id IN ("
        " SELECT json_extract(row_key, '$[0]') FROM before_image"
        " JOIN operation ON operation.id = before_image.operation_id"
        " WHERE table_name = 'kind' AND operation.undone_at IS NOT NULL"
        ") AND NOT EXISTS (SELECT 1 FROM event WHERE event.kind = kind.id)"
        " AND NOT EXISTS (SELECT 1 FROM definition WHERE instr(definition.toml, kind.name))"
        " AND NOT EXISTS (SELECT 1 FROM segment WHERE instr(segment.query, kind.name))",
        (FIRST_OWN_KIND,),
    )


def _drop_unused_sources(conn: sqlite3.Connection) -> None:
    conn.execute(
        "DELETE FROM source WHERE id <> ? AND id NOT IN (SELECT source_id FROM batch)"
        " AND NOT EXISTS (SELECT 1 FROM event WHERE event.source_id = source.id)"
        " AND NOT EXISTS (SELECT 1 FROM forgotten_event WHERE forgotten_event.source_id = source.id)"
        " AND NOT EXISTS (SELECT 1 FROM identity"
        "   WHERE identity.kind IN ('id', 'name') AND identity.source_id = source.id)",
        (HAND,),
    )
