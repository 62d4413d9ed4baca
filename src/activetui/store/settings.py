"""What the store keeps about itself and its business, as text under a key."""

from __future__ import annotations

import sqlite3

from activetui.ledger.days import Day


def get(conn: sqlite3.Connection, key: str, default: str = "") -> str:
    """The setting, or `default` where it has never been put."""
    row = conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return default if row is None else str(row[0])


def put(conn: sqlite3.Connection, key: str, value: str) -> None:
    """Keep the setting; the caller owns the transaction."""
    conn.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def drop(conn: sqlite3.Connection, key: str) -> None:
    """Forget the setting; the caller owns the transaction."""
    conn.execute("DELETE FROM meta WHERE key = ?", (key,))


def currency(conn: sqlite3.Connection, default: str = "EUR") -> str:
    """The one currency in which money is added up: the chosen one, else that of the first events.

    `default` where neither says one. Amounts in other currencies are shown where they stand, never added.
    """
    chosen = get(conn, "currency")
    if chosen:
        return chosen
    first = conn.execute(
        "SELECT currency FROM (SELECT currency FROM event ORDER BY id LIMIT 10000) "
        "WHERE currency <> '' LIMIT 1"
    ).fetchone()
    return str(first[0]) if first else default


def facts_day(conn: sqlite3.Connection) -> Day:
    """The day that the stored facts are for."""
    return int(get(conn, "facts_day", "0"))
