"""How lines fall into cells: the delimiter and the quotes that give the most even table."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from activetui.importing.tables.known import known
from activetui.ledger.errors import UsageError
from activetui.locales import _

DELIMITERS = (",", ";", "\t", "|")
FIELD_LIMIT = (1 << 31) - 1
"""Characters that one cell may hold: as many as the CSV reader can count, since its line is held anyway."""

_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
_SEP = re.compile(r"\s*\"?sep=(.)\"?\s*$", re.IGNORECASE)
_ENCLOSED = re.compile(r'"(?:[^"]|"")*"')
_DOUBLED = re.compile(r'[^,;\t|\r\n\\]""|""[^,;\t|\r\n]')
_TYPE = re.compile(r"\s*\"?#TYPE\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the lines of a file fall into cells."""

    delimiter: str
    quoted: bool
    """Whether quotation marks enclose cells; in a few TAB files they are plain characters."""
    skip: int
    """Lines at the top that only speak to programs (`sep=;`, `#TYPE …`)."""
    wrapped: bool
    """Whether each record became one quoted cell of another table (a file saved twice)."""
    why: str
    escaped: bool = False
    """Whether a backslash keeps quotation marks and delimiters within a cell; they are never doubled then."""


def decide_dialect(lines: Sequence[str], *, wanted: str = "", quotes: bool = True) -> Dialect:
    """The dialect of the first lines of a file. `wanted` is the owner's delimiter (a sign or its name).

    `quotes` says whether the file has quotation marks at all. `UsageError` for a delimiter of several signs.
    """
    skip, hinted = _speaking_to_programs(lines)
    body = lines[skip:]
    if wanted or hinted:
        sign = _one_sign(wanted) if wanted else hinted
        why = _("as you said") if wanted else _("the first line says so (sep=)")
        return Dialect(sign, quotes, skip, False, why, quotes and _is_escaped(body, sign))
    scores = {(sign, True): _score(body, sign, True) for sign in DELIMITERS}
    if quotes:
        scores["\t", False] = _score(body, "\t", False) + (0.02 if _is_raw(body) else -0.01)
    (sign, quoted), best = max(scores.items(), key=lambda item: item[1])
    if best <= 0:
        return Dialect(",", quotes, skip, False, _("there is one column only"))
    inner = _unwrapped(body, sign) if quoted and quotes else ""
    if inner:
        why = _("every row stands in one quoted cell: the file was saved twice")
        return Dialect(inner, True, skip, True, why)
    why = _("it gives the most even table")
    return Dialect(sign, quoted and quotes, skip, False, why, quoted and quotes and _is_escaped(body, sign))


def unwrap(row: list[str], delimiter: str) -> list[str]:
    """The record that stands in the first cell of a wrapped row; the cell itself if it holds none."""
    outer = row[0] if row else ""
    try:
        return next(iter(csv.reader([outer.rstrip(";")], delimiter=delimiter)), [])
    except csv.Error:
        return [outer]


def _is_raw(lines: Sequence[str]) -> bool:
    """Whether quotation marks in a file with tabs are plain signs: none encloses a cell (`Cup "Rose"`)."""
    marked = [cell for line in lines for cell in line.rstrip("\r\n").split("\t") if '"' in cell]
    return bool(marked) and not any(_ENCLOSED.fullmatch(cell) for cell in marked)


def _is_escaped(lines: Sequence[str], sign: str) -> bool:
    """Whether backslashes are used where quotation marks would be doubled; so only if they never are."""
    return any(f"\\{sign}" in line or '\\"' in line for line in lines) and not any(
        _DOUBLED.search(line) for line in lines
    )


def _speaking_to_programs(lines: Sequence[str]) -> tuple[int, str]:
    skip, hinted = 0, ""
    for line in lines[:2]:
        sep = _SEP.match(line.rstrip("\r\n"))
        if sep:
            hinted = sep[1]
        elif not _TYPE.match(line):
            break
        skip += 1
    return skip, hinted


def _one_sign(wanted: str) -> str:
    sign = _NAMES.get(wanted.lower(), wanted)
    if len(sign) != 1 or sign in '"\r\n':
        raise UsageError(
            _("{text!r} cannot part columns.").format(text=wanted),
            _("Give one sign: {signs} or tab.").format(signs=", ; |"),
        )
    return sign


def _parse(lines: Sequence[str], sign: str, quoted: bool) -> list[list[str]]:
    csv.field_size_limit(FIELD_LIMIT)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(csv.reader(lines, delimiter=sign, quoting=quoting))
    return rows


def _score(lines: Sequence[str], sign: str, quoted: bool) -> float:
    """How even a table the delimiter gives: the share of rows of the usual width, wide tables first."""
    rows = [row for row in _parse(lines, sign, quoted) if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, number = max(widths.items(), key=lambda item: (item[1] * min(item[0], 10), item[0]))
    evenness = number / len(rows)
    headings = max((known(row) for row in rows[:40]), default=0)
    return evenness * (1 + min(width, 12) / 12) + 0.25 * min(headings, 8)


def _unwrapped(lines: Sequence[str], sign: str) -> str:
    """The inner delimiter of a table whose records each became one quoted cell, or nothing."""
    if sign not in ";,":
        return ""
    rows = [row for row in _parse(lines, ";", True) if any(cell.strip() for cell in row)]
    alone = [row for row in rows if not any(cell.strip() for cell in row[1:])]
    if len(rows) < 2 or len(alone) < 0.9 * len(rows):
        return ""
    best, share = "", 0.0
    for inner in (",", "\t", "|"):
        widths = Counter(len(unwrap(row, inner)) for row in alone)
        width, number = widths.most_common(1)[0]
        if width >= 3 and number / len(alone) > max(share, 0.6):
            best, share = inner, number / len(alone)
    plain = Counter(len(row) for row in _parse(lines, best or ",", True) if row)
    return best if best and plain.most_common(1)[0][0] < 3 else ""
