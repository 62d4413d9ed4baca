"""The definition in force: the one that every status comes from."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import TYPE_CHECKING

from activetui.store import settings
from activetui.store.kinds import own_kinds

if TYPE_CHECKING:
    from activetui.activity.definition import Definition


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


@lru_cache(maxsize=8)
def _parsed(text: str, kinds: tuple[tuple[str, int], ...], currency: str, version: int) -> Definition:
    from activetui.activity.reading.parsing import parse

    return parse(text, own_kinds=dict(kinds), currency=currency, version=version)
