"""How well each model would have told, on a day of the own past, who buys in the days after it.

Beside them stands what costs nothing: the days since the last purchase. A model is worth a look only where it
ranks customers better than that (Wübben & von Wangenheim 2008, DOI 10.1509/jmkg.72.3.82, found that it seldom
does).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity.past.ranking import auc
from activetui.insights.models.gain import Gain, gain
from activetui.insights.models.opinions import Opinion
from activetui.insights.models.sample import DAYS_A_WEEK
from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.past.purchase_history import PurchaseHistory

RECENCY, FREQUENCY = "recency", "frequency"
"""The plain figures that models must beat: the days since the last purchase, the number of purchase days."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well a figure tells buyers from others: the chance that a buyer stands higher; 0.5 is a coin."""

    name: str
    """`RECENCY`, `FREQUENCY` or the name of a model."""
    figure: str
    """`days_since_last_purchase`, `purchase_days`, `expected` or `p_alive`."""
    auc: float | None
    auc_repeaters: float | None
    """Among those only who had bought on more than one day."""
    gain: Gain | None
    """Over recency, all customers; None for recency itself."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a model expected of the days after the test's, beside what came."""

    name: str
    expected: float
    """Purchase days of all customers together."""


@dataclass(frozen=True)
class OwnPast:
    """The test on one day of the past."""

    day: Day
    horizon: int
    """Days after it in which a purchase counts."""
    weeks: float
    """For which expected purchases were asked, to rank by them."""
    of: int
    """Customers who had bought by the day."""
    buyers: int
    """Those of them who bought in the horizon."""
    repeaters: int
    repeat_buyers: int
    purchase_days: int
    """Theirs in the horizon."""
    rankings: tuple[Ranking, ...]
    foretold: tuple[Foretold, ...]
    objections: dict[str, str]
    """Models that could not be tested, and why."""

    def ranking(self, name: str, figure: str) -> Ranking | None:
        """One of the rankings; None if it is not there."""
        found = (each for each in self.rankings if (each.name, each.figure) == (name, figure))
        return next(found, None)


def day_to_test(wanted: Day, end: Day, horizon: int) -> Day:
    """The wanted day if the horizon after it has passed by `end`, else the latest of which that is so."""
    return min(wanted, end - horizon)


def look_back(
    opinions: Sequence[Opinion], history: PurchaseHistory, day: Day, horizon: int, weeks: float
) -> OwnPast:
    """The test of opinions formed of what was known on `day`; `history` goes on for a horizon at least."""
    import numpy as np

    known = history.up_to(day)
    number = history.number_in(day + 1, day + horizon, known.customers)
    bought = number > 0
    repeaters = known.number() > 1
    recency = known.last_days().astype(np.float64)

    def ranked(name: str, figure: str, score: NDArray[np.float64]) -> Ranking:
        return Ranking(
            name, figure, auc(score, bought), auc(score[repeaters], bought[repeaters]),
            None if name == RECENCY else gain(score, recency, bought),
        )

    rankings = [
        ranked(RECENCY, "days_since_last_purchase", recency),
        ranked(FREQUENCY, "purchase_days", known.number().astype(np.float64)),
    ]
    foretold = []
    usable = [opinion for opinion in opinions if opinion.usable]
    for opinion in usable:
        model, sample, parameters = opinion.model, opinion.sample, opinion.parameters
        expected = model.expected(parameters, sample, weeks)[sample.row]
        rankings.append(ranked(model.name, "expected", expected))
        rankings.append(ranked(model.name, "p_alive", model.p_alive(parameters, sample)[sample.row]))
        within = model.expected(parameters, sample, horizon / DAYS_A_WEEK) @ sample.number
        foretold.append(Foretold(model.name, float(within)))
    return OwnPast(
        day=day, horizon=horizon, weeks=weeks, of=len(bought), buyers=int(bought.sum()),
        repeaters=int(repeaters.sum()), repeat_buyers=int(bought[repeaters].sum()),
        purchase_days=int(number.sum()), rankings=tuple(rankings), foretold=tuple(foretold),
        objections={each.model.name: each.objection for each in opinions if not each.usable},
    )
