"""What is in a folder, for choosing files to import; and the folder to begin in."""

from __future__ import annotations

import os
import shlex
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from activetui.ledger.days import Day, to_day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import fold, one_line
from activetui.locales import _
from activetui.tui import config

_FOLDER = "import_folder"

Sort = Literal["above", "table", "folder", "other"]


class Entry(NamedTuple):
    """One line of a folder."""

    path: Path
    sort: Sort
    size: int = 0
    """In bytes."""
    changed: Day | None = None
    """The day of the last change, in the time of this computer."""

    @property
    def name(self) -> str:
        """As people read it."""
        return ".." if self.sort == "above" else one_line(self.path.name)


def is_table(name: str) -> bool:
    """Whether a file of this name can hold a table."""
    from activetui.importing.files.part import SUFFIXES

    return name.lower().endswith(SUFFIXES)


def entries_of(folder: Path) -> list[Entry]:
    """What can be seen in a folder: files that can be imported, the newest first; folders; other files.

    `OwnerError` if the folder cannot be read.
    """
    try:
        with os.scandir(folder) as scanned:
            inside = [(_entry(one), _changed(one)) for one in scanned if not one.name.startswith(".")]
    except OSError as error:
        raise OwnerError(
            _("{folder} cannot be opened: {reason}.").format(
                folder=one_line(str(folder)), reason=error.strerror or error
            ),
            _("Choose another folder, or type the path of the file."),
        ) from None
    above = [Entry(folder.parent, "above")] if folder.parent != folder else []
    tables = [one for one in inside if one[0].sort == "table"]
    tables.sort(key=lambda one: (-one[1], _by_name(one[0])))
    others = [entry for entry, _when in inside if entry.sort != "table"]
    others.sort(key=lambda entry: (entry.sort != "folder", _by_name(entry)))
    return [*above, *(entry for entry, _when in tables), *others]


def matching(entries: Iterable[Entry], words: str) -> list[Entry]:
    """The entries whose names hold these letters, whatever their case and accents."""
    wanted = fold(words.strip())
    return [entry for entry in entries if wanted in fold(entry.name)] if wanted else list(entries)


def is_path(text: str) -> bool:
    """Whether what was typed is a path rather than a part of a name."""
    text = text.strip()
    return any(sign in text for sign in ("/", "\\", "'", '"', "*")) or text.startswith(("~", "file:"))


def places_of(text: str, folder: Path) -> list[Path]:
    """The files or the folder that a typed, dragged or quoted path means; it may count from `folder`.

    `OwnerError` if there is none of that name, or nothing that can be read.
    """
    from activetui.importing.files.paths import clean_path, expand

    given: list[str] = []
    for one in _single(text, folder):
        path = clean_path(one)
        beside = clean_path(str(folder / path))
        given.append(str(path if _is_there(path) or path.is_absolute() else beside))
    if len(given) == 1 and _is_there(Path(given[0])) and Path(given[0]).is_dir():
        return [Path(given[0])]
    return expand(given)


def _single(text: str, folder: Path) -> list[str]:
    """Several files that were dragged at once stand in one text, each quoted or escaped."""
    from activetui.importing.files.paths import clean_path

    text = text.strip()
    if _is_there(clean_path(text)) or _is_there(folder / text):
        return [text]
    try:
        words = shlex.split(text)
    except ValueError:
        return [text]
    return words if len(words) > 1 and all(_is_there(clean_path(word)) for word in words) else [text]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):       # a name that no file can have
        return False


def first_folder() -> Path:
    """Where the last file was; else where the program was started, if files to import are there; else the
    downloads or the home folder."""
    from platformdirs import user_downloads_path

    here = Path.cwd()
    begun = here if _has_tables(here) else ""
    for folder in (config.load().get(_FOLDER, ""), begun, user_downloads_path(), Path.home()):
        path = Path(folder)
        if str(folder) and path.is_dir():
            return path
    return here


def _has_tables(folder: Path) -> bool:
    try:
        return any(is_table(one.name) for one in os.scandir(folder))
    except OSError:
        return False


def remember(folder: Path) -> None:
    """Begin in this folder the next time."""
    config.remember(_FOLDER, str(folder))


def _entry(one: os.DirEntry[str]) -> Entry:
    path = Path(one.path)
    try:
        if one.is_dir():
            return Entry(path, "folder")
        stat = one.stat()
        day = to_day(datetime.fromtimestamp(stat.st_mtime, UTC).astimezone().date())
        return Entry(path, "table" if is_table(one.name) else "other", stat.st_size, day)
    except (OSError, ValueError, OverflowError):
        return Entry(path, "other")


def _changed(one: os.DirEntry[str]) -> float:
    try:
        return one.stat().st_mtime
    except OSError:
        return 0.0


def _by_name(entry: Entry) -> str:
    return unicodedata.normalize("NFC", entry.path.name).casefold()
