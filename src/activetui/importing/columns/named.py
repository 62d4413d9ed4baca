"""A file's headings, asked for as the systems name them: `Total`, `Estado#2`, `Tax * Value`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from activetui.importing.columns.headings import normal

_OCCURRENCE = re.compile(r"(?P<heading>.*\S)#(?P<number>[1-9])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One heading as a system names it."""

    text: str
    """As it is compared; empty for a pattern."""
    number: int
    """Which of several columns with that heading, from 1; 0: any."""
    pattern: re.Pattern[str] | None
    """For a heading with `*`, which stands for any words or none."""


class Headings:
    """A file's headings, made comparable once and looked up often."""

    def __init__(self, header: Sequence[str], *, exact: bool = False) -> None:
        self._exact = exact
        self._names = [heading.strip() if exact else normal(heading) for heading in header]
        self._places: dict[str, list[int]] = {}
        for place, name in enumerate(self._names):
            self._places.setdefault(name, []).append(place)

    def __len__(self) -> int:
        return len(self._names)

    def places(self, heading: str) -> Sequence[int]:
        """The columns that a system's heading names, from the left; nothing where there is none."""
        wanted = wanted_heading(heading, exact=self._exact)
        if wanted.pattern is not None:
            return [place for place, name in enumerate(self._names) if wanted.pattern.fullmatch(name)]
        found = self._places.get(wanted.text, ())
        return found[wanted.number - 1 : wanted.number] if wanted.number else found


@lru_cache(16384)
def wanted_heading(heading: str, *, exact: bool = False) -> Wanted:
    """A system's heading taken apart."""
    if exact:
        return Wanted(heading, 0, None)
    numbered = _OCCURRENCE.fullmatch(heading)
    text = numbered["heading"] if numbered else heading
    if "*" not in text:
        return Wanted(normal(text), int(numbered["number"]) if numbered else 0, None)
    return Wanted("", 0, _pattern([normal(part) for part in text.split("*")]))


def _pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """Whole words: `total *` is `total` and `total consumido`, not `totals`."""
    first, *others = parts
    text = re.escape(first)
    for part in others:
        if not text:
            text = rf"(?:.* )?{re.escape(part)}"
        elif part:
            text += rf"(?: .*)? {re.escape(part)}"
        else:
            text += r"(?: .*)?"
    return re.compile(text)


def is_pattern(heading: str) -> bool:
    """Whether a system's heading can name many columns."""
    return "*" in heading
