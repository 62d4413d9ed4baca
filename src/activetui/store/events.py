"""The events of one customer: reading, adding and deleting by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import KIND_OF_WORD
from activetui.ledger.records import EventRecord, LineRecord
from activetui.locales import _
from activetui.store import refresh, settings, settling
from activetui.store.customers import get
from activetui.store.operations import Operation, operation

HAND = "hand"
"""The source of events that a person adds."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as stored, with the words for its numbers and its order lines."""

    id: int
    customer_id: int | None
    kind: int
    day: Day
    time: str
    amount: int | None
    currency: str
    refunded: int
    net: int
    counts: bool
    state: str
    action: str
    nature: str
    product: str
    quantity: float | None
    rating: int | None
    channel: str
    until: Day | None
    order_ref: str
    note: str
    recorded: Day
    source_id: int
    key: str
    line: int
    batch_id: int | None
    kind_word: str = ""
    source: str = ""
    lines: tuple[LineRecord, ...] = ()
