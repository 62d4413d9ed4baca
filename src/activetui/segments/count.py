"""How many customers each part of a query finds alone: `37 ⟵ status 41 · spend 122`."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.segments.compile import compile_node
from activetui.segments.tree import Query
from activetui.segments.words import label
from activetui.store import people, settings


class PartCount(NamedTuple):
    """One part of a query that must hold, and how many customers it finds without the others."""

    label: str
    customers: int


def per_clause(conn: sqlite3.Connection, query: Query, day: Day) -> list[PartCount]:
    """The count of every part of the query, all in one pass; none for an empty query."""
    if not query.parts:
        return []
    currency = settings.currency(conn)
    clauses = [compile_node(part, query, day=day, currency=currency) for part in query.parts]
    found = people.counts(conn, clauses)
    return [PartCount(label(part), number) for part, number in zip(query.parts, found, strict=True)]
