"""Letters garbled by a program that read UTF-8 in another encoding: `JoÃ£o` becomes `João` again, once."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

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


class Garbled(NamedTuple):
    """What was found of misread letters."""

    columns: dict[int, str]
    """The columns in which every letter beyond ASCII was misread, with the encoding it was misread in."""
    doubtful: tuple[int, ...]
    """Columns in which some cells look misread and others do not: they stay as they are."""


def garbled_columns(rows: Iterable[Sequence[str]], width: int) -> Garbled:
    """Look at every cell of a table for letters that were misread."""
    misread: Counter[tuple[int, str]] = Counter()
    sound: set[tuple[int, str]] = set()
    for row in rows:
        for column, cell in enumerate(row[:width]):
            if cell.isascii():
                continue
            for codec in CODECS:
                if repaired(cell, codec) is None:
                    sound.add((column, codec))
                else:
                    misread[column, codec] += 1
    columns: dict[int, str] = {}
    for column, codec in misread:
        if (column, codec) not in sound:
            columns.setdefault(column, codec)
    doubtful = {column for column, _codec in misread if column not in columns}
    return Garbled(columns, tuple(sorted(doubtful)))


def repaired_heading(heading: str) -> str:
    """A heading as it was meant."""
    return next((fixed for codec in CODECS if (fixed := repaired(heading, codec)) is not None), heading)
