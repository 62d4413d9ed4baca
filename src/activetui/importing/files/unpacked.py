"""Archives, compressed files and workbooks taken apart into plain files to read."""

from __future__ import annotations

import zipfile
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
from activetui.importing.files.part import GZIP, OLE, SUFFIXES, ZIP, Part, head_of
from activetui.importing.files.workbooks import sheets_of
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

_WITHIN = " › "
_DEEPEST = 3


class Opened:
    """One file of the owner's being taken apart."""

    def __init__(self, owner_path: Path, folder: Path) -> None:
        self._owner_path = owner_path
        self._folder = folder
        self.left_out: list[str] = []

    def parts(self, path: Path, within: tuple[str, ...], depth: int) -> list[Part]:
        """What one file holds; `within` are the names that lead to it inside the owner's."""
        shown = _WITHIN.join((one_line(self._owner_path.name), *within))
        head = head_of(path)
        if depth < _DEEPEST:
            if head.startswith(GZIP):
                return self.parts(unpack_gzip(path, self._room(), shown), within, depth + 1)
            if head.startswith(ZIP):
                return self._zip(path, within, shown, depth)
        if head.startswith(OLE):
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
