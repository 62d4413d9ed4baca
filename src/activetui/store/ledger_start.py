"""From which day on the ledger can tell: the first event of a kind that keeps customers active.

The day is kept beside the customer who has that event, so that a change of anyone else needs no scan.
Walk-ins do not count: they are nobody's, and no customer's change would tell of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.store import settings
from activetui.store.facts import lives_in_sql
from activetui.store.facts.packed import CUSTOMER_AT, Packed, day_of, kind_of

if TYPE_CHECKING:
    from activetui.activity.definition import Definition

_KEY = "ledger_start"
_FEW = 1_000


class _First(NamedTuple):
    day: Day | None
    customer: int | None


def ledger_start(conn: sqlite3.Connection, definition: Definition) -> Day | None:
    """The first day of an event of `definition.active_kinds`; None where there is none.

    Kept for the kinds of the definition in force; for others the ledger is scanned.
    """
    kept = _kept(conn, definition)
    return (kept or _scan(conn, definition)).day


def known_from(conn: sqlite3.Connection, day: Day) -> tuple[Day, Day] | None:
    """The days from which the status can be told of the first, and of the last, who are unknown on `day`.

    That is when the ledger, or what is known of a customer, reaches back as far as the definition looks.
    None where nothing in the ledger could make anyone active yet.
    """
    from activetui.store.in_force import in_force

    definition = in_force(conn)
    start = ledger_start(conn, definition)
    if start is None:
        return None
    first, last = conn.execute(_HISTORIES, (day, int(Status.UNKNOWN))).fetchone()
    told = start + definition.reach
    if first is None:
        return told, told
    return told if told > day else first + definition.reach, max(start, last) + definition.reach


_HISTORIES = f"""
SELECT min(history_from), max(history_from) FROM customer
WHERE history_from IS NOT NULL AND {lives_in_sql.then("customer.id", "?")} = ?"""  # noqa: S608


def follow(conn: sqlite3.Connection, definition: Definition, touched: Sequence[int] | None) -> bool:
    """Bring the kept day up to date after events of `touched` (None: of anyone) changed; True if it moved."""
    kept = _kept(conn, definition)
    if touched is None or kept is None or len(touched) > _FEW:
        found = _scan(conn, definition)
    else:
        found = _scan(conn, definition, touched)
        if kept.customer not in touched:
            found = min(found, kept, key=_order)
        elif _order(found) > _order(kept):
            found = _scan(conn, definition)
    _keep(conn, definition, found, kept)
    return kept is None or found.day != kept.day


def follow_whole(conn: sqlite3.Connection, definition: Definition, events: Packed) -> None:
    """`follow`, where these are all the events that customers have."""
    import numpy as np

    places = np.flatnonzero(np.isin(kind_of(events.key), _kinds(definition)))
    found = _First(None, None)
    if len(places):
        first = events.key[places[np.argmin(day_of(events.key[places]))]]  # customers ascend within a day
        found = _First(int(day_of(first)), int(first >> CUSTOMER_AT))
    _keep(conn, definition, found, _kept(conn, definition))


def _keep(conn: sqlite3.Connection, definition: Definition, found: _First, kept: _First | None) -> None:
    if found != kept:
        settings.put(conn, _KEY, json.dumps([_kinds(definition), *found]))


def move(conn: sqlite3.Connection, by: int) -> None:
    """After every event moved by so many days: the kept day, too. The caller owns the transaction."""
    text = settings.get(conn, _KEY)
    if text:
        kinds, day, customer = json.loads(text)
        settings.put(conn, _KEY, json.dumps([kinds, None if day is None else day + by, customer]))


def _kinds(definition: Definition) -> list[int]:
    return sorted(definition.active_kinds)


def _kept(conn: sqlite3.Connection, definition: Definition) -> _First | None:
    text = settings.get(conn, _KEY)
    if not text:
        return None
    kinds, day, customer = json.loads(text)
    return _First(day, customer) if kinds == _kinds(definition) else None


def _scan(conn: sqlite3.Connection, definition: Definition, of: Sequence[int] | None = None) -> _First:
    kinds = json.dumps(_kinds(definition))
    if of is None:
        row = conn.execute(
            "SELECT day, customer_id FROM event NOT INDEXED "
            "WHERE customer_id IS NOT NULL AND kind IN (SELECT value FROM json_each(?)) "
            "ORDER BY day, customer_id LIMIT 1",
            (kinds,),
        ).fetchone()
    else:
        row = conn.execute(
            "SELECT day, customer_id FROM event WHERE customer_id IN (SELECT value FROM json_each(?)) "
            "AND +kind IN (SELECT value FROM json_each(?)) ORDER BY day, customer_id LIMIT 1",
            (json.dumps(list(of)), kinds),
        ).fetchone()
    return _First(*(row or (None, None)))


def _order(first: _First) -> tuple[bool, Day | None, int | None]:
    """By day, then by number, so that what is kept depends on the ledger alone; nothing comes last."""
    return first.day is None, first.day, first.customer
