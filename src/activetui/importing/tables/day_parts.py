"""Days written in three columns, put together into one while the rows come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from activetui.importing.tables.rows import Row
from activetui.importing.values.written_days import months
from activetui.ledger.text import fold

_NUMBER = re.compile(r"(\d{1,4})(?:[.,]0)?(?:\.|º|°|er|st|nd|rd|th|\s?г\.?)?", re.IGNORECASE)
_LATER = 70
"""Years of two digits from which on they are of the century before."""


class DayParts(NamedTuple):
    """The columns of a day that stands in three."""

    day: int
    month: int
    year: int

    def written(self, cells: list[str]) -> str:
        """The day of a row, as `2026-11-03`; empty where no cell says anything."""
        day, month, year = (cells[place].strip() for place in self)
        if not (day or month or year):
            return ""
        numbers = number_of(day), month_of(month), _whole(number_of(year))
        if None not in numbers:
            return f"{numbers[2]:04}-{numbers[1]:02}-{numbers[0]:02}"
        if not day and None not in numbers[1:]:
            return f"{numbers[1]:02}/{numbers[2]}"
        return " ".join(part or "?" for part in (day, month, year))


class Join:
    """Puts the day into its column. A month or a year that only its first row says holds for those below."""

    def __init__(self, parts: Iterable[DayParts]) -> None:
        self._parts = tuple(parts)
        self._last = dict.fromkeys(self._parts, ("", ""))

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """The rows, each with the day put together where the day of the month stood."""
        done = list(rows)
        for one in self._parts:
            month, year = self._last[one]
            for _line, row in done:
                if row[one.year].strip():
                    year, month = row[one.year], row[one.month]
                elif row[one.month].strip():
                    month = row[one.month]
                if row[one.day].strip():
                    row[one.month], row[one.year] = row[one.month] or month, row[one.year] or year
                row[one.day] = one.written(row)
            self._last[one] = month, year
        return done


def number_of(cell: str) -> int | None:
    """The number that a cell is, such as `3`, `3.0`, `1er`, `2026 г.`."""
    match = _NUMBER.fullmatch(cell)
    return int(match[1]) if match else None


def month_of(cell: str) -> int | None:
    """The month that a cell is, as a number or a word."""
    word = fold(cell).strip().rstrip(".")
    return months().get(word) or number_of(cell)


def _whole(year: int | None) -> int | None:
    if year is None or year > 99:
        return year
    return year + (2000 if year < _LATER else 1900)
