"""What the segments were on other days, worked out on connections of its own beside everything else.

It is kept until the ledger changes: each day looked at costs a pass over all events. Everything here but
`stop` and `end` blocks: call it from a worker thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple, TypeAlias

from activetui.insights.segment_history import Changes, History, Trend, changes
from activetui.ledger.days import Day
from activetui.locales import _
from activetui.store.opening.guard import owner_errors
from activetui.tui.flows.long_work import Stopped
from activetui.tui.reading import Connection

_STEPS_BETWEEN_LOOKS = 5000
"""Steps of SQLite after which a running statement looks whether it is still wanted."""


class Progress(NamedTuple):
    """How far the trends are."""

    trends: dict[str, Trend]
    """By query; what is not known yet is missing in them."""
    done: int
    of: int
    """Days that are asked of."""


Told: TypeAlias = Callable[[Progress], None]


class Turn:
    """One piece of work, which can be stopped from any thread."""

    def __init__(self) -> None:
        self.stopped = False

    def stop(self) -> None:
        """Its answer is not wanted any more."""
        self.stopped = True


class InThePast:
    """The other days of one ledger, seen from one day."""

    def __init__(self, path: Path, day: Day) -> None:
        self.path, self.day = path, day
        self._history: History | None = None
        self._trending = Lock()
        self._changing = Lock()
        self._looks: dict[Day, Connection] = {}
        self._ended = False

    def end(self) -> None:
        """Close for good: what runs is stopped."""
        self._ended = True
        if self._changing.acquire(blocking=False):
            self._close_looks()
            self._changing.release()

    # -- trends -------------------------------------------------------------------------------------------

    def follow(self, queries: Sequence[str], turn: Turn, told: Told) -> Progress:
        """Ask of every month-end that is still missing, the latest first; `told` hears of each.

        `Stopped` where it is stopped; what has been asked by then is kept.
        """
        with self._trending, self._connected(turn) as conn:
            if self._history is None:
                self._history = History(conn, self.day)
            history = self._history
            history.follow(conn, queries)
            days = history.missing
            for done, day in enumerate(days):
                told(Progress(history.trends, done, len(days)))
                self._look_from(conn, day, turn)
                history.look(conn, day)
            return Progress(history.trends, len(days), len(days))

    # -- changes ------------------------------------------------------------------------------------------

    def changes(self, query: str, since: Day, turn: Turn) -> Changes:
        """Who entered and left since a day, and why; `Stopped` where it is stopped."""
        with self._changing, self._interrupting(turn):
            try:
                then, now = self._looking(since, turn), self._looking(self.day, turn)
                for conn in (then, now):
                    conn.set_progress_handler(lambda: turn.stopped or self._ended, _STEPS_BETWEEN_LOOKS)
                return changes(then, now, query, since, self.day)
            finally:
                if self._ended:
                    self._close_looks()

    def _looking(self, day: Day, turn: Turn) -> Connection:
        """A connection that looks from the day; the last two are kept."""
        conn = self._looks.pop(day, None)
        if conn is None:
            while len(self._looks) > 1:
                # the view from the day itself costs nothing to keep, and is always needed
                gone = next((each for each in self._looks if each != self.day), self.day)
                self._looks.pop(gone).close()
            conn = self._connect(turn)
            try:
                self._look_from(conn, day, turn)
            except BaseException:
                conn.close()
                raise
        self._looks[day] = conn
        return conn

    def _close_looks(self) -> None:
        while self._looks:
            self._looks.popitem()[1].close()

    # -- connections --------------------------------------------------------------------------------------

    @contextmanager
    def _connected(self, turn: Turn) -> Iterator[Connection]:
        with self._interrupting(turn):
            conn = self._connect(turn)
            try:
                yield conn
            finally:
                conn.close()

    def _connect(self, turn: Turn) -> Connection:
        from activetui.store.opening.connection import connect_again

        if turn.stopped or self._ended:
            raise _stopped()
        conn = connect_again(self.path, read_only=True)
        conn.set_progress_handler(lambda: turn.stopped or self._ended, _STEPS_BETWEEN_LOOKS)
        return conn

    def _look_from(self, conn: Connection, day: Day, turn: Turn) -> None:
        from activetui.store.other_days import as_of

        def tick(_done: int, _of: int) -> None:
            if turn.stopped or self._ended:
                raise _stopped()

        tick(0, 0)
        if as_of.day_of(conn) != day:
            as_of.look_from(conn, day, progress=tick)

    @contextmanager
    def _interrupting(self, turn: Turn) -> Iterator[None]:
        """A statement that is interrupted because the turn was stopped says so."""
        with owner_errors(self.path):
            try:
                yield
            except sqlite3.OperationalError as error:
                if turn.stopped or self._ended:
                    raise _stopped() from error
                raise


def _stopped() -> Stopped:
    return Stopped(_("Stopped. What is known so far stays."))
