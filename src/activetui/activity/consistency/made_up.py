"""Ledgers of customers made up for the check: what could happen, as far as a definition cares.

The customers do the deeds that the conditions look at, alone and together, at the distances at which
something turns, in regular series and in random orders. The random orders are the same each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from activetui.activity.block import LedgerBlock, block_of
from activetui.activity.conditions import RhythmCondition, SeasonalCondition
from activetui.activity.consistency.deeds import Deed, all_leaves, deeds_of, lengths_of, longest
from activetui.activity.definition import Definition
from activetui.ledger.days import FAR_FUTURE
from activetui.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RANDOM = 160
_RANDOM_DEEDS = 9
_SERIES = 9
_RANDOM_YEARS = 200
_BETWEEN = 5
_LAST_DAY = 900_000
_YEAR_DAYS = (0, 365, 730, 1096, 1461, 1826, 2191, 2557, 2922, 3287)
"""The same date of ten years in a row."""


def everything(definition: Definition, kinds: frozenset[int] | None = None) -> LedgerBlock:
    """The ledger of customers who do all that matters, as far as it is of `kinds` (default: all).

    Customer 0 does nothing.
    """
    deeds = [deed for deed in deeds_of(definition) if kinds is None or deed.event.kind in kinds]
    if not deeds:
        return block_of([0], [])
    made = _Variety(definition, deeds)
    made.fill()
    return made.ledgers.block(deeds)


def series(deed: Deed, gaps: NDArray[np.int64], times: int) -> LedgerBlock:
    """The ledger of customers who do a deed so many times, each after another gap (customer 0 nothing)."""
    import numpy as np

    days = gaps[:, None] * np.arange(times)[None, :]
    ledgers = Ledgers()
    ledgers.add(np.zeros_like(days), days)
    return ledgers.block([deed])


def usual_times(definition: Definition) -> int:
    """So many purchases are more than any condition asks for, twice over."""
    counts = [getattr(leaf, "count", 1) for leaf in all_leaves(definition)]
    fewest = [getattr(leaf, "min_purchases", 1) for leaf in all_leaves(definition)]
    return 2 * max(4, *counts, *fewest) + 1


@dataclass
class Ledgers:
    """The ledgers of some customers, as deeds and the days on which they are done."""

    rows: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = field(default_factory=list)
    """Pairs of equal shape: a row a customer, a column a deed; which one, and the day."""

    def add(self, deeds: NDArray[Any], days: NDArray[Any]) -> None:
        """Some customers more, a row each."""
        self.rows.append((deeds.astype("int64"), days.astype("int64")))

    def block(self, deeds: list[Deed]) -> LedgerBlock:
        """The ledger of everyone; `deeds` are what the numbers in the rows stand for."""
        import numpy as np

        owner, deed, day = [], [], []
        first = 1                                        # customer 0 has no events
        for done, days in self.rows:
            number, width = done.shape
            owner.append(np.repeat(np.arange(first, first + number), width))
            deed.append(done.reshape(-1))
            day.append(days.reshape(-1))
            first += number
        times = np.array([each.times for each in deeds])[np.concatenate(deed)]
        whose, what, when = (np.repeat(np.concatenate(part), times) for part in (owner, deed, day))
        one_each = block_of(
            range(len(deeds)), [each.event._replace(customer=number) for number, each in enumerate(deeds)]
        )
        return _placed(one_each, first, whose, what, when)


@dataclass
class _Variety:
    """Fills ledgers with what could happen."""

    definition: Definition
    deeds: list[Deed]
    ledgers: Ledgers = field(default_factory=Ledgers)

    def fill(self) -> None:
        """Make the ledgers."""
        import numpy as np

        lengths = np.array(lengths_of(self.definition))
        far = longest(self.definition)
        self._alone_and_again(far)
        self._after_everything(lengths, far)
        self._in_series(lengths)
        self._after_series(lengths)
        self._each_year()
        self._at_random(lengths, far)

    def _alone_and_again(self, far: int) -> None:
        """Each deed by itself, and again long after; all on one day, and again long after."""
        import numpy as np

        number = np.arange(len(self.deeds))
        self.ledgers.add(np.stack((number, number), 1), np.tile((0, far), (len(number), 1)))
        everything = np.tile(number, 2)[None, :]
        self.ledgers.add(everything, np.repeat((0, far), len(number))[None, :])

    def _after_everything(self, lengths: NDArray[np.int64], far: int) -> None:
        """Each deed some time after each of the plainer ones, and again long after."""
        import numpy as np

        first, then, gap = (
            part.reshape(-1)
            for part in np.meshgrid(np.arange(min(4, len(self.deeds))), np.arange(len(self.deeds)), lengths)
        )
        self.ledgers.add(np.stack((first, then, first), 1), np.stack((gap * 0, gap, gap + far), 1))

    def _in_series(self, lengths: NDArray[np.int64]) -> None:
        """Each deed again and again after the same time: often, and just as often as is asked for."""
        import numpy as np

        deed, gap = (
            part.reshape(-1)
            for part in np.meshgrid(np.arange(min(8, len(self.deeds))), lengths[lengths > 0][:10])
        )
        asked = {getattr(leaf, "min_purchases", 0) for leaf in all_leaves(self.definition)}
        for times in sorted({_SERIES, *asked, *(each - 1 for each in asked)}):
            if times > 1:
                days = gap[:, None] * np.arange(times)[None, :]
                self.ledgers.add(np.tile(deed[:, None], (1, times)), days)

    def _after_series(self, lengths: NDArray[np.int64]) -> None:
        """Purchases with a rhythm, another one some time after, and the same again much later."""
        import numpy as np

        if not any(isinstance(leaf, RhythmCondition) for leaf in all_leaves(self.definition)):
            return
        bought = [n for n, deed in enumerate(self.deeds) if deed.event.kind == Kind.PURCHASE][:2]
        usual, other = (
            part.reshape(-1) for part in np.meshgrid(lengths[lengths > 0][:8], lengths[lengths > 0][:12])
        )
        times = usual_times(self.definition) // 2
        days = usual[:, None] * np.arange(times)[None, :]
        after = days[:, -1:] + other[:, None]
        for deed in bought:
            for later in (after, np.concatenate((after, after + days + usual[:, None]), 1)):
                row = np.concatenate((days, later), 1)
                self.ledgers.add(np.full(row.shape, deed), row)

    def _each_year(self) -> None:
        """Each deed on the same date of every year, for conditions that look for seasons."""
        import numpy as np

        seasonal = [leaf for leaf in all_leaves(self.definition) if isinstance(leaf, SeasonalCondition)]
        if not seasonal:
            return
        years = np.array(_YEAR_DAYS[: max(leaf.years for leaf in seasonal) + 2])
        number = np.arange(len(self.deeds))
        self.ledgers.add(np.tile(number[:, None], (1, len(years))), np.tile(years, (len(number), 1)))
        # Other days in between, few and many, so that the season is not all there is.
        few = number[:12]
        pairs = np.array([(one, other) for one in few for other in few])
        beyond = max(leaf.around_days for leaf in seasonal) + 1
        for first in (beyond, int(years[-1]) + 1):
            for times in (1, len(years) - 1, 2 * len(years)):
                deeds = np.repeat(pairs, (len(years), times), axis=1)
                days = np.append(years, first + np.arange(times))
                self.ledgers.add(deeds, np.tile(days, (len(pairs), 1)))
        self._most_years(seasonal)

    def _most_years(self, seasonal: list[SeasonalCondition]) -> None:
        """About the same date of some years, as near and as far as the conditions care, and other days."""
        import numpy as np

        chance = np.random.default_rng(30)
        widths = [leaf.around_days for leaf in seasonal]
        edges = [width + more for width in widths for more in (0, 1)]
        near = np.array([0, *edges, *(-days for days in edges)])
        years = np.array(_YEAR_DAYS[: max(leaf.years for leaf in seasonal) + 2])
        shape = (_RANDOM_YEARS, len(years))
        deeds = chance.integers(0, len(self.deeds), (_RANDOM_YEARS, len(years) + _BETWEEN))
        for often in (1.0, 0.7):
            days = years + chance.choice(near, shape)
            # A year that is left out, or a day between that is not there, is the first day once more.
            days = np.where(chance.random(shape) < often, days, days[:, :1])
            between = chance.integers(0, years[-1] + 365, (_RANDOM_YEARS, _BETWEEN))
            beside = days[:, :1] + chance.integers(-2 * max(widths), 2 * max(widths) + 1, between.shape)
            between = np.where(chance.random(between.shape) < 0.5, between, beside)
            between = np.where(chance.random(between.shape) < 0.6, between, days[:, :1])
            self.ledgers.add(deeds, np.concatenate((days, between), 1) + max(widths))
        self.ledgers.add(np.zeros_like(deeds), np.concatenate((days, between), 1) + max(widths))

    def _at_random(self, lengths: NDArray[np.int64], far: int) -> None:
        """Anything after anything."""
        import numpy as np

        chance = np.random.default_rng(20)
        shape = (_RANDOM, _RANDOM_DEEDS)
        deeds = chance.integers(0, len(self.deeds), shape)
        gaps = chance.choice(lengths, shape)
        gaps[:, 5] += np.where(chance.random(_RANDOM) < 0.3, far, 0)
        self.ledgers.add(deeds, np.cumsum(gaps, axis=1))


def _placed(
    deeds: LedgerBlock,
    customers: int,
    owner: NDArray[np.int64],
    deed: NDArray[np.int64],
    day: NDArray[np.int64],
) -> LedgerBlock:
    """The block of customers who do `deed` (places in the block `deeds`) on `day`."""
    import numpy as np

    day = np.minimum(day, _LAST_DAY)
    order = np.lexsort((day + deeds.day[deed], owner))
    owner, deed, day = owner[order], deed[order], day[order]
    until = deeds.until[deed]
    return LedgerBlock(
        customers=np.arange(customers, dtype=np.int64),
        owner=owner.astype(np.int32),
        day=(day + deeds.day[deed]).astype(np.int32),
        kind=deeds.kind[deed],
        counts=deeds.counts[deed],
        net=deeds.net[deed],
        until=np.where(until >= FAR_FUTURE, FAR_FUTURE, until + day).astype(np.int32),
        known=(deeds.known[deed] + day).astype(np.int32),
        action=deeds.action[deed],
        nature=deeds.nature[deed],
        rating=deeds.rating[deed],
        product=None if deeds.product is None else deeds.product[deed],
        channel=None if deeds.channel is None else deeds.channel[deed],
    )
