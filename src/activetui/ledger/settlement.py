"""Which events are activity, and what of their amount remains.

A purchase that is cancelled, failed, unpaid or wholly refunded is no activity, but stays in the ledger.
"""

from __future__ import annotations

from typing import NamedTuple

PAID_STATES = frozenset({"", "paid", "refunded", "partially_refunded"})
"""States of a purchase for which money was received (perhaps given back later)."""

VOID_STATES = frozenset({"pending", "unpaid", "cancelled", "voided", "failed", "expired", "draft", "no_show"})
"""States of an event that did not take place, or has not yet."""

STATES = PAID_STATES | VOID_STATES


class Settled(NamedTuple):
    """What an event is worth once its state and refunds are known."""

    counts: bool
    """Whether the event is activity."""
    net: int
    """Minor units that remain: what was paid less what was given back."""


def settle(kind_word: str, state: str, amount: int | None, refunded: int) -> Settled:
    """What of one event counts, given all refunds of it, in minor units of its currency.

    A free purchase (amount 0 or none) counts; one whose refunds reach its amount does not.
    A refund's net is negative only where it is not tied to a purchase (`refunded` 0).
    """
    paid = amount or 0
    if state in VOID_STATES:
        return Settled(False, 0)
    if kind_word == "refund":
        return Settled(False, -abs(paid) if not refunded else 0)
    wholly_refunded = state == "refunded" or (paid > 0 and refunded >= paid)
    if kind_word == "purchase" and wholly_refunded:
        return Settled(False, 0)
    return Settled(True, paid - refunded if kind_word == "purchase" else 0)
