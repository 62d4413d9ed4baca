"""Whether customers buy with a rhythm of their own: the gate before the own-rhythm rule.

Wheat and Morrison (1990) look at the last two gaps of each customer: the share that the first has in both,
ITT1 / (ITT1 + ITT2), is spread evenly where purchases come at random, and close to one half where they come
with a rhythm. If gaps follow a gamma distribution of shape k, the variance V of that share gives
k = (1 - 4V) / (8V), whatever the pace of each customer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

REGULAR_FROM = 2.0
"""k = 1 is chance alone; with 2 and more the own-rhythm rule warns earlier than a fixed window would."""
FEWEST_CUSTOMERS = 50
"""With fewer customers k can be off by half and more either way."""


@dataclass(frozen=True, slots=True)
class Regularity:
    """How regular the customers of a ledger are."""

    customers: int
    """Those with two gaps or more, on whom the figures rest."""
    variance: float | None
    """V, the variance in the sample; None with fewer than two customers."""
    k: float | None
    """None where there is no variance to tell from."""
    regular: bool | None
    """Whether the own-rhythm rule makes sense; None where too few customers tell."""

    def in_words(self) -> str:
        """The verdict as a sentence with its n."""
        n = format_number(self.customers)
        if self.regular is None:
            return ngettext(
                "Whether your customers have a rhythm cannot be said yet: {n} customer has bought on three "
                "days or more, and it takes {needed}.",
                "Whether your customers have a rhythm cannot be said yet: {n} customers have bought on three "
                "days or more, and it takes {needed}.",
                self.customers,
            ).format(n=n, needed=FEWEST_CUSTOMERS)
        k = format_number(round(self.k, 1)) if self.k is not None else "∞"
        if self.regular:
            return _(
                "Your customers buy with a rhythm (regularity {k}; chance alone gives 1; {n} customers): the "
                "own-rhythm rule can warn earlier than a window."
            ).format(k=k, n=n)
        return _(
            "Your customers buy without a rhythm (regularity {k}; a rhythm begins at {needed}; {n} "
            "customers): the own-rhythm rule would do harm, warning later than a window."
        ).format(k=k, n=n, needed=format_number(REGULAR_FROM))


def regularity(history: PurchaseHistory) -> Regularity:
    """The estimate of Wheat and Morrison over each customer's last two gaps."""
    import numpy as np

    last = history.edges[1:][history.number() >= 3] - 1
    first_gap = history.day[last - 1] - history.day[last - 2]
    second_gap = history.day[last] - history.day[last - 1]
    customers = len(last)
    if customers < 2:
        return Regularity(customers, None, None, None)
    variance = float(np.var(first_gap / (first_gap + second_gap), ddof=1))
    k = (1 - 4 * variance) / (8 * variance) if variance > 0 else math.inf
    regular = k >= REGULAR_FROM if customers >= FEWEST_CUSTOMERS else None
    return Regularity(customers, variance, k if math.isfinite(k) else None, regular)
