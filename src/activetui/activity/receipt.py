"""The explanation of one status of one customer on one day."""

from __future__ import annotations

from dataclasses import dataclass

from activetui.activity.block import LedgerBlock
from activetui.activity.definition import Definition
from activetui.activity.status import Status
from activetui.ledger.days import Day


@dataclass(frozen=True, slots=True)
class Receipt:
    """Since when, why, until when, and what would change it."""

    status: Status
    since: Day
    """FAR_PAST if it has always held."""
    until: Day
    """FAR_FUTURE if time alone never ends it."""
    next_status: Status
    """The status from `until` on; the same status where nothing ends it."""
    rule: str
    """The condition that holds (or held last), in words."""
    threshold: str
    """The rule's limit for this customer, in words."""
    event: int | None
    """Position in the block of the event that makes (or last made) the rule hold."""
    event_day: Day | None
    ended_by: int | None
    """Position of the event that ended what held before; None where time alone did."""
    flips_on: Day | None
    """The first day of another status if nothing is added to the ledger; None for never."""
    would_change: str
    """What would change the status, in one sentence."""
    known_from: Day | None
    """For `unknown`: the day from which the ledger reaches back far enough."""


def explain(definition: Definition, block: LedgerBlock, ledger_start: Day | None, day: Day) -> Receipt:
    """The receipt of the one customer of `block` on `day`."""
    raise NotImplementedError
