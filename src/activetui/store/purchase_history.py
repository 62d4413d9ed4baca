"""Every purchase day of the ledger, read at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from activetui.activity.past.purchase_history import PurchaseHistory, history_from
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import Kind
from activetui.store import settings
from activetui.store.facts.blocks import event_ids
from activetui.store.facts.packed import NET, numbers
from activetui.store.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_IDS_A_STEP = 250_000
_DAY_BITS = 22
_DAY_MASK = (1 << _DAY_BITS) - 1


def purchase_history(
    conn: sqlite3.Connection, up_to: Day | None = None, progress: Progress | None = None
) -> PurchaseHistory:
    """The purchases that count up to a day (default: all); money in another currency than the store's is 0.

    `progress` is called with steps done and in all, and may raise.
    """
    import numpy as np

    places, spends = [numbers(None)], [numbers(None)]
    currency = settings.currency(conn)
    for wanted in _steps(conn, up_to, progress):
        place, spend = conn.execute(_SCAN, (currency, *wanted)).fetchone()
        places.append(numbers(place))
        spends.append(numbers(spend))
    found = np.concatenate(places)
    return history_from(found >> _DAY_BITS, (found & _DAY_MASK) + FAR_PAST, np.concatenate(spends))


def purchase_days(
    conn: sqlite3.Connection, up_to: Day | None = None, progress: Progress | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Customer and day of each purchase that counts up to a day, by customer and day; as `purchase_history`.

    With a third of its memory, and several purchases of a day each for itself.
    """
    import numpy as np

    places = [numbers(None)]
    for wanted in _steps(conn, up_to, progress):
        places.append(numbers(conn.execute(_DAYS, wanted).fetchone()[0]))
    found = np.concatenate(places)
    places.clear()
    found.sort()
    customer = found >> _DAY_BITS
    found &= _DAY_MASK
    found += FAR_PAST
    return customer, found


def _steps(
    conn: sqlite3.Connection, up_to: Day | None, progress: Progress | None
) -> Iterator[tuple[int, int, Day]]:
    """The first and last number of some events at a time, and the last day, as the statements take them."""
    first, last = event_ids(conn)
    steps = range(first, last + 1, _IDS_A_STEP)
    for done, at in enumerate(steps, start=1):
        yield at, at + _IDS_A_STEP - 1, FAR_FUTURE if up_to is None else up_to
        if progress is not None:
            progress(done, len(steps))


_PLACE = f"(customer_id << {_DAY_BITS}) | (day - {FAR_PAST})"
_FROM = " ".join((
    "FROM event NOT INDEXED",
    f"WHERE id BETWEEN ? AND ? AND kind = {Kind.PURCHASE:d} AND counts <> 0",
    "AND customer_id IS NOT NULL AND day <= ? ORDER BY id",
))
_SCAN = " ".join((
    "SELECT group_concat(place), group_concat(net)",
    "FROM (SELECT", _PLACE, "AS place,", NET, "AS net", _FROM, ")",
))
_DAYS = " ".join(("SELECT group_concat(place) FROM (SELECT", _PLACE, "AS place", _FROM, ")"))
