"""Paths as people give them: dragged into a terminal, quoted, escaped, as a `file:` address."""

from __future__ import annotations

import glob
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

_ESCAPED = re.compile(r"\\(?=[ ()'\"&\[\]!$;`\\])")


def clean_path(given: str) -> Path:
    """The path that is meant: as given if it exists, else without quotes, escapes and `file:`.

    Nothing is read; a path that exists in no form comes back in its plainest one.
    """
    for text in _readings(given):
        path = Path(text).expanduser()
        for form in (text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)):
            candidate = Path(form).expanduser()
            if _exists(candidate):
                return candidate
    return path


def expand(texts: Iterable[str]) -> list[Path]:
    """The files that are meant, in the order given, each once; patterns (`*.csv`) where no shell did it.

    Patterns take no notice of the case of letters, and skip folders and what programs put beside their files.
    `OwnerError` for a folder, a file that does not exist, and a pattern that nothing fits.
    """
    found: dict[Path, Path] = {}
    for text in texts:
        path = clean_path(text)
        if _exists(path) or not glob.has_magic(str(path)):
            check_path(path)
            paths = [path]
        else:
            paths = _matching(path)
        for one in paths:
            found.setdefault(one.resolve(), one)
    return list(found.values())


def _matching(pattern: Path) -> list[Path]:
    last = "".join(
        f"[{letter.lower()}{letter.upper()}]" if letter.isascii() and letter.isalpha() else letter
        for letter in pattern.name
    ) if "[" not in pattern.name else pattern.name
    names = glob.glob(str(pattern.parent / last), recursive=True)  # noqa: PTH207 - `**` and `~` from a user
    paths = [Path(name) for name in names if not Path(name).name.startswith(("~$", "."))]
    files = sorted((path for path in paths if path.is_file()), key=lambda path: path.name.casefold())
    if not files:
        raise OwnerError(
            _("There is no file {path}.").format(path=one_line(str(pattern))),
            _("Check the name and the folder; a file can be dragged into the terminal."),
        )
    return files


def check_path(path: Path) -> None:
    """`OwnerError` unless there is a file to read."""
    shown = one_line(str(path))
    if not _exists(path):
        raise OwnerError(
            _("There is no file {path}.").format(path=shown),
            _("Check the name and the folder; a file can be dragged into the terminal."),
        )
    if path.is_dir():
        raise OwnerError(
            _("{path} is a folder, not a file.").format(path=shown),
            _("Name the CSV files in it, for example {path}/*.csv").format(path=shown),
        )
    if not path.is_file():
        raise OwnerError(_("{path} is not a file that can be read twice.").format(path=shown),
                         _("Save it as a file first, then import that file."))


def unreadable(path: Path, error: OSError) -> OwnerError:
    """What is said of a file that the system does not give, or gives no longer."""
    return OwnerError(
        _("{path} cannot be read: {reason}.").format(
            path=one_line(str(path)), reason=error.strerror or error
        ),
        _("Check that it is still there, that you may read it, and that no other program holds it open."),
    )


def _readings(given: str) -> list[str]:
    text = given.strip()
    readings = [given, text]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
        readings.append(text)
    if text.lower().startswith("file:"):
        parts = urlsplit(text)
        text = unquote(parts.path)
        if re.match(r"/[A-Za-z]:", text):
            text = text[1:]
        readings.append(text)
    elif _ESCAPED.search(text):
        readings.append(_ESCAPED.sub("", text))
    return readings


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
