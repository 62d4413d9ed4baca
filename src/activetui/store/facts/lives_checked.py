"""Whether the table `life` holds what can be somebody's life, each row looked at for itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import numpy as np

from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.store.facts.derived import Changes, changes_of, together
from activetui.store.facts.life_arrays import of_rows
from activetui.store.facts.lives import AT_ONCE, DAY_AT, FIRST_BELOW, STATUS_BITS


def damaged(conn: sqlite3.Connection) -> list[int]:
    """The numbers of those whose rows are no lives: nothing, or torn; not from FAR_PAST on; spans that do not
    follow one another, or a status that follows itself."""
    found: list[int] = []
    for rows in _rows(conn):
        lives, torn = of_rows(rows)
        found += torn
        if not len(lives.customers):
            continue
        words = lives.words.astype(np.int64)
        later = np.ones(len(words), dtype=np.bool_)
        later[lives.first] = False
        day, status = words >> DAY_AT, words & STATUS_BITS
        wrong = (day >= FAR_FUTURE - FAR_PAST) | (later != (words >= FIRST_BELOW))
        wrong |= later & ((day <= np.roll(day, 1)) | (status == np.roll(status, 1)))
        found += lives.customers[np.logical_or.reduceat(wrong, lives.first)].tolist()
    return sorted(found)


def counted(conn: sqlite3.Connection) -> Changes:
    """What all lives together say of the table `status_change`, as far as they can be read."""
    found = []
    for rows in _rows(conn):
        lives, _torn = of_rows(rows)
        found.append(changes_of(lives.start, lives.end, lives.status))
    return together(found)


def _rows(conn: sqlite3.Connection) -> Iterator[list[tuple[int, bytes]]]:
    cursor = conn.execute("SELECT customer_id, spans FROM life ORDER BY customer_id")
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows
