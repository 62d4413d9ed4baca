"""The receipt of one status, with the events it names as they stand in the ledger."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from activetui.activity.receipts.receipt import explain
from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.store.definitions import in_force
from activetui.store.facts.blocks import blocks
from activetui.store.ledger_start import ledger_start


@dataclass(frozen=True, slots=True)
class FullReceipt:
    """Why one customer has one status on one day (see `activity.receipts.receipt`), and by which rules."""

    status: Status
    since: Day
    """FAR_PAST if it has always held."""
    until: Day
    """FAR_FUTURE if time alone never ends it."""
    next_status: Status
    rule: str
    threshold: str
    event_id: int | None
    """The event that makes, or last made, the rule hold."""
    event_day: Day | None
    event_kind: str
    """The kind's word; empty without an event."""
    event_amount: int | None
    """Minor units of `event_currency`, as recorded."""
    event_currency: str
    event_product: str
    ended_by_id: int | None
    """The event that ended what held before; None where time alone did."""
    flips_on: Day | None
    """The first day of another status if nothing is added; None for never."""
    would_change: str
    known_from: Day | None
    """For `unknown`: the day from which the ledger reaches back far enough."""
    definition: str
    version: int


def receipt_of(conn: sqlite3.Connection, customer_id: int, day: Day) -> FullReceipt:
    """The receipt of a customer's status on any day; `KeyError` for a number that is nobody's."""
    definition = in_force(conn)
    block = next(blocks(conn, definition, [customer_id]), None)
    if block is None:
        raise KeyError(customer_id)
    receipt = explain(definition, block, ledger_start(conn, definition), day)
    numbers = [number for (number,) in conn.execute(_IN_BLOCK_ORDER, (customer_id,))]
    event_id = None if receipt.event is None else numbers[receipt.event]
    kind, amount, currency, product = ("", None, "", "")
    if event_id is not None:
        kind, amount, currency, product = conn.execute(_EVENT, (event_id,)).fetchone()
    return FullReceipt(
        status=receipt.status,
        since=receipt.since,
        until=receipt.until,
        next_status=receipt.next_status,
        rule=receipt.rule,
        threshold=receipt.threshold,
        event_id=event_id,
        event_day=receipt.event_day,
        event_kind=kind,
        event_amount=amount,
        event_currency=currency,
        event_product=product,
        ended_by_id=None if receipt.ended_by is None else numbers[receipt.ended_by],
        flips_on=receipt.flips_on,
        would_change=receipt.would_change,
        known_from=receipt.known_from,
        definition=definition.name,
        version=definition.version,
    )


_IN_BLOCK_ORDER = "SELECT id FROM event WHERE customer_id = ? ORDER BY day, id"
_EVENT = """
SELECT kind.name, amount, currency, product FROM event JOIN kind ON kind.id = event.kind WHERE event.id = ?"""
