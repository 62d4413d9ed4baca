"""The whole ledger read by another thread, while what it has read before is worked on.

SQLite reads without Python, so that both get on at once. The other thread has a connection of its own, which
sees the same moment of the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from queue import Empty, SimpleQueue
from threading import Event, Semaphore, Thread
from typing import TYPE_CHECKING

from activetui.store.opening.connection import connect_again, path_of

if TYPE_CHECKING:
    from activetui.activity.definition import Definition
    from activetui.store.facts.blocks import Run

FEWEST = 2_500_000
"""Events; fewer are read at one go, and there is nothing to do meanwhile."""
_PATIENCE = 0.1


class _Stopped(Exception):
    """Nobody waits for what is read."""


@contextmanager
def another(conn: sqlite3.Connection) -> Iterator[sqlite3.Connection | None]:
    """In the block, a connection that sees the file as `conn` does from its next statement on, if `is_same`.

    None where there are few events, or `conn` may see changes of its own.
    """
    first, last = conn.execute("SELECT (SELECT min(id) FROM event), (SELECT max(id) FROM event)").fetchone()
    if conn.in_transaction or first is None or last - first < FEWEST or not path_of(conn).name:
        yield None
        return
    with closing(connect_again(conn, read_only=True)) as other:
        other.execute("BEGIN DEFERRED")
        other.execute("SELECT 1 FROM meta").fetchone()
        yield other


def version(conn: sqlite3.Connection) -> int:
    """A number that changes when anybody else changes the file, as far as `conn` sees it."""
    return int(conn.execute("PRAGMA main.data_version").fetchone()[0])


def runs_ahead(
    conn: sqlite3.Connection, definition: Definition, tick: Callable[[int], None]
) -> Generator[Run, None, None]:
    """As `blocks.runs`, read in another thread, which alone uses `conn` until this has ended.

    `tick` is called in this one with how many steps of reading are done since; it may raise.
    """
    ahead = _Ahead(conn, definition)
    ahead.start()
    told = 0
    try:
        while True:
            done = ahead.steps
            tick(done - told)
            told = done
            try:
                run = ahead.found.get(timeout=_PATIENCE)
            except Empty:
                continue
            if run is None:
                break
            ahead.room.release()        # the next one is read while this one is worked on
            yield run
    finally:
        ahead.end()
    if ahead.error is not None:
        raise ahead.error


class _Ahead(Thread):
    """Reads one run after the other, never more than one that is not taken yet."""

    def __init__(self, conn: sqlite3.Connection, definition: Definition) -> None:
        super().__init__(name="reading ahead", daemon=True)
        self._conn, self._definition = conn, definition
        self._unwanted = Event()
        self.found: SimpleQueue[Run | None] = SimpleQueue()
        """None after the last one, or where reading failed."""
        self.room = Semaphore(1)
        self.steps = 0
        self.error: BaseException | None = None

    def run(self) -> None:
        from activetui.store.facts.blocks import runs

        try:
            ahead = iter(runs(self._conn, self._definition, self._step))
            while self.room.acquire() and not self._unwanted.is_set():
                run = next(ahead, None)
                if run is None:
                    break
                self.found.put(run)
        except BaseException as error:
            self.error = error
        self.found.put(None)

    def _step(self) -> None:
        self.steps += 1
        if self._unwanted.is_set():
            raise _Stopped

    def end(self) -> None:
        """Read no further."""
        self._unwanted.set()
        self.room.release()
        self.join()
