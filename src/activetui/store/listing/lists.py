"""Who stands where in a list: customer numbers in any order, from as little as that needs.

With its index, a list is read in its order and no further than asked (`_walk`). Where few customers fit, that
would go through nearly everyone: after some steps it is given up, and those who fit are found first and
sorted then (`_sorted_out`, by name `by_beginning`); that is done at once where the condition says that they
are few. All give the same list. What is not known stands at its end. Ties are in the order of numbers in the
direction that people expect of a field; the other direction turns them round too.
"""

# ruff: noqa: S608 - only fixed texts and compiled clauses are put together; values are bound
from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from activetui.store.listing import by_beginning, groups, list_indexes
from activetui.store.listing.groups import Group
from activetui.store.listing.sorts import (
    FEW,
    NOT_MANY,
    SORTS,
    UNLESS_WALKED,
    Clause,
    Order,
    direction,
    order_of,
    speaks,
    unless_walked,
)
from activetui.store.opening.stopping import stopped_when

_PATIENCE, _WITH_TEXT, _BY_NAME, _WITHOUT_CHOICE = 6, 12, 30, 80
"""Walking is given up after so many times `STEPS`: some 10 to 30 ms. Text takes more but quicker steps, which
are quickest by name, in an index that holds the text; where it would have to be looked at for everyone
instead, giving up comes later."""


def numbers(
    conn: sqlite3.Connection,
    clause: Clause,
    sort: str,
    descending: bool,
    limit: int,
    offset: int = 0,
    *,
    from_end: bool = False,
) -> list[int]:
    """The numbers at the places from `offset` on in a list; with `from_end` the last ones, in its order.

    `UsageError` for an unknown sort.
    """
    order = order_of(sort, descending, from_end)
    found = None
    sorted_out = _sorted_out(clause, sort, order), (*clause.params, limit, offset)
    # with a condition on facts, such as a status, most of those called so may not fit: the walk is shorter
    named = sort == "name" and by_beginning.can_be(clause, limit, offset) and not speaks(clause.sql, "fact")
    few = _are_few(clause) and (named or _by_number(conn, *sorted_out))
    if list_indexes.ready(conn, sort) and not few:
        statuses = groups.by_status(conn, clause, sort)
        walked = _to_walk(clause)
        beginning = by_beginning.beginning(conn, clause) if named else None
        with _patience(conn, clause, sort, statuses) as patience:
            if named and beginning is None and NOT_MANY in clause.sql:
                patience.left = _PATIENCE       # longer, and the other way would have been quicker
            if beginning is not None:
                found = _beginning_so(conn, clause, *beginning, order, limit, offset)
            else:
                listed = groups.groups_of(walked, sort, order, statuses)
                found = _walk(conn, walked, listed, order, limit, offset)
        if patience.lost:
            found = None
    if found is None and named:
        found = by_beginning.numbers(conn, clause, tables(f"{clause.sql} customer."), order, limit, offset)
    if found is None:
        found = [row[0] for row in conn.execute(*sorted_out)]
    return found[::-1] if from_end else found


def all_numbers(conn: sqlite3.Connection, clause: Clause, sort: str, descending: bool) -> Iterator[int]:
    """The numbers of everyone in a list, in its order."""
    order, statuses = order_of(sort, descending, False), groups.by_status(conn, clause, sort)
    if groups.passes_nobody(clause, sort, statuses) and list_indexes.ready(conn, sort):
        for group in groups.groups_of(clause, sort, order, statuses):
            for row in conn.execute(*_merged(group, clause, order, -1, 0)):
                yield row[0]
        return
    for row in conn.execute(_sorted_out(clause, sort, order), (*clause.params, -1, 0)):
        yield row[0]


def tables(sql: str) -> str:
    """The FROM of a condition: a table that nothing speaks of is left out (each customer has one fact)."""
    if not speaks(sql, "fact"):
        return "customer"
    if not speaks(sql, "customer"):
        return "fact"
    # where it is known by number who may fit, no index of facts betters that
    ways = " NOT INDEXED" if UNLESS_WALKED in sql else ""
    return f"customer JOIN fact{ways} ON fact.customer_id = customer.id"


def _sorted_out(clause: Clause, sort: str, order: Order) -> str:
    """The statement that finds everyone who fits, then sorts them."""
    chosen = SORTS[sort]
    from_tables = tables(f"{clause.sql} {chosen.sql}")
    number = "fact.customer_id" if from_tables == "fact" else "customer.id"
    keys = [f"{number} {direction(order.numbers_fall)}"]
    if sort != "id":
        keys.insert(0, f"+{chosen.sql} {direction(order.field_falls)}")
    if chosen.known:
        keys.insert(0, f"({chosen.unknown}) {direction(order.unknown_first)}")
    return (
        f"SELECT {number} FROM {from_tables} WHERE {clause.sql} ORDER BY {', '.join(keys)} LIMIT ? OFFSET ?"
    )


def _are_few(clause: Clause) -> bool:
    """Whether few customers come into question. Several pieces of text are rarely found together."""
    return FEW in clause.sql or clause.sql.count(UNLESS_WALKED) > 1


def _to_walk(clause: Clause) -> Clause:
    """The condition for a list that is read in its order."""
    return clause._replace(sql=unless_walked(clause.sql))


def _by_number(conn: sqlite3.Connection, statement: str, params: Sequence[object]) -> bool:
    """Whether SQLite finds the customers by their numbers, rather than going through all."""
    first = conn.execute(f"EXPLAIN QUERY PLAN {statement}", params).fetchone()[3]
    return str(first).endswith("rowid=?)")


class _Patience:
    """For how many steps of SQLite's machine a list may be walked."""

    def __init__(self, clause: Clause, sort: str) -> None:
        self.left = _PATIENCE
        if UNLESS_WALKED in clause.sql:
            self.left = _BY_NAME if sort == "name" else _WITH_TEXT
        elif "customer.search" in clause.sql:
            self.left = _WITHOUT_CHOICE
        self.lost = False

    def wait(self) -> bool:
        """Called every `STEPS` steps; whether to give up."""
        self.left -= 1
        self.lost = self.left <= 0
        return self.lost


@contextmanager
def _patience(
    conn: sqlite3.Connection, clause: Clause, sort: str, by_status: bool
) -> Iterator[_Patience]:
    """Statements in the block are given up, without an error, when they pass over too many customers."""
    patience = _Patience(clause, sort)
    if groups.passes_nobody(clause, sort, by_status):
        yield patience
        return
    try:
        with stopped_when(conn, patience.wait):
            yield patience
    except sqlite3.OperationalError:
        if not patience.lost:
            raise


def _walk(
    conn: sqlite3.Connection, clause: Clause, listed: Sequence[Group], order: Order, limit: int, offset: int
) -> list[int]:
    """The numbers at some places of a list of these groups, by reading it in its order."""
    found: list[int] = []
    for group in listed:
        left = limit - len(found) if limit >= 0 else -1
        if not left:
            break
        rows = conn.execute(*_merged(group, clause, order, left, offset)).fetchall()
        if not rows and offset:
            every = [f"SELECT count(*) AS n FROM {part.tables} WHERE {part.where}" for part in group.parts]
            statement = f"SELECT sum(n) FROM ({' UNION ALL '.join(every)})"
            offset -= conn.execute(statement, clause.params * len(every)).fetchone()[0]
        else:
            offset = 0
        found += [row[0] for row in rows]
    return found


def _beginning_so(
    conn: sqlite3.Connection, clause: Clause, letters: str, others: Sequence[int], order: Order, limit: int,
    offset: int,
) -> list[int]:
    """The numbers at some places of a list by name of those whose texts begin so, and some others."""
    begins = f"customer.search >= ? AND customer.search < ? AND ({clause.sql})"
    there = _to_walk(Clause(begins, (letters, letters + "\U0010ffff", *clause.params)))
    listed = groups.groups_of(there, "name", order, False)
    first = _walk(conn, there, listed, order, limit + offset, 0)
    from_tables = tables(f"{clause.sql} customer.")
    return by_beginning.among(conn, [*first, *others], clause, from_tables, order, limit, offset)


def _merged(
    group: Group, clause: Clause, order: Order, limit: int, offset: int
) -> tuple[str, tuple[str | int | float, ...]]:
    """The statement that merges the parts of a group, and its values."""
    key = f", {group.key}" if group.key else ""
    selects = [f"SELECT {part.number}{key} FROM {part.tables} WHERE {part.where}" for part in group.parts]
    by = f"2 {direction(order.field_falls)}, " if key else ""
    return (
        f"{' UNION ALL '.join(selects)} ORDER BY {by}1 {direction(order.numbers_fall)} LIMIT ? OFFSET ?",
        (*clause.params * len(selects), limit, offset),
    )
