"""What a file that the owner names holds: itself, the members of an archive, the sheets of a workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from activetui.importing.files.part import GZIP, OLE, SUFFIXES, ZIP, Part, head_of, plain_part
from activetui.importing.files.paths import check_path
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _


def parts_of(path: Path, folder: Path) -> list[Part]:
    """The tables that a file can hold, in their order; at least one.

    A plain file is its own part and nothing is written. Else the contents are unpacked into `folder` (made
    if need be, readable by the owner only), which the caller removes when they are no longer needed.
    `OwnerError` for what holds no table, is damaged, or is locked by a password.
    """
    check_path(path)
    if not head_of(path).startswith((*ZIP, GZIP, OLE)):
        return [plain_part(path)]
    from activetui.importing.files.unpacked import Opened  # most files need nothing of it

    opened = Opened(path, folder)
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
