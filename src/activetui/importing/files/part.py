"""One table to read and where the owner finds it; the endings and first signs of files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from activetui.importing.files.paths import unreadable
from activetui.ledger.text import one_line

PLAIN = (".csv", ".tsv", ".tab", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PACKED = (".zip", ".gz")
SUFFIXES = (*PLAIN, *WORKBOOKS, *PACKED)
"""Endings of the files that can be imported, in small letters."""

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
GZIP = b"\x1f\x8b"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First signs of what has to be unpacked."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table to read, and where the owner finds it."""

    path: Path
    """A plain file with its contents; the owner's own where nothing had to be unpacked."""
    owner_path: Path
    """The file that the owner named."""
    member: str = ""
    """Its name within an archive or a workbook; empty for a plain or merely compressed file."""
    label: str = ""
    """What it is called on a screen: `backup.zip › orders.csv`, `sales.xlsx › March`. Safe to show."""
    sheet: bool = False
    """Whether it comes from a sheet: then `path` is UTF-8 with commas and ISO dates."""
    file_name: str = ""
    """The name by which a program's exports are known: the plain file's, or the workbook's with `.csv`."""
    left_out: tuple[str, ...] = ()
    """On the first part: names within the file that were not looked at (no tables, hidden sheets)."""


def plain_part(path: Path) -> Part:
    """A file that is read as it is."""
    return Part(path, path, label=one_line(path.name), file_name=path.name)


def head_of(path: Path) -> bytes:
    """The first signs of a file; `OwnerError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise unreadable(path, error) from None
