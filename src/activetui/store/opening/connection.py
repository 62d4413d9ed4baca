"""Connections to a data file, and transactions on them, for whoever has its path already checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from activetui.store.opening import functions
from activetui.store.opening.first_bytes import connected
from activetui.store.opening.guard import owner_errors
from activetui.store.opening.new_file import side_files
from activetui.store.opening.stopping import StoppableConnection

_CHANGES = frozenset((sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE))
PATIENCE = 5.0
"""Seconds to wait for another program that is writing."""


def connect_again(known: sqlite3.Connection | Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Another connection to a file that `open_store` has opened: cheap, for another thread.

    It begins without TEMP tables: for another as-of day call `as_of.look_from` on it.
    """
    path = known if isinstance(known, Path) else path_of(known)
    with owner_errors(path):
        return connect(path, read_only or not is_writable(path))


def path_of(conn: sqlite3.Connection) -> Path:
    """Where the file of a connection lies."""
    # the statement, not the table-valued function, which a connection that only looks may not make
    return Path(next(file for _n, name, file in conn.execute("PRAGMA database_list") if name == "main"))


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """Everything in the block is written, or nothing; inside another transaction, that one decides."""
    if conn.in_transaction:
        yield
        return
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.commit()
    finally:
        conn.rollback()  # nothing, where it was committed


@contextmanager
def one_view(conn: sqlite3.Connection) -> Iterator[None]:
    """Everything read in the block is of one moment, whatever other programs write meanwhile."""
    if conn.in_transaction:
        yield
        return
    conn.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        conn.rollback()


def connect(path: Path, read_only: bool) -> StoppableConnection:
    """A connection as all of ours are; the file is not looked at before the first statement."""
    # SQLite's own read-only mode would leave its side files behind where the folder can be written
    by_mode = read_only and not is_writable(path)
    conn = sqlite3.connect(
        _uri(path, by_mode), uri=True, timeout=PATIENCE, isolation_level="IMMEDIATE", check_same_thread=False,
        factory=StoppableConnection,
    )
    try:
        connected(conn, path)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA synchronous = NORMAL")
        functions.register(conn)
        if read_only:
            conn.set_authorizer(_only_looking)
    except BaseException:
        conn.close()
        raise
    return conn


def _uri(path: Path, read_only: bool) -> str:
    name = quote(os.fsencode(path.absolute()))
    if not read_only:
        return f"file:{name}?mode=rw"
    wal, _shared, journal = side_files(path)
    at_rest = not any(file.exists() and file.stat().st_size for file in (wal, journal))
    return f"file:{name}?mode=ro" + ("&immutable=1" if at_rest else "")


def _only_looking(
    action: int, first: str | None, _second: str | None, database: str | None, _by: str | None
) -> int:
    if action == sqlite3.SQLITE_ALTER_TABLE:
        return sqlite3.SQLITE_DENY
    if action not in _CHANGES or database != "main":
        return sqlite3.SQLITE_OK
    # SQLite says so when it declares json_each; whatever makes a table says INSERT as well
    declares = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
    return sqlite3.SQLITE_OK if declares else sqlite3.SQLITE_DENY


def is_writable(path: Path) -> bool:
    """Whether the file and its folder can be written (SQLite makes files beside it)."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
