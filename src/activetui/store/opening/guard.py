"""What can go wrong with the data file, said in the owner's words."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from activetui.ledger.errors import OwnerError
from activetui.locales import _

_LITTLE_ROOM = 1_000_000
"""Bytes free below which SQLite's vaguer errors come from a full disk."""


class DataFileError(OwnerError):
    """The data file cannot be used, or not now. The file is as it was before."""


def locked(path: Path) -> DataFileError:
    """Another program holds the file."""
    return DataFileError(
        _("{path} is in use by another program just now.").format(path=path),
        _("Wait until the other program (perhaps a long import) has finished, or close it, then try again."),
    )


def full(path: Path) -> DataFileError:
    """No room is left where the file lies."""
    return DataFileError(
        _("The disk with {path} is full; nothing was changed.").format(path=path),
        _("Free some space there, then try again."),
    )


def unwritable(path: Path) -> DataFileError:
    """The file or its folder cannot be written."""
    return DataFileError(
        _("{path} cannot be written; nothing was changed.").format(path=path),
        _("Check that you may write to the file and to its folder, or choose another file with --db."),
    )


def unreadable(path: Path) -> DataFileError:
    """The file cannot be read."""
    return DataFileError(
        _("{path} cannot be read.").format(path=path),
        _("Check that you may read the file and open its folder, or choose another file with --db."),
    )


def damaged(path: Path) -> DataFileError:
    """The file was ours, or a database, but its contents do not hold together."""
    return DataFileError(
        _("{path} is damaged.").format(path=path),
        _("Keep the file as it is and bring a backup back: activetui restore BACKUP. "
          "What is wrong with it: activetui doctor."),
    )


def disk_trouble(path: Path, reason: str) -> DataFileError:
    """The system could not read or write, for a reason of its own."""
    return DataFileError(
        _("{path} could not be read or written: {reason}.").format(path=path, reason=reason),
        _("Check the disk and its connection, then try again."),
    )


def _in_words(error: sqlite3.Error, path: Path) -> DataFileError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if str(error) == "malformed JSON":  # what we hand to SQLite is well formed: it found that in the file
        return damaged(path)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return full(path) if _no_room(path) else disk_trouble(path, str(error))
    says = {
        sqlite3.SQLITE_BUSY: locked,
        sqlite3.SQLITE_LOCKED: locked,
        sqlite3.SQLITE_FULL: full,
        sqlite3.SQLITE_READONLY: unwritable,
        sqlite3.SQLITE_PERM: unwritable,
        sqlite3.SQLITE_AUTH: unwritable,
        sqlite3.SQLITE_CORRUPT: damaged,
        sqlite3.SQLITE_NOTADB: damaged,
    }.get(code)
    return says(path) if says else None


def _no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.absolute().parent).free < _LITTLE_ROOM
    except OSError:
        return False


@contextmanager
def owner_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file at `path` into a `DataFileError`; other errors pass."""
    try:
        yield
    except sqlite3.Error as error:
        said = _in_words(error, path)
        if said is None:
            raise
        raise said from error


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn the system's errors about the file at `path` into a `DataFileError`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise full(path) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise unwritable(path) from error
        raise disk_trouble(path, error.strerror or str(error)) from error
