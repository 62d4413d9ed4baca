"""Rows that add up the rows above: left out, and used to check what was read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from activetui.ledger.text import fold

_WORDS = (
    "grand total", "sub-?total", "totals?", "sum", "suma", "soma", "somma", "somme", "total geral",
    "total general", "total generale", "totale", "totale generale", "total general", "sous-total",
    "итого", "итог", "всего", "общая стоимость", "количество заказов",
)
_LONGEST = 200
_TOTAL = re.compile(rf"(?:{'|'.join(_WORDS)})(?:\b|$)")
_TOTAL_ONLY = re.compile(rf"(?:{'|'.join(_WORDS)})(?: for .*| de .*| \(.*\)| \d.*)?[\s:]*$")
_SUBTOTAL = re.compile(
    rf"(?:{'|'.join(_WORDS)}) (?:for|of|de|des|del|do|da|di|du|per|por|para|pour|по|для|за) .+"
)
_FOOTER = re.compile(
    r"\d+ (?:record\(s\)|records?|rows?|registros?|lignes?|righe|записей) ?(?:downloaded)?\b.*"
)


def is_total(row: Sequence[str], must_be_empty: Sequence[int]) -> bool:
    """Whether a row adds up others: its first filled cell says so and the columns given are empty.

    Those are the columns that every true row fills (date, id): a customer called Total Fitness Ltd stays.
    """
    place, first = next(((place, cell) for place, cell in enumerate(row) if cell.strip()), (0, ""))
    word = fold(first.strip()[:_LONGEST])
    if not _TOTAL.match(word):
        return False
    if any(row[column].strip() for column in must_be_empty if column < len(row) and column != place):
        return False
    return bool(_TOTAL_ONLY.match(word)) or sum(1 for cell in row if cell.strip()) * 2 <= len(row)


def is_subtotal(row: Sequence[str]) -> bool:
    """Whether a row adds up one group of rows: `Total for Ana Lopez`, where most cells are empty."""
    words = [cell for cell in row if cell.strip()]
    if not words or len(words) * 2 > len(row):
        return False
    return bool(_SUBTOTAL.fullmatch(fold(words[0].strip()[:_LONGEST])))


def is_footer(row: Sequence[str]) -> bool:
    """Whether a row is a program's closing line such as `3 record(s) downloaded`."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) == 1 and bool(_FOOTER.fullmatch(fold(filled[0].strip()[:_LONGEST])))
