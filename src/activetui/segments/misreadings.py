"""What is wrong with a query that the grammar does not accept, in words, with the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from activetui.locales import _
from activetui.segments.errors import QueryError

if TYPE_CHECKING:
    from lark.exceptions import UnexpectedInput

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+|"', re.DOTALL)
_JOINS = ("or", "and", "not")
_QUOTES = "“”„«»\""


def explained(problem: UnexpectedInput, text: str) -> QueryError:
    """The owner's error for one of lark's."""
    plain = text
    for quote in _QUOTES:
        plain = plain.replace(quote, '"')
    tokens = list(_TOKEN.finditer(plain))
    open_quote = next((token for token in tokens if token[0] == '"'), None)
    if open_quote:
        return QueryError(
            _("These quotes are not closed."), text, open_quote.start(), len(text),
            _("Write the closing quotes."), plain[open_quote.start():] + '"',
        )
    unmatched = _unmatched(tokens)
    position = _position(problem, text)
    before = [token for token in tokens if token.start() < position]
    return (
        _missing(before, tokens, position, text)
        or _parenthesis(unmatched, text)
        or _stray(plain, text, position)
    )


def _position(problem: UnexpectedInput, text: str) -> int:
    from lark.exceptions import UnexpectedToken

    if isinstance(problem, UnexpectedToken) and problem.token.type == "$END":
        return len(text)
    return problem.pos_in_stream or 0


def _missing(
    before: list[re.Match[str]], tokens: list[re.Match[str]], position: int, text: str
) -> QueryError | None:
    """Something that needs a companion and has none: `spend>`, `a or`, `or b`, `()`."""
    here = next((token for token in tokens if token.start() == position), None)
    if before and re.search(r"[:<>=]$", before[-1][0]):
        head = before[-1]
        return QueryError(
            _("A value is missing after '{start}'.").format(start=head[0]), text, head.start(), head.end(),
            _("Write it directly after the sign, as in spend>500 or status:inactive."),
        )
    if before and before[-1][0] == "(" and here is not None and here[0] == ")":
        return QueryError(
            _("There is nothing in these parentheses."), text, before[-1].start(), position + 1,
            _("Write a condition in them, or take them away."),
        )
    word = here if here is not None and here[0].lower() in _JOINS else before[-1] if before else None
    if word is not None and word[0].lower() in _JOINS:
        return QueryError(
            _("A condition is missing beside '{word}'.").format(word=word[0]),
            text, word.start(), word.end(),
            _("To search for the word itself, put it in quotes."), f'"{word[0]}"',
        )
    return None


def _parenthesis(unmatched: re.Match[str] | None, text: str) -> QueryError | None:
    if unmatched is None:
        return None
    if unmatched[0] == "(":
        message, hint = _("This parenthesis is not closed."), _("Write ) where the group ends.")
    else:
        message, hint = _("This parenthesis closes nothing."), _("Take it away, or open the group with (.")
    return QueryError(message, text, unmatched.start(), unmatched.end(), hint)


def _stray(plain: str, text: str, position: int) -> QueryError:
    """A sign with nothing before it, or things glued together that need a blank or quotes."""
    end = position
    while end < len(plain) and not plain[end].isspace():
        end += 1
    glued = plain[position:end]
    if glued[:1] in ("<", ">", "=", ":"):
        return QueryError(
            _("There is no field before '{sign}'.").format(sign=glued[0]), text, position, position + 1,
            _("Write the field directly before it, as in spend>500 or status:inactive."),
        )
    quoted = '"' + glued.replace('"', "") + '"'
    return QueryError(
        _("'{text}' cannot be read.").format(text=glued), text, position, end,
        _("To search for text with such signs, put quotes around it; between two conditions write a blank."),
        quoted,
    )


def _unmatched(tokens: list[re.Match[str]]) -> re.Match[str] | None:
    opened: list[re.Match[str]] = []
    for token in tokens:
        if token[0] == "(":
            opened.append(token)
        elif token[0] == ")":
            if not opened:
                return token
            opened.pop()
    return opened[-1] if opened else None
