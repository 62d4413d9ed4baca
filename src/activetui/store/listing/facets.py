"""Which values occur in the store, for completion while typing: the most frequent first."""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

import sqlite3

from activetui.ledger.kinds import Kind
from activetui.ledger.text import fold

_LATEST = 20_000
"""Rows looked at for a value that many have; completion must answer at once at any size of the store."""

_SOURCES: dict[str, tuple[str, tuple[int, ...]]] = {
    "tag": ("SELECT name AS value FROM tag", ()),
    "country": ("SELECT country AS value FROM customer ORDER BY id DESC LIMIT ?", (_LATEST,)),
    "language": ("SELECT language AS value FROM customer ORDER BY id DESC LIMIT ?", (_LATEST,)),
    "city": ("SELECT city AS value FROM customer ORDER BY id DESC LIMIT ?", (_LATEST,)),
    "company": ("SELECT company AS value FROM customer ORDER BY id DESC LIMIT ?", (_LATEST,)),
    "playbook": ("SELECT playbook AS value FROM enrolment ORDER BY id DESC LIMIT ?", (_LATEST,)),
    "product": (
        "SELECT product AS value FROM (SELECT product FROM event WHERE kind = ? ORDER BY id DESC LIMIT ?) "
        "UNION ALL SELECT product FROM (SELECT product FROM line ORDER BY event_id DESC LIMIT ?)",
        (int(Kind.PURCHASE), _LATEST, _LATEST),
    ),
}


def values(conn: sqlite3.Connection, field: str, beginning: str = "", limit: int = 20) -> list[str]:
    """Values of a field in which a word begins with `beginning`, the most frequent first.

    Of fields that many customers share, the newest 20,000 rows are looked at. Empty for other fields.
    """
    if field not in _SOURCES:
        return []
    source, parameters = _SOURCES[field]
    wanted = fold(beginning)
    # grouped first: many share a value, and folding is a call of ours
    rows = conn.execute(
        "SELECT value FROM (SELECT value, count(*) AS number "
        f"FROM ({source}) WHERE value <> '' GROUP BY value) "
        "WHERE ? = '' OR instr(' ' || fold(value), ' ' || ?) > 0 ORDER BY number DESC, value LIMIT ?",
        (*parameters, wanted, wanted, limit),
    )
    return [value for (value,) in rows]
