"""Telling whether the store says something else than a moment ago, whoever changed it."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class StateMark(NamedTuple):
    """Two marks of one store are equal where nothing was changed, imported, undone or forgotten between."""

    changes: int
    undone: int
    imports: int
    imports_undone: int
    definition: int
    forgotten: int


def undone_up_to(conn: sqlite3.Connection, change: int) -> int:
    """How many of the changes up to one have been taken back."""
    row = conn.execute("SELECT count(undone_at) FROM main.operation WHERE id <= ?", (change,)).fetchone()
    return int(row[0])


def rounds_mark(conn: sqlite3.Connection) -> tuple[int, int]:
    """Two of them are equal where no round was started or ended between."""
    row = conn.execute("SELECT coalesce(max(id), 0), count(ended) FROM main.playbook_round").fetchone()
    return int(row[0]), int(row[1])


def state_mark(conn: sqlite3.Connection) -> StateMark:
    """The mark of the store as it is now; what is only worked out from the ledger does not show in it."""
    row = conn.execute(
        "SELECT coalesce((SELECT max(id) FROM main.operation), 0), "
        "(SELECT count(undone_at) FROM main.operation), "
        "coalesce((SELECT max(id) FROM main.batch), 0), "
        "(SELECT count(undone_at) FROM main.batch), "
        "coalesce((SELECT CAST(value AS INTEGER) FROM main.meta WHERE key = 'definition_version'), 0), "
        "(SELECT count(*) FROM main.forgotten_person)"
    ).fetchone()
    return StateMark(*row)
