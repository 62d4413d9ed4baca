"""What the models foretell on a day, and whether to believe them: all of `report forecast` but its layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.insights.models import gamma_gamma
from activetui.insights.models.opinions import PURCHASE_MODELS, Opinion, SpendOpinion, fit, fit_spend
from activetui.insights.models.own_past import OwnPast, day_to_test, look_back
from activetui.insights.models.sample import DAYS_A_WEEK, Sample, sample_of
from activetui.insights.models.scipy_extra import need_scipy
from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.past.purchase_history import PurchaseHistory
    from activetui.store.progress import Progress

_STEPS_A_FIT = 400
"""About as often the likelihood is asked for in one fit."""


@dataclass(frozen=True, slots=True)
class Data:
    """What the fits rest on; times in weeks."""

    customers: int
    repeat_purchases: int
    """Repeat purchase days of all (the sum of x)."""
    one_time: int
    """Customers with a single purchase day (x = 0)."""
    repeaters: int
    """Customers with more (x > 0)."""
    t_min: float | None
    t_max: float | None
    x_max: int

    @property
    def repeat_rate(self) -> float | None:
        """The share of repeaters; None without customers."""
        return self.repeaters / self.customers if self.customers else None


@dataclass(frozen=True, slots=True)
class Actual:
    """What came in the weeks foretold, where the ledger already knows."""

    purchase_days: int
    customers: int
    """Those who bought."""


@dataclass(frozen=True)
class Outlook:
    """What one model foretells, a figure for each customer in the order of the history; empty if unusable."""

    opinion: Opinion
    p_alive: NDArray[np.float64]
    expected: NDArray[np.float64]
    """Purchase days in the weeks."""
    value: NDArray[np.float64] | None
    """What they will bring, in minor units; None without a usable model of spend."""

    @property
    def expected_total(self) -> float | None:
        """Purchase days of all customers together; None if the model is not usable."""
        return float(self.expected.sum()) if self.opinion.usable else None

    @property
    def value_total(self) -> float | None:
        """What all of them will bring, in minor units; None if it cannot be said."""
        return None if self.value is None else float(self.value.sum())


@dataclass(frozen=True)
class Forecast:
    """The second opinion on one day."""

    as_of: Day
    observed_to: Day | None
    """The last day of which purchases are known: the as-of day, or the ledger's last purchase if that is
    earlier, since the silence after it is no customer's. None without purchases."""
    weeks: float
    customers: NDArray[np.int64]
    """Customer numbers of those who had bought, ascending."""
    sample: Sample
    data: Data
    outlooks: tuple[Outlook, ...]
    spend: SpendOpinion
    actual: Actual | None
    """None while the weeks have not passed."""
    past: OwnPast | None
    """None where the ledger is too short for any test."""

    @property
    def best(self) -> Outlook | None:
        """The usable model that ranked best by expected purchases on the own past, untested ones last."""
        usable = [each for each in self.outlooks if each.opinion.usable]
        return max(usable, key=self._rank, default=None)

    @property
    def mean_spend(self) -> float | None:
        """What the model of spend expects on a purchase day of whoever is not known yet, in minor units."""
        import numpy as np

        if not self.spend.usable:
            return None
        none = np.zeros(1)
        return float(gamma_gamma.mean_spend(self.spend.parameters, none, none)[0])

    def outlook(self, name: str) -> Outlook:
        """That of the model of this name."""
        return next(each for each in self.outlooks if each.opinion.model.name == name)

    def _rank(self, outlook: Outlook) -> tuple[float, float]:
        ranking = self.past and self.past.ranking(outlook.opinion.model.name, "expected")
        optimum = outlook.opinion.optimum
        return (ranking.auc if ranking and ranking.auc else 0.0, optimum.log_likelihood if optimum else 0.0)


def forecast(
    history: PurchaseHistory, as_of: Day, weeks: float, horizon: int, progress: Progress | None = None
) -> Forecast:
    """Fit every model on what was known on `as_of`, look `weeks` ahead, and test on the own past.

    `history` is all that is known now: what lies after `as_of` serves only to say what came, and the test,
    which asks who buys within `horizon` days. `OwnerError` without scipy. `progress` may raise to cancel.
    """
    need_scipy()
    end = history.end
    observed_to = None if end is None else min(as_of, end)
    known = history if observed_to is None else history.up_to(observed_to)
    if not len(known.customers):
        observed_to = None
    sample = sample_of(known, observed_to or 0)
    on = None if end is None or observed_to is None else day_to_test(observed_to, end, horizon)
    tick = _counting(progress, len(PURCHASE_MODELS) * (1 + (on != observed_to)) + 1)
    opinions = [fit(model, sample, tick) for model in PURCHASE_MODELS]
    spend = fit_spend(known, sample, tick)
    past = None
    if on is not None:
        past = _test(history, on, opinions if on == observed_to else None, horizon, weeks, tick)
    return Forecast(
        as_of, observed_to, weeks, known.customers, sample, _data(sample),
        tuple(_outlook(opinion, spend, known, weeks) for opinion in opinions),
        spend, _actual(history, known, observed_to, weeks), past,
    )


def _test(
    history: PurchaseHistory, on: Day, opinions: list[Opinion] | None, horizon: int, weeks: float,
    tick: Callable[[], None],
) -> OwnPast | None:
    """The test on a day; None if nobody had bought by then. `opinions`: those of that day, where formed."""
    known = history.up_to(on)
    if not len(known.customers):
        return None
    if opinions is None:
        sample = sample_of(known, on)
        opinions = [fit(model, sample, tick) for model in PURCHASE_MODELS]
    return look_back(opinions, history, on, horizon, weeks)


def _outlook(opinion: Opinion, spend: SpendOpinion, known: PurchaseHistory, weeks: float) -> Outlook:
    import numpy as np

    if not opinion.usable:
        return Outlook(opinion, np.empty(0), np.empty(0), None)
    model, sample, parameters = opinion.model, opinion.sample, opinion.parameters
    expected = model.expected(parameters, sample, weeks)[sample.row]
    value = None
    if spend.usable:
        value = expected * gamma_gamma.mean_spend(spend.parameters, *gamma_gamma.repeat_spend(known))
    return Outlook(opinion, model.p_alive(parameters, sample)[sample.row], expected, value)


def _actual(
    history: PurchaseHistory, known: PurchaseHistory, observed_to: Day | None, weeks: float
) -> Actual | None:
    days = round(weeks * DAYS_A_WEEK)
    if observed_to is None or history.end is None or observed_to + days > history.end:
        return None
    number = history.number_in(observed_to + 1, observed_to + days, known.customers)
    return Actual(int(number.sum()), int((number > 0).sum()))


def _data(sample: Sample) -> Data:
    some = bool(sample.customers)
    return Data(
        customers=sample.customers,
        repeat_purchases=int(sample.x @ sample.number),
        one_time=int(sample.number[sample.x == 0].sum()),
        repeaters=int(sample.number[sample.x > 0].sum()),
        t_min=float(sample.t.min()) if some else None,
        t_max=float(sample.t.max()) if some else None,
        x_max=int(sample.x.max()) if some else 0,
    )


def _counting(progress: Progress | None, fits: int) -> Callable[[], None]:
    """A tick that tells how far the fits are, as well as that can be told."""
    done, of = 0, fits * _STEPS_A_FIT

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None and done % 10 == 0:
            progress(min(done, of - 1), of)

    return tick
