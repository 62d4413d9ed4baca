"""The names of the segments of a store, for queries that ask for segments."""

from __future__ import annotations

import sqlite3

from activetui.segments.builtin import BUILT_IN
from activetui.segments.nested import Named, name_key
from activetui.store import saved_segments


def named_segments(conn: sqlite3.Connection) -> dict[str, Named]:
    """Every segment by `name_key` of its name; the built-in ones by that of their title, too."""
    known = {}
    for each in BUILT_IN:
        known[name_key(each.title)] = known[name_key(each.name)] = Named(each.name, each.query)
    for saved in saved_segments.list_segments(conn):
        known[name_key(saved.name)] = Named(saved.name, saved.query)
    return known
