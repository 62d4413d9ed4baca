"""The segments of a store, built in and saved: finding, saving, deleting, and what each is worth."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.segments.asking import Asked, ask
from activetui.segments.builtin import BUILT_IN
from activetui.segments.errors import QueryError
from activetui.segments.fields import nearest
from activetui.segments.names import named_segments
from activetui.segments.nested import Named, name_key, renamed_within, segments_in, with_segments
from activetui.segments.query import parse
from activetui.segments.words import reading
from activetui.store import kinds, saved_segments, settings
from activetui.store.listing import people, subscription_years
from activetui.store.listing.people import Clause, Total
from activetui.store.other_days import as_of

LONGEST_NAME = 60
"""Letters of a segment's name."""


class Segment(NamedTuple):
    """A named query. `title`, `meaning` and `why` are for people; `built_in` ones cannot be changed."""

    name: str
    title: str
    query: str
    meaning: str
    """Whom it finds: of an own segment its note, or else the query in words."""
    built_in: bool
    why: str = ""
    """Why that matters; empty for own segments."""
    note: str = ""
    """What the owner has written of an own segment."""


class Worth(NamedTuple):
    """What a segment comes to; `total` is None where its query cannot be read any more (`problem`)."""

    segment: Segment
    total: Total | None
    problem: str = ""
    by_subscription: int = 0
    """What its customers pay for subscriptions in a year, in minor units, where that was asked for. It is no
    purchase, so it is in nobody's spend. Who has none that runs is counted with the last one."""


def segments(conn: sqlite3.Connection) -> list[Segment]:
    """All segments: the built-in ones, then the owner's by name."""
    own = [
        Segment(
            saved.name, saved.name, saved.query, saved.note or _meaning(conn, saved.query), False,
            note=saved.note,
        )
        for saved in saved_segments.list_segments(conn)
    ]
    known = [
        Segment(each.name, each.title, each.query, each.meaning, True, each.why) for each in BUILT_IN
    ]
    return known + own


def find(conn: sqlite3.Connection, name: str) -> Segment:
    """The segment of a name or title, whatever its case; `OwnerError` with a proposal if there is none.

    An own segment that is older than the built-in one of its name goes first.
    """
    known = segments(conn)
    for match in (lambda text: text, name_key):
        for segment in reversed(known):
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
    name = _usable(name)
    own = tuple(kinds.own_kinds(conn))
    query = parse(text, own)
    names = [each.name for each in saved_segments.list_segments(conn)]
    same = next((known for known in names if name_key(known) == name_key(name)), name)
    known = {**named_segments(conn), name_key(same): Named(same, text)}
    with_segments(query, known, own, inside=same)
    return saved_segments.save(conn, same, text.strip(), note=one_line(note), made_at=made_at)


def rename(conn: sqlite3.Connection, old: str, new: str, *, made_at: str) -> str:
    """Give a saved segment another name; what asks for it by the old one asks by the new one. One operation.

    The new name as it is kept. `OwnerError` for a built-in segment, and for a name that another one has.
    """
    segment = _own(conn, old)
    new = _usable(new)
    saved = saved_segments.list_segments(conn)
    if any(name_key(each.name) == name_key(new) and each.name != segment.name for each in saved):
        raise OwnerError(
            _("There is a segment '{name}' already.").format(name=new),
            _("Choose another name, or delete that segment first."),
        )
    own = tuple(kinds.own_kinds(conn))
    queries = {each.name: renamed_within(each.query, segment.name, new, own) for each in saved}
    changed = {each.name: queries[each.name] for each in saved if queries[each.name] != each.query}
    saved_segments.rename(conn, segment.name, new, changed, made_at=made_at)
    return new


def delete(conn: sqlite3.Connection, name: str, *, made_at: str) -> str:
    """Delete a saved segment, which can be undone; its name as it was saved.

    `OwnerError` for a built-in one, and for one that other segments ask for: they would find nobody.
    """
    segment = _own(conn, name)
    own, key = tuple(kinds.own_kinds(conn)), name_key(segment.name)
    users = [each for each in saved_segments.list_segments(conn) if key in segments_in(each.query, own)]
    if users:
        raise OwnerError(
            _("The segment '{name}' is part of others: {others}.").format(
                name=segment.name, others=", ".join(other.name for other in users)
            ),
            _("Change or delete these first."),
        )
    saved_segments.delete(conn, segment.name, made_at=made_at)
    return segment.name


def worth(
    conn: sqlite3.Connection, day: Day, *, other_days: bool = False, subscriptions: bool = False
) -> list[Worth]:
    """Every segment with its customers and their spend, as of the day that the connection looks from.

    Segments of a day of their own are only counted with `other_days`: each looks from its day, which may
    take long, and back. With `subscriptions`, the others also tell what is paid for these.
    """
    known = segments(conn)
    clauses: list[Clause | None] = []
    problems: dict[str, str] = {}
    elsewhere: dict[str, Asked] = {}
    for segment in known:
        try:
            asked = ask(conn, segment.query, day)
            clauses.append(asked.clause if asked.day == day else None)
            if asked.day != day:
                elsewhere[segment.name] = asked
        except QueryError as problem:
            clauses.append(None)
            problems[segment.name] = problem.message
    found = iter(people.totals(conn, [clause for clause in clauses if clause is not None]))
    paid = subscriptions and subscription_years.by_year(conn, day) is not None
    worths = [
        Worth(
            segment, None if clause is None else next(found), problems.get(segment.name, ""),
            subscription_years.total(conn, clause, day) if paid and clause is not None else 0,
        )
        for segment, clause in zip(known, clauses, strict=True)
    ]
    if not elsewhere:
        return worths
    totals = _totals_elsewhere(conn, elsewhere, day) if other_days else {}
    return [
        each if each.segment.name not in elsewhere
        else Worth(each.segment, totals.get(each.segment.name), "" if other_days else _("of another day"))
        for each in worths
    ]


def _totals_elsewhere(conn: sqlite3.Connection, asked: Mapping[str, Asked], day: Day) -> dict[str, Total]:
    """The totals of queries that are asked of other days."""
    found = {}
    try:
        for name, each in asked.items():
            as_of.look_from(conn, each.day)
            [found[name]] = people.totals(conn, [each.clause])
    finally:
        as_of.look_from(conn, day)
    return found


def _meaning(conn: sqlite3.Connection, text: str) -> str:
    """The plain reading of an own segment; empty where it cannot be read any more."""
    try:
        return reading(parse(text, tuple(kinds.own_kinds(conn))), settings.currency(conn))
    except QueryError:
        return ""


def _own(conn: sqlite3.Connection, name: str) -> Segment:
    """The owner's segment of a name."""
    segment = find(conn, name)
    if segment.built_in:
        raise _is_built_in(segment.name)
    return segment


def _usable(name: str) -> str:
    """A name as it is kept; `OwnerError` if a segment cannot be called so."""
    name = one_line(name)
    if not name or len(name) > LONGEST_NAME:
        raise OwnerError(
            _("'{name}' cannot be the name of a segment.").format(name=name),
            _("A name has 1 to {most} letters.").format(most=LONGEST_NAME),
        )
    if any(name_key(name) in (name_key(each.name), name_key(each.title)) for each in BUILT_IN):
        raise _is_built_in(name)
    return name


def _is_built_in(name: str) -> OwnerError:
    return OwnerError(
        _("The segment '{name}' is built in and stays as it is.").format(name=name),
        _("Save your own under another name."),
    )
