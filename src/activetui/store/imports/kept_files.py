"""Imported files as they were, kept packed with their batch.

So the cells behind every imported row can be shown, and a file can be read again with other answers. How
they get there: `packing`.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store.imports.packing import plain_codec


class KeptRow(NamedTuple):
    """The row of a file behind an event, as it stood there."""

    headings: tuple[str, ...]
    """Empty if the file has none, or if they cannot be told."""
    cells: tuple[str, ...]
    line: int
    """Where it begins in the file, from 1."""


def is_kept(conn: sqlite3.Connection, batch_id: int) -> bool:
    """Whether the file of a batch is kept; those of imports by an earlier version are not."""
    return conn.execute("SELECT 1 FROM batch_file WHERE batch_id = ?", (batch_id,)).fetchone() is not None


def write_to(conn: sqlite3.Connection, batch_id: int, path: Path) -> None:
    """Write the file of a batch to `path`, byte for byte as it was. `OwnerError` if it is not kept."""
    with path.open("wb") as file:
        found = False
        for _line, raw in unpacked(conn, batch_id):
            file.write(raw)
            found = True
    if not found:
        raise _not_kept(batch_id)


def drop(conn: sqlite3.Connection, batch_id: int) -> None:
    """Keep the file of a batch no longer; the caller owns the transaction."""
    conn.execute("DELETE FROM batch_file WHERE batch_id = ?", (batch_id,))


def row_of(conn: sqlite3.Connection, event_id: int) -> KeptRow | None:
    """The row from which an event was read; None for one by hand or from a file that is not kept.

    An event that several rows made is shown by its first. `OwnerError` if there is no such event.
    """
    found = conn.execute("SELECT batch_id, line FROM event WHERE id = ?", (event_id,)).fetchone()
    if found is None:
        raise OwnerError(_("There is no event {id}.").format(id=event_id))
    batch_id, line = found
    return None if batch_id is None else row_at(conn, batch_id, line)


def row_at(conn: sqlite3.Connection, batch_id: int, line: int) -> KeptRow | None:
    """The row that begins on a line of a batch's file; None if there is none or the file is not kept."""
    first = next(unpacked(conn, batch_id), None)
    if first is None or line < 1:
        return None
    shape = json.loads(
        conn.execute("SELECT assumptions FROM batch WHERE id = ?", (batch_id,)).fetchone()[0]
    )
    text = _Text(first[1], str(shape.get("encoding") or "utf-8"))
    delimiter = str(shape.get("delimiter") or ",")
    row = next(_records(text.lines(conn, batch_id, line), delimiter), None)
    if row is None:
        return None
    headings: list[str] = []
    if isinstance(place := shape.get("header_row"), int):
        top = _records(text.lines(conn, batch_id, 1), delimiter)
        headings = next((cells for number, cells in enumerate(top) if number == place), [])
    return KeptRow(tuple(headings), tuple(row), line)


def _records(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter if len(delimiter) == 1 else ",")
    except csv.Error:
        return


def unpacked(conn: sqlite3.Connection, batch_id: int, line: int = 1) -> Iterator[tuple[int, bytes]]:
    """The parts from the one on in which a line stands, each with its first line."""
    rows = conn.execute(
        "SELECT first_line, bytes FROM batch_file WHERE batch_id = ?1 AND part >= coalesce(("
        " SELECT max(part) FROM batch_file WHERE batch_id = ?1 AND first_line <= ?2), 1) ORDER BY part",
        (batch_id, line),
    )
    for first_line, packed in rows:
        yield first_line, zlib.decompress(packed)


def _not_kept(batch_id: int) -> OwnerError:
    return OwnerError(
        _("The file of import {id} is not kept.").format(id=batch_id),
        _("Import the file itself again, if you still have it."),
    )


class _Text:
    """How the bytes of a kept file become text."""

    def __init__(self, head: bytes, encoding: str) -> None:
        self._codec = plain_codec(head, encoding)

    def lines(self, conn: sqlite3.Connection, batch_id: int, line: int) -> Iterator[str]:
        """The lines from a line on, with their line ends."""
        for first_line, raw in unpacked(conn, batch_id, line):
            for number, text in enumerate(self._split(raw), start=first_line):
                if number >= line:
                    yield text.lstrip("\ufeff") if number == 1 else text

    def _split(self, raw: bytes) -> Iterator[str]:
        from io import StringIO

        return iter(StringIO(raw.decode(self._codec, "replace"), newline=""))
