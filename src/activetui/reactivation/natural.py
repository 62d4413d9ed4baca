"""The chance that a silent customer does not come back by themselves, from what became of such silences."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from activetui.activity.past.natural_return import SO_FAR, Silences, silences_of
from activetui.insights.bridge import month_start
from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import days_words, format_number
from activetui.store.progress import Progress
from activetui.store.purchase_history import purchase_days

HORIZON = 90
"""Days in which to buy again where nobody asks for others."""
ENOUGH = 30
"""From so many silences on a share is said; of fewer, a wider group is asked."""


class Chance(NamedTuple):
    """What became of the silences that are most like a customer's own."""

    n: int
    """How many there were; 0 where too few are known to say anything."""
    returned: int
    """Those that ended with a purchase within the horizon."""
    silent_days: int
    """How long they had lasted: as long as the customer's, else the longest that can be judged."""
    least: int
    """The fewest purchases before them."""
    most: int | None
    """The most purchases before them; None for any number."""
    horizon: int

    @property
    def known(self) -> bool:
        """Whether enough silences are known."""
        return self.n > 0

    @property
    def lost(self) -> int:
        """Those that did not end with a purchase within the horizon."""
        return self.n - self.returned

    @property
    def share_lost(self) -> float:
        """The chance of losing the customer; 1 where it is not known."""
        return self.lost / self.n if self.n else 1.0

    @property
    def share_returned(self) -> float | None:
        """The chance that the customer comes back by themselves; None where it is not known."""
        return self.returned / self.n if self.n else None

    @property
    def group(self) -> str:
        """Which silences these are, in words: `45 days of silence after 4 to 9 purchases`."""
        return _("{days} of silence after {purchases}").format(
            days=days_words(self.silent_days), purchases=_purchases_words(self.least, self.most)
        )


@dataclass(frozen=True, slots=True)
class Chances:
    """What became of all silences of a ledger, up to a day."""

    horizon: int
    """Days in which to buy again."""
    end: Day | None
    """The last day that was watched; None without purchases."""
    silences: tuple[Silences, ...]
    """For each step of `SO_FAR`."""

    def of(self, silent_days: int | None, purchases: int) -> Chance:
        """The chance for a customer silent for so many days after so many purchases.

        From the silences of as many days after about as many purchases, where `ENOUGH` are known; else from
        those after as many or more, after half as many, and so on, up to everyone's. Where even these are too
        few because nobody has been watched for so long, from everyone's longest silences that are enough, if
        these are at least half as long. Else it is not known.
        """
        if silent_days is None or purchases < 1:
            return self._unknown(silent_days or 0)
        silent = max(silent_days, 0)
        step = sum(1 for least in SO_FAR if least <= purchases) - 1
        for first, last in _wider(step):
            found = self._of(silent, first, last)
            if found.n >= ENOUGH:
                return found
        if silent <= 2 * self.longest:
            return self._of(self.longest, 0, len(SO_FAR) - 1)
        return self._unknown(silent)

    @property
    def longest(self) -> int:
        """The longest silence of anyone of which enough are known; -1 if there is none."""
        low, high = -1, (len(self.silences[0].n) if self.silences else 0) - 1
        while low < high:                       # the longer the silence, the fewer there are
            middle = (low + high + 1) // 2
            enough = sum(part.n[middle] for part in self.silences) >= ENOUGH
            low, high = (middle, high) if enough else (low, middle - 1)
        return low

    def _of(self, silent: int, first: int, last: int) -> Chance:
        parts = self.silences[first : last + 1]
        there = [part for part in parts if silent < len(part.n)]
        most = None if last == len(SO_FAR) - 1 else SO_FAR[last + 1] - 1
        return Chance(
            sum(part.n[silent] for part in there), sum(part.returned[silent] for part in there),
            silent, SO_FAR[first], most, self.horizon,
        )

    def _unknown(self, silent: int) -> Chance:
        return Chance(0, 0, silent, 1, None, self.horizon)


def chances(
    conn: sqlite3.Connection, day: Day, horizon: int = HORIZON, progress: Progress | None = None
) -> Chances:
    """What became of the silences in the purchases up to the end of the month before `day`.

    Within the `horizon` days after each. So the answer holds for a month; it is kept in the store until those
    purchases change. `progress` is told how much of the ledger is read where it has to be, and may raise.
    """
    customer, when = purchase_days(conn, month_start(day) - 1, progress)
    if not len(when):
        return Chances(horizon, None, ())
    end = int(when.max())
    return Chances(horizon, end, silences_of(customer, when, horizon, end))


def _wider(step: int) -> list[tuple[int, int]]:
    """The groups to ask, one after the other: first and last of the steps of `SO_FAR`."""
    top = len(SO_FAR) - 1
    return [(step, step), *((first, top) for first in range(step, -1, -1) if (first, top) != (step, step))]


def _purchases_words(least: int, most: int | None) -> str:
    if most is None:
        words = _("{n} or more purchases") if least > 1 else _("any number of purchases")
    elif least == most:
        words = _("one purchase")
    else:
        words = _("{n} to {most} purchases")
    return words.format(n=format_number(least), most=format_number(most))
