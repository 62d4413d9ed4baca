"""The indexes of a table, made anew after much was written to it: quicker than keeping them up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from activetui.store.listing import list_indexes


@contextmanager
def indexes_after(conn: sqlite3.Connection, table: str) -> Iterator[None]:
    """Drop the indexes of a table of the store and make them again at the end; the caller owns the
    transaction, and the store is as it was if the block fails.

    Those that only long lists need stay away until there is time (`list_indexes`).
    """
    list_indexes.drop(conn, table)
    indexes = conn.execute(
        "SELECT name, sql FROM main.sqlite_schema"
        " WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
        (table,),
    ).fetchall()
    for name, _sql in indexes:
        conn.execute(f'DROP INDEX main."{name}"')
    yield
    for name, sql in indexes:
        conn.execute(sql.replace(name, f"main.{name}", 1))  # a TEMP table of that name may stand before it
