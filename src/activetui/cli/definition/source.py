"""The definition that a command line names."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from activetui.ledger.errors import OwnerError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.definition import Definition

LARGEST = 1_000_000
"""Bytes; a longer file is no definition."""


def source_of(name: str) -> tuple[str, str, str]:
    """TOML text, its place for messages, and the preset's name (empty for a file)."""
    from activetui.activity.presets import PRESETS, preset_text

    keys = [preset.key for preset in PRESETS]
    if name in keys:
        return preset_text(name), name, name
    path = Path(name).expanduser()
    if not path.exists():
        raise OwnerError(
            _("There is neither a preset nor a file {name!r}.").format(name=name),
            _("Presets: {names}.").format(names=", ".join(keys)),
        )
    if path.is_dir():
        raise OwnerError(_("{file} is a folder.").format(file=path), _("Give the definition's file."))
    raw = path.read_bytes() if path.stat().st_size <= LARGEST else b"\xff"
    try:
        return raw.decode("utf-8-sig"), str(path), ""
    except UnicodeDecodeError:
        raise OwnerError(
            _("{file} is not a text in UTF-8.").format(file=path),
            _("A definition is a small TOML file; activetui definition show prints one to begin with."),
        ) from None


def parsed(conn: sqlite3.Connection, text: str, where: str) -> Definition:
    """The definition that a text says, with the kinds and the currency of the store."""
    from activetui.activity.parsing import parse
    from activetui.store import kinds, settings

    return parse(text, where=where, own_kinds=kinds.own_kinds(conn), currency=settings.currency(conn))
