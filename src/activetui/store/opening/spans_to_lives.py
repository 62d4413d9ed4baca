"""The sixth migration: from a row for each span of a customer to one row for all of them."""

# ruff: noqa: S608 - only fixed texts and numbers of this module are put together
from __future__ import annotations

import sqlite3

from activetui.ledger.days import FAR_PAST

_AT_ONCE = 50_000
_DAY_AT, _CUSTOMER_AT = 3, 25
_WORD = "<u4"
"""As `life` was first filled; whatever becomes of it later, this stays as it is."""


def fill(conn: sqlite3.Connection) -> None:
    """Bring what the table `span` holds into the empty table `life`; the caller owns the transaction."""
    low = conn.execute("SELECT min(customer_id) FROM span").fetchone()[0]
    while low is not None:
        _fill_part(conn, low, low + _AT_ONCE - 1)
        rest = conn.execute("SELECT min(customer_id) FROM span WHERE customer_id >= ?", (low + _AT_ONCE,))
        low = rest.fetchone()[0]


def _fill_part(conn: sqlite3.Connection, first: int, last: int) -> None:
    import numpy as np

    from activetui.store.facts.packed import numbers

    rows = numbers(conn.execute(_PACKED, (first, first, last)).fetchone()[0])
    whose = rows >> _CUSTOMER_AT
    words = (rows & ((1 << _CUSTOMER_AT) - 1)).astype(_WORD)
    begins = np.flatnonzero(np.append(True, whose[1:] != whose[:-1]))
    words[begins] &= (1 << _DAY_AT) - 1  # a first span has always held
    spans, at = words.tobytes(), [*(begins * words.itemsize).tolist(), words.nbytes]
    of_each = zip((whose[begins] + first).tolist(), at, at[1:], strict=False)
    lives = ((number, spans[low:high]) for number, low, high in of_each)
    conn.executemany("INSERT INTO life VALUES (?, ?)", lives)


_PACKED = " ".join((
    f"SELECT group_concat((customer_id - ?) << {_CUSTOMER_AT} | packed)",
    f"FROM (SELECT customer_id, ((start - {FAR_PAST}) << {_DAY_AT}) | status AS packed FROM span",
    "WHERE customer_id BETWEEN ? AND ? ORDER BY customer_id, start)",
))
