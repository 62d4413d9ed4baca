"""Where the table begins: the row of headings, below titles and notes, or none at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from activetui.importing.columns.headings import normal
from activetui.importing.columns.synonyms import is_known

SEARCHED = 60
"""Records at the top among which the headings are looked for."""

_NUMERIC = re.compile(r"[^A-Za-zА-Яа-яЁё]*\d[^A-Za-zА-Яа-яЁё]*")
_VALUE = re.compile(r"\S+@\S+\.\S+|https?://|\+?\d[\d ()./-]{6,}")


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the row of headings among the first rows; None where the table has none.

    The row with the most known headings wins; without known ones, the first full row of plain words that
    stands above rows of values.
    """
    best, most = None, 0
    usual = _usual_width(rows)
    for place, row in enumerate(rows[:SEARCHED]):
        known = _known(row)
        if known > most and _can_be_header(row, known):
            best, most = place, known
    if best is not None and (
        most > 1 or len(_filled(rows[best])) <= 2 or usual <= 2 or _stands_out(rows, best)
    ):
        return best
    return _by_shape(rows, usual)


def is_repeated(row: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row says the headings again (downloads put one after the other)."""
    filled = _filled(row)
    return len(filled) > 1 and [normal(cell) for cell in row] == [normal(cell) for cell in header[: len(row)]]


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def _known(row: Sequence[str]) -> int:
    return len({normal(cell) for cell in row if is_known(cell)})


def _can_be_header(row: Sequence[str], known: int) -> bool:
    filled = _filled(row)
    values = sum(1 for cell in filled if _NUMERIC.fullmatch(cell.strip()) or _VALUE.search(cell))
    return known * 4 >= len(filled) and values * 2 < len(filled)


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in rows if _filled(row))
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0] if widths else 0


def _stands_out(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether rows of values stand below: then one known heading is enough."""
    header = rows[place]
    return not any(_VALUE.search(cell) for cell in header) and _values_below(rows, place)


def _values_below(rows: Sequence[Sequence[str]], place: int) -> bool:
    below = [row for row in rows[place + 1 : place + 20] if _filled(row)]
    typed = sum(
        1
        for row in below
        if any(_NUMERIC.fullmatch(cell.strip()) or _VALUE.search(cell) for cell in _filled(row))
    )
    return typed * 2 > len(below)


def _by_shape(rows: Sequence[Sequence[str]], usual: int) -> int | None:
    for place, row in enumerate(rows[:SEARCHED]):
        if len(row) != usual or usual < 2:
            continue
        filled = _filled(row)
        words = [cell for cell in filled if not _NUMERIC.fullmatch(cell.strip()) and not _VALUE.search(cell)]
        if len(words) == usual and len(set(map(normal, words))) == usual and _unlike_below(rows, place):
            return place
        if filled:
            return None
    return None


def _unlike_below(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether some column holds values below and a word here."""
    below = [row for row in rows[place + 1 : place + 20] if _filled(row)]
    for column in range(len(rows[place])):
        cells = [row[column].strip() for row in below if column < len(row) and row[column].strip()]
        typed = [cell for cell in cells if _NUMERIC.fullmatch(cell) or _VALUE.search(cell)]
        if cells and len(typed) * 2 > len(cells):
            return True
    return False
