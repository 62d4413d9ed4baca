"""A text put to a store: parsed with the kinds and segments that it knows, compiled in its currency."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.segments.compile import compile_node
from activetui.segments.fields import Holds
from activetui.segments.names import named_segments
from activetui.segments.nested import asks_for_segments, with_segments
from activetui.segments.query import parse
from activetui.segments.tree import Edge, Node, Query, Saved, tests_of
from activetui.store import kinds, settings
from activetui.store.listing import products, quintiles, search
from activetui.store.listing.people import EVERYONE, Clause
from activetui.store.listing.quintiles import Measure
from activetui.store.other_days import as_of


class Asked(NamedTuple):
    """A query with the condition that it stands for in a store on a day."""

    query: Query
    clause: Clause
    currency: str
    day: Day
    """The day that is asked of: that of `as-of:`, else the one that is looked at."""


def ask(conn: sqlite3.Connection, text: str, day: Day) -> Asked:
    """What `text` asks of the store, looked at from `day`; `QueryError` if it cannot be read.

    The connection must look from the day of the answer (`store.other_days.as_of`) when the clause is used;
    `day_of` tells that day beforehand.
    """
    own = tuple(kinds.own_kinds(conn))
    query = parse(text, own)
    if asks_for_segments(query):
        query = with_segments(query, named_segments(conn), own)
    asked_of = query.day(day)
    if query.as_of is not None:         # a calendar day, so that nobody counts from another one
        query = replace(query, as_of=Edge(asked_of))
    [clause] = clauses_of(conn, query, [query.root], asked_of)
    return Asked(query, clause, settings.currency(conn), asked_of)


def ask_beside(conn: sqlite3.Connection, text: str, day: Day, title: str) -> Clause:
    """The condition of a query that is to stand beside others as of the day.

    `OwnerError` where the query, which people call `title`, is of a day of its own; `QueryError` where it
    cannot be read.
    """
    asked = ask(conn, text, day)
    if asked.day != day:
        raise OwnerError(
            _("{name} is of a day of its own, so it cannot stand beside another one.").format(name=title),
            _("Take as-of: out of it, and look from that day at both."),
        )
    return asked.clause


def day_of(text: str, day: Day, own_kinds: Collection[str] = ()) -> Day:
    """The day that a text asks of when it is looked at from `day`; `QueryError` if it cannot be read."""
    return parse(text, tuple(own_kinds)).day(day)


def clauses_of(
    conn: sqlite3.Connection, query: Query, nodes: Sequence[Node | None], day: Day
) -> list[Clause]:
    """The conditions of some parts of a query of an `ask`, on the day that it asks of; None is everyone."""
    currency, cuts = settings.currency(conn), None
    measures = {measure for node in nodes if node is not None for measure in _measures(node)}
    if measures and as_of.day_of(conn) == day:
        cuts = quintiles.cuts(conn, measures)
    text = partial(search.found, conn)

    def names(needle: str, whole: bool) -> tuple[str, ...] | None:
        return products.names_with(conn, needle, whole=whole)

    return [
        EVERYONE
        if node is None
        else compile_node(node, query, day=day, currency=currency, cuts=cuts, text=text, products=names)
        for node in nodes
    ]


def compares_customers(query: Query) -> bool:
    """Whether a query of an `ask` compares customers, so that one of them can change another's answer."""
    return query.root is not None and bool(_measures(query.root))


def _measures(node: Node) -> set[Measure]:
    """The quintiles that a part of a query asks for, in the segments in it too."""
    found: set[Measure] = set()
    pending = [node]
    while pending:
        for test in tests_of(pending.pop()):
            if test.field.holds is Holds.GROUP:
                found.update(quintiles.COLUMNS)
            found.update(measure for measure in quintiles.COLUMNS if measure == test.field.name)
            pending += [value.root for value in test.values if isinstance(value, Saved) and value.root]
    return found
