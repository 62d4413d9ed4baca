"""The definitions that have been saved; one is in force."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from activetui.ledger.days import Day
from activetui.store import settings
from activetui.store.file import transaction
from activetui.store.kinds import own_kinds
from activetui.store.progress import Progress

if TYPE_CHECKING:
    from activetui.activity.definition import Definition


class SavedDefinition(NamedTuple):
    """One version; a version is never changed."""

    version: int
    name: str
    text: str
    """The TOML as the owner wrote it."""
    saved_at: str
    note: str
    in_force: bool


def in_force(conn: sqlite3.Connection) -> Definition:
    """The definition that every status comes from."""
    version, text = conn.execute(
        "SELECT version, toml FROM definition WHERE version = "
        "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'definition_version')"
    ).fetchone()
    return _parsed(text, tuple(own_kinds(conn).items()), settings.currency(conn), version)


def name_in_force(conn: sqlite3.Connection) -> tuple[str, int]:
    """Name and version of the definition in force, for those who need not know what it says."""
    name, version = conn.execute(
        "SELECT name, version FROM definition WHERE version = "
        "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'definition_version')"
    ).fetchone()
    return str(name), int(version)


def save(
    conn: sqlite3.Connection,
    text: str,
    *,
    note: str,
    made_at: str,
    today: Day,
    progress: Progress | None = None,
) -> int:
    """Save a definition as a new version, put it in force and work out everyone anew; its version.

    One transaction, which is committed here unless one is open already. `DefinitionError` where the text has
    mistakes; then, or when `progress` raises, the old one stays in force. The text that is in force already
    makes no new version.
    """
    from activetui.activity.parsing import parse
    from activetui.store.refresh import refresh_all

    with transaction(conn):
        before = next(saved for saved in history(conn) if saved.in_force)
        if before.text == text:
            return before.version
        version = int(conn.execute("SELECT max(version) FROM definition").fetchone()[0]) + 1
        parsed = parse(text, own_kinds=own_kinds(conn), currency=settings.currency(conn), version=version)
        conn.execute(
            "INSERT INTO definition (version, name, toml, saved_at, note) VALUES (?, ?, ?, ?, ?)",
            (version, parsed.name, text, made_at, note),
        )
        settings.put(conn, "definition_version", str(version))
        refresh_all(conn, today, progress)
        return version


def history(conn: sqlite3.Connection) -> list[SavedDefinition]:
    """Every version, the latest first."""
    now = settings.get(conn, "definition_version")
    return [
        SavedDefinition(version, name, text, saved_at, note, str(version) == now)
        for version, name, text, saved_at, note in conn.execute(
            "SELECT version, name, toml, saved_at, note FROM definition ORDER BY version DESC"
        )
    ]


@lru_cache(maxsize=8)
def _parsed(text: str, kinds: tuple[tuple[str, int], ...], currency: str, version: int) -> Definition:
    from activetui.activity.parsing import parse

    return parse(text, own_kinds=dict(kinds), currency=currency, version=version)
