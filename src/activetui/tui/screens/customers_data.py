"""What the Customers screen asks of the store: plain functions that run in a worker thread."""

from __future__ import annotations

from array import array
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.segments.tree import All, AnyOf, Node, Not, Query
from activetui.store import people
from activetui.store.people import EVERYONE, Clause, Person
from activetui.tui.reading import Connection


class FirstPage(NamedTuple):
    """What is seen first."""

    clause: Clause
    rows: list[Person]
    complete: bool
    """Whether these are all rows."""


class Figures(NamedTuple):
    """How many were found, of how many, and by status."""

    found: int
    everyone: int
    by_status: dict[Status, int]


class ClauseCount(NamedTuple):
    """One clause of the filter, with how many it finds alone."""

    written: str
    found: int


def first_page(
    conn: Connection, text: str, day: Day, sort: str, descending: bool, limit: int
) -> FirstPage:
    """The first rows that the filter finds; `QueryError` if it cannot be read."""
    clause = clause_of(conn, text, day)
    rows = people.page(conn, clause, sort, descending, limit)
    return FirstPage(clause, rows, len(rows) < limit)


def figures(conn: Connection, clause: Clause) -> Figures:
    """The counts beside the filter."""
    by_status = people.status_counts(conn, clause)
    found = sum(by_status.values())
    return Figures(found, found if clause == EVERYONE else people.count(conn), by_status)


def all_ids(conn: Connection, clause: Clause, sort: str, descending: bool) -> array[int]:
    """The numbers of all that were found, in order."""
    return people.ids(conn, clause, sort, descending)


def clause_counts(conn: Connection, text: str, day: Day) -> list[ClauseCount]:
    """What each clause of the filter finds alone; nothing where there is only one."""
    query = _parsed(conn, text)
    if len(query.parts) < 2:
        return []
    from activetui.segments.compile import compile_node
    from activetui.store import settings

    currency = settings.currency(conn)
    clauses = [compile_node(part, query, day=day, currency=currency) for part in query.parts]
    written = [one_line(_written(part, text)) for part in query.parts]
    return [ClauseCount(*pair) for pair in zip(written, people.counts(conn, clauses), strict=True)]


def clause_of(conn: Connection, text: str, day: Day) -> Clause:
    """The filter as a condition; `QueryError` if it cannot be read."""
    if not text.strip():
        return EVERYONE
    from activetui.segments.compile import compile_query
    from activetui.store import settings

    return compile_query(_parsed(conn, text), day=day, currency=settings.currency(conn))


def _parsed(conn: Connection, text: str) -> Query:
    from activetui.ledger.kinds import KIND_OF_WORD
    from activetui.segments.query import parse
    from activetui.store.kinds import kind_codes

    return parse(text, [name for name in kind_codes(conn) if name not in KIND_OF_WORD])


def _written(node: Node, text: str) -> str:
    """The part of the query's text that a node was read from."""
    start, end = _extent(node)
    negated = isinstance(node, Not) and text[max(0, start - 1) : start] == "-"
    return text[start - 1 if negated else start : end]


def _extent(node: Node) -> tuple[int, int]:
    if isinstance(node, Not):
        return _extent(node.part)
    if isinstance(node, All | AnyOf):
        edges = [_extent(part) for part in node.parts]
        return min(start for start, _end in edges), max(end for _start, end in edges)
    return node.start, node.end
