"""The first ones of a list by name of those whom the index of text names, by how their texts begin.

Most who are called so begin so: they stand together in the index on names, and the index of text tells that
few others come into question (`beginning`). Where many others do, all who are named are put in order by the
first letters of their texts (`numbers`), which takes half as long as to look up the texts. Whoever is found
is looked at once more, and stands in the order of the whole text.
"""

# ruff: noqa: S608 - only fixed texts and compiled clauses are put together; values are bound
from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from activetui.store.listing.event_tests import one_by_one
from activetui.store.listing.sorts import (
    FEW,
    NOT_MANY,
    UNLESS_WALKED,
    Clause,
    Order,
    direction,
    unless_walked,
)

LETTERS = 12
"""So many letters of a text are its beginning."""
FIRST = "\2"
"""Stands before each text in the index."""
UNINDEXED = """
SELECT id FROM list_text_changed
UNION ALL SELECT id FROM customer WHERE id > (SELECT upto FROM list_text_state)"""
"""Whom the index of text does not know as they are."""

_LETTERS_OF_A_THREE = 3
_MOST = 2_000
"""So many are looked at, at most: if those who are wanted are not among them, there is no gain."""
_AT_ONCE = 4
"""So many times as many as are wanted are looked at first."""
_LONGEST = 5_000
"""A longer condition is not looked through."""
_OTHERWISE = re.compile(r"\b(?:OR|NOT|BETWEEN|CASE|WHEN|SELECT)\b", re.IGNORECASE)
_OUTSIDE = 3_000
"""So many others are looked at, at most, beside those who begin so."""
_NAMED = """
SELECT text, id FROM (
  SELECT list_beginning.text, list_beginning.id FROM (
    SELECT rowid AS number FROM list_text WHERE list_text MATCH ?
    UNION ALL SELECT rowid FROM list_note WHERE list_note MATCH ?
  ) AS named CROSS JOIN list_beginning ON list_beginning.id = named.number
  UNION ALL SELECT substr(search, 1, {letters}), id FROM customer WHERE id IN ({unindexed})
) ORDER BY text {falls} LIMIT ?"""
_OTHERS = f"""
SELECT rowid FROM list_text WHERE list_text MATCH ?
UNION ALL SELECT rowid FROM list_note WHERE list_note MATCH ?
UNION ALL {UNINDEXED} LIMIT ?"""


def can_be(clause: Clause, limit: int, offset: int) -> bool:
    """Whether everyone in the list is among those whom the index of text names, and few are asked for."""
    return limit >= 0 and limit + offset <= _MOST // 2 and _asked_at(clause.sql) is not None


def beginning(conn: sqlite3.Connection, clause: Clause) -> tuple[str, list[int]] | None:
    """Two letters or one, and all who may be in the list although their texts do not begin with them.

    None if these are many, or nobody can tell. One letter is enough where many are found by their e-mail
    address, which has the initial before the family name.
    """
    at = _asked_at(clause.sql)
    if at is None:
        return None
    place = clause.sql[:at].count("?")
    every, some, needle = map(str, clause.params[place : place + 3])
    for letters in dict.fromkeys((needle[: _LETTERS_OF_A_THREE - 1], needle[:1])):
        terms = conn.execute(
            "SELECT term FROM list_text_terms WHERE term BETWEEN ? AND ?",
            (FIRST + letters, FIRST + letters + "\U0010ffff"),
        )
        quoted = ['"' + term.replace('"', '""') + '"' for (term,) in terms]
        match = f"({every}) NOT ({' OR '.join(quoted)})" if quoted else every
        others = conn.execute(_OTHERS, (match, some, _OUTSIDE + 1)).fetchall()
        if len(others) <= _OUTSIDE:
            return letters, [row[0] for row in others]
    return None


def numbers(
    conn: sqlite3.Connection, clause: Clause, tables: str, order: Order, limit: int, offset: int
) -> list[int] | None:
    """The numbers at some places of a list by name; None if they are better found in another way.

    `tables` is the FROM of the condition.
    """
    at = _asked_at(clause.sql)
    if at is None:
        return None
    place = clause.sql[:at].count("?")
    named = _NAMED.format(letters=LETTERS, unindexed=UNINDEXED, falls=direction(order.field_falls))
    found = conn.execute(named, (*clause.params[place : place + 2], _MOST + 1)).fetchall()
    for some in (_AT_ONCE * (limit + offset), _MOST):
        rest = found[some : some + 1]           # whoever begins as the first of these may stand before others
        looked_at = [row[1] for row in found[:some] if not rest or row[0] != rest[0][0]]
        fitting = among(conn, looked_at, clause, tables, order, limit, offset)
        if len(fitting) == limit or not rest:
            return fitting
    return None


def among(
    conn: sqlite3.Connection, some: Sequence[int], clause: Clause, tables: str, order: Order, limit: int,
    offset: int,
) -> list[int]:
    """The numbers at some places of a list by name of some customers, those of them who fit."""
    falls, numbers_fall = direction(order.field_falls), direction(order.numbers_fall)
    statement = (
        f"SELECT customer.id FROM {tables} WHERE customer.id IN ({', '.join('?' * len(some))})"
        f" AND ({one_by_one(unless_walked(clause.sql))})"
        f" ORDER BY +customer.search {falls}, customer.id {numbers_fall} LIMIT ? OFFSET ?"
    )
    return [row[0] for row in conn.execute(statement, (*some, *clause.params, limit, offset))]


def _asked_at(sql: str) -> int | None:
    """Where a condition says whom the index names, if nobody else can fulfil it.

    That is so if on every level around it only `AND` stands beside it.
    """
    at = sql.find(UNLESS_WALKED)
    if at < 0 or len(sql) > _LONGEST:
        return None
    levels: list[list[str]] = [[]]
    around = -1                                 # how many of the levels stand around it
    for place, sign in enumerate(sql):
        if place == at:
            around = len(levels)
        if sign == "(":
            levels.append([])
        elif sign == ")":
            level = "".join(levels.pop())
            inside = len(levels) < around
            around = min(around, len(levels))
            if inside and not _only_together(level):
                return None
            levels[-1].append("@" if inside else "()")
        else:
            levels[-1].append(sign)
    return at if _only_together("".join(levels[0])) else None


def _only_together(level: str) -> bool:
    """Whether a level of a condition is the named ones, or they and something else."""
    plain = level.replace(UNLESS_WALKED, "").replace(FEW, "").replace(NOT_MANY, "")
    parts = [part.strip() for part in re.split(r"\bAND\b", plain)]
    return not _OTHERWISE.search(plain) and ("@" in parts or parts == ["customer.id IN ()"])
