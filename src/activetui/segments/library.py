"""The segments of a store, built in and saved: finding, saving, deleting, and what each is worth."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import fold, one_line
from activetui.locales import _
from activetui.segments.asking import ask
from activetui.segments.builtin import BUILT_IN
from activetui.segments.errors import QueryError
from activetui.segments.fields import nearest
from activetui.segments.query import parse
from activetui.segments.words import reading
from activetui.store import kinds, people, saved_segments, settings
from activetui.store.people import Clause, Total

LONGEST_NAME = 60
"""Letters of a segment's name."""


class Segment(NamedTuple):
    """A named query. `title` and `meaning` are for people; `built_in` ones cannot be changed."""

    name: str
    title: str
    query: str
    meaning: str
    built_in: bool


class Worth(NamedTuple):
    """What a segment comes to; `total` is None where its query cannot be read any more (`problem`)."""

    segment: Segment
    total: Total | None
    problem: str = ""


def segments(conn: sqlite3.Connection) -> list[Segment]:
    """All segments: the built-in ones, then the owner's by name."""
    own = [
        Segment(saved.name, saved.name, saved.query, saved.note or _meaning(conn, saved.query), False)
        for saved in saved_segments.list_segments(conn)
    ]
    return [Segment(each.name, each.title, each.query, each.meaning, True) for each in BUILT_IN] + own


def find(conn: sqlite3.Connection, name: str) -> Segment:
    """The segment of a name or title, whatever its case; `OwnerError` with a proposal if there is none."""
    known = segments(conn)
    for match in (lambda text: text, _key):
        for segment in known:
            if match(name) in (match(segment.name), match(segment.title)):
                return segment
    proposal = nearest(name, [segment.name for segment in known])
    hint = _("Did you mean {proposal}?").format(proposal=proposal) if proposal else ""
    raise OwnerError(
        _("There is no segment '{name}'.").format(name=name),
        hint or _("activetui segments list shows what there is."),
    )


def save(conn: sqlite3.Connection, name: str, text: str, *, note: str = "", made_at: str) -> bool:
    """Save the query under the name; whether that replaced a segment of the same name.

    `QueryError` if the query cannot be read, `OwnerError` for a name that is empty, too long or built in.
    """
    name = one_line(name)
    if not name or len(name) > LONGEST_NAME:
        raise OwnerError(
            _("'{name}' cannot be the name of a segment.").format(name=name),
            _("A name has 1 to {most} letters.").format(most=LONGEST_NAME),
        )
    _refuse_built_in(name)
    parse(text, tuple(kinds.own_kinds(conn)))
    names = [own.name for own in saved_segments.list_segments(conn)]
    same = next((known for known in names if _key(known) == _key(name)), name)
    return saved_segments.save(conn, same, text.strip(), note=one_line(note), made_at=made_at)


def delete(conn: sqlite3.Connection, name: str, *, made_at: str) -> str:
    """Delete a saved segment, which can be undone; its name as it was saved."""
    segment = find(conn, name)
    _refuse_built_in(segment.name if segment.built_in else "")
    saved_segments.delete(conn, segment.name, made_at=made_at)
    return segment.name


def worth(conn: sqlite3.Connection, day: Day) -> list[Worth]:
    """Every segment with its customers and their spend, as of the day that the connection looks from."""
    known = segments(conn)
    clauses: list[Clause | None] = []
    problems: dict[str, str] = {}
    for segment in known:
        try:
            clauses.append(ask(conn, segment.query, day).clause)
        except QueryError as problem:
            clauses.append(None)
            problems[segment.name] = problem.message
    found = iter(people.totals(conn, [clause for clause in clauses if clause is not None]))
    return [
        Worth(segment, None if clause is None else next(found), problems.get(segment.name, ""))
        for segment, clause in zip(known, clauses, strict=True)
    ]


def _meaning(conn: sqlite3.Connection, text: str) -> str:
    """The plain reading of an own segment; empty where it cannot be read any more."""
    try:
        return reading(parse(text, tuple(kinds.own_kinds(conn))), settings.currency(conn))
    except QueryError:
        return ""


def _refuse_built_in(name: str) -> None:
    if any(_key(name) in (_key(each.name), _key(each.title)) for each in BUILT_IN):
        raise OwnerError(
            _("The segment '{name}' is built in and stays as it is.").format(name=name),
            _("Save your own under another name."),
        )


def _key(name: str) -> str:
    """A name as it is compared."""
    return fold(one_line(name)).replace("_", " ").replace("-", " ")
