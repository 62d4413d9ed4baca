"""Letters garbled by a program that read UTF-8 in another encoding: `JoÃ£o` becomes `João` again, once."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from functools import lru_cache

CODECS = ("cp1252", "cp1251")
"""Encodings in which UTF-8 is usually misread."""

_MARKS = ("Ã", "Â", "Ð", "Ñ", "â€", "Ñ\u0081", "Р", "С")
_LATIN = "activetui.unassigned"


def _unassigned(error: UnicodeError) -> tuple[bytes, int]:
    """Places that an encoding leaves unassigned are misread as control characters."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start:error.end].encode("latin-1"), error.end


codecs.register_error(_LATIN, _unassigned)


@lru_cache(8192)
def repaired(cell: str, codec: str) -> str | None:
    """The cell as it was meant; None where it was not misread in that encoding."""
    if cell.isascii() or not any(mark in cell for mark in _MARKS):
        return None
    try:
        return cell.encode(codec, _LATIN).decode("utf-8")
    except UnicodeError:
        return None


def garbled_columns(rows: Iterable[Sequence[str]], width: int) -> dict[int, str]:
    """The columns in which every letter beyond ASCII was misread, with the encoding it was misread in."""
    open_columns: dict[tuple[int, str], int] = {
        (column, codec): 0 for column in range(width) for codec in CODECS
    }
    for row in rows:
        for column, cell in enumerate(row[:width]):
            if cell.isascii():
                continue
            for codec in CODECS:
                if (column, codec) in open_columns:
                    if repaired(cell, codec) is None:
                        del open_columns[column, codec]
                    else:
                        open_columns[column, codec] += 1
        if not open_columns:
            break
    found: dict[int, str] = {}
    for (column, codec), number in open_columns.items():
        if number:
            found.setdefault(column, codec)
    return found


def repaired_heading(heading: str) -> str:
    """A heading as it was meant."""
    return next((fixed for codec in CODECS if (fixed := repaired(heading, codec)) is not None), heading)
