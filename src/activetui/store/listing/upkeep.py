"""What makes long lists quick, made a piece at a time when nothing else is to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial

from activetui.store.listing import list_indexes, search
from activetui.store.opening.connection import transaction


def is_due(conn: sqlite3.Connection) -> bool:
    """Whether there is anything to do; in a store with few customers there never is."""
    return _next(conn) is not None


def do_some(conn: sqlite3.Connection) -> bool:
    """Do one piece, in a transaction of its own; whether there was anything to do.

    A piece takes a second or two with a million customers; between two, others can write. Nothing that is
    read depends on it, but its speed.
    """
    with transaction(conn):
        piece = _next(conn)
        if piece is None:
            return False
        piece(conn)
    return True


def _next(conn: sqlite3.Connection) -> Callable[[sqlite3.Connection], None] | None:
    if not list_indexes.are_many(conn):
        return None
    name = next(list_indexes.missing(conn), None)
    if name is not None:
        return partial(list_indexes.make, name=name)
    return None if search.is_complete(conn) else search.index_some
