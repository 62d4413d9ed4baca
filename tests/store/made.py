"""New stores in no time: what `open_store` makes for a day is made once and copied."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from activetui.ledger.days import Day
from activetui.store.opening.file import open_store
from activetui.store.opening.stopping import StoppableConnection


def open_new(path: Path, today: Day) -> StoppableConnection:
    """`open_store(path, today=today, create=True)`, of which it is a copy where there is no file yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(_new(today))
    return open_store(path, today=today, create=True)


@cache
def _new(today: Day) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "new.db"
        open_store(made, today=today, create=True).close()
        return made.read_bytes()
