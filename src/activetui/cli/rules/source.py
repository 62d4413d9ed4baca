"""A TOML file of rules that a command line names, and the key that it is kept under."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from activetui.locales import _


class Source(NamedTuple):
    """A file of rules."""

    text: str
    where: str
    """Its place, for messages."""
    key: str
    """The key that its name says; not yet checked."""


def source_of(file: str, command: str) -> Source:
    """The file of a name, as a person gives it; `OwnerError` if it cannot be read.

    `command` is the group of commands that shows such texts, for the advice.
    """
    from activetui.activity.reading.definition_file import read_small_file

    path = Path(file).expanduser()
    advice = _("Such a file is a small TOML text; activetui {command} show KEY --toml prints one.")
    return Source(read_small_file(path, advice.format(command=command)), str(path), key_of(path.stem))


def key_of(name: str) -> str:
    """The key that a name or a title would have: small letters, with _ for everything between words."""
    return re.sub(r"[\W_]+", "_", name.strip().casefold()).strip("_")
