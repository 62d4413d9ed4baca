"""What takes long to work out and changes seldom, kept in the data file with a mark of what it rests on.

Nothing depends on it but speed: where it cannot be written, it is worked out again the next time.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.store.opening.connection import PATIENCE, transaction

_MOST = 12
"""So many days are kept of each figure, the latest ones: who looks far back now and then needs not fill the
file."""


class Kept(NamedTuple):
    """Figures as they were worked out."""

    mark: str
    """What they rest on; whoever keeps them knows how to read it."""
    figures: str
    """As JSON."""


def kept(conn: sqlite3.Connection, name: str, day: Day) -> Kept | None:
    """What is kept under a name for a day; None if there is nothing."""
    row = conn.execute(
        "SELECT mark, figures FROM main.kept_figure WHERE name = ? AND day = ?", (name, day)
    ).fetchone()
    return None if row is None else Kept(*row)


def keep(conn: sqlite3.Connection, name: str, day: Day, figures: Kept) -> None:
    """Keep figures under a name for a day, in place of what was there.

    Not within a transaction, nor where the file cannot be written now: nobody waits for that.
    """
    if conn.in_transaction:
        return
    conn.execute("PRAGMA busy_timeout = 0")
    # in use by another program, the disk full, a connection that only looks
    with suppress(sqlite3.DatabaseError), transaction(conn):
        conn.execute(
            "INSERT INTO main.kept_figure (name, day, mark, figures) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (name, day) DO UPDATE SET mark = excluded.mark, figures = excluded.figures",
            (name, day, *figures),
        )
        conn.execute(
            "DELETE FROM main.kept_figure WHERE name = ?1 AND day <> ?2 AND day NOT IN"
            " (SELECT day FROM main.kept_figure WHERE name = ?1 ORDER BY day DESC LIMIT ?3)",
            (name, day, _MOST),
        )
    conn.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
