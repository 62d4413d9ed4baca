"""A file as lines of clean text, line ends kept; one line at a time, whatever the size."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from activetui.importing.files.encodings import Encoding
from activetui.importing.files.paths import unreadable
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

_CLEAN = str.maketrans({"\x00": None, "\x1a": None, "\x0b": " ", "\x0c": " ", "\u2028": " ", "\u2029": " "})


def _fallback(codec: str) -> str:
    """The name of an error handler that reads undecodable bytes in another encoding."""
    name = f"activetui.{codec}"

    def handle(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        bad = error.object[error.start:error.end]
        return bad.decode(codec, "replace"), error.end

    codecs.register_error(name, handle)
    return name


@contextmanager
def open_lines(path: Path, encoding: Encoding, *, dirty: bool = False) -> Iterator[Iterator[str]]:
    """The lines of a file, each with its line end (LF, CRLF, or a lone CR).

    `dirty` also drops NULs and end-of-file marks and makes odd line breaks blanks. `OwnerError` where the
    bytes cannot be read in the encoding.
    """
    single_byte = encoding.codec not in ("utf-8", "utf-8-sig") and not encoding.codec.startswith("utf-")
    errors = _fallback(encoding.fallback) if encoding.fallback else "strict"
    if single_byte:
        errors = _fallback("latin-1")
    try:
        file = path.open("r", encoding=encoding.codec, errors=errors, newline="")
    except OSError as error:
        raise unreadable(path, error) from None
    with file:
        lines = _cleaned(file) if dirty else file
        yield _readable(lines, path, encoding)


def _readable(lines: Iterator[str], path: Path, encoding: Encoding) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeError:
        raise OwnerError(
            _("{file} is not in {encoding}.").format(file=one_line(path.name), encoding=encoding.name),
            _("Leave --encoding away to have it found out, or name another."),
        ) from None
    except OSError as error:
        raise unreadable(path, error) from None


def _cleaned(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line.translate(_CLEAN)
