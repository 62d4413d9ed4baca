"""What a model of repeat buying must be able to say, so that one way of fitting serves them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.insights.models.sample import Sample

Parameters = Sequence[float]
"""Positive numbers in the order of a model's `letters`."""


class PurchaseModel(Protocol):
    """A model of when customers buy again and when they silently leave."""

    @property
    def name(self) -> str:
        """The name in the literature; the same in every language."""

    @property
    def letters(self) -> tuple[str, ...]:
        """The names of the parameters, such as `alpha`."""

    def starts(self, sample: Sample) -> list[tuple[float, ...]]:
        """Parameters from which the search for the likeliest begins."""

    def log_likelihood(self, parameters: Parameters, sample: Sample) -> NDArray[np.float64]:
        """The natural logarithm of the likelihood of one customer of each row."""

    def p_alive(self, parameters: Parameters, sample: Sample) -> NDArray[np.float64]:
        """For each row, the probability that such a customer will buy again at all."""

    def expected(self, parameters: Parameters, sample: Sample, weeks: float) -> NDArray[np.float64]:
        """For each row, the purchase days to expect of such a customer in the weeks after the sample."""
