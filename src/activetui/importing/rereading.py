"""An imported file read once more, with other answers: the store keeps every file as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from activetui.importing.asking.answers import Answers
from activetui.importing.files.part import Part
from activetui.importing.read import FileReading, read_part
from activetui.importing.run import setting_of
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.store.copies import backup
from activetui.store.imports import batches, kept_files
from activetui.store.opening.file import open_store

_WITHIN = " › "


@contextmanager
def as_if_undone(
    conn: sqlite3.Connection, batch_id: int, room: Path, *, today: Day, made_at: str
) -> Iterator[sqlite3.Connection]:
    """The store as it will be once an import is taken back, as a copy in `room`; itself if that is done.

    `OwnerError` if there is no such import.
    """
    if batches.show(conn, batch_id).undone_at:
        yield conn
        return
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = room / "as-if-undone.db"
    backup.backup(conn, copy)
    with closing(open_store(copy, today=today)) as undone:
        batches.undo(undone, batch_id, today=today, made_at=made_at)
        yield undone


def read_kept(
    conn: sqlite3.Connection, batch_id: int, answers: Answers, *, before: sqlite3.Connection,
    room: Path, today: Day, usual_currency: str,
) -> FileReading:
    """The file of an import, read with these answers and those that are remembered.

    `before` is the store without the import (`as_if_undone`); the file is unpacked into `room`, which must
    last as long as the reading is used. `OwnerError` if the file is not kept.
    """
    batch = batches.show(conn, batch_id)
    name = one_line(batch.file_name).rpartition(_WITHIN)[2].replace("/", "_") or "file.csv"
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = room / f"{batch_id}-{name}"
    path.touch(mode=0o600)
    kept_files.write_to(conn, batch_id, path)
    part = Part(path, Path(batch.file_name), label=one_line(batch.file_name), file_name=name)
    known = setting_of(before, today, usual_currency=usual_currency)
    remembered = setting_of(conn, today).remembered
    answers = replace(answers, source=answers.source or batch.source)
    if batch.assumptions.get("emptied"):  # rows that showed how its letters are stored may be gone
        answers = replace(answers, encoding=answers.encoding or str(batch.assumptions.get("encoding") or ""))
    return read_part(part, answers, replace(known, remembered=remembered))
