"""The owner's own playbooks, alerts and messages as TOML, and which of the program's own are not in use."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from typing import NamedTuple

from activetui.store.changes.operations import operation


class Sort(StrEnum):
    """What a text is about; its word is the key of the store."""

    PLAYBOOK = "playbook"
    ALERT = "alert"
    MESSAGE = "message"


class RuleText(NamedTuple):
    """One text, or the word that one which comes with the program is not in use."""

    key: str
    toml: str
    """As the owner wrote it; empty where the program's own is meant."""
    in_use: bool
    saved_at: str


_SELECT = "SELECT key, toml, in_use, saved_at FROM rule_text"


def rule_texts(conn: sqlite3.Connection, sort: Sort) -> dict[str, RuleText]:
    """All that the owner has saved of a sort, by key."""
    rows = conn.execute(f"{_SELECT} WHERE sort = ? ORDER BY key", (sort.value,))
    return {row[0]: RuleText(row[0], row[1], bool(row[2]), row[3]) for row in rows}


def save_text(
    conn: sqlite3.Connection, sort: Sort, key: str, toml: str, *, in_use: bool = True, what: str, made_at: str
) -> None:
    """Keep a text under its key, as one operation called `what`; whether it can be read was asked before."""
    with operation(conn, what, made_at) as op:
        op.changing("rule_text", (sort.value, key))
        conn.execute(
            "INSERT INTO rule_text (sort, key, toml, in_use, saved_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (sort, key) DO UPDATE SET toml = excluded.toml, in_use = excluded.in_use,"
            " saved_at = excluded.saved_at",
            (sort.value, key, toml, int(in_use), made_at),
        )


def drop_text(conn: sqlite3.Connection, sort: Sort, key: str, *, what: str, made_at: str) -> bool:
    """Go back to what comes with the program, as one operation; whether there was anything to drop."""
    if key not in rule_texts(conn, sort):
        return False
    with operation(conn, what, made_at) as op:
        op.changing("rule_text", (sort.value, key))
        conn.execute("DELETE FROM rule_text WHERE sort = ? AND key = ?", (sort.value, key))
    return True
