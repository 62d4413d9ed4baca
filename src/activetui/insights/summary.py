"""How the business stands on one day: how many customers in which status."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import Day
from activetui.store import definitions
from activetui.store.facts import spans
from activetui.store.ledger_start import known_from


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one day, by the definition in force."""

    as_of: Day
    definition: str
    """The definition's name."""
    version: int
    customers: int
    """Everyone in the store, prospects and those of unknown status included."""
    counts: Mapping[Status, int]
    """Customers in each of the eight statuses; they add up to `customers`."""
    active_base: int
    known_from: tuple[Day, Day] | None = None
    """The days from which the ledger reaches back far enough for the first, and for the last, of those whose
    status is unknown; None where there are none, or where nothing could make anyone active yet."""


def summarise(conn: sqlite3.Connection, day: Day) -> Summary:
    """The figures of `day`, past or future, from the stored spans."""
    found = spans.counts_on(conn, day)
    counts = {status: found.get(status, 0) for status in Status}
    name, version = definitions.name_in_force(conn)
    return Summary(
        as_of=day,
        definition=name,
        version=version,
        customers=sum(counts.values()),
        counts=counts,
        active_base=sum(counts[status] for status in ACTIVE_BASE),
        known_from=known_from(conn, day) if counts[Status.UNKNOWN] else None,
    )
