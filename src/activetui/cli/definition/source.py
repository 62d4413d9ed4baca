"""The definition that a command line names: a preset, a file, or the number of a saved version."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from activetui.ledger.errors import OwnerError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.definition import Definition

_VERSION = re.compile(r"[vV]?([0-9]{1,9})")


class Source(NamedTuple):
    """The text of a definition, and where it is from."""

    text: str
    where: str
    """Its place, for messages."""
    version: int | None = None
    """The number of the saved version; None for presets and files."""


def source_of(name: str) -> Source:
    """The text of a preset or a file."""
    from activetui.activity.presets import PRESETS, preset_text
    from activetui.activity.reading.definition_file import read_definition

    keys = [preset.key for preset in PRESETS]
    if name in keys:
        return Source(preset_text(name), name)
    path = Path(name).expanduser()
    if not path.exists():
        raise OwnerError(
            _("There is neither a preset nor a file {name!r}.").format(name=name),
            _("Presets: {names}.").format(names=", ".join(keys)),
        )
    return Source(read_definition(path), str(path))


def version_number(name: str) -> int | None:
    """The version that a name such as `2` or `v2` means; None for other names (a file 2 is `./2`)."""
    found = _VERSION.fullmatch(name)
    return int(found[1]) if found else None


def saved_source(conn: sqlite3.Connection, name: str) -> Source:
    """As `source_of`, with the versions that the store has saved."""
    from activetui.store import definitions

    number = version_number(name)
    if number is None:
        return source_of(name)
    versions = definitions.history(conn)
    for saved in versions:
        if saved.version == number:
            return Source(saved.text, _("version {n}").format(n=number), version=number)
    raise OwnerError(
        _("There is no version {n} of the definition.").format(n=number),
        _("Saved are the versions 1 to {last}; activetui definition history lists them.").format(
            last=versions[0].version
        ),
    )


def parsed(conn: sqlite3.Connection, text: str, where: str, version: int = 0) -> Definition:
    """The definition that a text says, with the kinds and the currency of the store.

    `DefinitionError` with every mistake and its place.
    """
    from activetui.activity.reading.parsing import parse
    from activetui.store import kinds, settings

    return parse(
        text, where=where, own_kinds=kinds.own_kinds(conn), currency=settings.currency(conn), version=version
    )


def named(conn: sqlite3.Connection, name: str) -> Definition:
    """The definition of a preset, a file or a saved version."""
    source = saved_source(conn, name)
    return parsed(conn, source.text, source.where, source.version or 0)


def title(definition: Definition) -> str:
    """Name and version; the name alone where nothing is saved yet."""
    if not definition.version:
        return definition.name
    return _("{name}, version {version}").format(name=definition.name, version=definition.version)
