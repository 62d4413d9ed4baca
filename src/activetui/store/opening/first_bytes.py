"""The first bytes of a data file that SQLite may have open in this process.

On POSIX systems, closing any descriptor of a file gives up every lock that the process has on it, those of
SQLite too; another program could then clear away the side files that are still in use here
(https://sqlite.org/howtocorrupt.html, section 2.2). So as long as a connection to a file is open, a
descriptor is kept for looking at its first bytes, and is not closed before.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

LENGTH = 100
"""Bytes that are looked at: the length of SQLite's file header."""

_FileNumber: TypeAlias = tuple[int, int]
"""What tells a file from all others, whatever its name: its device and its number there."""


@dataclass(slots=True)
class _Use:
    """A file to which connections are open."""

    connections: int = 0
    handle: int | None = None


_gate = threading.RLock()
"""Taken twice where a connection is swept up while its thread has the gate."""
_in_use: dict[_FileNumber, _Use] = {}


def first_bytes(path: Path) -> bytes:
    """The first bytes of a file, at most `LENGTH`; `OSError` where it cannot be read."""
    if os.name == "nt":                     # no such locks there, and no file that is open can be replaced
        with path.open("rb") as file:
            return file.read(LENGTH)
    with _gate:
        use = _in_use.get(_number(path))
        if use is not None and use.handle is not None:
            return os.pread(use.handle, LENGTH, 0)
        handle = os.open(path, os.O_RDONLY)
        try:
            return os.pread(handle, LENGTH, 0)
        finally:
            if use is None:
                os.close(handle)
            else:
                use.handle = handle


def connected(conn: sqlite3.Connection, path: Path) -> None:
    """Say that a connection to the file is about to lock it, until it is closed or swept up."""
    with _gate:
        number = _number(path)
        _in_use.setdefault(number, _Use()).connections += 1
    weakref.finalize(conn, _gone, number).atexit = False


def _gone(number: _FileNumber) -> None:
    with _gate:
        use = _in_use[number]
        use.connections -= 1
        if use.connections == 0:
            del _in_use[number]
            if use.handle is not None:
                os.close(use.handle)


def _number(path: Path) -> _FileNumber:
    found = path.stat()
    return found.st_dev, found.st_ino
