"""A meaning that a column can have, and how well it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LITTLE = 0.12
"""What stands beside a column weighs so much."""


@dataclass(slots=True)
class Candidate:
    """A meaning that a column can have, and how well it fits."""

    field: str
    score: float
    why: str = ""


def lift(found: Sequence[Candidate], field: str, why: str) -> None:
    """Let one of the meanings stand out, for a reason."""
    for candidate in found:
        if candidate.field == field:
            candidate.score = min(candidate.score, 0.95)
            candidate.why = why
        else:
            candidate.score -= LITTLE
