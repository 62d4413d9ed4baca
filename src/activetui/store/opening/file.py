"""Opening the data file: every way in goes through here."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store.opening.connection import (
    PATIENCE,
    connect,
    connect_again,
    is_writable,
    path_of,
    transaction,
)
from activetui.store.opening.guard import (
    DataFileError,
    damaged,
    file_errors,
    owner_errors,
    unreadable,
    unwritable,
)
from activetui.store.opening.header import newer, read_header, refuse_newer
from activetui.store.opening.migrations import migrate, names_recorded, schema_of
from activetui.store.opening.new_file import AlreadyThereError, whole_new_file
from activetui.store.opening.schema import MIGRATIONS
from activetui.store.opening.stopping import StoppableConnection

__all__ = ["connect_again", "is_writable", "open_store", "path_of", "transaction"]


def open_store(
    path: Path, *, today: Day, create: bool = False, read_only: bool = False
) -> StoppableConnection:
    """A connection to the data file at `path`, its schema and its facts up to date.

    With `create`, a missing file is made. With `read_only`, nothing in the file can be changed, TEMP tables
    can be made, and a folder that cannot be written will do; a file of an older version is brought up to
    date first, if it can be. A connection begins a writing transaction
    (BEGIN IMMEDIATE) at the first change; see also `transaction`. It may be used by several threads, one at
    a time. `DataFileError` says why a file cannot be used; such a file is left as it was.
    """
    path = Path(path)
    if create and not read_only and not os.path.lexists(path):
        _create(path, today)
    read_header(path)
    if not os.access(path, os.R_OK):
        raise unreadable(path)
    if not read_only and not is_writable(path):
        raise unwritable(path)
    with owner_errors(path):
        conn = connect(path, read_only)
        try:
            _check(conn, path)
            if not read_only:
                if not read_header(path).wal:  # as it is now that what a killed process left is taken back
                    conn.execute("PRAGMA journal_mode = WAL")
                if schema_of(conn) < len(MIGRATIONS):
                    migrate(conn, path, today)
                _bring_facts_to(conn, today)
            elif schema_of(conn) < len(MIGRATIONS):
                conn.close()
                conn = _brought_up_to_date(path, today)
        except BaseException:
            conn.close()
            raise
    return conn


def _brought_up_to_date(path: Path, today: Day) -> StoppableConnection:
    if not is_writable(path):
        raise _needs_writing(path)
    open_store(path, today=today).close()
    return open_store(path, today=today, read_only=True)


def _create(path: Path, today: Day) -> None:
    from activetui.store.opening.seed import seed

    with file_errors(path):
        path.absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with whole_new_file(path) as draft, owner_errors(path), closing(connect(draft, False)) as conn:
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
    from activetui.store.facts.refresh import roll

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
