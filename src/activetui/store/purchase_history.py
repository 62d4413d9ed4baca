"""Every purchase day of the ledger, read at once."""

from __future__ import annotations

import sqlite3

from activetui.activity.past.purchase_history import PurchaseHistory, history_from
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import Kind
from activetui.store import settings
from activetui.store.facts.blocks import event_ids
from activetui.store.facts.packed import NET, numbers
from activetui.store.progress import Progress

_IDS_A_STEP = 250_000
_DAY_BITS = 22


def purchase_history(
    conn: sqlite3.Connection, up_to: Day | None = None, progress: Progress | None = None
) -> PurchaseHistory:
    """The purchases that count up to a day (default: all); money in another currency than the store's is 0.

    `progress` is called with steps done and in all, and may raise.
    """
    import numpy as np

    latest = FAR_FUTURE if up_to is None else up_to
    first, last = event_ids(conn)
    places, spends = [numbers(None)], [numbers(None)]
    steps = range(first, last + 1, _IDS_A_STEP)
    for done, at in enumerate(steps, start=1):
        wanted = (settings.currency(conn), at, at + _IDS_A_STEP - 1, latest)
        place, spend = conn.execute(_SCAN, wanted).fetchone()
        places.append(numbers(place))
        spends.append(numbers(spend))
        if progress is not None:
            progress(done, len(steps))
    found = np.concatenate(places)
    return history_from(
        found >> _DAY_BITS, (found & ((1 << _DAY_BITS) - 1)) + FAR_PAST, np.concatenate(spends)
    )


_SCAN = " ".join((
    "SELECT group_concat(place), group_concat(net)",
    f"FROM (SELECT (customer_id << {_DAY_BITS}) | (day - {FAR_PAST}) AS place,", NET, "AS net",
    "FROM event NOT INDEXED",
    f"WHERE id BETWEEN ? AND ? AND kind = {Kind.PURCHASE:d} AND counts <> 0",
    "AND customer_id IS NOT NULL AND day <= ? ORDER BY id)",
))
