"""Statements that stop on the way, because nobody wants their answer any more or it costs too much."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

Unwanted: TypeAlias = Callable[[], bool]
"""Whether a running statement is to stop; asked by the thread in which it runs, every `STEPS` steps of it."""

STEPS = 20_000
"""Steps of SQLite's machine: a millisecond or a few."""


class StoppableConnection(sqlite3.Connection):
    """A connection with one who says for all its statements whether they are to stop."""

    unwanted: Unwanted | None = None

    def stop_when(self, unwanted: Unwanted) -> None:
        """From now on statements stop, with `sqlite3.OperationalError`, when they are `unwanted`."""
        self.unwanted = unwanted
        self.set_progress_handler(unwanted, STEPS)


@contextmanager
def stopped_when(conn: sqlite3.Connection, also: Unwanted) -> Iterator[None]:
    """In the block, statements stop for this reason too."""
    always = conn.unwanted if isinstance(conn, StoppableConnection) else None
    conn.set_progress_handler(also if always is None else lambda: always() or also(), STEPS)
    try:
        yield
    finally:
        conn.set_progress_handler(always, STEPS if always else 0)
