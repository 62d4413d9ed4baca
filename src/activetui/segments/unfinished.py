"""Whether the word that is being typed is finished, so that in the middle of a word no list jumps and no
mistake is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from enum import Enum, auto

from activetui.ledger.text import fold
from activetui.segments.errors import QueryError
from activetui.segments.fields import FIELDS, Field, Holds, field_named
from activetui.segments.nested import name_key
from activetui.segments.query import parse
from activetui.segments.spoken import UNITS, is_beginning
from activetui.segments.values import choices

HEAD = re.compile(r"(-?)([^\s\"():<>=,\-][^\s\"():<>=,]*)(<=|>=|[:<>=])(.*)", re.DOTALL)
"""A condition as far as it is typed: minus, field, sign, value."""
_TOKENS = re.compile(r'(?:"(?:[^"\\]|\\.)*(?:"|\Z)|[^\s()"])+', re.DOTALL)
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+[a-z]+|today|yesterday", re.IGNORECASE)
_ENDINGS = (
    "a", "1", "d", "1d", "0", "6", "9", "26", "026", "01", "-01", " a", "k", ".5", "5k", "2", "28", "30",
    "31", "12-31", "-12-31", "9999", "00000000", ".99y", ".9999", "R", "UR", "UR1",
)
"""What a number, a day, a text or a joining word may go on with."""
_JOINS = ("or", "and", "not")
_NAMED_DAYS = ("today", "yesterday", "tomorrow")


class Typed(Enum):
    """How far the query at the cursor is."""

    DONE = auto()
    """It can be asked; what is wrong with it can be told."""
    MAYBE = auto()
    """It can be asked, but may become something else: keep what is shown where it finds nobody."""
    UNFINISHED = auto()
    """Keep what is shown, and tell no mistake."""


def typed(
    text: str, cursor: int, own_kinds: Collection[str] = (), segments: Iterable[str] = ()
) -> Typed:
    """How far a query is while it is typed, with the cursor behind `cursor` letters.

    `segments` are the names that `segment:` knows, as `segments.nested.name_key` has them.
    """
    own = tuple(own_kinds)
    word = text[token_start(text, cursor) : cursor]
    behind = text[cursor : cursor + 1] in ("", " ", ")")
    try:
        parse(text, own)
    except QueryError:
        return Typed.UNFINISHED if _goes_on(text, cursor, word, own) else Typed.DONE
    if not behind:
        return Typed.DONE
    if is_beginning(text[:cursor]):
        return Typed.UNFINISHED
    return _of_word(word, segments) if word else Typed.DONE


def token_start(text: str, cursor: int) -> int:
    """Where the word begins that the cursor is in or behind; the cursor's place if there is none."""
    for token in _TOKENS.finditer(text[:cursor]):
        if token.end() == cursor:
            return token.start()
    return cursor


def _of_word(word: str, segments: Iterable[str]) -> Typed:
    """How far a word is in a query that can be read."""
    head = HEAD.fullmatch(word)
    if head is None:
        return _of_plain_word(word)
    field, value = field_named(head[2]), head[4].rpartition(",")[2]
    if field is None:
        return Typed.DONE
    if field.holds is Holds.AS_OF:      # a year on the way to a day would work out another day for nothing
        return Typed.DONE if _WHOLE_DAY.fullmatch(value) else Typed.UNFINISHED
    if field.holds is Holds.SEGMENT:
        key, known = name_key(value.strip('"')), set(segments)
        return Typed.UNFINISHED if key not in known and _begins_one(key, known) else Typed.DONE
    return Typed.MAYBE if field.holds is Holds.CODE else Typed.DONE


def _of_plain_word(word: str) -> Typed:
    """How far a word without a sign is: it may be the beginning of a field."""
    minus, name = word.startswith("-"), word.removeprefix("-").lower()
    if not name:
        return Typed.UNFINISHED
    if not _begins_one(name, (*_names(), *_JOINS)):
        return Typed.DONE
    return Typed.UNFINISHED if minus else Typed.MAYBE


def _names() -> Iterable[str]:
    return (name for field in FIELDS.values() for name in (field.name, *field.also))


def _begins_one(beginning: str, words: Iterable[str]) -> bool:
    return any(word.startswith(beginning) for word in words)


def _goes_on(text: str, cursor: int, word: str, own: tuple[str, ...]) -> bool:
    """Whether the query could be read if the word at the cursor went on."""
    return any(
        _can_be_read(text[:cursor] + ending + text[cursor:], own)
        for ending in ("", *_endings_of_word(word, own), *_ENDINGS)
    )


def _endings_of_word(word: str, own: tuple[str, ...]) -> list[str]:
    """The rest of every fixed word that the word at the cursor may become."""
    head = HEAD.fullmatch(word)
    field = field_named(head[2]) if head else None
    value = (head[4].rpartition(",")[2] if head else word).strip('"')
    beginning = fold(value).replace("-", "_").lstrip("<>=0123456789")
    known = (*_fixed(field, own), *_NAMED_DAYS, *UNITS)
    return [each[len(beginning) :] for each in known if each.startswith(beginning) and each != beginning]


def _fixed(field: Field | None, own: tuple[str, ...]) -> tuple[str, ...]:
    return () if field is None else choices(field, own)


def _can_be_read(text: str, own: tuple[str, ...]) -> bool:
    """Whether a query can be read once its quotes and parentheses are closed."""
    try:
        parse(text + _closing(text), own)
    except QueryError:
        return False
    return True


def _closing(text: str) -> str:
    """The quotes and parentheses that a text still lacks at its end."""
    quotes, opened, escaped = False, 0, False
    for letter in text:
        if quotes and not escaped and letter == "\\":
            escaped = True
            continue
        if letter in '"“”„«»' and not escaped:
            quotes = not quotes
        elif not quotes:
            opened += (letter == "(") - (letter == ")")
        escaped = False
    return ('"' if quotes else "") + ")" * opened
