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
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from activetui.store.listing import by_beginning, groups, list_indexes, sampled
from activetui.store.listing.event_tests import goes_through_purchases, one_by_one
from activetui.store.listing.groups import Group
from activetui.store.listing.sorts import (
    FEW,
    NOT_MANY,
    SORTS,
    UNLESS_WALKED,
    Clause,
    Order,
    by_fact,
    direction,
    facts_first,
    order_of,
    speaks,
    unless_walked,
    without_customer,
)
from activetui.store.opening.stopping import stopped_when

_PATIENCE, _WITH_TEXT, _BY_NAME, _WITHOUT_CHOICE = 6, 12, 30, 80
"""Walking is given up after so many times `STEPS`: some 10 to 30 ms. Text takes more but quicker steps, which
are quickest by name, in an index that holds the text; where the texts of everyone or all purchases would have
to be looked at instead, giving up comes later. Where some who fit are met by chance, walking goes on
(`sampled`)."""


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
        found = _walked_through(conn, clause, sort, order, limit, offset, named)
    if found is None and named:
        found = by_beginning.numbers(conn, clause, tables(f"{clause.sql} customer."), order, limit, offset)
    if found is None:
        found = [row[0] for row in conn.execute(_looking_up(conn, *sorted_out), sorted_out[1])]
    return found[::-1] if from_end else found


def all_numbers(conn: sqlite3.Connection, clause: Clause, sort: str, descending: bool) -> Iterator[int]:
    """The numbers of everyone in a list, in its order."""
    order, statuses = order_of(sort, descending, False), groups.by_status(conn, clause, sort)
    if groups.passes_nobody(clause, sort, statuses) and list_indexes.ready(conn, sort):
        for group in groups.groups_of(clause, sort, order, statuses):
            for row in conn.execute(*_merged(group, clause, order, -1, 0)):
                yield row[0]
        return
    params = *clause.params, -1, 0
    for row in conn.execute(_looking_up(conn, _sorted_out(clause, sort, order), params), params):
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
    chosen, sql = SORTS[sort], without_customer(clause.sql)
    from_tables = tables(f"{sql} {chosen.sql}")
    number = "fact.customer_id" if from_tables == "fact" else "customer.id"
    keys = [f"{number} {direction(order.numbers_fall)}"]
    if sort != "id":
        keys.insert(0, f"+{chosen.sql} {direction(order.field_falls)}")
    if chosen.known:
        keys.insert(0, f"({chosen.unknown}) {direction(order.unknown_first)}")
    return (
        f"SELECT {number} FROM {from_tables} WHERE {sql} ORDER BY {', '.join(keys)} LIMIT ? OFFSET ?"
    )


def _looking_up(conn: sqlite3.Connection, statement: str, params: Sequence[object]) -> str:
    """The statement, by numbers where it looks up something of everyone: in the order of an index of facts
    it would jump to and fro in what is looked up."""
    if "= fact.customer_id" not in statement:
        return statement
    first = conn.execute(f"EXPLAIN QUERY PLAN {statement}", params).fetchone()[3]
    if not first.startswith("SCAN"):
        return statement
    return statement.replace("FROM fact ", "FROM fact NOT INDEXED ", 1)


def _are_few(clause: Clause) -> bool:
    """Whether few customers come into question. Several pieces of text are rarely found together."""
    return FEW in clause.sql or clause.sql.count(UNLESS_WALKED) > 1


def _to_walk(clause: Clause, sort: str) -> Clause:
    """The condition for a list that is read in its order."""
    sql = one_by_one(unless_walked(clause.sql))
    return clause._replace(sql=by_fact(sql) if speaks(SORTS[sort].sql, "fact") else facts_first(sql))


def _by_number(conn: sqlite3.Connection, statement: str, params: Sequence[object]) -> bool:
    """Whether SQLite finds the customers by their numbers, rather than going through all."""
    first = conn.execute(f"EXPLAIN QUERY PLAN {statement}", params).fetchone()[3]
    return str(first).endswith("rowid=?)")


def _walked_through(
    conn: sqlite3.Connection, clause: Clause, sort: str, order: Order, limit: int, offset: int, named: bool
) -> list[int] | None:
    """The numbers at some places of a list by reading it in its order; None where that was given up.

    `named`: everyone in it is among those whom the index of text names.
    """
    by_status, walked = groups.by_status(conn, clause, sort), _to_walk(clause, sort)

    def walk() -> list[int]:
        listed = groups.groups_of(walked, sort, order, by_status)
        return _walk(conn, walked, listed, order, limit, offset)

    if groups.passes_nobody(clause, sort, by_status):
        return walk()
    if named:
        beginning = by_beginning.beginning(conn, clause)
        if beginning is not None:
            so = partial(_beginning_so, conn, clause, *beginning, order, limit, offset)
            return _unless_long(conn, _BY_NAME, so)
        return _unless_long(conn, _PATIENCE if NOT_MANY in clause.sql else _BY_NAME, walk)
    stretches = _stretches(clause, sort)
    found = _unless_long(conn, stretches, walk)
    if found is None and limit >= 0:
        more = sampled.stretches_worth_walking(conn, walked, limit + offset, walked=stretches)
        found = _unless_long(conn, more, walk) if more else None
    return found


def _stretches(clause: Clause, sort: str) -> int:
    """For how many stretches of `STEPS` a list is walked at first."""
    if UNLESS_WALKED in clause.sql:
        return _BY_NAME if sort == "name" else _WITH_TEXT
    dear = "customer.search" in clause.sql or goes_through_purchases(clause.sql)
    return _WITHOUT_CHOICE if dear else _PATIENCE


def _unless_long(
    conn: sqlite3.Connection, stretches: int, walk: Callable[[], list[int]]
) -> list[int] | None:
    """What is found on a walk; None if it passes over too many customers within so many stretches."""
    left = stretches

    def wait() -> bool:
        nonlocal left
        left -= 1
        return left <= 0

    try:
        with stopped_when(conn, wait):
            return walk()
    except sqlite3.OperationalError:
        if left > 0:
            raise
    return None


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
    there = _to_walk(Clause(begins, (letters, letters + "\U0010ffff", *clause.params)), "name")
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
