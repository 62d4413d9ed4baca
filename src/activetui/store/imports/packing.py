"""An imported file on its way into the store: packed by another thread while the ledger is written.

It is kept in parts that end with a line, so that a row can be found without unpacking all of it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Condition, Thread, get_native_id
from typing import BinaryIO, NamedTuple

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

PART = 1 << 20
"""Bytes in a part, about."""
_LONGEST = 1 << 24
"""Bytes after which a part ends even within a line."""
_HELD = 24 << 20
"""Bytes of packed parts that wait in memory until the ledger is written."""
_LEVEL = 1
_LAST = 19


class _Part(NamedTuple):
    first_line: int
    packed: bytes


class Packing:
    """One file on its way into the store. Use it in a `with` block: packing begins with it at the latest."""

    def __init__(self, path: Path | None, file_hash: str, encoding: str = "") -> None:
        """`file_hash` is what the file must have (SHA-256, hexadecimal), empty for any; `encoding` its name.

        Without a `path`, nothing is kept.
        """
        self._path, self._hash, self._encoding = path, file_hash, encoding
        self._ready: Queue[_Part | BaseException | None] = Queue()
        self._room = Condition()
        self._held = 0
        self._stopped = False
        self._wanted = False
        self._left = self._packed()
        """What is not packed yet: the thread goes through it, and whoever cannot wait for that one."""
        self._written = 0
        self._ended = False
        self._thread = Thread(target=self._work, name="keeping a file", daemon=True)

    def __enter__(self) -> Packing:
        self.begin()
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def begin(self) -> None:
        """Begin before the block; then it is the caller who has to `end`, if there comes none."""
        if self._path is not None and self._thread.ident is None:
            self._thread.start()

    def end(self) -> None:
        """Nobody wants any more of it."""
        with self._room:
            self._stopped = True
            self._room.notify_all()
        if self._thread.ident is not None:
            self._thread.join()
        self._left.close()

    def write_ready(self, conn: sqlite3.Connection, batch_id: int) -> None:
        """Write the parts that are packed by now, which makes room for others; else as `write`."""
        self._insert(conn, batch_id, self._parts(self._ready.qsize()))

    def write(self, conn: sqlite3.Connection, batch_id: int) -> None:
        """Write every part that is not written yet; the caller owns the transaction.

        What is not packed yet is packed here: the thread may have to wait long for a processor. `OwnerError`
        if the file cannot be read any more, or is not what it was when it was looked at.
        """
        if self._path is None:
            return
        with self._room:
            self._wanted = True
            self._room.notify_all()
        if self._thread.ident is not None:
            self._thread.join()
        self._insert(conn, batch_id, self._parts(self._ready.qsize()))
        if not self._ended:
            self._insert(conn, batch_id, self._left)
            self._ended = True

    def _insert(self, conn: sqlite3.Connection, batch_id: int, parts: Iterator[_Part]) -> None:
        for part in parts:
            self._written += 1
            conn.execute(
                "INSERT INTO batch_file (batch_id, part, first_line, bytes) VALUES (?, ?, ?, ?)",
                (batch_id, self._written, *part),
            )

    def _parts(self, number: int) -> Iterator[_Part]:
        """So many parts that are ready."""
        for _one in range(number):
            part = self._ready.get()
            if part is None:
                self._ended = True
            elif isinstance(part, BaseException):
                raise part
            else:
                with self._room:
                    self._held -= len(part.packed)
                    self._room.notify_all()
                yield part

    def _work(self) -> None:
        _after_the_others()
        try:
            for part in self._left:
                if not self._give(part):
                    return
            self._give(None)
        except BaseException as error:
            self._give(error)

    def _packed(self) -> Generator[_Part, None, None]:
        assert self._path is not None
        digest, line = hashlib.sha256(), 1
        try:
            with self._path.open("rb") as file:
                lines = _Lines(file, self._encoding)
                for raw in lines.parts():
                    digest.update(raw)
                    yield _Part(line, zlib.compress(raw, _LEVEL))
                    line += lines.count(raw)
        except OSError as error:
            raise self._unreadable(error.strerror or str(error)) from error
        if self._hash and digest.hexdigest() != self._hash:
            raise self._changed()

    def _give(self, part: _Part | BaseException | None) -> bool:
        """Hand a part over; whether the thread is to go on."""
        with self._room:
            self._room.wait_for(lambda: self._stopped or self._wanted or self._held < _HELD)
            if isinstance(part, _Part):
                self._held += len(part.packed)
        self._ready.put(part)
        return not (self._stopped or self._wanted)

    def _changed(self) -> OwnerError:
        return OwnerError(
            _("{file} has changed since it was looked at; nothing was imported.").format(file=self._name),
            _("Import it again."),
        )

    def _unreadable(self, reason: str) -> OwnerError:
        return OwnerError(
            _("{file} cannot be read any more: {reason}; nothing was imported.").format(
                file=self._name, reason=reason
            ),
            _("Put the file back where it was, or import it again from where it is."),
        )

    @property
    def _name(self) -> str:
        return one_line(self._path.name if self._path else "")


def _after_the_others() -> None:
    """Let this thread have a processor when nobody else wants it, where the system can be told so."""
    if sys.platform == "linux":  # elsewhere a thread has no rank of its own
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), _LAST)


class _Lines:
    """A file in parts that end with a line."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        head = file.read(4)
        file.seek(0)
        self._codec = plain_codec(head, encoding)
        self._wide = 4 if self._codec.startswith("utf-32") else 2 if self._codec.startswith("utf-16") else 1

    def parts(self) -> Iterator[bytes]:
        """About 1 MB each."""
        rest = b""
        while chunk := self._file.read(PART):
            rest += chunk
            cut = self._cut(rest)
            if cut or len(rest) >= _LONGEST:
                cut = cut or len(rest) - len(rest) % self._wide
                yield rest[:cut]
                rest = rest[cut:]
        if rest:
            yield rest

    def count(self, raw: bytes) -> int:
        """How many line ends there are."""
        if self._wide == 1:
            ends = raw.count(b"\n")
            return ends + raw.count(b"\r") - raw.count(b"\r\n") if b"\r" in raw else ends
        text = raw.decode(self._codec, "replace")
        return text.count("\n") + text.count("\r") - text.count("\r\n")

    def _cut(self, raw: bytes) -> int:
        """Where the last line ends; 0 if none does, or if its end may go on in the next chunk."""
        for sign, before in (("\n", len(raw)), ("\r", len(raw) - self._wide)):
            end = sign.encode(self._codec)
            place = raw.rfind(end, 0, before)
            while place >= 0 and place % self._wide:
                place = raw.rfind(end, 0, place + len(end) - 1)
            if place >= 0:
                return place + len(end)
        return 0


def plain_codec(head: bytes, encoding: str) -> str:
    """Python's name of an encoding, the order of the bytes told where it has two."""
    name = encoding.lower().replace("_", "-")
    if name.startswith(("utf-16", "utf-32")):
        if name.endswith(("-le", "-be")):
            return name
        big = head.startswith((b"\xfe\xff", b"\x00")) and not head.startswith(b"\xff\xfe")
        return f"{name[:6]}-{'be' if big else 'le'}"
    try:
        "".encode(encoding)
    except LookupError:
        return "utf-8"
    return "utf-8" if name.startswith("utf-8") else encoding or "utf-8"
