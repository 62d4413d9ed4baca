"""Workbooks (xlsx, xlsm, xlsb, xls, ods): every visible sheet with contents as a plain file to read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

_SECONDS = 900


class Sheet(NamedTuple):
    """One sheet of a workbook."""

    name: str
    file: Path | None
    """Its contents as CSV (UTF-8, commas, ISO dates); None for an empty or a hidden one."""
    hidden: bool


def sheets_of(workbook: Path, folder: Path, shown: str) -> list[Sheet]:
    """Write the sheets of a workbook into `folder`. `OwnerError` where it cannot be read.

    `shown` is the name of the workbook as the owner knows it.
    """
    command = [sys.executable, "-P", "-m", "activetui.importing.files.worksheets", str(workbook), str(folder)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
        said = json.loads(done.stdout or b"{}")
    except (subprocess.TimeoutExpired, ValueError):
        said = {}
    if "sheets" not in said:
        raise _refused(said.get("error", ""), said.get("reason", ""), shown)
    return [
        Sheet(one_line(one["name"]), folder / one["file"] if one["file"] else None, one["hidden"])
        for one in said["sheets"]
    ]


def _refused(error: str, reason: str, shown: str) -> OwnerError:
    if error == "password":
        return OwnerError(
            _("{file} is protected by a password.").format(file=shown),
            _("Open it in your spreadsheet, save a copy without a password, and import the copy."),
        )
    if error == "system":
        return OwnerError(
            _("The sheets of {file} could not be unpacked: {reason}.").format(file=shown, reason=reason),
            _("Check that there is enough room on the disk."),
        )
    return OwnerError(
        _("{file} is a workbook that cannot be read: it is damaged, or far too large.").format(file=shown),
        _("Open it in the program that made it, choose Save as and the type CSV (UTF-8), and import that "
          "file."),
    )
