"""Why customers are left out of a list: each counted by the first of some conditions that they fit."""

# ruff: noqa: S608 - only fixed texts and compiled clauses are put together; values are bound
from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from activetui.store.listing.lists import tables
from activetui.store.listing.sorts import Clause


def sorted_out(conn: sqlite3.Connection, clause: Clause, conditions: Sequence[Clause]) -> list[int]:
    """Of the customers that the clause finds, how many fit each condition and none before it.

    At the end, how many fit none.
    """
    whens = " ".join(f"WHEN {each.sql} THEN {place}" for place, each in enumerate(conditions))
    which = f"CASE {whens} ELSE {len(conditions)} END" if conditions else "0"
    rows = conn.execute(
        f"SELECT {which} AS which, count(*) FROM {tables(f'{clause.sql} {which}')} WHERE {clause.sql}"
        " GROUP BY which",
        (*(value for each in conditions for value in each.params), *clause.params),
    )
    found: dict[int, int] = dict(rows.fetchall())
    return [found.get(place, 0) for place in range(len(conditions) + 1)]
