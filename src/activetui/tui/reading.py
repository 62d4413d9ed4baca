"""Questions to the store, off the screen's thread; answers come back as messages.

One connection reads and is guarded by a lock; it looks from one day at a time, at what is known now or at
what was known then (`store.as_of`). Another one writes, for the time of one change. A question that a newer
one of the same group has overtaken is dropped before it starts, interrupted while it runs, and its answer is
not delivered.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar

from textual.dom import DOMNode

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store.guard import DataFileError, owner_errors

Connection: TypeAlias = sqlite3.Connection
Answer = TypeVar("Answer")
Group: TypeAlias = tuple[int, str]
"""Who asks and for what: a newer question of the same group overtakes an older one."""


class Overtaken(Exception):
    """Nobody waits for this answer any more."""


class Reader:
    """The store behind a screen. Its methods block: call them from a worker thread."""

    def __init__(self, path: Path, today: Day) -> None:
        self.path = path
        self.today = today
        self._lock = threading.Lock()
        self._gate = threading.Lock()
        self._running: Group | None = None
        self._newest: dict[Group, int] = {}
        self._unanswered: set[Group] = set()
        self._conn: Connection | None = None
        self._looks_from: tuple[Day, bool] | None = None
        self.only_looks = False
        """Whether changes are refused, because what is seen is not the ledger that they would change."""
        self._ended = False

    def next_turn(self, group: Group) -> int:
        """Overtake the group's older questions; the number of the new one. Does not block for long."""
        with self._gate:
            turn = self._newest.get(group, 0) + 1
            self._newest[group] = turn
            self._unanswered.add(group)
            if self._running == group and self._conn is not None:
                self._conn.interrupt()
            return turn

    def answered(self, group: Group, turn: int) -> bool:
        """The answer has come; whether anybody still waits for it."""
        with self._gate:
            if not self.is_newest(group, turn):
                return False
            self._unanswered.discard(group)
            return True

    def leave(self, asker: int) -> bool:
        """Nobody waits for the asker's questions any more; whether one had not been answered."""
        with self._gate:
            left = {group for group in self._unanswered if group[0] == asker}
            for group in left:
                self._newest[group] += 1
            self._unanswered -= left
            if self._running in left and self._conn is not None:
                self._conn.interrupt()
            return bool(left)

    def is_newest(self, group: Group, turn: int) -> bool:
        """Whether no newer question of the group has come."""
        return self._newest.get(group) == turn

    def read(
        self,
        day: Day,
        question: Callable[[Connection], Answer],
        group: Group,
        turn: int,
        *,
        known_then: bool = False,
    ) -> Answer:
        """The answer as of `day`, from what is known now or was known then.

        `Overtaken` if a newer question came, `OwnerError` if it cannot be.
        """
        with self._lock:
            try:
                with self._gate:
                    if self._ended or not self.is_newest(group, turn):
                        raise Overtaken
                    self._running = group
                with owner_errors(self.path):
                    return question(self._look_from(day, known_then))
            except sqlite3.OperationalError as error:
                if not self._ended and self.is_newest(group, turn):
                    raise
                raise Overtaken from error
            finally:
                with self._gate:
                    self._running = None

    def write(self, change: Callable[[Connection], Answer]) -> Answer:
        """Make one change; afterwards readers see it. `OwnerError` if it cannot be."""
        from activetui.store.file import open_store

        if self.only_looks:
            raise OwnerError(
                _("What was known on another day can only be looked at."),
                _("Look at what is known now, with K, to change something."),
            )
        with owner_errors(self.path):
            conn = open_store(self.path, today=self.today, create=True)
            try:
                return change(conn)
            finally:
                if conn.in_transaction:
                    conn.rollback()
                conn.close()
                self.close()

    def close(self) -> None:
        """Close the reading connection; the next question opens it again."""
        with self._lock:
            conn, self._conn, self._looks_from = self._conn, None, None
            if conn is not None:
                conn.close()

    def end(self) -> None:
        """Close for good: questions that still wait are not asked any more."""
        with self._gate:
            self._ended = True
            if self._running is not None and self._conn is not None:
                self._conn.interrupt()
        self.close()

    def _look_from(self, day: Day, known_then: bool) -> Connection:
        from activetui.store.as_of import look_from

        conn = self._conn
        if conn is None:
            conn = self._open()
            with self._gate:
                self._conn = conn
        if self._looks_from != (day, known_then):
            self._looks_from = None
            look_from(conn, day, known_then=known_then)
            self._looks_from = day, known_then
        return conn

    def _open(self) -> Connection:
        from activetui.store.file import open_store

        try:
            return open_store(self.path, today=self.today, create=True)
        except DataFileError:
            if not self.path.exists():
                raise
            return open_store(self.path, today=self.today, read_only=True)


def ask(
    node: DOMNode,
    reader: Reader,
    day: Day,
    question: Callable[[Connection], Answer],
    then: Callable[[Answer], None],
    refused: Callable[[OwnerError], None],
    *,
    group: str,
    known_then: bool = False,
) -> None:
    """Ask in a worker of `node`; `then` runs on the screen's thread, only for the newest of the group."""
    key = (id(node), group)
    turn = reader.next_turn(key)

    def deliver(answer: Answer) -> None:
        if reader.answered(key, turn):
            then(answer)

    def deliver_error(error: OwnerError) -> None:
        if reader.answered(key, turn):
            refused(error)

    def work() -> None:
        try:
            answer = reader.read(day, question, key, turn, known_then=known_then)
        except Overtaken:
            return
        except OwnerError as error:
            node.call_later(deliver_error, error)
        else:
            node.call_later(deliver, answer)

    node.run_worker(work, thread=True, group=f"ask-{group}", description=group)


def change(
    node: DOMNode,
    reader: Reader,
    what: Callable[[Connection], Answer],
    then: Callable[[Answer], None],
    refused: Callable[[OwnerError], None],
) -> None:
    """Make a change in a worker of `node`; `then` runs on the screen's thread once it is written."""
    work_aside(node, lambda: reader.write(what), then, refused)


def work_aside(
    node: DOMNode,
    job: Callable[[], Answer],
    then: Callable[[Answer], None],
    refused: Callable[[OwnerError], None],
) -> None:
    """Do anything long in a worker of `node`; `then` runs on the screen's thread with what came of it."""

    def work() -> None:
        try:
            answer = job()
        except OwnerError as error:
            node.call_later(refused, error)
        else:
            node.call_later(then, answer)

    node.run_worker(work, thread=True, group="aside")
