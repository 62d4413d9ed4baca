"""The fifths of the buyers by their last purchase, number of purchases and spend (recency, frequency, money).

A buyer's quintile is 1, and one more for each of the four cut points that the buyer's figure is above. The
k-th cut point is the figure of the buyer at k fifths of all buyers, smallest figure first: so buyers of equal
figures are always in the same quintile, and above 1 only who has more than so many fifths of all.
"""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Literal, TypeAlias

from activetui.store.listing.kept_beside import is_kept, keep, moment
from activetui.store.other_days import as_of

Measure: TypeAlias = Literal["r", "f", "m"]

COLUMNS: dict[Measure, str] = {"r": "last_purchase", "f": "purchases", "m": "spend"}
"""The column of `fact` whose fifths each measure is."""

BUYER = "fact.last_purchase IS NOT NULL"
"""Only buyers are counted, and have a quintile."""

Cuts: TypeAlias = dict[Measure, tuple[int | None, ...]]
"""The four cut points of each measure; None where there are no buyers."""


def cut(measure: Measure, place: int) -> str:
    """SQL of a cut point, 1 to 4, on the day that the connection looks from; NULL where nobody has bought."""
    return f"(SELECT {_lowest(place)} FROM ({_counted(measure)}))"


def cuts(conn: sqlite3.Connection, measures: Iterable[Measure] = tuple(COLUMNS)) -> Cuts:
    """The cut points of some measures on the day that the connection looks from.

    They are kept, beside the connection, until the store or that day changes: a list asks for them at every
    letter that is typed, and a million customers take half a second.
    """
    return {measure: _kept(conn, measure) for measure in measures}


def _kept(conn: sqlite3.Connection, measure: Measure) -> tuple[int | None, ...]:
    now, day, table = moment(conn), as_of.day_of(conn), f"quintiles_{measure}"
    if now is not None and is_kept(conn, table):
        row = conn.execute(
            f"SELECT c1, c2, c3, c4 FROM temp.{table} WHERE (day, version, changes) = (?, ?, ?)", (day, *now)
        ).fetchone()
        if row is not None:
            return tuple(row)
    points = ", ".join(_lowest(place) for place in range(1, 5))
    row = conn.execute(f"SELECT {points} FROM ({_counted(measure)})").fetchone()
    if now is not None:
        keep(
            conn, table,
            "SELECT ? AS day, ? AS version, ? AS changes, ? AS c1, ? AS c2, ? AS c3, ? AS c4",
            (day, *now, *row),
        )
    return tuple(row)


def _lowest(place: int) -> str:
    """The smallest figure that, with all smaller ones, has at least so many fifths of the buyers."""
    return f"min(figure) FILTER (WHERE upto * 5 >= buyers * {place})"


def _counted(measure: Measure) -> str:
    """Every figure, how many buyers have it or a smaller one, and how many buyers there are."""
    column = COLUMNS[measure]
    return (
        f"SELECT {column} AS figure, sum(count(*)) OVER (ORDER BY {column}) AS upto, "
        f"sum(count(*)) OVER () AS buyers FROM fact AS buyer "
        f"WHERE last_purchase IS NOT NULL GROUP BY {column}"
    )
