"""The stored spans of many customers as the arrays that the evaluator works with."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.evaluate import Spans


def spans_of_block(
    conn: sqlite3.Connection, customers: NDArray[np.int64], since: Day = FAR_PAST
) -> Spans:
    """The stored spans of customers (ascending numbers) as the evaluator gives them.

    With `since`, only those that still hold on that day or begin later.
    """
    import numpy as np

    from activetui.activity.evaluate import Spans
    from activetui.activity.intervals import ends_run
    from activetui.store.facts.packed import numbers

    low, high = (int(customers[0]), int(customers[-1])) if len(customers) else (0, -1)
    packed = numbers(conn.execute(_PACKED, (low, high, since)).fetchone()[0])
    packed = packed[np.isin(packed >> _CUSTOMER_AT, customers)]
    owner = np.searchsorted(customers, packed >> _CUSTOMER_AT).astype(np.int32)
    start = ((packed >> _START_AT & _START_BITS) + FAR_PAST).astype(np.int32)
    end = np.append(start[1:], np.int32(FAR_FUTURE)).astype(np.int32)
    end[ends_run(owner)] = FAR_FUTURE  # spans have no gaps: each ends where the customer's next begins
    return Spans(owner=owner, start=start, end=end, status=(packed & 0x7).astype(np.int8))


_CUSTOMER_AT, _START_AT, _START_BITS = 25, 3, (1 << 22) - 1
_PACKED = " ".join((
    f"SELECT group_concat((customer_id << {_CUSTOMER_AT}) | ((start - {FAR_PAST}) << {_START_AT}) | status)",
    "FROM (SELECT customer_id, start, status FROM span",
    "WHERE customer_id BETWEEN ? AND ? AND \"end\" > ? ORDER BY customer_id, start)",
))
