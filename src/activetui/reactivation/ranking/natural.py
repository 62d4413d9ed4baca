"""The chance that a silent customer does not come back by themselves, from what became of such silences."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from activetui.activity.past.natural_return import SO_FAR, Silences, silences_of, together
from activetui.ledger.days import Day, to_date, to_day
from activetui.locales import _
from activetui.locales.formats import days_words, format_number
from activetui.store.kept_figures import Kept, keep, kept
from activetui.store.listing.stakes import Odds, packed
from activetui.store.other_days import as_of
from activetui.store.progress import Progress
from activetui.store.purchases_mark import PurchasesMark, purchases_mark, same_purchases

HORIZON = 90
"""Days in which to buy again where nobody asks for others."""
ENOUGH = 30
"""From so many silences on a share is said; of fewer, a wider group is asked."""

_LONGEST = 3650
"""Days of silence beyond which nothing more is learned."""
_MANY = 50
"""After so many changes it is worth writing down that they left the purchases as they were."""


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
    longer: bool = False
    """Whether the customer has been silent for longer than these were: the chance is at least this."""

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
            days=days_words(self.silent_days), purchases=self.purchases
        )

    @property
    def purchases(self) -> str:
        """How many purchases came before them, in words: `4 to 9 purchases`."""
        if self.most is None:
            words = _("{n} or more purchases") if self.least > 1 else _("any number of purchases")
        elif self.least == self.most:
            words = _("one purchase")
        else:
            words = _("{n} to {most} purchases")
        return words.format(n=format_number(self.least), most=format_number(self.most))


class _Group(NamedTuple):
    """The silences after some numbers of purchases."""

    least: int
    most: int | None
    silences: Silences


@dataclass(frozen=True)
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
        those after as many or more, from one step of `SO_FAR` fewer, and so on, up to everyone's. Where even
        these are too few because hardly anybody has been watched for so long, from everyone's longest
        silences that are enough, if these are at least half as long. Else it is not known.
        """
        if silent_days is None or purchases < 1:
            return self._unknown(silent_days or 0)
        silent, longest = max(silent_days, 0), self.longest
        if silent <= longest:
            for group in self._groups[sum(least <= purchases for least in SO_FAR) - 1]:
                if group.silences.n[silent] >= ENOUGH:
                    return self._of(group, silent)
        if silent <= 2 * longest:
            return self._of(self._groups[0][-1], longest)._replace(longer=True)
        return self._unknown(silent)

    @cached_property
    def longest(self) -> int:
        """The longest silence of anyone of which enough are known; -1 if there is none."""
        low, high = -1, (len(self.silences[0].n) if self.silences else 0) - 1
        while low < high:                       # the longer the silence, the fewer there are
            middle = (low + high + 1) // 2
            enough = sum(part.n[middle] for part in self.silences) >= ENOUGH
            low, high = (middle, high) if enough else (low, middle - 1)
        return low

    @cached_property
    def odds(self) -> Odds:
        """The chance of every customer, as SQL takes it."""
        found = [
            self.of(silent, least) for least in SO_FAR for silent in (*range(self.longest + 2), None)
        ]
        return Odds(self.longest, self.longest + 3, packed((chance.lost, chance.n) for chance in found))

    @cached_property
    def _groups(self) -> list[list[_Group]]:
        """For each step of `SO_FAR`, the groups to ask one after the other; the last one is everyone."""
        top = len(self.silences) - 1
        onwards = [
            _Group(SO_FAR[first], None, together(self.silences[first:])) for first in range(top + 1)
        ]
        return [
            [_Group(SO_FAR[step], SO_FAR[step + 1] - 1, self.silences[step]), *onwards[step::-1]]
            if step < top else onwards[::-1]
            for step in range(top + 1)
        ]

    def _of(self, group: _Group, silent: int) -> Chance:
        n, returned = group.silences
        return Chance(n[silent], returned[silent], silent, group.least, group.most, self.horizon)

    def _unknown(self, silent: int) -> Chance:
        return Chance(0, 0, silent, 1, None, self.horizon)


def chances(
    conn: sqlite3.Connection, day: Day, horizon: int = HORIZON, progress: Progress | None = None
) -> Chances:
    """What became of the silences in the purchases up to the end of the month before `day`.

    Within the `horizon` days after each. So the answer holds for a month; it is kept in the store until those
    purchases change. `progress` is told how much of the ledger is read where it has to be, and may raise.
    """
    first = to_day(to_date(day).replace(day=1))
    if as_of.knows_then(conn):                  # another ledger, with which nothing is kept
        return _worked_out(conn, first - 1, horizon, progress)
    name = f"natural_return_{horizon}"
    known, mark = kept(conn, name, first), purchases_mark(conn)
    if known is not None:
        then = PurchasesMark(*json.loads(known.mark))
        if same_purchases(conn, then, first - 1):
            if mark.batch != then.batch or mark.operation > then.operation + _MANY:
                keep(conn, name, first, Kept(json.dumps(mark), known.figures))  # less to look at next time
            return _from_json(known.figures)
    found = _worked_out(conn, first - 1, horizon, progress)
    keep(conn, name, first, Kept(json.dumps(mark), _as_json(found)))
    return found


def _worked_out(
    conn: sqlite3.Connection, up_to: Day, horizon: int, progress: Progress | None
) -> Chances:
    from activetui.store.purchase_history import purchase_days

    customer, when = purchase_days(conn, up_to, progress)
    if not len(when):
        return Chances(horizon, None, ())
    end = int(when.max())
    found = Chances(horizon, end, silences_of(customer, when, horizon, end))
    days = min(found.longest, _LONGEST) + 1     # of longer ones nothing is ever said
    return replace(found, silences=tuple(Silences(n[:days], back[:days]) for n, back in found.silences))


def _as_json(found: Chances) -> str:
    return json.dumps([found.horizon, found.end, found.silences], separators=(",", ":"))


def _from_json(text: str) -> Chances:
    horizon, end, silences = json.loads(text)
    return Chances(horizon, end, tuple(Silences(tuple(n), tuple(back)) for n, back in silences))
