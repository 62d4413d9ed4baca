"""A TOML file as a person gives it: a definition, or a file of rules."""

from __future__ import annotations

from pathlib import Path

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

LARGEST = 1_000_000
"""Bytes; a longer file is none that anybody wrote."""


def read_definition(path: Path) -> str:
    """The text of a definition file, whatever it says; `OwnerError` where it is no text in UTF-8."""
    return read_small_file(
        path, _("A definition is a small TOML file; activetui definition show prints one to begin with.")
    )


def read_small_file(path: Path, advice: str) -> str:
    """The text of a small file, whatever it says.

    `OwnerError` where it is no text in UTF-8, with the advice what to give instead.
    """
    shown = one_line(str(path))
    if path.is_dir():
        raise OwnerError(_("{file} is a folder.").format(file=shown), _("Give the name of a file in it."))
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
        raise OwnerError(_("{file} is not a text in UTF-8.").format(file=shown), advice) from None
