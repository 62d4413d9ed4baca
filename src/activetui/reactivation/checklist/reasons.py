"""Why customers stayed away, counted: each customer once, by the reason that was given last."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.store import tasks


class ReasonCount(NamedTuple):
    """The customers who stayed away for one reason."""

    reason: str
    """A word of `ledger.reasons`; empty for those of whom it is not known."""
    customers: int
    away: int
    """Those of them who are inactive or lost."""
    year_spend: int
    """What they spent in the year up to their last purchase, in minor units of the store's currency."""


def reasons(conn: sqlite3.Connection, day: Day, *, since: Day | None = None) -> list[ReasonCount]:
    """Everyone for whom a playbook was begun by the day looked from, by reason, the most frequent first.

    With `since` only those for whom one was begun on that day or later. Those of whom no reason is known
    stand last.
    """
    found = [ReasonCount(*row) for row in tasks.by_reason(conn, day, since)]
    return sorted(found, key=lambda each: (not each.reason, -each.customers, each.reason))
