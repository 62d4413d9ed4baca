"""Many customers named by number in one statement, a few thousand at a time."""

# ruff: noqa: S608 - only fixed texts are put together; numbers are bound
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

_PART = 5_000
LISTED = "SELECT value FROM json_each(?)"
"""Numbers, bound as one text of JSON."""


def parts(numbers: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """A few thousand at a time, each part with the position of its first."""
    for at in range(0, len(numbers), _PART):
        yield at, [int(number) for number in numbers[at : at + _PART]]


def there(conn: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """Those of the numbers that are customers', each once, ascending."""
    found: list[int] = []
    for _at, part in parts(sorted(set(ids))):
        listed = f"SELECT id FROM customer WHERE id IN ({LISTED}) ORDER BY id"
        rows = conn.execute(listed, (json.dumps(part),))
        found += [number for (number,) in rows]
    return found
