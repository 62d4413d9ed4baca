"""A query that cannot be read: what is wrong, where, and what to write instead."""

from __future__ import annotations

import unicodedata

from activetui.ledger.errors import UsageError
from activetui.ledger.text import one_line


class QueryError(UsageError):
    """The query is wrong from `start` up to, not including, `end` (positions in `text`, from 0).

    `proposal` is what could stand there instead of these letters, empty where there is none to make.
    """

    def __init__(
        self, message: str, text: str, start: int, end: int, hint: str = "", proposal: str = ""
    ) -> None:
        super().__init__(message, hint)
        self.text = text
        self.start = max(0, min(start, len(text)))
        self.end = max(self.start, min(end, len(text)))
        self.proposal = proposal

    @property
    def position(self) -> int:
        """Where it goes wrong, in letters from 0."""
        return self.start

    @property
    def excerpt(self) -> str:
        """The query with carets under the mistake."""
        return self.pointed()

    def pointed(self, width: int = 76) -> str:
        """Two lines: the query around the mistake, and carets under it."""
        first = max(0, self.start - width // 2)
        shown = [_visible(letter) for letter in self.text[first : first + width]]
        before = sum(_cells(letter) for letter in shown[: self.start - first])
        under = sum(_cells(letter) for letter in shown[self.start - first : self.end - first])
        return "".join(shown) + "\n" + " " * before + "^" * max(1, under)


def _visible(letter: str) -> str:
    """The letter, or a dot for one that could act on a terminal: positions stay true."""
    return letter if letter == " " or one_line(letter) == letter else "·"


def _cells(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
