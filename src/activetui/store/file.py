"""Opening the data file: every way in goes through here."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store import functions
from activetui.store.guard import DataFileError, damaged, file_errors, owner_errors, unreadable, unwritable
from activetui.store.header import newer, read_header, refuse_newer
from activetui.store.migrations import migrate, names_recorded, schema_of
from activetui.store.new_file import AlreadyThereError, side_files, whole_new_file
from activetui.store.schema import MIGRATIONS

_CHANGES = frozenset((sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE))
PATIENCE = 5.0
"""Seconds to wait for another program that is writing."""


def open_store(
    path: Path, *, today: Day, create: bool = False, read_only: bool = False
) -> sqlite3.Connection:
    """A connection to the data file at `path`, its schema and its facts up to date.

    With `create`, a missing file is made. With `read_only`, nothing in the file can be changed, TEMP tables
    can be made, and a folder that cannot be written will do. A connection begins a writing transaction
    (BEGIN IMMEDIATE) at the first change; see also `transaction`. It may be used by several threads, one at
    a time. `DataFileError` says why a file cannot be used; such a file is left as it was.
    """
    path = Path(path)
    if create and not read_only and not os.path.lexists(path):
        _create(path, today)
    header = read_header(path)
    if not os.access(path, os.R_OK):
        raise unreadable(path)
    if not read_only and not is_writable(path):
        raise unwritable(path)
    with owner_errors(path):
        conn = _connect(path, read_only)
        try:
            _check(conn, path)
            if not read_only:
                if not header.wal:
                    conn.execute("PRAGMA journal_mode = WAL")
                if schema_of(conn) < len(MIGRATIONS):
                    migrate(conn, path, today)
                _bring_facts_to(conn, today)
            elif schema_of(conn) < len(MIGRATIONS):
                raise _needs_writing(path)
        except BaseException:
            conn.close()
            raise
    return conn


def connect_again(known: sqlite3.Connection | Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Another connection to a file that `open_store` has opened: cheap, for another thread.

    It begins without TEMP tables: for another as-of day call `as_of.look_from` on it.
    """
    path = known if isinstance(known, Path) else path_of(known)
    with owner_errors(path):
        return _connect(path, read_only or not is_writable(path))


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


def _create(path: Path, today: Day) -> None:
    from activetui.store.seed import seed

    with file_errors(path):
        path.absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with whole_new_file(path) as draft, owner_errors(path), closing(_connect(draft, False)) as conn:
            migrate(conn, draft, today, before_commit=lambda: seed(conn, today))
            conn.execute("PRAGMA journal_mode = WAL")
    except AlreadyThereError:
        return  # another process has made it meanwhile: that one is opened


def _check(conn: sqlite3.Connection, path: Path) -> None:
    refuse_newer(path, schema_of(conn))
    try:
        recorded = names_recorded(conn)
        conn.execute("SELECT value FROM meta LIMIT 1").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table is missing
            raise damaged(path) from error
        raise
    if not {name for name, _script in MIGRATIONS}.issuperset(recorded):
        raise newer(path)


def _bring_facts_to(conn: sqlite3.Connection, today: Day) -> None:
    """The day's first opening moves the facts on. Where that cannot be now, readers look from today."""
    if int(conn.execute("SELECT value FROM meta WHERE key = 'facts_day'").fetchone()[0]) >= today:
        return
    from activetui.store.refresh import roll

    conn.execute("PRAGMA busy_timeout = 0")
    # in use by another program, the disk full, the definition in force not understood
    with suppress(OwnerError, sqlite3.OperationalError), transaction(conn):
        roll(conn, today)
    conn.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def _needs_writing(path: Path) -> DataFileError:
    return DataFileError(
        _("{path} is from an older version of ActiveTUI, and it cannot be written to bring it up to date.")
        .format(path=path),
        _("Copy it to a folder that you may write to, and open the copy."),
    )


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    # SQLite's own read-only mode would leave its side files behind where the folder can be written
    by_mode = read_only and not is_writable(path)
    conn = sqlite3.connect(
        _uri(path, by_mode), uri=True, timeout=PATIENCE, isolation_level="IMMEDIATE", check_same_thread=False
    )
    try:
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
    wal = side_files(path)[0]
    at_rest = not wal.exists() or wal.stat().st_size == 0
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
