"""Which values occur in the store, for completion while typing: the most frequent first."""

# ruff: noqa: S608 - only fixed texts of this module are put together
from __future__ import annotations

import sqlite3

from activetui.ledger.kinds import Kind
from activetui.ledger.text import fold

_LATEST = 20_000
"""Rows looked at for a value that many have; completion must answer at once at any size of the store."""

_SOURCES: dict[str, tuple[str, tuple[int, ...]]] = {
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

_OCCUR = "SELECT value, count(*) AS number FROM ({source}) WHERE value <> '' GROUP BY value"
_TAGS_OCCUR = """
WITH RECURSIVE named (value) AS (
  SELECT min(name) FROM tag
  UNION ALL SELECT (SELECT min(name) FROM tag WHERE name > value) FROM named WHERE value IS NOT NULL LIMIT ?
)
SELECT value, (SELECT count(*) FROM (SELECT 1 FROM tag WHERE name = value LIMIT ?)) AS number
FROM named WHERE value IS NOT NULL"""
"""From name to name in the index, which passes over all who have the same one."""


def values(conn: sqlite3.Connection, field: str, beginning: str = "", limit: int = 20) -> list[str]:
    """Values of a field in which a word begins with `beginning`, the most frequent first.

    Of fields that many customers share, the newest 20,000 rows are looked at; a tag is counted so far. Empty
    for other fields.
    """
    if field in _SOURCES:
        source, parameters = _SOURCES[field]
        occurring = _OCCUR.format(source=source)
    elif field == "tag":
        occurring, parameters = _TAGS_OCCUR, (_LATEST, _LATEST)
    else:
        return []
    wanted = fold(beginning)
    # each value once: many share one, and folding is a call of ours
    rows = conn.execute(
        f"SELECT value FROM ({occurring}) "
        "WHERE ? = '' OR instr(' ' || fold(value), ' ' || ?) > 0 ORDER BY number DESC, value LIMIT ?",
        (*parameters, wanted, wanted, limit),
    )
    return [value for (value,) in rows]
