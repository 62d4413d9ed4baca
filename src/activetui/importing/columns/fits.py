"""Whether the cells of a column can be what its heading says."""

from __future__ import annotations

import re

from activetui.importing.columns.contents import Contents
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.values.ratings import is_rating
from activetui.importing.values.words import is_civility

_EMPTY = 0.5
_SURE = 0.95
_PIECES = re.compile(r"\b\d+\s?[x×]\s|\s[x×]\s?\d+\b")
"""How many of something: `2x lasagne`, `Pizza x2`."""
_HELD_BY_EMAILS = ("customer_id", "tags", "name", "note", "customer_note", "referred_by")
"""Fields of text whose cells can be e-mail addresses."""


def fit(field: str, contents: Contents) -> float | None:
    """How well cells fit a meaning (0 to 1); None where they cannot mean it."""
    if not contents.filled:
        return _EMPTY
    special = _special(field, contents)
    if special is not None:
        return special or None
    sort = FIELDS[field].sort
    if sort == "text":
        return _text(field, contents)
    if sort == "word":
        return _word(field, contents)
    share = {
        "day": contents.day,
        "time": contents.time,
        "money": contents.money if contents.day < 0.9 or contents.money > 0.9 else 0.0,
        "number": contents.number,
        "email": contents.email,
        "phone": contents.phone,
        "flag": max(contents.flag, contents.word),
    }[sort]
    least = {"flag": 0.3, "email": 0.3, "phone": 0.3}.get(sort, 0.5)
    return _SURE * (0.8 + 0.2 * share) if share >= least else None


def _special(field: str, contents: Contents) -> float | None:
    """Meanings with a test of their own; 0 for cells that cannot be it, None for meanings without one."""
    if field == "row_number":
        return _SURE if contents.counts_up else 0.0
    if field in ("rating", "score"):
        numbers = contents.money >= 0.8 and contents.longest <= 4
        return 0.9 if numbers or all(map(is_rating, contents.examples)) else 0.0
    if field == "civility":
        return 0.94 if all(map(is_civility, contents.examples)) and contents.distinct <= 12 else 0.0
    if field == "plan" and contents.money >= 0.8:
        return 0.5  # what it costs, rather than what it is called
    if field == "row_class":
        return 0.9 if contents.sorts >= 0.5 else 0.0
    if field in ("date", "visit_date") and contents.day < 0.5:
        return 0.5 if contents.day + contents.partial >= 0.5 or _almost_days(contents) else 0.0
    return None


def _almost_days(contents: Contents) -> bool:
    """Cells that are no days of the calendar, yet written like some: a column of damaged dates."""
    return any(
        cell.count("/") == 2 or cell.count(".") == 2 or cell.count("-") == 2 for cell in contents.examples
    )


def _text(field: str, contents: Contents) -> float | None:
    if field in ("note", "review_text") and contents.money > 0.9 and contents.longest <= 4:
        return 0.5  # a heading such as `Note` over marks, not remarks
    if contents.email > 0.5 and field not in _HELD_BY_EMAILS:
        return None
    if field in ("name", "first_name", "last_name", "company", "product", "city", "tags"):
        if contents.day > 0.7 and contents.money < 0.7:
            return None
        people = field in ("name", "first_name", "last_name")
        if people and (contents.money > 0.9 or (contents.phone > 0.8 and not contents.letters)):
            return None
    if field in ("order_id", "customer_id", "sku") and contents.day > 0.8 and contents.money < 0.5:
        return None
    words = contents.letters > 0.7 and any(map(_is_plain, contents.examples))
    if field in ("order_id", "customer_id") and (words or any(map(_PIECES.search, contents.examples))):
        return None  # what was ordered, not its number
    return _SURE


def _is_plain(cell: str) -> bool:
    """Whether a cell is written like words, not like a code."""
    return cell[1:] != cell[1:].upper()


def _word(field: str, contents: Contents) -> float | None:
    if field == "state":
        if contents.word >= 0.3 or contents.flag >= 0.5:
            return _SURE
        return 0.6 if contents.letters >= 0.5 else None
    if field == "currency":
        return _SURE if contents.longest <= 5 else None
    return _SURE if contents.letters >= 0.5 else None
