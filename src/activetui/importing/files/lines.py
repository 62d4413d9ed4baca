"""A file as lines of clean text, line ends kept; a line or a piece at a time, whatever the size."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TextIO

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


class Lines(Iterator[str]):
    """The lines of a text, each with its line end (LF, CRLF, or a lone CR), or some of them in one piece."""

    def __init__(
        self, text: TextIO, *, dirty: bool = False,
        refuse: Callable[[Exception], Exception] = lambda error: error,
    ) -> None:
        """`text` must be open with `newline=""`; `dirty` as for `open_lines`.

        `refuse` gives what is raised where the text cannot be read.
        """
        self._text, self._dirty, self._refuse = text, dirty, refuse
        self._each = self._one_by_one()

    def __iter__(self) -> Iterator[str]:
        return self._each

    def __next__(self) -> str:
        return next(self._each)

    def some(self, size: int) -> str:
        """The next lines in one piece, about as many letters as this; nothing at the end."""
        try:
            piece = self._text.read(size)
            piece += self._text.readline()
        except (UnicodeError, OSError) as error:
            raise self._refuse(error) from None
        return piece.translate(_CLEAN) if self._dirty else piece

    def _one_by_one(self) -> Iterator[str]:
        try:
            if self._dirty:
                for line in self._text:
                    yield line.translate(_CLEAN)
            else:
                yield from self._text
        except (UnicodeError, OSError) as error:
            raise self._refuse(error) from None


def lines_of(piece: str) -> list[str]:
    """The lines of a piece, as `Lines` gives them."""
    return list(StringIO(piece, newline=""))


@contextmanager
def open_lines(path: Path, encoding: Encoding, *, dirty: bool = False) -> Iterator[Lines]:
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

    def refuse(error: Exception) -> Exception:
        if isinstance(error, OSError):
            return unreadable(path, error)
        return OwnerError(
            _("{file} is not in {encoding}.").format(file=one_line(path.name), encoding=encoding.name),
            _("Leave --encoding away to have it found out, or name another."),
        )

    with file:
        yield Lines(file, dirty=dirty, refuse=refuse)
