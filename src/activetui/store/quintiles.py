"""The fifths of the buyers by their last purchase, number of purchases and spend (recency, frequency, money).

A buyer's quintile is 1, and one more for each of the four cut points that the buyer's figure is above. The
k-th cut point is the figure of the buyer at k fifths of all buyers, smallest figure first: so buyers of equal
figures are always in the same quintile, and in quintile 5 only who is above at least four fifths of all.
"""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

import sqlite3
from typing import Literal, TypeAlias, get_args

Measure: TypeAlias = Literal["r", "f", "m"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

COLUMNS: dict[Measure, str] = {"r": "last_purchase", "f": "purchases", "m": "spend"}
"""The column of `fact` whose fifths each measure is."""

BUYER = "fact.last_purchase IS NOT NULL"
"""Only buyers are counted, and have a quintile."""

Cuts: TypeAlias = dict[Measure, tuple[int | None, ...]]
"""The four cut points of each measure; None where there are no buyers."""


def cut(measure: Measure, place: int) -> str:
    """SQL of a cut point, 1 to 4, on the day that the connection looks from; NULL where nobody has bought."""
    column = COLUMNS[measure]
    before = f"(SELECT (count(*) * {place} + 4) / 5 - 1 FROM fact AS buyer WHERE last_purchase IS NOT NULL)"
    return (
        f"(SELECT {column} FROM fact AS buyer WHERE last_purchase IS NOT NULL "
        f"ORDER BY {column} LIMIT 1 OFFSET {before})"
    )


def cuts(conn: sqlite3.Connection) -> Cuts:
    """The cut points of every measure on the day that the connection looks from."""
    found: Cuts = {}
    for measure in MEASURES:
        row = conn.execute("SELECT " + ", ".join(cut(measure, place) for place in range(1, 5))).fetchone()
        found[measure] = tuple(row)
    return found
