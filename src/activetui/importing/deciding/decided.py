"""What is decided of the columns of one file: how each writes days and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from activetui.importing.asking.questions import Question
from activetui.importing.columns.column import Layout
from activetui.importing.values.amounts import Mark
from activetui.importing.values.dates import Order
from activetui.importing.values.decide import Decision

HAPPENED = (
    "date", "visit_date", "until", "recorded", "entered", "subscription_start", "subscription_renewal",
    "subscription_end", "paused_at", "unsubscribed_at", "resolved_at",
)
"""Days of which one must be certain; others are left as written."""
PAID = (
    "order_total", "amount", "refunded", "unit_price", "subtotal", "line_refunded", "adjusted_total", "tip",
    "net",
)
MONEY = (
    *PAID, "outstanding", "paid_so_far", "total_spent", "discount", "shipping", "tax", "fee", "gift_card",
)


@dataclass(slots=True)
class Decisions:
    """How the columns of one file write days and amounts."""

    days: dict[int, Decision] = field(default_factory=dict)
    marks: dict[int, Decision] = field(default_factory=dict)
    numbers: dict[int, Mark | None] = field(default_factory=dict)
    """The decimal mark of columns of pieces and points."""
    questions: list[Question] = field(default_factory=list)

    def order(self, column: int) -> Order | None:
        """The order of day, month and year in a column."""
        decision = self.days.get(column)
        return decision.choice if decision else None  # type: ignore[return-value]

    def mark(self, column: int) -> Mark | None:
        """The decimal mark of a column."""
        decision = self.marks.get(column)
        return decision.choice if decision else None  # type: ignore[return-value]

    def in_cents(self, column: int) -> bool:
        """Whether the amounts of a column are written in hundredths."""
        decision = self.marks.get(column)
        return decision is not None and decision.cents

    def usual_mark(self) -> Mark | None:
        """The decimal mark of the file, if its columns agree."""
        found = {decision.choice for decision in self.marks.values() if decision.choice}
        return found.pop() if len(found) == 1 else None  # type: ignore[return-value]

    def of_days(self, layout: Layout) -> Decision:
        """The decision on the days that matter most; where they need no order, on any that do."""
        first = self._first(
            layout, self.days, (*HAPPENED, "customer_since", "first_visit", "last_visit", "birthday")
        )
        return first if first.choice else next((one for one in self.days.values() if one.choice), first)

    def of_marks(self, layout: Layout) -> Decision:
        """The decision on the amounts that matter most; where they need no mark, on any that do."""
        first = self._first(layout, self.marks, MONEY)
        return first if first.choice else next((one for one in self.marks.values() if one.choice), first)

    @staticmethod
    def _first(layout: Layout, decisions: dict[int, Decision], fields: Sequence[str]) -> Decision:
        for name in fields:
            for column in layout.of(name):
                if column in decisions:
                    return decisions[column]
        return Decision(None)
