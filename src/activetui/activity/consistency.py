"""Whether a definition makes sense, by itself and for a given ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from activetui.activity.definition import Definition


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """What the check needs to know of a ledger."""

    customers: int
    events_of_kind: Mapping[int, int] = field(default_factory=dict)
    """Number of events by kind."""
    usual_gap: float | None = None
    """Median of the customers' own rhythms, in days; None where too few have one."""
    with_rhythm: int = 0
    """How many customers `usual_gap` rests on."""
    longer_gaps: Mapping[int, float] = field(default_factory=dict)
    """For a number of days, the share of those customers whose usual gap is longer."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not make sense: a stable code, what it is, and what to change."""

    code: str
    message: str
    advice: str


def check(definition: Definition, ledger: LedgerFigures | None = None) -> list[Finding]:
    """What is wrong with a definition; empty if nothing is. Without a ledger only the definition itself."""
    raise NotImplementedError
