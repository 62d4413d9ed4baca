"""Making what long lists need while the app is open, in a thread that nobody waits for."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError

_PAUSE = 0.1
"""Seconds between two pieces of work, so that changes of the owner find their turn."""


class Upkeep:
    """Does what is due in one file until nothing is left or `end` is called."""

    def __init__(self, path: Path, today: Day) -> None:
        self._path, self._today = path, today
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="upkeep", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop soon; what was begun is not done. Does not block."""
        self._over.set()

    def join(self) -> None:
        """Wait until it is over."""
        self._thread.join()

    def _work(self) -> None:
        from activetui.store.listing import upkeep
        from activetui.store.opening.file import open_store

        try:
            with closing(open_store(self._path, today=self._today)) as conn:
                conn.stop_when(self._over.is_set)
                while not self._over.is_set() and upkeep.do_some(conn):
                    self._over.wait(_PAUSE)
        except (OwnerError, sqlite3.Error):
            return  # lists stay slow where the file cannot be written now
