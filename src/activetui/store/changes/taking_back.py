"""Taking back the last change that was made by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store import settings
from activetui.store.changes import business, images
from activetui.store.changes.operations import note_touched
from activetui.store.facts import refresh
from activetui.store.imports import remains, settling
from activetui.store.opening.file import transaction
from activetui.store.progress import Progress, Steps
from activetui.store.same_person import merging


def undo_last(
    conn: sqlite3.Connection, *, today: Day, made_at: str, progress: Progress | None = None
) -> str | None:
    """Take back the newest change by hand that still stands; what it was, or None if there is none.

    `OwnerError` if an import has since changed one of its rows: that import must be undone first.
    Where `progress` raises, the change stands as it did.
    """
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
        _take_back(conn, number, today, progress)
    return str(what)


def _take_back(
    conn: sqlite3.Connection, operation_id: int, today: Day, progress: Progress | None
) -> None:
    conn.execute("PRAGMA defer_foreign_keys = ON")
    rows = conn.execute(
        "SELECT table_name, row_key, row FROM before_image WHERE operation_id = ? ORDER BY position DESC",
        (operation_id,),
    ).fetchall()
    touched: set[int] = set()
    orders: set[settling.Order] = set()
    steps = Steps(progress, 2 * len(rows))      # each row, then about as many customers
    currency = settings.currency(conn) if any(table == "meta" for table, _key, _row in rows) else ""
    for table, key, row in rows:
        note_touched(conn, table, key, row, touched, orders)
        images.put_back(conn, table, key, row)
        steps.more()
    swept = remains.sweep(conn)  # what undone imports had left because of this operation
    if currency and business.after_currency(conn, currency, today, progress):
        return
    touched |= swept.touched | settling.settle_orders(conn, orders | swept.orders)
    if touched:
        refresh.refresh(conn, sorted(touched), today, steps.more)
    steps.end()


@contextmanager
def _nothing_depends_on_it() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise OwnerError(
            _("The last change cannot be taken back: other things have been added to what it made."),
            _("Take those away first, such as the events of a customer or the import that brought them."),
        ) from error


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
