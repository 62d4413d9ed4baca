"""What changes when another definition counts: how many customers move between statuses, and their money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.status import ACTIVE_BASE, Status

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STATUSES = len(Status)


class Move(NamedTuple):
    """Customers whose status one definition calls `before` and the other `after`, on the same day."""

    before: Status
    after: Status
    customers: int
    year_spend: int
    """What they spent in the year up to their last purchase, in minor units of the store's currency."""


class Flow(NamedTuple):
    """Customers who come into the active base, or go out of it."""

    customers: int
    year_spend: int
    """As of a `Move`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two definitions on one day."""

    before_counts: Mapping[Status, int]
    """How many customers have each of the eight statuses."""
    after_counts: Mapping[Status, int]
    moves: tuple[Move, ...]
    """Most customers first, then most money; nobody who keeps the status."""
    who: tuple[NDArray[np.int64], ...]
    """For each move the numbers of its customers, those who spend most first."""

    @property
    def before_base(self) -> int:
        """The active base by the definition before."""
        return active_base(self.before_counts)

    @property
    def after_base(self) -> int:
        """The active base by the definition after."""
        return active_base(self.after_counts)

    @property
    def entering(self) -> Flow:
        """Who is in the active base only by the definition after."""
        return _flow(move for move in self.moves if not _is_in(move.before) and _is_in(move.after))

    @property
    def leaving(self) -> Flow:
        """Who is in the active base only by the definition before."""
        return _flow(move for move in self.moves if _is_in(move.before) and not _is_in(move.after))

    @property
    def moved(self) -> int:
        """How many customers get another status."""
        return sum(move.customers for move in self.moves)


def difference_of(
    customers: NDArray[np.int64],
    before: NDArray[np.int8],
    after: NDArray[np.int8],
    year_spend: NDArray[np.int64],
) -> Difference:
    """The difference between two statuses of each of `customers` (ascending numbers)."""
    import numpy as np

    found = moves(before, after, year_spend)
    dearest_first = np.argsort(-year_spend, kind="stable")
    place = _place(before, after)[dearest_first]
    who = tuple(
        customers[dearest_first[place == move.before * _STATUSES + move.after]] for move in found
    )
    return Difference(counts(before), counts(after), tuple(found), who)


def moves(
    before: NDArray[np.int8], after: NDArray[np.int8], year_spend: NDArray[np.int64]
) -> list[Move]:
    """Who moves from which status to which; one element of each column a customer.

    Most customers first, then most money.
    """
    import numpy as np

    place = _place(before, after)
    number = np.bincount(place, minlength=_STATUSES**2).tolist()
    spent = np.zeros(_STATUSES**2, dtype=np.int64)
    np.add.at(spent, place, year_spend)         # exact: sums of weights in bincount would be floats
    found = [
        Move(Status(at // _STATUSES), Status(at % _STATUSES), number[at], int(spent[at]))
        for at in range(_STATUSES**2)
        if number[at] and at // _STATUSES != at % _STATUSES
    ]
    return sorted(found, key=lambda move: (-move.customers, -move.year_spend, move.before, move.after))


def counts(status: NDArray[np.int8]) -> dict[Status, int]:
    """How many customers have each of the eight statuses."""
    import numpy as np

    return dict(zip(Status, np.bincount(status, minlength=_STATUSES).tolist(), strict=True))


def active_base(status_counts: Mapping[Status, int]) -> int:
    """The active base that the counts of the statuses make up."""
    return sum(status_counts.get(status, 0) for status in ACTIVE_BASE)


def _is_in(status: Status) -> bool:
    return status in ACTIVE_BASE


def _flow(moves: Iterable[Move]) -> Flow:
    some = list(moves)
    return Flow(sum(move.customers for move in some), sum(move.year_spend for move in some))


def _place(before: NDArray[np.int8], after: NDArray[np.int8]) -> NDArray[np.int64]:
    import numpy as np

    return before.astype(np.int64) * _STATUSES + after
