"""The tables beside the ledger in which the rows of a file wait until it is known what they change.

They live in a database of their own, named `staging`, in a file beside the store that nobody else sees and
that is gone when the connection is: a long file does not fill the memory, and locks nobody out.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from activetui.store.file import path_of
from activetui.store.merge import FIELDS
from activetui.store.new_file import MODE, beside

CONTENT = (
    "kind", "day", "time", "amount", "currency", "refunded", "state", "action", "nature", "product",
    "quantity", "rating", "channel", "until", "order_ref", "note",
)
"""The columns in which a later export of the same event may differ."""
USUAL = (
    "seq", "hint", "kind", "day", "amount", "currency", "state", "product", "order_ref", "net", "counts",
    "recorded", "source", "key", "line",
)
"""The columns of `staging.event` that most events have: binding the others too takes half as long again."""
RARE = {
    "time": "", "refunded": 0, "action": "", "nature": "", "quantity": None, "rating": None, "channel": "",
    "until": None, "note": "", "entered": None,
}
"""The other columns of `staging.event`, with what stands in them if nothing is said."""
LINE = ("product", "sku", "category", "quantity", "unit_price", "amount")
"""The columns of an order line, after its event and position."""

_TABLES = f"""
CREATE TABLE staging.source (local INTEGER PRIMARY KEY, name TEXT NOT NULL, id INTEGER);
CREATE TABLE staging.event (
  seq INTEGER PRIMARY KEY,
  hint INTEGER, kind INTEGER, day INTEGER, amount INTEGER, currency TEXT, state TEXT, product TEXT,
  order_ref TEXT, net INTEGER, counts INTEGER, recorded INTEGER, source INTEGER, key TEXT, line INTEGER,
  time TEXT DEFAULT '', refunded INTEGER DEFAULT 0, action TEXT DEFAULT '', nature TEXT DEFAULT '',
  quantity REAL, rating INTEGER, channel TEXT DEFAULT '', until INTEGER, note TEXT DEFAULT '',
  entered INTEGER
);
CREATE TABLE staging.line (
  seq INTEGER, position INTEGER,
  product TEXT, sku TEXT, category TEXT, quantity REAL, unit_price INTEGER, amount INTEGER,
  PRIMARY KEY (seq, position)
) WITHOUT ROWID;
CREATE TABLE staging.hint (hint INTEGER PRIMARY KEY, {', '.join(FIELDS)}, entered INTEGER, search TEXT);
CREATE TABLE staging.sign (kind TEXT, source INTEGER, value TEXT, hint INTEGER);
CREATE TABLE staging.tag (hint INTEGER, name TEXT, PRIMARY KEY (hint, name)) WITHOUT ROWID;
CREATE TABLE staging.payment_ref (seq INTEGER, value TEXT, PRIMARY KEY (seq, value)) WITHOUT ROWID;
CREATE TABLE staging.refusal (line INTEGER, reason TEXT, cells TEXT);
"""

_PLANS = f"""
CREATE INDEX IF NOT EXISTS staging.sign_by_value ON sign(kind, source, value, hint);
DROP TABLE IF EXISTS staging.person;
DROP TABLE IF EXISTS staging.customer;
DROP TABLE IF EXISTS staging.known;
DROP TABLE IF EXISTS staging.touched;
CREATE TABLE staging.person (hint INTEGER PRIMARY KEY, customer_id INTEGER, whose INTEGER, day INTEGER);
CREATE TABLE staging.customer (id INTEGER PRIMARY KEY, {', '.join(FIELDS)}, search);
CREATE TABLE staging.known (seq INTEGER PRIMARY KEY, event_id INTEGER, differs INTEGER, lines_differ INTEGER);
CREATE TABLE staging.touched (customer_id INTEGER PRIMARY KEY);
"""


def open_staging(conn: sqlite3.Connection) -> None:
    """Make the empty tables. Any that the connection has are dropped first; not within a transaction."""
    close_staging(conn)
    place = _claim_place(path_of(conn))
    try:
        conn.execute("ATTACH DATABASE ? AS staging", (str(place or ""),))
    finally:
        if place is not None:
            with suppress(OSError):  # where open files cannot be unlinked, `close_staging` does it
                place.unlink()
    conn.execute("PRAGMA staging.journal_mode = MEMORY")
    conn.execute("PRAGMA staging.synchronous = OFF")
    conn.execute("PRAGMA staging.locking_mode = EXCLUSIVE")
    with writing(conn):
        _run(conn, _TABLES)


def forget_plan(conn: sqlite3.Connection) -> None:
    """Make the tables of what the rows will change anew, empty."""
    _run(conn, _PLANS)


def close_staging(conn: sqlite3.Connection) -> None:
    """Drop the tables; nothing of them is left."""
    files = {name: file for _number, name, file in conn.execute("PRAGMA database_list")}
    if "staging" not in files:
        return
    conn.execute("DETACH DATABASE staging")
    if files["staging"]:
        with suppress(OSError):
            Path(files["staging"]).unlink(missing_ok=True)


@contextmanager
def writing(conn: sqlite3.Connection) -> Iterator[None]:
    """A transaction that locks the staging tables only, and sees the ledger as of one moment."""
    conn.execute("BEGIN")
    try:
        yield
        conn.execute("COMMIT")
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")


def _claim_place(store: Path) -> Path | None:
    """An empty file beside the store; None where there is no place, and SQLite finds one of its own."""
    if not store.name:
        return None
    place = beside(store, "staging")
    ours = place.name.rpartition("-")[0] + "-"
    try:
        for left in [file for file in place.parent.iterdir() if file.name.startswith(ours)]:
            with suppress(OSError):  # a killed import had no time to; whoever has one open keeps it
                left.unlink()
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, MODE))
    except OSError:
        return None
    return place


def _run(conn: sqlite3.Connection, script: str) -> None:
    for statement in filter(str.strip, script.split(";")):
        conn.execute(statement)
