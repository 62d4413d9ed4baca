"""The customers whom a person has marked, whatever list, page or order they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_AT_ONCE = 50_000


class Marks:
    """A set of customer numbers, and the one marked last, from which a range goes on.

    Numbers of a whole list are taken in a few at a time: other threads get their turn in between.
    """

    def __init__(self) -> None:
        self._marked: set[int] = set()
        self.last: int | None = None

    def __len__(self) -> int:
        return len(self._marked)

    def __contains__(self, customer: int) -> bool:
        return customer in self._marked

    def numbers(self) -> list[int]:
        """All of them, ascending."""
        return sorted(self._marked)

    def turn(self, customer: int) -> bool:
        """Mark a customer, or no longer; whether they are marked now."""
        self._marked ^= {customer}
        self.last = customer
        return customer in self._marked

    def add(self, customers: Sequence[int]) -> None:
        """Mark these too."""
        for some in _parts(customers):
            self._marked.update(some)

    def invert(self, customers: Sequence[int]) -> None:
        """Of these, mark whoever is not marked, and no longer whoever is."""
        for some in _parts(customers):
            self._marked.symmetric_difference_update(some)

    def clear(self) -> None:
        """Nobody is marked any more."""
        self._marked, self.last = set(), None


def _parts(customers: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(customers), _AT_ONCE):
        yield customers[start : start + _AT_ONCE]
