"""Ratings as files write them: stars, numbers, `4/5`, `9 out of 10`."""

from __future__ import annotations

import re

from activetui.importing.values.amounts import read_amount
from activetui.importing.values.bad import BadCell

_STARS = re.compile(r"[★⭐✭✮]\ufe0f?")
_OF = re.compile(
    r"(?P<given>\d+(?:[.,]\d+)?)\s*(?:/|\bof\b|\bout of\b|\bde\b|\bsu\b|\bsur\b|\bиз\b)\s*(?P<best>5|10)\b",
    re.IGNORECASE,
)
_WITH_WORDS = re.compile(
    r"(?P<given>\d+(?:[.,]\d+)?)\s*(?:stars?|estrelas?|estrellas?|stelle|stella|[ée]toiles?|зв[её]зд\w*)?"
    r"(?:\s*[-–:(].*)?",
    re.IGNORECASE,
)

def read_rating(cell: str) -> tuple[float, int] | None:
    """What a cell gives, and of how many where it says so (else 0): `4`, `4/5`, `★★★★☆`, `9 из 10`.

    None for a cell that is no rating.
    """
    stars = len(_STARS.findall(cell))
    if stars:
        return float(stars), 5
    match = _OF.fullmatch(cell)
    if match:
        return float(match["given"].replace(",", ".")), int(match["best"])
    match = _WITH_WORDS.fullmatch(cell)
    if match:
        return float(match["given"].replace(",", ".")), 0
    try:
        amount = read_amount(cell, ".")
    except BadCell:
        return None
    return None if amount is None else (float(amount.value), 0)


def is_rating(cell: str) -> bool:
    """Whether a cell can be a rating from 0 to 10."""
    read = read_rating(cell.strip())
    return read is not None and 0 <= read[0] <= (read[1] or 10)
