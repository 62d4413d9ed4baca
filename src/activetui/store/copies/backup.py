"""Whole copies of the data file, and the way back from one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store.opening.connection import connect_again, is_writable
from activetui.store.opening.guard import damaged, file_errors, locked, owner_errors, unwritable
from activetui.store.opening.header import read_header
from activetui.store.opening.new_file import beside, side_files, to_disk, whole_new_file
from activetui.store.progress import Progress

_PAGES_A_STEP = 5_000


def backup(conn: sqlite3.Connection, target: Path, progress: Progress | None = None) -> None:
    """Copy the data file, as it is committed, to the new file `target` (mode 0600, on the disk itself).

    Others may read and write meanwhile. `OwnerError` if `target` exists; nothing is left of a copy that
    fails or is cancelled by `progress` (pages done, pages in all).
    """
    with closing(connect_again(conn, read_only=True)) as reader:
        copy_to(reader, target, progress)


def copy_to(reader: sqlite3.Connection, target: Path, progress: Progress | None = None) -> None:
    """Copy all that `reader` (a connection of its own, in no transaction) sees to the new file `target`."""

    def step(_status: int, left: int, pages: int) -> None:
        if progress:
            progress(pages - left, pages)

    with whole_new_file(target) as draft, owner_errors(target), closing(sqlite3.connect(draft)) as copy:
        reader.execute("BEGIN")  # one view of the file for all steps: a writer does not begin them anew
        try:
            reader.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            reader.backup(copy, pages=_PAGES_A_STEP, progress=step, sleep=0)
        finally:
            reader.rollback()


def free_name(path: Path, why: str) -> Path:
    """A name beside `path` that no file has, saying why the copy was made: `shop.db.before-…`."""
    name = path.with_name(f"{path.name}.{why}")
    number = 2
    while os.path.lexists(name):
        name = path.with_name(f"{path.name}.{why}-{number}")
        number += 1
    return name


def restore(source: Path, path: Path, progress: Progress | None = None) -> Path | None:
    """Put the backup `source` in the place of the data file at `path`; where the old file went, if any.

    The backup is checked first and copied whole; then the two change places in one step, so that there is a
    data file at every moment. `DataFileError` if the backup is not a sound file of ours, or if the data file
    is open elsewhere; then nothing has changed.
    """
    source, path = Path(source), Path(path)
    read_header(source)
    if path.exists() and path.samefile(source):
        raise OwnerError(_("{path} is the data file itself.").format(path=source), _("Name a backup of it."))
    draft = beside(path, "restored")
    try:
        with owner_errors(source), closing(connect_again(source, read_only=True)) as reader:
            _refuse_unsound(reader, source)
            copy_to(reader, draft, progress)
        if not os.path.lexists(path):
            with whole_new_file(path) as place, file_errors(path):
                draft.replace(place)
            return None
        return _change_places(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _refuse_unsound(conn: sqlite3.Connection, path: Path) -> None:
    if conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)


def _change_places(new: Path, path: Path) -> Path:
    if path.is_dir() or not is_writable(path):
        raise unwritable(path)
    path = path.resolve()
    _fold_wal(path)
    aside = free_name(path, "before-restore")
    with file_errors(path):
        try:
            os.link(path, aside)
        except OSError:  # a file system without hard links
            shutil.copy2(path, aside)
        with suppress(OSError):
            aside.chmod(0o600)
        for file in side_files(path):
            if file.exists():
                file.replace(aside.with_name(file.name.replace(path.name, aside.name, 1)))
        new.replace(path)
        to_disk(path.parent)
    return aside


def _fold_wal(path: Path) -> None:
    """Put all of a sound file into the one file; `DataFileError` if another program has it open."""
    with closing(sqlite3.connect(path, timeout=1)) as conn:
        try:
            conn.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise locked(path) from error
        except sqlite3.DatabaseError:
            return  # damaged: it is kept as it is, with the files beside it


