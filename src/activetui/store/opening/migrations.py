"""Bringing a data file to the schema of this program, through sqlite-utils' migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from activetui.ledger.days import Day, iso
from activetui.store.opening.guard import damaged
from activetui.store.opening.schema import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

_SET = "activetui"


def migrate(
    conn: sqlite3.Connection,
    path: Path,
    today: Day,
    migrations: Sequence[tuple[str, str]] = MIGRATIONS,
    before_commit: Callable[[], None] | None = None,
) -> bool:
    """Run the migrations that the file has not had, all or none; True if any ran.

    A file that holds data is copied beside itself first. Safe when several processes open an old file at
    once: the write lock is taken before looking what is missing.
    """
    from sqlite_utils import Database, Migrations

    ours = Migrations(_SET)
    for name, script in migrations:
        ours(name=name)(_runner(name, script))
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("BEGIN IMMEDIATE")
    try:
        done = schema_of(conn)
        if done >= len(migrations):
            return False
        if done:
            _backup_before(path, migrations[done][0], today)
        ours.apply(Database(conn, recursive_triggers=False, execute_plugins=False))
        if conn.execute("PRAGMA foreign_key_check").fetchone():
            raise damaged(path)
        conn.execute(f"PRAGMA user_version = {len(migrations)}")
        if before_commit:
            before_commit()
        conn.execute("COMMIT")
        return True
    finally:
        conn.rollback()  # nothing, where it was committed
        conn.execute("PRAGMA foreign_keys = ON")


def schema_of(conn: sqlite3.Connection) -> int:
    """Number of migrations that the file has had."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def names_recorded(conn: sqlite3.Connection) -> list[str]:
    """The names of the migrations that the file has had, in their order."""
    rows = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (_SET,))
    return [name for (name,) in rows]


def _runner(name: str, script: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        for statement in _statements(script):
            db.conn.execute(statement)
        if name in _FILLED:
            _FILLED[name](db.conn)

    return run


def _lives(conn: sqlite3.Connection) -> None:
    from activetui.store.opening.spans_to_lives import fill

    fill(conn)


_FILLED = {"0006_lives": _lives}
"""What fills the tables of a migration where SQL alone cannot."""


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit what the transaction has done so far
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""


def _backup_before(path: Path, name: str, today: Day) -> None:
    from activetui.store.copies.backup import copy_to, free_name

    with closing(sqlite3.connect(path)) as reader:
        copy_to(reader, free_name(path, f"before-{name}-{iso(today)}"))
