"""The coin by which a part of a round is left in peace, so that there is somebody to compare with.

It is tossed with the seed of the round and a sign of the customer that stays (`store.rounds.stable_signs`):
so it falls the same for the same customer whatever else is imported, undone or drawn before. It is written
down when the round starts, and read from there ever after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from activetui.ledger.days import Day, iso

LARGEST_SHARE = 50
"""More than half of a round is never left in peace: that would prove no more, and win fewer back."""
USUAL_SHARE = 20
"""How many in a hundred are left in peace where the owner has not said otherwise."""
_SIZE = 1 << 64


class Draw(NamedTuple):
    """How the coin fell for the customers of a round, each side in the order given."""

    to_contact: list[int]
    held_out: list[int]


def seed_of(playbook: str, day: Day) -> str:
    """The seed of the rounds of a playbook that start on a day.

    It holds nothing that could be tried again until it suits: a round that is taken back and started anew on
    the same day draws the same.
    """
    return f"{playbook}:{iso(day)}"


def falls(seed: str, sign: str) -> float:
    """Where the coin falls for a sign: 0 ≤ x < 1, evenly, the same each time (SHA-256 of both)."""
    digest = hashlib.sha256(f"{seed}\n{sign}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / _SIZE


def is_held_out(seed: str, sign: str, percent: int) -> bool:
    """Whether the customer of that sign is left in peace where so many in a hundred are."""
    return falls(seed, sign) * 100 < percent


def draw(seed: str, percent: int, customers: Sequence[int], signs: Mapping[int, str]) -> Draw:
    """Toss the coin for every customer, each by their sign."""
    drawn = Draw([], [])
    for number in customers:
        side = drawn.held_out if is_held_out(seed, signs[number], percent) else drawn.to_contact
        side.append(number)
    return drawn
