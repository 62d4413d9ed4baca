"""A definition as a file: read as a person gives it."""

from __future__ import annotations

from pathlib import Path

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

LARGEST = 1_000_000
"""Bytes; a longer file is no definition."""


def read_definition(path: Path) -> str:
    """The text of a definition file, whatever it says; `OwnerError` where it is no text in UTF-8."""
    shown = one_line(str(path))
    if path.is_dir():
        raise OwnerError(_("{file} is a folder.").format(file=shown), _("Give the definition's file."))
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST else b"\xff"
    except OSError as error:
        raise OwnerError(
            _("{file} cannot be read: {reason}.").format(file=shown, reason=error.strerror or str(error)),
            _("Check the name and the folder; a file can be dragged into the terminal."),
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OwnerError(
            _("{file} is not a text in UTF-8.").format(file=shown),
            _("A definition is a small TOML file; activetui definition show prints one to begin with."),
        ) from None
