"""The rows of one order taken apart: what was bought, what was given back, what did not come about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.groups import OrderRows
from activetui.importing.records.rowmoney import Cells
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.values.dates import Moment
from activetui.ledger.records import LineRecord
from activetui.ledger.settlement import VOID_STATES

_PRODUCT = 200


@dataclass(slots=True)
class Part:
    """The rows of an order that make one event; amounts in minor units."""

    rows: OrderRows
    moment: Moment
    state: str
    total: int | None
    refunded: int
    outstanding: int
    told: int = 0
    """What other rows of the order tell that was given back of it."""
    lines: list[LineRecord] = field(default_factory=list)
    product: str = ""
    quantity: float | None = None


class OrderParts:
    """Takes the orders of one file apart."""

    def __init__(self, understood: Understanding, values: RowValues) -> None:
        layout = understood.layout
        self._values = values
        self._negative = bool(understood.system and understood.system.negative)
        self._has_states = layout.has("state") and values.adds_amounts
        self._with_lines = layout.has("sku", "category", "unit_price")
        self._lists_items = layout.has("items")
        self._says_products = layout.has("product", "sku")
        self._instalments = layout.has("instalment")

    def of(self, rows: OrderRows, given_back: Collection[int] = ()) -> list[Part]:
        """The purchase of an order, and each of its rows that gives money back. `BadCell` for a bad cell.

        `given_back` are lines of the file that the program itself calls refunds. Rows of an order that were
        called off while others were not are no part of it; of those refunded while others were not, the
        amount is given back.
        """
        rows = self._headed(rows)
        refunds = [one for one in rows if one[0] in given_back] or self._refund_rows(rows)
        bought = [one for one in rows if one not in refunds] if refunds else rows
        told = [self._refund(some) for some in self._apart(refunds)]
        if not bought:
            return told
        kept, state, refunded = self._by_states(bought)
        purchase = self._part(kept, state, refunded)
        purchase.told = sum(-(part.total or 0) for part in told if part.state not in VOID_STATES)
        purchase.refunded = max(0, purchase.refunded - purchase.told)
        return [purchase, *told]

    def _headed(self, rows: OrderRows) -> OrderRows:
        """The row with the order's total first: a spreadsheet may have sorted the lines."""
        says_total = self._values.says_total
        if len(rows) == 1 or self._values.adds_amounts or says_total(rows[0][1]):
            return rows
        place = next((place for place, (_line, row) in enumerate(rows) if says_total(row)), 0)
        return [rows[place], *rows[:place], *rows[place + 1 :]]

    def _apart(self, refunds: OrderRows) -> list[OrderRows]:
        """Refunds are a row each; but where an amount is that of the whole order, all its rows are one."""
        if refunds and not self._values.adds_amounts:
            return [refunds]
        return [[one] for one in refunds]

    def _refund(self, rows: OrderRows) -> Part:
        part = self._part(rows, self._values.state(rows[0][1]), 0)
        part.total = None if part.total is None else -abs(part.total)
        return part

    def lines(self, rows: OrderRows) -> OrderRows:
        """The rows that are lines.

        A row that adds up the others of its order says no product; the second and later instalments of a
        purchase say the same product again.
        """
        if len(rows) == 1 or not self._says_products:
            return rows
        values = self._values
        if self._instalments:
            rows = rows[:1] + [one for one in rows[1:] if values.instalment(one[1]) <= 1]
        return [one for one in rows if values.product(one[1]) or values.sku(one[1])] or rows

    def count(self, rows: OrderRows) -> int:
        """How many lines the rows have."""
        lines = self.lines(rows)
        if not self._lists_items:
            return len(lines)
        return sum(max(1, len(self._values.items(row))) for _line, row in lines)

    def _part(self, rows: OrderRows, state: str, given_back: int) -> Part:
        values, first = self._values, rows[0][1]
        total = values.total(first)
        if not values.amounts_are_of_orders and values.adds_amounts:
            for _line, row in rows:
                amount = values.amount(row)
                if amount is not None:
                    total = amount if total is None else total + amount
        if len(rows) == 1 or not values.adds_amounts:
            total = values.paid_of(first, total, state)
        lines = self.lines(rows)
        refunded = self._given_back(rows, total, given_back)
        part = Part(rows, values.moment(first), state, total, refunded, values.outstanding(first))
        part.lines = self._records(lines)
        part.product, part.quantity = self._bought(lines, part.lines)
        return part

    def _given_back(self, rows: OrderRows, total: int | None, given_back: int) -> int:
        values = self._values
        if values.is_wholly_refunded(rows[0][1]):
            return total or 0
        refunded = max(abs(values.refunded(rows)), given_back)
        return min(refunded, total) if total is not None and total > 0 else refunded

    def _by_states(self, rows: OrderRows) -> tuple[OrderRows, str, int]:
        """The rows that came about, the state of the order, and what its refunded rows gave back."""
        values = self._values
        if not self._has_states or len(rows) == 1:
            return rows, values.state(rows[0][1]), 0
        states = [values.state(row) for _line, row in rows]
        if len(set(states)) == 1:
            return rows, states[0], 0
        counted = [
            (one, state) for one, state in zip(rows, states, strict=True) if state not in VOID_STATES
        ]
        if not counted:
            return rows, states[0], 0
        given_back = sum(values.amount(one[1]) or 0 for one, state in counted if state == "refunded")
        whole = all(state == "refunded" for _one, state in counted)
        state = next((state for _one, state in counted if state != "refunded"), "refunded")
        return [one for one, _state in counted], state, 0 if whole else max(0, given_back)

    def _refund_rows(self, rows: OrderRows) -> OrderRows:
        """Rows of an order that give money back, where others of it take money."""
        values = self._values
        if len(rows) == 1 or values.amounts_are_of_orders or not values.adds_amounts:
            return []
        amounts = [values.amount(row) or 0 for _line, row in rows]
        if not any(amount > 0 for amount in amounts):
            return []
        return [
            one for one, amount in zip(rows, amounts, strict=True)
            if amount < 0 and (self._negative or self._gives_back(one[1]))
        ]

    def _gives_back(self, row: Cells) -> bool:
        return self._values.state(row) == "refunded" or (self._values.quantity(row) or 0) < 0

    def _bought(self, rows: OrderRows, lines: list[LineRecord]) -> tuple[str, float | None]:
        values = self._values
        if len(rows) == 1 and not self._lists_items:
            return values.product(rows[0][1]), values.quantity(rows[0][1])
        if len(rows) == 1:
            quantity = values.quantity(rows[0][1])
            counted = [line.quantity for line in lines if line.quantity is not None]
            product = " + ".join(line.product for line in lines) or values.product(rows[0][1])
            return product[:_PRODUCT], sum(counted) if quantity is None and counted else quantity
        products = dict.fromkeys(filter(None, (values.product(row) for _line, row in rows)))
        quantities = [values.quantity(row) for _line, row in rows]
        known = [one for one in quantities if one is not None]
        return " + ".join(products)[:_PRODUCT], sum(known) if len(known) == len(quantities) else None

    def _records(self, rows: OrderRows) -> list[LineRecord]:
        """The lines that say more than the event itself."""
        values = self._values
        if self._lists_items:
            found = [item for _line, row in rows for item in values.items(row)]
            if found:
                return [
                    LineRecord(item.product, item.quantity, item.price, item.amount, item.sku)
                    for item in found
                ]
        lines: list[LineRecord] = []
        if not self._with_lines and len(rows) == 1:
            return lines
        for _line, row in rows:
            product = values.product(row)
            if product or values.sku(row):
                quantity, price = values.quantity(row), values.unit_price(row)
                lines.append(
                    LineRecord(
                        product, quantity, price, values.line_amount(row, quantity, price),
                        values.sku(row), values.category(row),
                    )
                )
        return lines
