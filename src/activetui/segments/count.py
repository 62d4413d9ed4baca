"""How many customers each part of a query finds alone: `37 ⟵ status 41 · spend 122`."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.segments.asking import clauses_of
from activetui.segments.tree import AnyOf, Query
from activetui.segments.words import label
from activetui.store.listing import people


class PartCount(NamedTuple):
    """One part of a query, and how many customers it finds without the others."""

    label: str
    customers: int


def per_clause(conn: sqlite3.Connection, query: Query, day: Day) -> list[PartCount]:
    """The count of every part of the query of an `ask`, all in one pass; none for an empty query.

    The parts are the conditions that must all hold, or those of which one must, where that is the outermost.
    The connection must look from the day that is asked of.
    """
    parts = query.root.parts if isinstance(query.root, AnyOf) else query.parts
    if not parts:
        return []
    found = people.counts(conn, clauses_of(conn, query, parts, query.day(day)))
    return [PartCount(label(part), number) for part, number in zip(parts, found, strict=True)]
