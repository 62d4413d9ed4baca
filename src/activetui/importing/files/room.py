"""A folder beside the store for what has to be unpacked; gone afterwards, even if a run was killed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from activetui.store.opening.new_file import beside

_WORD = "unpacked"


@contextmanager
def room_beside(store: Path) -> Iterator[Path]:
    """The place for a folder that `packed.parts_of` makes if it needs one; removed with all it holds."""
    _sweep(store)
    room = beside(store, f"{_WORD}-{os.getpid()}")
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _sweep(store: Path) -> None:
    """Remove what runs left that ended without a chance to do it themselves."""
    if os.name == "nt":  # asking whether a process lives would end it there
        return
    made = re.compile(re.escape(f".{store.name}.{_WORD}-") + r"(\d+)-[0-9a-f]+")
    for path in store.parent.glob(f".*.{_WORD}-*"):
        found = made.fullmatch(path.name)
        if found and not _lives(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
