"""Functions of ours that queries may call by name."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from activetui.ledger.text import fold
from activetui.store.facts import lives_in_sql

_REMEMBERED = 65_536


def register(conn: sqlite3.Connection) -> None:
    """Make `fold(text)` and what is asked of lives known to the connection; once, when it is opened."""
    conn.create_function("fold", 1, _folded, deterministic=True)
    lives_in_sql.register(conn)


@lru_cache(_REMEMBERED)
def _folded(text: str | None) -> str | None:
    """The text as it is matched; None stays None. Products and cities come again and again."""
    return None if text is None else fold(text)
