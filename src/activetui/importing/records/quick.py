"""The plain case quickly: a row that is one paid purchase. Whatever is unusual is left to the careful way.

Both ways give the same records (a test holds them together); this one spares a million rows most calls.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from activetui.importing.found import Found
from activetui.importing.records.customers import CustomerReader
from activetui.importing.records.keys import Keys
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.understand import Understanding
from activetui.importing.values.bad import BadCell
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord

if TYPE_CHECKING:
    from activetui.importing.columns.column import Layout

Quick = Callable[[int, list[str]], EventRecord | None]
"""Makes the event of a row that is an order of its own; None: take the careful way."""

_UNUSUAL = (
    "refunded",
    "outstanding",
    "cancelled_at",
    "currency",
    "sku",
    "category",
    "unit_price",
    "channel",
    "note",
    "time",
    "visit_date",
    "subtotal",
    "order_total",
)


def quick_reader(
    understood: Understanding,
    values: RowValues,
    customers: CustomerReader,
    keys: Keys,
    found: Found,
    newest: int,
) -> Quick | None:
    """The quick way for a file whose purchases are a day, an amount, and little else; None for others.

    `newest` is the last day that can be true.
    """
    layout = understood.layout
    day_place, amount_place = layout.one("date"), layout.one("amount")
    if day_place is None or amount_place is None or not _is_plain(layout) or values.several_currencies:
        return None
    order_place, product_place = layout.one("order_id"), layout.one("product")
    quantity_place, state_place = layout.one("quantity"), layout.one("state")
    moment, money = values.moment_of, values.money_of(amount_place)
    state_of, quantity_of, text_of = values.state, values.quantity, values.product
    customer_of, key_of_order, key_of_contents = customers.of, keys.of_order, keys.of_contents
    code, purchase, total_by = understood.currency.code, int(Kind.PURCHASE), found.total
    today, add_up = understood.setting.today, values.add_amount

    def quick(line: int, row: list[str]) -> EventRecord | None:
        try:
            day, time = moment(row[day_place])
            amount = money(row[amount_place])
        except BadCell:
            return None
        if day is None or amount is None or amount < 0 or day < 0 or day > newest:
            return None
        order = row[order_place] if order_place is not None else ""
        if order and not order.isalnum():
            return None
        state = state_of(row) if state_place is not None else ""
        if state and state != "paid":
            return None
        customer, who = customer_of(row, line)
        product = text_of(row) if product_place is not None else ""
        key = (
            key_of_order("purchase", order)
            if order
            else key_of_contents("purchase", day, who, amount, product)
        )
        add_up(amount)
        found.orders += 1
        found.lines += 1
        found.purchases += 1
        total_by[code] += amount
        if customer is None:
            found.walk_ins += 1
        if day > today:
            found.future += 1
        if day < found.first_day:
            found.first_day = day
        if day > found.last_day:
            found.last_day = day
        quantity = quantity_of(row) if quantity_place is not None else None
        return EventRecord(
            purchase,
            day,
            key,
            customer,
            time,
            amount,
            code,
            0,
            state,
            "",
            "",
            product,
            quantity,
            None,
            "",
            None,
            order,
            "",
            None,
            "",
            line,
            [],
        )

    return quick


def _is_plain(layout: Layout) -> bool:
    return not layout.has(*_UNUSUAL) and all(len(layout.of(name)) < 2 for name in ("order_id", "state"))
