"""One view of the store, with a connection and a thread of its own.

A lane answers one question after the other. A question that nobody waits for any more is not begun, and
stopped where it runs; a slow one gives way to a quick one and is asked again afterwards.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from activetui.ledger.days import Day
from activetui.store.opening.guard import DataFileError, owner_errors
from activetui.store.opening.stopping import StoppableConnection

Connection: TypeAlias = sqlite3.Connection
Answer = TypeVar("Answer")
Group: TypeAlias = tuple[int, str]
"""Who asks and for what: a newer question of the same group overtakes an older one."""
Told: TypeAlias = Callable[["View", "float | None"], None]
"""Hears what share of a view of another day is made; None once it is over, made or not."""

_opening = threading.Lock()
"""The first connection of a day moves the stored facts on; others wait for it."""


class Overtaken(Exception):
    """Nobody waits for this answer any more."""


class GaveWay(Exception):
    """A quick question came first; this one is to be asked again."""


class View(NamedTuple):
    """What of the ledger is seen."""

    day: Day
    known_then: bool = False
    """Whether it is seen as it stood at the end of that day."""


class Ticket(NamedTuple):
    """One question's place among those of its group."""

    group: Group
    turn: int
    slow: bool = False
    """Whether it may take long, and so never lets a quick one wait."""


class Lane:
    """The store seen from one day. `submit`, `stop` and the ways to close do not block."""

    def __init__(self, path: Path, today: Day, view: View, told: Told) -> None:
        self.path, self.today, self.view = path, today, view
        self._told = told
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="lane")
        self._gate = threading.Lock()
        self._conn: StoppableConnection | None = None
        self._running: Ticket | None = None
        self._unwanted = False
        self._ended = False
        self._looked = False
        self._percent = -1
        self.ready = False
        """Whether the view is made, so that the next question is answered at once."""

    # -- from any thread ----------------------------------------------------------------------------------

    def submit(
        self, ticket: Ticket, question: Callable[[Connection], Answer], wanted: Callable[[Ticket], bool]
    ) -> Future[Answer]:
        """Ask when the questions before it are answered.

        The future raises `Overtaken` where it is not `wanted` by then, or not any more, and `GaveWay` where
        it must be asked again.
        """
        if not ticket.slow:
            self.stop(lambda running: running.slow)
        try:
            return self._pool.submit(self._answer, ticket, question, wanted)
        except RuntimeError as ended:       # the pool takes no more
            refused: Future[Answer] = Future()
            refused.set_exception(Overtaken(str(ended)))
            return refused

    def stop(self, which: Callable[[Ticket], bool]) -> None:
        """Stop the question that runs, if it is one of those."""
        with self._gate:
            if self._running is not None and which(self._running):
                self._interrupt()

    def look_again(self) -> None:
        """The store has changed: the next question sees it."""
        with self._gate:
            self._looked = self.ready = False

    def retire(self) -> None:
        """Answer what has been asked, then close for good."""
        try:
            self._pool.submit(self._close)
        except RuntimeError:
            return
        self._pool.shutdown(wait=False)

    def end(self) -> None:
        """Close for good: what runs is stopped, what waits is not asked any more."""
        with self._gate:
            self._ended = True
            self._interrupt()
        self.retire()

    def _interrupt(self) -> None:
        self._unwanted = True
        if self._conn is not None:
            self._conn.interrupt()

    # -- in the lane's thread -----------------------------------------------------------------------------

    def _answer(
        self, ticket: Ticket, question: Callable[[Connection], Answer], wanted: Callable[[Ticket], bool]
    ) -> Answer:
        with owner_errors(self.path):
            try:
                conn = self._look()
                with self._gate:
                    if self._ended or not wanted(ticket):
                        raise Overtaken
                    self._running, self._unwanted = ticket, False
                answer = question(conn)
            except sqlite3.OperationalError as error:
                if not self._unwanted:
                    raise
                raise self._why_stopped(ticket, wanted) from error
            finally:
                with self._gate:
                    self._running = None
        if self._ended or (self._unwanted and not wanted(ticket)):
            raise Overtaken
        return answer

    def _why_stopped(self, ticket: Ticket, wanted: Callable[[Ticket], bool]) -> Exception:
        return Overtaken() if self._ended or not wanted(ticket) else GaveWay()

    def _look(self) -> Connection:
        """The connection, looking from the view's day; making that view can only be stopped by ending."""
        from activetui.store.other_days.as_of import look_from

        with self._gate:
            if self._ended:
                raise Overtaken
            self._unwanted = False
        if self._conn is not None and self._looked:
            return self._conn
        self._looked, self._percent = True, -1
        try:
            self._progress(0, 1)
            conn = self._connection()
            look_from(conn, self.view.day, known_then=self.view.known_then, progress=self._progress)
        except BaseException:
            self._looked = False
            raise
        finally:
            self._told(self.view, None)
        self.ready = self._looked
        return conn

    def _connection(self) -> StoppableConnection:
        if self._conn is None:
            with _opening:
                conn = _open(self.path, self.today)
            # some statements begin after the interruption; they are stopped as well
            conn.stop_when(lambda: self._unwanted)
            self._conn = conn
        return self._conn

    def _progress(self, done: int, everything: int) -> None:
        if self._unwanted:
            raise Overtaken
        percent = 100 * done // max(1, everything)
        if percent != self._percent:
            self._percent = percent
            self._told(self.view, percent / 100)

    def _close(self) -> None:
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.close()


def _open(path: Path, today: Day) -> StoppableConnection:
    from activetui.store.opening.file import open_store

    try:
        return open_store(path, today=today, create=True)
    except DataFileError:
        if not path.exists():
            raise
        return open_store(path, today=today, read_only=True)
