"""Where a table begins: the row of headings, below titles and notes, or none at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from string import ascii_lowercase

from activetui.importing.columns.headings import normal
from activetui.importing.tables.known import LONGEST, is_of_a_system, known, mean_the_same

SEARCHED = 60
"""Records at the top among which the headings are looked for."""

_NUMERIC = re.compile(r"[^A-Za-zА-Яа-яЁё]*\d[^A-Za-zА-Яа-яЁё]*")
_VALUE = re.compile(r"\S+@\S+\.\S+|https?://|\+?\d[\d ()./-]{6,}")
_OTHERS = 3
"""Rows below the headings that can be headings once more."""


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the row of headings among the first rows; None where the table has none.

    The headings of a known program win, else the row with the most known headings; without known ones, the
    first full row of plain words that stands above rows of values.
    """
    best, most, of_system = None, 0, False
    usual = _usual_width(rows)
    for place, row in enumerate(rows[:SEARCHED]):
        number = known(row)
        if number > 1 and not of_system and is_of_a_system(row):
            best, most, of_system = place, number, True
        elif number > most and not of_system and _can_be_header(row, number):
            best, most = place, number
    if best is not None and (
        of_system or most > 1 or len(filled(rows[best])) <= 2 or usual <= 2 or _stands_out(rows, best)
    ):
        return best
    return _by_shape(rows, usual)


def first_row(rows: Sequence[Sequence[str]], header: int) -> int:
    """The place of the first row below the headings that is not headings once more."""
    place = header + 1
    while place < min(len(rows), header + 1 + _OTHERS) and is_heading_again(rows[place], rows[header]):
        place += 1
    return place


def is_heading_again(row: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row only numbers the columns (`1,2,3`, `A,B,C`) or names them in other words."""
    words = [cell.strip().lower() for cell in filled(row)]
    if len(words) < 2 or len(words) * 2 < len(filled(header)):
        return False
    if len(words) > 2 and (
        words == [str(number + 1) for number in range(len(words))]
        or words == list(ascii_lowercase[: len(words)])
        or (len(set(words)) == 1 and not any(map(str.isdigit, words[0])))
        or all(not any(map(str.isalnum, word)) for word in words)
    ):
        return True
    return not is_repeated(row, header) and not has_values(row) and mean_the_same(row, header)


def is_repeated(row: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row says the headings again (downloads put one after the other)."""
    if len(filled(row)) < 2 or any(len(cell) > LONGEST for cell in row):
        return False
    return [normal(cell) for cell in row] == [normal(cell) for cell in header[: len(row)]]


def filled(row: Sequence[str]) -> list[str]:
    """The cells that are not empty."""
    return [cell for cell in row if cell.strip()]


def has_values(row: Sequence[str]) -> bool:
    """Whether a row holds numbers, addresses, or days, as headings never do."""
    return any(map(_is_value, filled(row)))


def _has_value(cell: str) -> bool:
    return len(cell) <= LONGEST and _VALUE.search(cell) is not None


def _is_value(cell: str) -> bool:
    """Whether a cell is a number or holds an address or a telephone number."""
    text = cell.strip()
    return len(text) <= LONGEST and (_NUMERIC.fullmatch(text) is not None or _VALUE.search(text) is not None)


def _can_be_header(row: Sequence[str], number: int) -> bool:
    words = filled(row)
    values = sum(map(_is_value, words))
    return number * 4 >= len(words) and values * 2 < len(words)


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in rows if filled(row))
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0] if widths else 0


def _stands_out(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether rows of values stand below: then one known heading is enough."""
    header = rows[place]
    return not any(map(_has_value, header)) and _values_below(rows, place)


def _values_below(rows: Sequence[Sequence[str]], place: int) -> bool:
    below = [row for row in rows[place + 1 : place + 20] if filled(row)]
    return sum(map(has_values, below)) * 2 > len(below)


def _by_shape(rows: Sequence[Sequence[str]], usual: int) -> int | None:
    for place, row in enumerate(rows[:SEARCHED]):
        if len(row) != usual or usual < 2:
            continue
        words = filled(row)
        plain = [cell for cell in words if not _is_value(cell)]
        if len(plain) == usual and _differ(plain) and _unlike_below(rows, place):
            return place
        if words:
            return None
    return None


def _differ(words: Sequence[str]) -> bool:
    return all(len(word) <= LONGEST for word in words) and len(set(map(normal, words))) == len(words)


def _unlike_below(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether some column holds values below and a word here."""
    below = [row for row in rows[place + 1 : place + 20] if filled(row)]
    for column in range(len(rows[place])):
        cells = [row[column].strip() for row in below if column < len(row) and row[column].strip()]
        typed = [cell for cell in cells if _is_value(cell)]
        if cells and len(typed) * 2 > len(cells):
            return True
    return False
