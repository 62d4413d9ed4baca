"""What may come next while a query is typed."""

from __future__ import annotations

import re
import sqlite3
from typing import NamedTuple

from activetui.ledger.text import fold
from activetui.locales.countries import names_of
from activetui.segments.fields import COMPARED, DAYS, FIELDS, Field, Holds, field_named
from activetui.segments.names import named_segments
from activetui.segments.nested import name_key
from activetui.segments.unfinished import HEAD, Typed, token_start, typed
from activetui.segments.values import choices
from activetui.segments.written import as_value
from activetui.store import kinds
from activetui.store.listing import facets

MOST = 20
"""Completions offered at once."""

_TELLING = 3
"""Letters from which on a word says more than the beginning of anything."""
_FEW = 3
_LENGTHS = ("7d", "30d", "60d", "90d", "6m", "1y")


class Completed(NamedTuple):
    """The text with a completion put in, and where the cursor is then."""

    text: str
    cursor: int


def complete(text: str, cursor: int, conn: sqlite3.Connection) -> list[str]:
    """What could stand in place of the word that the cursor is in or behind, the likeliest first.

    Each is a whole condition or the beginning of one (`status:inactive`, `spend>`), with the minus that
    the word has. `completed` puts one in.
    """
    typed = text[token_start(text, cursor) : cursor]
    head = HEAD.fullmatch(typed)
    if head is None:
        minus, word = ("-", typed[1:]) if typed.startswith("-") else ("", typed)
        if '"' in word:
            return []
        return [minus + each for each in (*_beginnings(word), *_places_and_tags(word, conn))][:MOST]
    minus, name, operator, written = head.groups()
    field = field_named(name)
    if field is None:
        return []
    before, comma, last = written.rpartition(",")
    beginning = f"{minus}{name}{operator}{before}{comma}"
    found = [beginning + value for value in _values(field, operator, last.strip('"'), conn)]
    return [each for each in found if each != typed][:MOST]


def completed(text: str, cursor: int, chosen: str) -> Completed:
    """The text with a chosen completion in place of the word at the cursor.

    A finished condition is followed by a blank; one that still needs its value is not.
    """
    start = token_start(text, cursor)
    rest = text[cursor:]
    gap = "" if chosen[-1:] in ":<>=" or rest[:1] in (" ", ")") else " "
    return Completed(text[:start] + chosen + gap + rest, start + len(chosen) + len(gap))


def how_far(text: str, cursor: int, conn: sqlite3.Connection) -> Typed:
    """Whether the word at the cursor is finished, in a store with its own kinds and segments."""
    names = named_segments(conn) if "segment" in text or "in:" in text else ()
    return typed(text, cursor, tuple(kinds.own_kinds(conn)), names)


def _beginnings(word: str) -> list[str]:
    """Fields that begin with the word, then statuses and types that do."""
    wanted = word.lower()
    fields = [field for field in FIELDS.values() if field.name.startswith(wanted)]
    if not fields:
        fields = [field for field in FIELDS.values() if any(name.startswith(wanted) for name in field.also)]
    found = [field.name + _usual_operator(field) for field in fields]
    if wanted:
        for name in ("status", "type"):
            words = choices(FIELDS[name])
            found += [f"{name}:{each}" for each in words if each.startswith(wanted)]
    return found


def _places_and_tags(word: str, conn: sqlite3.Connection) -> list[str]:
    """Towns and tags in which a word begins so: nobody is found by them without their field."""
    if len(word) < _TELLING:
        return []
    return [
        f"{name}:{as_value(value)}"
        for name in ("city", "tag") for value in facets.values(conn, name, word, _FEW)
    ]


def _usual_operator(field: Field) -> str:
    """The sign that is in the example: `spend>500` gives `>`."""
    if field.holds not in COMPARED:
        return ":"
    sign = re.search(r"[:<>=]", field.example)
    return sign[0] if sign else ":"


def _values(field: Field, operator: str, beginning: str, conn: sqlite3.Connection) -> list[str]:
    """Values of a field that begin as typed."""
    if field.holds in DAYS:
        length = beginning.lstrip("<>=")
        written = beginning[: len(beginning) - len(length)]
        signs = ("<", ">") if operator == ":" and not written else (written,)
        return [sign + each for sign in signs for each in _LENGTHS if each.startswith(length)]
    if field.holds is Holds.QUINTILE:
        return [each for each in ("5", "4", "3", "2", "1", "4..5", "1..2") if each.startswith(beginning)]
    if operator not in (":", "="):
        return []
    if field.holds is Holds.AS_OF:
        days = ("today", "yesterday", *_LENGTHS)
        return [each for each in days if each.startswith(beginning.lower())]
    if field.holds is Holds.SEGMENT:
        key = name_key(beginning)
        names = dict.fromkeys(found.name for known, found in named_segments(conn).items() if key in known)
        return [as_value(name) for name in sorted(names, key=lambda name: not name_key(name).startswith(key))]
    own = tuple(kinds.own_kinds(conn)) if field.holds is Holds.KIND else ()
    known = choices(field, own)
    if known:
        wanted = fold(beginning).replace("-", "_")
        return [as_value(word) for word in known if word.startswith(wanted)]
    found = facets.values(conn, field.name, beginning, MOST)
    if field.name == "country" and len(beginning) > 2:
        wanted = fold(beginning)
        codes = facets.values(conn, field.name, "", MOST)
        named = [code for code in codes if any(name.startswith(wanted) for name in names_of(code))]
        found = list(dict.fromkeys([*found, *named]))
    return [as_value(value) for value in found]
