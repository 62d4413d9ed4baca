"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from activetui.importing.tables.rows import Row
from activetui.importing.values.amounts import Mark, read_amount, without_unit
from activetui.importing.values.bad import BadCell
from activetui.importing.values.contacts import first_email, is_lost_number, unwrap_formula
from activetui.importing.values.dates import shape_of
from activetui.importing.values.people_words import tells_appointment, tells_listing, tells_standing
from activetui.importing.values.words import is_nothing, is_state, sort_of_row, yes_or_no
from activetui.locales import _

_LOOKED_AT = 200
_MOST = 0.8
_TAX = re.compile(
    r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|\d{3}\.\d{3}\.\d{3}-\d{2}"
    r"|\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}|\d{8}-?[A-Z]",
    re.IGNORECASE,
)
"""Tax numbers that nothing else looks like: codice fiscale, CPF, CNPJ, NIF of a Spaniard."""
_TIME = re.compile(r"0[.,]\d{2,}|\d{1,2}[:h.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?\s?m\.?)?", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_LONG = 120
"""Longer cells are words, whatever they hold."""
_DAY_SHAPES = frozenset(("iso", "triple", "named", "serial", "unix"))
_MARKS: tuple[Mark, ...] = (".", ",")


@dataclass(slots=True)
class Contents:
    """Shares (0 to 1) of the filled cells of one column that look like something."""

    filled: int = 0
    distinct: int = 0
    day: float = 0.0
    partial: float = 0.0
    """Months, quarters or years instead of days."""
    time: float = 0.0
    money: float = 0.0
    number: float = 0.0
    """Numbers, also with their units: `1.000 kg`."""
    email: float = 0.0
    phone: float = 0.0
    flag: float = 0.0
    word: float = 0.0
    """Known words for a state."""
    appointment: float = 0.0
    """Words that only a diary says: booked, not shown up."""
    listed: float = 0.0
    """Words that a list of a newsletter says: subscribed, unsubscribed."""
    sorts: float = 0.0
    """Known words for a sort of row: a sale, a refund, a fee."""
    tax: float = 0.0
    letters: float = 0.0
    """Cells with letters and no digits: names, words."""
    counts_up: bool = False
    """1, 2, 3, … without a gap: a row number."""
    longest: int = 0
    examples: list[str] = field(default_factory=list)


def in_words(contents: Contents) -> str:
    """What the cells look like, for a reason."""
    looks = (
        (contents.filled == 0, _("empty")),
        (contents.email >= _MOST, _("e-mail addresses")),
        (contents.counts_up, _("numbers that count up")),
        (contents.day >= _MOST and contents.money < _MOST, _("dates")),
        (contents.partial >= _MOST and contents.money < _MOST, _("months or years")),
        (contents.flag >= _MOST, _("yes and no")),
        (contents.word >= _MOST, _("states")),
        (contents.phone >= _MOST and contents.money < _MOST, _("telephone numbers")),
        (contents.money >= _MOST, _("numbers")),
        (contents.letters >= _MOST, _("words")),
    )
    return next((words for holds, words in looks if holds), _("of several sorts"))


def contents_of(rows: Sequence[Row], column: int) -> Contents:
    """Look at up to 200 filled cells of a column."""
    cells = []
    for _line, row in rows:
        cell = unwrap_formula(row[column].strip())
        if cell and not is_nothing(cell):
            cells.append(cell)
            if len(cells) == _LOOKED_AT:
                break
    if not cells:
        return Contents()
    counted = [(_look(cell), number) for cell, number in Counter(cells).items()]
    shares = {
        name: sum(number for look, number in counted if getattr(look, name)) / len(cells)
        for name in _Look._fields
    }
    return Contents(
        filled=len(cells),
        distinct=len(counted),
        counts_up=len(cells) > 1 and _counts_up(cells),
        longest=max(map(len, cells)),
        examples=cells[:3],
        **shares,
    )


class _Look(NamedTuple):
    """What one cell looks like; the names are those of `Contents`."""

    day: bool = False
    partial: bool = False
    time: bool = False
    money: bool = False
    number: bool = False
    email: bool = False
    phone: bool = False
    flag: bool = False
    word: bool = False
    appointment: bool = False
    listed: bool = False
    sorts: bool = False
    tax: bool = False
    letters: bool = False


@lru_cache(32_768)
def _look(cell: str) -> _Look:
    digits, letters = bool(_DIGIT.search(cell)), bool(_LETTERS.search(cell))
    if len(cell) > _LONG:
        return _Look(email="@" in cell and bool(first_email(cell)), letters=letters and not digits)
    shape = shape_of(cell) if digits else "none"
    money = _is_money(cell) if digits or not letters else False
    return _Look(
        day=shape in _DAY_SHAPES,
        partial=shape == "partial",
        time=digits and bool(_TIME.fullmatch(cell)),
        money=money,
        number=money or (digits and letters and _is_money(without_unit(cell))),
        email="@" in cell and bool(first_email(cell)),
        phone=digits and _is_phone(cell, shape),
        flag=yes_or_no(cell) is not None,
        word=letters and (is_state(cell) or tells_standing(cell)),
        appointment=letters and tells_appointment(cell),
        listed=letters and tells_listing(cell),
        sorts=letters and bool(sort_of_row(cell)),
        tax=digits and bool(_TAX.fullmatch(cell)),
        letters=letters and not digits,
    )


def _is_money(cell: str) -> bool:
    for mark in _MARKS:
        try:
            return read_amount(cell, mark) is not None
        except BadCell:
            continue
    return False


def _is_phone(cell: str, shape: str) -> bool:
    digits = sum(letter.isdigit() for letter in cell)
    letters = sum(letter.isalpha() for letter in cell)
    return is_lost_number(cell) or (7 <= digits <= 30 and letters <= 5 and shape in ("none", "unix"))


def _counts_up(cells: Sequence[str]) -> bool:
    if not all(cell.isascii() and cell.isdigit() for cell in cells[:_LOOKED_AT]):
        return False
    numbers = [int(cell) for cell in cells]
    step = numbers[1] - numbers[0]
    return step in (1, -1) and min(numbers[0], numbers[-1]) <= 1 and all(
        later - earlier == step for earlier, later in pairwise(numbers)
    )
