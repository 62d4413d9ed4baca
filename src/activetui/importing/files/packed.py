"""What a file that the owner names holds: itself, the members of an archive, the sheets of a workbook."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from activetui.importing.files.archives import (
    Member,
    damaged,
    file_name,
    members_of,
    unpack_gzip,
    unpack_member,
)
from activetui.importing.files.not_csv import refuse_no_workbook
from activetui.importing.files.paths import check_path, unreadable
from activetui.importing.files.workbooks import sheets_of
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

PLAIN = (".csv", ".tsv", ".tab", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PACKED = (".zip", ".gz")
SUFFIXES = (*PLAIN, *WORKBOOKS, *PACKED)
"""Endings of the files that can be imported, in small letters."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WITHIN = " › "
_DEEPEST = 3


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


def parts_of(path: Path, folder: Path) -> list[Part]:
    """The tables that a file can hold, in their order; at least one.

    A plain file is its own part and nothing is written. Else the contents are unpacked into `folder` (made
    if need be, readable by the owner only), which the caller removes when they are no longer needed.
    `OwnerError` for what holds no table, is damaged, or is locked by a password.
    """
    check_path(path)
    opened = _Opened(path, folder)
    parts = opened.parts(path, (), 0)
    if not parts:
        raise OwnerError(
            _("There is no table in {file}.").format(file=one_line(path.name)),
            _("Importable are {endings}.").format(endings=" ".join(SUFFIXES)),
        )
    first, *rest = parts
    if opened.left_out:
        first = replace(first, left_out=tuple(opened.left_out))
    return [first, *rest]


class _Opened:
    """One file of the owner's being taken apart."""

    def __init__(self, owner_path: Path, folder: Path) -> None:
        self._owner_path = owner_path
        self._folder = folder
        self.left_out: list[str] = []

    def parts(self, path: Path, within: tuple[str, ...], depth: int) -> list[Part]:
        """What one file holds; `within` are the names that lead to it inside the owner's."""
        shown = _WITHIN.join((one_line(self._owner_path.name), *within))
        head = _head(path)
        if depth < _DEEPEST:
            if head.startswith(_GZIP):
                return self.parts(unpack_gzip(path, self._room(), shown), within, depth + 1)
            if head.startswith(_ZIP):
                return self._zip(path, within, shown, depth)
        if head.startswith(_OLE):
            return self._workbook(path, within, shown)
        return [Part(path, self._owner_path, _WITHIN.join(within), shown, file_name=path.name)]

    def _zip(self, path: Path, within: tuple[str, ...], shown: str, depth: int) -> list[Part]:
        try:
            with zipfile.ZipFile(path) as archive:
                names = {info.filename.replace("\\", "/") for info in archive.infolist()}
                if _is_office(names):
                    refuse_no_workbook(archive, names, shown)
                    return self._workbook(path, within, shown)
                return self._members(archive, within, shown, depth)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError):
            raise damaged(shown) from None

    def _members(
        self, archive: zipfile.ZipFile, within: tuple[str, ...], shown: str, depth: int
    ) -> list[Part]:
        found: list[Part] = []
        for member in sorted(members_of(archive, shown), key=lambda one: one.name):
            if not member.name.lower().endswith(SUFFIXES):
                self.left_out.append(member.name)
                continue
            found += self._member(archive, member, within, depth)
        return found

    def _member(
        self, archive: zipfile.ZipFile, member: Member, within: tuple[str, ...], depth: int
    ) -> list[Part]:
        inner = (*within, member.name)
        shown = _WITHIN.join((one_line(self._owner_path.name), *inner))
        return self.parts(unpack_member(archive, member, self._room(), shown), inner, depth + 1)

    def _workbook(self, path: Path, within: tuple[str, ...], shown: str) -> list[Part]:
        sheets = sheets_of(path, self._room(), shown)
        self.left_out += [
            _("{sheet} (a hidden sheet)").format(sheet=sheet.name) for sheet in sheets if sheet.hidden
        ]
        filled = [(sheet.name, sheet.file) for sheet in sheets if sheet.file is not None]
        alone = len(filled) == 1
        stem = file_name(within[-1] if within else self._owner_path.name).rpartition(".")[0]
        return [
            Part(file, self._owner_path, _WITHIN.join((*within, name)),
                 shown if alone else _WITHIN.join((shown, name)), sheet=True, file_name=f"{stem}.csv")
            for name, file in filled
        ]

    def _room(self) -> Path:
        """A folder of its own for what is unpacked next: no two names can meet."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return Path(mkdtemp(dir=self._folder))
        except OSError as error:
            raise OwnerError(
                _("{file} could not be unpacked: {reason}.").format(
                    file=one_line(self._owner_path.name), reason=error.strerror or error
                ),
                _("Check that there is enough room on the disk, and that you may write beside your data."),
            ) from None


def _is_office(names: set[str]) -> bool:
    return not names.isdisjoint(("[Content_Types].xml", "mimetype", "Index/Document.iwa", "Index.zip"))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise unreadable(path, error) from None
