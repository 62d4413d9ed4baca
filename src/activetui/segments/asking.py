"""A text put to a store: parsed with the kinds that it knows, compiled in its currency."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.segments.compile import compile_query
from activetui.segments.query import parse
from activetui.segments.tree import Query
from activetui.store import kinds, settings
from activetui.store.people import Clause


class Asked(NamedTuple):
    """A query with the condition that it stands for in a store on a day."""

    query: Query
    clause: Clause
    currency: str


def ask(conn: sqlite3.Connection, text: str, day: Day) -> Asked:
    """What `text` asks of the store on `day`; `QueryError` if it cannot be read.

    The connection must look from the same day (`store.as_of.look_from`) when the clause is used.
    """
    currency = settings.currency(conn)
    query = parse(text, tuple(kinds.own_kinds(conn)))
    return Asked(query, compile_query(query, day=day, currency=currency), currency)
