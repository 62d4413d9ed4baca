"""The derived tables written into a file of their own by another thread, then brought over at once.

While SQLite writes the ledger or makes an index for one connection, it needs no Python; another connection
can write elsewhere meanwhile. Tables that are defined alike are brought over as they lie, without being read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from activetui.store.facts.derived import Changes, Derived, append
from activetui.store.opening.connection import path_of
from activetui.store.opening.new_file import claim_scratch

_NAME = "aside"
_TABLES = ("life", "subscription", "fact")
_PATIENCE = 0.1


class Aside:
    """What an iterator finds on its way into the derived tables of a store. Use it in a `with` block.

    `conn` is within a transaction until the block has ended; then `detach` it.
    """

    def __init__(self, conn: sqlite3.Connection, place: Path, found: Iterator[Derived]) -> None:
        """`place` is an empty file, which is gone as soon as both connections have it open."""
        self._conn, self._found, self._place = conn, found, place
        self._own = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
        self._changes: list[Changes] = []
        self._error: BaseException | None = None
        self._stop = Event()
        self._thread = Thread(target=self._work, name="working everyone out", daemon=True)

    def __enter__(self) -> Aside:
        self._conn.execute(f"ATTACH DATABASE ? AS {_NAME}", (str(self._place),))
        with suppress(OSError):  # where open files cannot be unlinked, `detach` does it
            self._place.unlink()
        self._own.execute("PRAGMA journal_mode = OFF")
        self._own.execute("PRAGMA synchronous = OFF")
        names = ", ".join(f"'{table}'" for table in _TABLES)
        made = f"SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name IN ({names})"  # noqa: S608
        for (sql,) in self._conn.execute(made).fetchall():
            self._own.execute(sql)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._own.close()

    def bring(self, more: Callable[[int], None]) -> list[Changes]:
        """Wait for all of it and write it into the derived tables, which are empty; what changes by it.

        `more` is told now and then how many blocks have been found since.
        """
        told = 0
        while self._thread.is_alive():
            self._thread.join(_PATIENCE)
            more(len(self._changes) - told)
            told = len(self._changes)
        if self._error is not None:
            raise self._error
        for table in _TABLES:
            self._conn.execute(f"INSERT INTO main.{table} SELECT * FROM {_NAME}.{table}")  # noqa: S608
        return self._changes

    def _work(self) -> None:
        try:
            self._own.execute("BEGIN")
            for derived in self._found:
                if self._stop.is_set():
                    return
                append(self._own, derived)
                self._changes.append(derived.changes())
            self._own.execute("COMMIT")
        except BaseException as error:
            self._error = error


def aside(conn: sqlite3.Connection, found: Iterator[Derived]) -> Aside | None:
    """What is found, written aside; None where there is no place for it."""
    place = claim_scratch(path_of(conn))
    return None if place is None else Aside(conn, place, found)


def detach(conn: sqlite3.Connection) -> None:
    """Let go of what was written aside, if anything was; not within a transaction."""
    for _number, name, file in conn.execute("PRAGMA database_list").fetchall():
        if name == _NAME:
            conn.execute(f"DETACH DATABASE {_NAME}")
            with suppress(OSError):
                Path(file).unlink(missing_ok=True)
