"""The definitions that have been saved; one is in force."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from activetui.ledger.days import Day
from activetui.store import settings
from activetui.store.in_force import in_force, name_in_force
from activetui.store.kinds import own_kinds
from activetui.store.opening.connection import transaction
from activetui.store.progress import Progress

if TYPE_CHECKING:
    from activetui.activity.definition import Definition

__all__ = ["SavedDefinition", "changes", "history", "in_force", "name_in_force", "put_in_force", "save"]


class SavedDefinition(NamedTuple):
    """One version; a version is never changed."""

    version: int
    name: str
    text: str
    """The TOML as the owner wrote it."""
    saved_at: str
    note: str
    in_force: bool


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
    from activetui.activity.reading.parsing import parse
    from activetui.store.facts.refresh import refresh_all

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


def put_in_force(
    conn: sqlite3.Connection,
    text: str,
    *,
    note: str,
    made_at: str,
    today: Day,
    progress: Progress | None = None,
) -> int:
    """As `save`, and keep for which sort of business the owner has chosen it."""
    from activetui.activity.presets import PRESETS, preset_text

    chosen = next((preset.key for preset in PRESETS if preset_text(preset.key) == text), "own")
    with transaction(conn):
        version = save(conn, text, note=note, made_at=made_at, today=today, progress=progress)
        settings.put(conn, "business_chosen", chosen)
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


def changes(conn: sqlite3.Connection) -> dict[int, list[str]]:
    """For each version, in sentences, what it says otherwise than the one before.

    Nothing for the first one, and none where one of the two can no longer be read.
    """
    from activetui.activity.definition_changes import changes_in_words

    versions = history(conn)
    found: dict[int, list[str]] = {saved.version: [] for saved in versions}
    for saved, earlier in pairwise(versions):
        after, before = _read(conn, saved), _read(conn, earlier)
        if after and before:
            found[saved.version] = changes_in_words(before, after)
    return found


def _read(conn: sqlite3.Connection, saved: SavedDefinition) -> Definition | None:
    from activetui.activity.mistakes import DefinitionError
    from activetui.activity.reading.parsing import parse

    try:
        return parse(
            saved.text, own_kinds=own_kinds(conn), currency=settings.currency(conn), version=saved.version
        )
    except DefinitionError:
        return None
