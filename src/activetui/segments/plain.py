"""Plain queries, read without the grammar: conditions one after the other, such as `status:active spend>500`.

Most queries are like that, and lark with its grammar takes longer to load than everything else they need.
Whatever has parentheses, quotes, joining words, comparisons in words, blanks around a sign or a mistake is
left to the grammar, which alone says what a query is; a test holds the two to the same reading.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from activetui.segments.spoken import STARTS

_CONDITION = re.compile(
    r"""(?P<minus>-)?(?:(?P<head>[^\s"():<>=,\-][^\s"():<>=,]*(?:<=|>=|[:=]|[<>](?!=)))(?P<value>[^\s"()]+)"""
    r"""|(?P<word>[^\s"():<>=\-][^\s"():<>=]*))"""
)
_LEFT_TO_THE_GRAMMAR = STARTS | {"or", "and", "not"}


class Piece(str):
    """Some letters of a query, with where they begin and end."""

    start_pos: int
    end_pos: int


class Condition(NamedTuple):
    """A test of a field (`spend>` and its value) or a word alone, or with `negated` what does not hold."""

    negated: bool
    head: Piece | None
    value: Piece
    """The value, or the word."""


def plain_conditions(text: str) -> list[Condition] | None:
    """The conditions of a plain query, all of which must hold; None if it is not a plain one."""
    found = []
    for part in re.finditer(r"\S+", text):
        condition = _CONDITION.fullmatch(part[0])
        if condition is None or (condition["word"] or "").lower() in _LEFT_TO_THE_GRAMMAR:
            return None
        negated, start = bool(condition["minus"]), part.start() + len(condition["minus"] or "")
        if condition["word"]:
            found.append(Condition(negated, None, _piece(condition["word"], start)))
        else:
            head = _piece(condition["head"], start)
            found.append(Condition(negated, head, _piece(condition["value"], head.end_pos)))
    return found or None


def _piece(text: str, start: int) -> Piece:
    piece = Piece(text)
    piece.start_pos, piece.end_pos = start, start + len(text)
    return piece
