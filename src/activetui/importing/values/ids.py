"""Numbers that name something (customers, orders, articles): text, cleared of what spreadsheets did to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from activetui.importing.values.contacts import is_lost_number
from activetui.importing.values.texts import text_of

_WHOLE_FLOAT = re.compile(r"(\d+)[.,]0+")
_DIGITS = re.compile(r"\d+")


def are_whole_floats(cells: Iterable[str]) -> bool:
    """Whether a column of numbers went through a program that wrote 17850 as 17850.0.

    Every filled cell must be such a number, or one without a fraction, so that no true 2.0 is touched.
    """
    floats = 0
    for cell in cells:
        text = cell.strip()
        if not text:
            continue
        if _WHOLE_FLOAT.fullmatch(text):
            floats += 1
        elif not _DIGITS.fullmatch(text):
            return False
    return floats > 0


def id_reader(*, whole_floats: bool = False) -> Callable[[str], str]:
    """The ids of one column; nothing for an empty one or one of which a spreadsheet lost digits (2.0E+15)."""
    seen: dict[str, str] = {}

    def read(cell: str) -> str:
        known = seen.get(cell)
        if known is None:
            known = read_id(cell, whole_floats=whole_floats)
            if len(seen) < 100_000:
                seen[cell] = known
        return known

    return read


def are_plain_ids(cells: Sequence[str]) -> bool:
    """Whether all of these are ids just as they stand, so that none has to be read."""
    text = "".join(cells)
    return text.isascii() and text.isalnum() and "" not in cells


def read_id(cell: str, *, whole_floats: bool = False) -> str:
    """One id, as `id_reader` gives it."""
    text = cell if cell.isalnum() and cell.isascii() else text_of(cell)
    if is_lost_number(text):
        return ""
    match = _WHOLE_FLOAT.fullmatch(text) if whole_floats else None
    return match[1] if match else text
