"""The likeliest parameters of a model: a search from several starts, then Newton's steps to the last digits.

Parameters are positive, so the search moves their logarithms. What is made small is minus the mean
log-likelihood of a customer. A search along estimated slopes stops early where the likelihood is a long, flat
ridge, as these models have it; Newton's steps, with the curvature measured at the place, go the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from activetui.insights.models.purchase_model import Parameters
from activetui.insights.models.scipy_extra import optimize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST, MOST = 1e-4, 1e5
"""Parameters are looked for between these; one that ends there has no likeliest value."""
_STEP, _SLOPE_STEP = 1e-3, 5e-5
"""Of the logarithms, for curvatures and slopes by central differences."""
_NEWTON_STEPS = 8
_LONGEST = 0.5
"""No Newton step is longer than this in any logarithm."""
_STILL = 1e-7
"""A Newton step below this ends the search: the parameters then stand to seven digits."""

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Optimum:
    """Where the search ended."""

    parameters: tuple[float, ...]
    log_likelihood: float
    """Of all customers together, natural logarithm."""
    settled: bool
    """Whether it stopped because no step leads higher."""
    at_edge: tuple[bool, ...]
    """For each parameter, whether it ran to the edge of what is looked at."""
    uncertainty: tuple[float, ...]
    """Standard error of the logarithm of each parameter; infinite where the likelihood is flat."""


def likeliest(
    log_likelihood: Callable[[Parameters], float],
    starts: list[tuple[float, ...]],
    customers: int,
    rough: Callable[[Parameters], float] | None = None,
    tick: Tick | None = None,
) -> Optimum:
    """The parameters of the greatest log-likelihood of `customers` together.

    `rough`, where given, is the log-likelihood of a part of them: it is searched from all `starts`, and the
    whole only from where that ends. `tick` is called at every step and may raise.
    """
    import numpy as np

    loss = _Loss(log_likelihood, customers, tick)
    first = loss if rough is None else _Loss(rough, customers, tick)
    found = min((_descend(first, np.log(start)) for start in starts), key=first)
    if rough is not None:
        found = _descend(loss, found)
    place, settled, curvature = _newton(loss, found)
    edge = _STEP * 2
    at_edge = (place < np.log(LEAST) + edge) | (place > np.log(MOST) - edge)
    return Optimum(
        parameters=tuple(np.exp(place).tolist()),
        log_likelihood=-loss(place) * customers,
        settled=settled,
        at_edge=tuple(at_edge.tolist()),
        uncertainty=_uncertainty(curvature, customers),
    )


class _Loss:
    """Minus the mean log-likelihood as a function of the logarithms of the parameters."""

    def __init__(
        self, log_likelihood: Callable[[Parameters], float], customers: int, tick: Tick | None
    ) -> None:
        self._log_likelihood = log_likelihood
        self._customers = customers
        self._tick = tick or (lambda: None)

    def __call__(self, place: NDArray[np.float64]) -> float:
        import numpy as np

        self._tick()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            found = -self._log_likelihood(tuple(np.exp(place).tolist())) / self._customers
        return found if np.isfinite(found) else 1e10


def _descend(loss: _Loss, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """The lowest place that quasi-Newton steps find from here (Byrd, Lu, Nocedal & Zhu 1995)."""
    import numpy as np

    bounds = [(np.log(LEAST), np.log(MOST))] * len(place)
    result: Any = optimize().minimize(
        loss, place, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300, "ftol": 1e-11, "gtol": 1e-6}
    )
    found: NDArray[np.float64] = result.x
    return found


def _newton(
    loss: _Loss, place: NDArray[np.float64]
) -> tuple[NDArray[np.float64], bool, NDArray[np.float64]]:
    """The place after Newton's steps, whether they came to rest, and the curvature there."""
    import numpy as np

    curvature = _curvature(loss, place)
    for _step in range(_NEWTON_STEPS):
        values, axes = np.linalg.eigh(curvature)
        if values[0] <= 0:
            return place, False, curvature
        step = -axes @ ((axes.T @ _slope(loss, place)) / values)
        size = np.abs(step).max()
        if size < _STILL:
            return place, True, curvature
        shorter = step * min(1.0, _LONGEST / size)
        ahead = np.clip(place + shorter, np.log(LEAST), np.log(MOST))
        if loss(ahead) > loss(place) + 1e-12:
            return place, False, curvature
        place = ahead
        if size > _STEP * 10:
            curvature = _curvature(loss, place)
    return place, bool(size < _STEP), curvature


def _slope(loss: _Loss, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """The gradient by central differences."""
    import numpy as np

    steps = np.eye(len(place)) * _SLOPE_STEP
    return np.array([(loss(place + step) - loss(place - step)) / (2 * _SLOPE_STEP) for step in steps])


def _curvature(loss: _Loss, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """The Hessian by central differences."""
    import numpy as np

    size, here = len(place), loss(place)
    steps = np.eye(size) * _STEP
    ahead = [loss(place + step) for step in steps]
    behind = [loss(place - step) for step in steps]
    found = np.empty((size, size))
    for i in range(size):
        found[i, i] = ahead[i] - 2 * here + behind[i]
        for j in range(i):
            both = loss(place + steps[i] + steps[j]) + loss(place - steps[i] - steps[j])
            found[i, j] = found[j, i] = (both - ahead[i] - behind[i] - ahead[j] - behind[j] + 2 * here) / 2
    return found / _STEP**2


def _uncertainty(curvature: NDArray[np.float64], customers: int) -> tuple[float, ...]:
    """Standard errors from the inverse of the observed information; infinite if it has none."""
    import numpy as np

    if np.linalg.eigvalsh(curvature)[0] <= 0:
        return (float("inf"),) * len(curvature)
    return tuple(np.sqrt(np.diag(np.linalg.inv(curvature)) / customers).tolist())
