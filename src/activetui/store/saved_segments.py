"""The owner's own segments: a name and a query; every change can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from activetui.locales import _
from activetui.store.changes.operations import operation


class SavedSegment(NamedTuple):
    """A saved query."""

    name: str
    query: str
    note: str
    made_at: str


_SELECT = "SELECT name, query, note, made_at FROM segment"


def list_segments(conn: sqlite3.Connection) -> list[SavedSegment]:
    """All saved segments by name."""
    return [SavedSegment(*row) for row in conn.execute(f"{_SELECT} ORDER BY name COLLATE NOCASE, id")]


def get(conn: sqlite3.Connection, name: str) -> SavedSegment | None:
    """The saved segment of exactly this name."""
    row = conn.execute(f"{_SELECT} WHERE name = ?", (name,)).fetchone()
    return None if row is None else SavedSegment(*row)


def save(conn: sqlite3.Connection, name: str, query: str, *, note: str = "", made_at: str) -> bool:
    """Keep the query under the name, as one operation; whether that replaced another query."""
    number = _number(conn, name)
    with operation(conn, _("save segment {name}").format(name=name), made_at) as op:
        if number is None:
            cursor = conn.execute(
                "INSERT INTO segment (name, query, note, made_at) VALUES (?, ?, ?, ?)",
                (name, query, note, made_at),
            )
            op.inserted("segment", int(cursor.lastrowid or 0))
        else:
            op.changing("segment", number)
            conn.execute(
                "UPDATE segment SET query = ?, note = ?, made_at = ? WHERE id = ?",
                (query, note, made_at, number),
            )
    return number is not None


def rename(
    conn: sqlite3.Connection, old: str, new: str, queries: Mapping[str, str], *, made_at: str
) -> None:
    """Give a segment another name, and segments (by the names that they have now) other queries, in one
    operation."""
    what = _("rename segment {old} to {new}").format(old=old, new=new)
    with operation(conn, what, made_at) as op:
        for name in sorted({old, *queries}):
            number = _number(conn, name)
            if number is None:
                continue
            op.changing("segment", number)
            conn.execute(
                "UPDATE segment SET name = ?, query = coalesce(?, query) WHERE id = ?",
                (new if name == old else name, queries.get(name), number),
            )


def delete(conn: sqlite3.Connection, name: str, *, made_at: str) -> bool:
    """Delete the segment, as one operation; whether there was one."""
    number = _number(conn, name)
    if number is None:
        return False
    with operation(conn, _("delete segment {name}").format(name=name), made_at) as op:
        op.changing("segment", number)
        conn.execute("DELETE FROM segment WHERE id = ?", (number,))
    return True


def _number(conn: sqlite3.Connection, name: str) -> int | None:
    row = conn.execute("SELECT id FROM segment WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])
