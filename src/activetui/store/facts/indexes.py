"""The indexes of a table, made anew after much was written to it: quicker than keeping them up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from activetui.store.listing import list_indexes

_SORTED_KIB = 1_024
"""What is sorted at once for an index: SQLite takes as much as its cache may have. So much fits into the
processor's own cache; sorting 12 MB at a time and less of it together takes half as long again."""


@contextmanager
def indexes_after(
    conn: sqlite3.Connection, table: str, but: Collection[str] = ()
) -> Iterator[None]:
    """Drop the indexes of a table of the store and make them again at the end; the caller owns the
    transaction, and the store is as it was if the block fails. The indexes `but` stay.

    Those that only long lists need stay away until there is time (`list_indexes`).
    """
    list_indexes.drop(conn, table)
    indexes = conn.execute(
        "SELECT name, sql FROM main.sqlite_schema"
        " WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
        (table,),
    ).fetchall()
    indexes = [(name, sql) for name, sql in indexes if name not in but]
    for name, _sql in indexes:
        conn.execute(f'DROP INDEX main."{name}"')
    yield
    with sorting_little(conn):
        for name, sql in indexes:
            # a TEMP table of that name may stand before it
            conn.execute(sql.replace(name, f"main.{name}", 1))


@contextmanager
def sorting_little(conn: sqlite3.Connection) -> Iterator[None]:
    """Let statements in the block sort little at once; what they write is best written in order."""
    before = conn.execute("PRAGMA main.cache_size").fetchone()[0]
    conn.execute(f"PRAGMA main.cache_size = -{_SORTED_KIB}")
    try:
        yield
    finally:
        conn.execute(f"PRAGMA main.cache_size = {before}")
