"""Text that is no table: lying on its side, or lined up with blanks. Said in words, with the way out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from activetui.importing.columns.headings import normal
from activetui.importing.tables.dialect import Dialect
from activetui.importing.tables.header import filled
from activetui.importing.tables.known import LONGEST, known
from activetui.importing.tables.sections import Block
from activetui.ledger.errors import OwnerError
from activetui.locales import _

_LONGEST = 80
"""Rows beyond which a table does not lie on its side."""
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 100_000
_LINED_UP = re.compile(r"\S(?: {2,})(?=\S)")


def refuse_what_is_no_table(
    label: str, rows: Sequence[Sequence[str]], top: Block, lines: Sequence[str], dialect: Dialect
) -> None:
    """`OwnerError` for a table whose headings stand in its first column, and for columns of fixed width."""
    if _is_sideways(rows, top):
        raise OwnerError(
            _("{file} lies on its side: its headings stand one below the other in the first column.").format(
                file=label
            ),
            _("In a spreadsheet, copy the table, choose Paste special and Transpose, and save it as CSV."),
        )
    if _is_lined_up(lines, dialect, rows):
        raise OwnerError(
            _("{file} is not a CSV file: its columns are lined up with blanks.").format(file=label),
            _("Open it in a spreadsheet as text of fixed width, and save it as CSV (UTF-8)."),
        )


def refuse_what_is_no_text(label: str, lines: Sequence[str]) -> None:
    """`OwnerError` for what programs write for themselves: control signs instead of words."""
    text = "".join(lines)[:_LOOKED_AT]
    if len(_CONTROLS.findall(text)) * 50 > len(text) > 50:
        raise OwnerError(
            _("{file} is not a CSV file: it is not text at all.").format(file=label),
            _("Open it in the program that made it, and export the list as CSV."),
        )


def _is_sideways(rows: Sequence[Sequence[str]], top: Block) -> bool:
    """Whether the first column reads like headings, and no row does."""
    told = [row for row in rows if len(filled(row)) > 1]
    if not 3 <= len(told) <= _LONGEST or len(rows) > 2 * _LONGEST:
        return False
    first = [row[0] for row in told]
    down, across = known(first), known(top.headings)
    if down < 3 or down * 2 < len(told) or down <= 2 * across:
        return False
    return all(len(cell) <= LONGEST for cell in first) and len(set(map(normal, first))) == len(first)


def _is_lined_up(lines: Sequence[str], dialect: Dialect, rows: Sequence[Sequence[str]]) -> bool:
    """Whether blanks alone part what stands on the lines, and at the same places."""
    told = [line.rstrip() for line in lines if line.strip()]
    if len(told) < 3 or any(len(filled(row)) > 1 for row in rows[:50]):
        return False
    places = [frozenset(match.end() for match in _LINED_UP.finditer(line)) for line in told[:200]]
    several = [one for one in places if one]
    if len(several) * 4 < len(places) * 3:
        return False
    common = frozenset.intersection(*several)
    return len(common) > 1 or all(len(one) == len(several[0]) > 1 for one in several)
