"""What the first bytes of a data file say, read without opening it as a database.

A refused file must stay as it was to the byte, and SQLite makes files beside whatever it opens.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import NamedTuple

from activetui.locales import _
from activetui.store.opening.first_bytes import LENGTH, first_bytes
from activetui.store.opening.guard import DataFileError, damaged, unreadable
from activetui.store.opening.new_file import side_files
from activetui.store.opening.schema import APPLICATION_ID, MIGRATIONS

_MAGIC = b"SQLite format 3\0"


class Header(NamedTuple):
    """The part of SQLite's file header that matters here (https://sqlite.org/fileformat2.html#the_database_header)."""

    wal: bool
    """Whether the file is in write-ahead mode."""
    schema: int
    """Number of migrations that have run (`PRAGMA user_version`); the WAL may hold a later one."""


def read_header(path: Path) -> Header:
    """The header of our file at `path`.

    `DataFileError` for what is missing, a folder, empty, not a database, another program's, cut short, or
    made by a newer version of this program. Nothing is written.
    """
    size = _size_of_file(path)
    try:
        head = first_bytes(path)
    except OSError as error:
        raise unreadable(path) from error
    if not head:
        raise DataFileError(
            _("{path} is empty.").format(path=path),
            _("It holds no data: delete it to begin a new one there, or choose another file with --db."),
        )
    if len(head) < LENGTH or not head.startswith(_MAGIC):
        raise _not_ours(path)
    if _number(head, 68) != APPLICATION_ID:
        raise _not_ours(path)
    refuse_newer(path, _number(head, 60))
    if _cut_short(head, size) and not _is_under_way(path):
        raise damaged(path)
    return Header(wal=head[18] == 2, schema=_number(head, 60))


def refuse_newer(path: Path, schema: int) -> None:
    """`DataFileError` if more migrations have run than this program knows."""
    if schema > len(MIGRATIONS):
        raise newer(path)


def newer(path: Path) -> DataFileError:
    """A later version of this program has changed the file in ways unknown here."""
    return DataFileError(
        _("{path} was made by a newer version of ActiveTUI.").format(path=path),
        _("Update ActiveTUI, then open it again. The file was left as it was."),
    )


def _not_ours(path: Path) -> DataFileError:
    return DataFileError(
        _("{path} is not a data file of ActiveTUI.").format(path=path),
        _("Choose another file with --db. To bring in a list of customers or orders: activetui import FILE. "
          "The file was left as it was."),
    )


def _size_of_file(path: Path) -> int:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise DataFileError(
            _("There is no data file at {path}.").format(path=path),
            _("Import a file to begin one (activetui import FILE), or choose another with --db."),
        ) from None
    except OSError as error:
        raise unreadable(path) from error
    if stat.S_ISDIR(found.st_mode):
        raise DataFileError(
            _("{path} is a folder, not a data file.").format(path=path),
            _("Name a file in it with --db."),
        )
    if not stat.S_ISREG(found.st_mode):
        raise _not_ours(path)
    return found.st_size


def _number(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 4], "big")


def _cut_short(head: bytes, size: int) -> bool:
    page = int.from_bytes(head[16:18], "big")
    page = 65_536 if page == 1 else page
    count_is_current = _number(head, 24) == _number(head, 92)
    return count_is_current and size < page * _number(head, 28)


def _is_under_way(path: Path) -> bool:
    """Whether a file beside it says what the file itself is going to be."""
    wal, _shared, journal = side_files(path)
    return any(file.exists() and file.stat().st_size > 0 for file in (wal, journal))
