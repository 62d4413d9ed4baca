"""What every condition is written with: the day, the currency, and the bound values in their order."""


from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from activetui.ledger.days import Day
from activetui.store.listing import quintiles
from activetui.store.listing.people import Clause
from activetui.store.listing.quintiles import Cuts, Measure

_BIGGEST = 2**62


@dataclass(slots=True)
class Writer:
    """Writes conditions from left to right, and collects the parameters in the same order."""

    written: str
    day: Day
    currency: str
    cuts: Cuts | None
    text: Callable[..., Clause]
    products: Callable[[str, bool], tuple[str, ...] | None] | None
    params: list[str | int | float] = field(default_factory=list)

    def put(self, value: str | int | float) -> str:
        """A parameter."""
        self.params.append(value)
        return "?"

    def on(self, sql: str) -> str:
        """A condition in which every `?` is the as-of day."""
        self.params.extend([self.day] * sql.count("?"))
        return sql

    def between(self, expression: str, low: float | None, high: float | None) -> str:
        """Both limits included; None is no limit."""
        if low is None:
            return f"{expression} <= {self.put(_BIGGEST if high is None else min(high, _BIGGEST))}"
        if high is None:
            return f"{expression} >= {self.put(min(low, _BIGGEST))}"
        return f"{expression} BETWEEN {self.put(min(low, _BIGGEST))} AND {self.put(min(high, _BIGGEST))}"

    def found(self, *needles: str) -> str:
        """Who has all of the folded texts anywhere."""
        clause = self.text(*needles)
        self.params.extend(clause.params)
        return clause.sql

    def cut(self, measure: Measure, place: int) -> str:
        """A cut point between two quintiles."""
        if self.cuts is None:
            return quintiles.cut(measure, place)
        value = self.cuts[measure][place - 1]
        return "NULL" if value is None else self.put(value)
