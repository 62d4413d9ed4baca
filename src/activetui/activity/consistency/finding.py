"""What a rule of the check says, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from activetui.activity.consistency.figures import LedgerFigures
from activetui.activity.definition import Definition


class Severity(StrEnum):
    """How much weight a finding has; the words stand in JSON."""

    MISTAKE = "mistake"
    """The definition contradicts itself, or cannot do for this ledger what it says."""
    WARNING = "warning"
    """It does what it says, but hardly what was meant."""
    NOTE = "note"
    """Harmless: good to know, and nothing need be changed."""
    QUESTION = "question"
    """Only the owner can decide it."""


class Told(NamedTuple):
    """What a rule says of one thing that it finds."""

    message: str
    advice: str
    severity: Severity = Severity.WARNING
    figure: float | None = None
    """The number in the message that comes from the ledger, or from trying the definition."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not make sense: a stable code, what it is, and what to change."""

    code: str
    message: str
    advice: str
    severity: Severity = Severity.WARNING
    figure: float | None = None


Rule: TypeAlias = Callable[[Definition], Iterator[Told]]
"""Looks at a definition by itself."""
LedgerRule: TypeAlias = Callable[[Definition, LedgerFigures], Iterator[Told]]
"""Looks at a definition for a ledger that has customers."""
