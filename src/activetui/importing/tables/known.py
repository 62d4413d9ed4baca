"""Which cells read like headings: those of the generic reader and those of every program that is known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from activetui.importing.columns.headings import normal
from activetui.importing.columns.named import is_pattern
from activetui.importing.columns.synonyms import is_known, meanings
from activetui.importing.columns.systems import recognise, systems

LONGEST = 120
"""Signs that a heading has at most; longer cells are not looked at, however they are written."""
_ENOUGH = 2
"""Known headings that a row must have before it is compared with every program's."""


def is_heading(cell: str) -> bool:
    """Whether a cell reads like a heading that somebody uses."""
    return len(cell) <= LONGEST and (is_known(cell) or normal(cell) in _of_systems())


def known(row: Sequence[str]) -> int:
    """How many different headings a row has that somebody uses."""
    return len({normal(cell) for cell in row if cell.strip() and is_heading(cell)})


def is_of_a_system(row: Sequence[str]) -> bool:
    """Whether a row is the headings of a program that is known."""
    if any(len(cell) > LONGEST for cell in row):
        return False
    words = _of_systems()
    enough = sum(1 for cell in row if normal(cell) in words) >= _ENOUGH
    return enough and recognise([cell.strip() for cell in row]) is not None


def mean_the_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows are headings of the same columns: in two languages, or a program's and its own."""
    if len(one) != len(other) or any(len(cell) > LONGEST for cell in (*one, *other)):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a.strip() or b.strip()]
    alike = sum(1 for a, b in pairs if _fields(a) & _fields(b))
    return len(pairs) > 1 and alike * 4 >= len(pairs) * 3


def _fields(heading: str) -> frozenset[str]:
    return frozenset(meaning.field for meaning in meanings(heading)) or frozenset({normal(heading)})


@cache
def _of_systems() -> frozenset[str]:
    named = {
        heading.partition("#")[0]
        for system in systems()
        for headings in (*system.recognise, *system.columns.values())
        for heading in headings
        if not is_pattern(heading)
    }
    return frozenset(filter(None, map(normal, named)))
