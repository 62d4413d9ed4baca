"""The names of the products of a store, looked up once for many questions: they are few, purchases many."""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

import sqlite3

from activetui.store.listing.kept_beside import is_kept, keep, moment

MOST = 200
"""A text that so many names have is looked for in the purchases themselves."""

_MANY = 50_000
"""With more names than this, they are not kept beside the connection."""

_TABLE, _MARK = "product_name", "product_names_of"
_NAMES = """
SELECT DISTINCT product FROM event WHERE product <> ''
UNION SELECT DISTINCT product FROM line WHERE product <> ''"""


def names_with(conn: sqlite3.Connection, needle: str, *, whole: bool) -> tuple[str, ...] | None:
    """The names that have a folded text in them (or are it, with `whole`); None where they are too many."""
    if not _kept(conn):
        return None
    test = "folded = ?" if whole else "instr(folded, ?) > 0"
    rows = conn.execute(
        f"SELECT product FROM temp.{_TABLE} WHERE {test} LIMIT ?", (needle, MOST + 1)
    ).fetchall()
    return None if len(rows) > MOST else tuple(name for (name,) in rows)


def _kept(conn: sqlite3.Connection) -> bool:
    """Whether the names of now are kept beside the connection; looked up where the store has changed."""
    now = moment(conn)
    if now is None:
        return False
    if is_kept(conn, _MARK):
        version, changes, few = conn.execute(f"SELECT * FROM temp.{_MARK}").fetchone()
        if (version, changes) == now:
            return bool(few)
    keep(conn, _TABLE, f"SELECT product, fold(product) AS folded FROM ({_NAMES}) LIMIT {_MANY + 1}")
    few = conn.execute(f"SELECT count(*) FROM temp.{_TABLE}").fetchone()[0] <= _MANY
    keep(conn, _MARK, "SELECT ? AS version, ? AS changes, ? AS few", (*now, int(few)))
    return bool(few)
