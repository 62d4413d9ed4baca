"""The tables beside the ledger in which the rows of a file wait until it is known what they change.

They live in a database of their own, named `staging`, in a file beside the store that nobody else sees and
that is gone when the connection is: a long file does not fill the memory, and locks nobody out.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from activetui.store.imports import staged_hints
from activetui.store.merge import FIELDS
from activetui.store.opening.file import path_of
from activetui.store.opening.new_file import claim_scratch

CONTENT = (
    "kind", "day", "time", "amount", "currency", "refunded", "state", "action", "nature", "product",
    "quantity", "rating", "channel", "until", "order_ref", "note",
)
"""The columns in which a later export of the same event may differ."""
USUAL = (
    "seq", "hint", "kind", "day", "amount", "currency", "state", "product", "order_ref", "net", "counts",
    "recorded", "source", "key", "line", "entered", "batch_id",
)
"""The columns of `staging.event` that most events have: binding the others too takes half as long again."""
RARE = {
    "time": "", "refunded": 0, "action": "", "nature": "", "quantity": None, "rating": None, "channel": "",
    "until": None, "note": "",
}
"""The other columns of `staging.event`, with what stands in them if nothing is said."""
_LAST_STAYS = (
    f"ON CONFLICT DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in (*USUAL, *RARE))}"
    " WHERE excluded.seq > event.seq"
)
LINE = ("product", "sku", "category", "quantity", "unit_price", "amount")
"""The columns of an order line, after its event and position."""

_CACHE_KIB = 4_096
_AT_ONCE = 50
_CALLED = {"id": "seq", "customer_id": "hint", "source_id": "source"}
"""What the columns of `main.event` are called here, as they may hold other numbers."""

_TABLES = f"""
CREATE TABLE staging.source (local INTEGER PRIMARY KEY, name TEXT NOT NULL, id INTEGER);
CREATE TABLE staging.line (
  seq INTEGER, position INTEGER,
  product TEXT, sku TEXT, category TEXT, quantity REAL, unit_price INTEGER, amount INTEGER,
  PRIMARY KEY (seq, position)
) WITHOUT ROWID;
{staged_hints.TABLE};
CREATE TABLE staging.sign (kind TEXT, source INTEGER, value TEXT, hint INTEGER);
CREATE TABLE staging.tag (hint INTEGER, name TEXT, PRIMARY KEY (hint, name)) WITHOUT ROWID;
CREATE TABLE staging.payment_ref (seq INTEGER, value TEXT, PRIMARY KEY (seq, value)) WITHOUT ROWID;
CREATE TABLE staging.refusal (line INTEGER, reason TEXT, cells TEXT);
"""

_PLANS = """
DROP TABLE IF EXISTS staging.person;
DROP TABLE IF EXISTS staging.known;
DROP TABLE IF EXISTS staging.touched;
CREATE TABLE staging.person (hint INTEGER PRIMARY KEY, customer_id INTEGER, whose INTEGER, day INTEGER);
CREATE TABLE staging.known (seq INTEGER PRIMARY KEY, event_id INTEGER, differs INTEGER, lines_differ INTEGER);
CREATE TABLE staging.touched (customer_id INTEGER PRIMARY KEY);
"""
_CUSTOMERS = f"CREATE TABLE staging.customer (id INTEGER PRIMARY KEY, {', '.join(FIELDS)}, search)"
_HINTS_AS_CUSTOMERS = (
    f"CREATE VIEW staging.customer AS SELECT hint AS id, {', '.join(FIELDS)}, search FROM hint"  # noqa: S608
)


def open_staging(conn: sqlite3.Connection, *, first: bool) -> None:
    """Make the empty tables. Any that the connection has are dropped first; not within a transaction.

    `staging.event` is defined as `main.event`, so that rows which stand there as they will there are brought
    over without being read. For a `first` file, a key stands in it only once, and it has those indexes of
    `main.event` that hold few events, which are brought over with it (`drop_indexes`).
    """
    close_staging(conn)
    place = claim_scratch(path_of(conn))
    try:
        conn.execute("ATTACH DATABASE ? AS staging", (str(place or ""),))
    finally:
        if place is not None:
            with suppress(OSError):  # where open files cannot be unlinked, `close_staging` does it
                place.unlink()
    # what was staged is never taken back while records come: a file that cannot be staged is given up
    conn.execute("PRAGMA staging.journal_mode = OFF")
    conn.execute("PRAGMA staging.synchronous = OFF")
    conn.execute(f"PRAGMA staging.cache_size = -{_CACHE_KIB}")
    conn.execute("PRAGMA staging.locking_mode = EXCLUSIVE")
    with writing(conn):
        conn.execute(_events_as_in_the_ledger(conn, once=first))
        _run(conn, _TABLES)
        for statement in _few_of_the_ledger(conn) if first else ():
            conn.execute(statement)


def let_take_back(conn: sqlite3.Connection) -> None:
    """From now on a transaction can be rolled back in the staging tables, too; not within one."""
    conn.execute("PRAGMA staging.journal_mode = MEMORY")


def _events_as_in_the_ledger(conn: sqlite3.Connection, *, once: bool) -> str:
    parts = []
    for _place, name, kind, not_null, default, of_key in conn.execute("PRAGMA main.table_info(event)"):
        parts.append(
            f"{_CALLED.get(name, name)} {kind}" + " PRIMARY KEY" * bool(of_key)
            + " NOT NULL" * bool(not_null) + ("" if default is None else f" DEFAULT {default}")
        )
    if once:
        parts.append("UNIQUE (source, key)")
    return f"CREATE TABLE staging.event ({', '.join(parts)}) STRICT"


def _few_of_the_ledger(conn: sqlite3.Connection) -> Iterator[str]:
    """The statements for the partial indexes. Kept while plain purchases come, of which they hold none or
    few, they cost a third of looking through all events for each afterwards."""
    listed = conn.execute("PRAGMA main.index_list(event)").fetchall()
    for name in [name for _at, name, _unique, _origin, partial in listed if partial]:
        (sql,) = conn.execute("SELECT sql FROM main.sqlite_schema WHERE name = ?", (name,)).fetchone()
        here = re.sub(r"\w+", lambda word: _CALLED.get(word[0], word[0]), sql)
        yield here.replace(name, f"staging.{name}", 1)


def drop_indexes(conn: sqlite3.Connection) -> None:
    """There are events by now that may stand in many of the indexes, which are made sooner afterwards."""
    for name in indexes_of_events(conn):
        conn.execute(f'DROP INDEX staging."{name}"')


def indexes_of_events(conn: sqlite3.Connection) -> list[str]:
    """The indexes of `main.event` that `staging.event` has as well."""
    rows = conn.execute(
        "SELECT name FROM staging.sqlite_schema"
        " WHERE type = 'index' AND tbl_name = 'event' AND sql IS NOT NULL"
    )
    return [name for (name,) in rows]


def insert_event(columns: Iterable[str], *rows: Iterable[str]) -> str:
    """The statement that stages events, each of `rows` the values of its columns in SQL; by default one event
    of which every value is to be bound.

    Where a key stands once, the last event that has it stays, in whatever order they are staged.
    """
    names = tuple(columns)
    told = ", ".join(f"({', '.join(values)})" for values in rows or ("?" * len(names),))
    return f"INSERT INTO staging.event ({', '.join(names)}) VALUES {told} {_LAST_STAYS}"  # noqa: S608


def insert_all(conn: sqlite3.Connection, sql: str, rows: list[tuple[object, ...]]) -> None:
    """Stage rows by a statement that has a `VALUES (…)` for one: many at once, which takes half as long."""
    whole = len(rows) - len(rows) % _AT_ONCE
    if whole:
        more = _AT_ONCE - 1
        many = re.sub(r"VALUES (\([^)]*\))", lambda one: one[0] + f", {one[1]}" * more, sql, count=1)
        parts = (rows[at : at + _AT_ONCE] for at in range(0, whole, _AT_ONCE))
        conn.executemany(many, (list(chain.from_iterable(part)) for part in parts))
    conn.executemany(sql, rows[whole:])


def forget_plan(conn: sqlite3.Connection) -> None:
    """Make the tables of what the rows will change anew, empty."""
    _run(conn, _PLANS)
    _drop_customers(conn)
    conn.execute(_CUSTOMERS)


def customers_as_said(conn: sqlite3.Connection) -> None:
    """Let `staging.customer` show every hint as the customer of its number, rather than copy all of them."""
    _drop_customers(conn)
    conn.execute(_HINTS_AS_CUSTOMERS)


def _drop_customers(conn: sqlite3.Connection) -> None:
    for (sort,) in conn.execute("SELECT type FROM staging.sqlite_schema WHERE name = 'customer'").fetchall():
        conn.execute(f"DROP {sort} staging.customer")


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


def _run(conn: sqlite3.Connection, script: str) -> None:
    for statement in filter(str.strip, script.split(";")):
        conn.execute(statement)
