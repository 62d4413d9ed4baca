"""Who was on a list that always holds everyone, so that whoever is missing from a newer one has left it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from activetui.ledger.days import Day, from_iso


class OnList(NamedTuple):
    """A customer known by an id of one source, who has not refused mail."""

    key: str
    """The id in the source."""
    email: str
    name: str
    since: Day | None
    """The day on which the source says that the customer joined."""


def on_list(conn: sqlite3.Connection, source: str) -> Iterator[OnList]:
    """Everyone whom the source has ever named by an id, without those who refused mail."""
    rows = conn.execute(
        "SELECT identity.value, customer.email, customer.name, customer.extra"
        " FROM source CROSS JOIN identity ON identity.source_id = source.id AND identity.kind = 'id'"
        " JOIN customer ON customer.id = identity.customer_id"
        " WHERE source.name = ? AND customer.consent IS NOT 0 ORDER BY identity.value",
        (source,),
    )
    for key, email, name, extra in rows:
        yield OnList(key, email or "", name or "", _since(extra))


def _since(extra: str) -> Day | None:
    try:
        return from_iso(str(json.loads(extra or "{}")["customer_since"]))
    except (KeyError, ValueError):
        return None
