"""Rows that tell what was bought: orders with their lines, refunds, and rows that cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from activetui.importing.found import Found
from activetui.importing.records.customers import CustomerReader
from activetui.importing.records.groups import Groups, OrderRows
from activetui.importing.records.keys import Keys
from activetui.importing.records.quick import quick_reader
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.tables.table import Left
from activetui.importing.tables.totals import is_total
from activetui.importing.understand import Understanding
from activetui.importing.values.bad import BadCell
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, LineRecord, PaidPurchases, Refusal
from activetui.ledger.settlement import VOID_STATES
from activetui.locales import _

Record = EventRecord | CustomerRecord | Refusal

_FAR = 366 * 10
_OLDEST: Day = -25567
"""1 January 1900."""
_PRODUCT = 200


@dataclass(slots=True)
class _Money:
    """What an order's rows say of money, in minor units."""

    total: int | None
    refunded: int
    outstanding: int


@dataclass(slots=True)
class _Part:
    """The rows of an order that make one event."""

    rows: OrderRows
    money: _Money
    lines: list[LineRecord]


class PurchaseReader:
    """Makes the purchases and refunds of one file."""

    def __init__(self, understood: Understanding, found: Found, left: Left, *, gather: bool = False) -> None:
        self._understood = understood
        self._found = found
        self._left = left
        self._today = understood.setting.today
        self._values = RowValues(understood, found)
        self._customers = CustomerReader(understood, found)
        self._groups = Groups(understood, left, gather=gather)
        self._keys = Keys()
        self._has_orders = understood.layout.has("order_id")
        self._with_lines = understood.layout.has("sku", "category", "unit_price")

    def parts(self) -> Iterator[Record | PaidPurchases]:
        """Every record of the file, as its rows come; plain purchases many at a time."""
        quick = quick_reader(
            self._understood, self._values, self._customers, self._keys, self._found, self._today + _FAR
        ) if not self._values.amounts_are_of_orders else None
        for rows, alone in self._groups:
            if not alone:
                yield from self._order(rows)
                continue
            for part in quick(rows) if quick is not None else (rows,):
                if isinstance(part, PaidPurchases):
                    yield part
                else:
                    for one in part:
                        yield from self._order([one])
        yield from self._left.refusals
        self._values.check_totals(self._left.totals)

    def _order(self, rows: OrderRows) -> Iterator[Record]:
        row = rows[0][1]
        customer, who = self._customer(rows)
        values = self._values
        try:
            day, time = values.moment(row)
            refunds = self._refund_rows(rows) if len(rows) > 1 else ()
            bought = [one for one in rows if one not in refunds] if refunds else rows
            parts = [
                _Part(part, self._money(part), self._lines(part))
                for part in (bought, *([one] for one in refunds))
            ]
        except BadCell:
            if len(rows) == 1 and is_total(row, self._groups.keys):
                self._left.totals.append(rows[0])
            else:
                values.add_up(rows)
                yield from self._refused(rows, values.reason(rows), customer)
            return
        values.add_up(rows)
        if day is None:
            yield from self._without_day(parts[0], customer)
        elif not _OLDEST <= day <= self._today + _FAR:
            reason = _("{cell} is too far away to be true").format(cell=values.day_cell(row))
            yield from self._refused(rows, reason, customer)
        else:
            self._found.orders += 1
            self._found.lines += len(rows)
            for part in parts:
                event = self._event(part, day, time, customer, who)
                self._found.add(event, "", self._today)
                yield event

    def _customer(self, rows: OrderRows) -> tuple[CustomerRecord | None, str]:
        """The customer of the first row that names one."""
        for line, row in rows:
            known = self._customers.of(row, line)
            if known[0] is not None:
                return known
        return known

    def _event(
        self, part: _Part, day: Day, time: str, customer: CustomerRecord | None, who: str
    ) -> EventRecord:
        rows, money = part.rows, part.money
        line, row = rows[0]
        values = self._values
        order = values.order(row) if self._has_orders else ""
        state = values.state(row)
        product, quantity = self._bought(rows)
        total, refunded = money.total, money.refunded
        if total is not None and total < 0:
            kind, word, total = Kind.REFUND, "refund", -total
            state, refunded = (state if state in VOID_STATES else ""), 0
        else:
            kind, word = Kind.PURCHASE, "purchase"
            state, refunded = self._settled(row, state, money)
        key = (
            self._keys.of_order(word, order) if order
            else self._keys.of_contents(word, day, who, total, product)
        )
        return EventRecord(
            kind, day, key, customer, time=time, amount=total,
            currency=values.currency(row) if total is not None else "", refunded=refunded, state=state,
            product=product, quantity=quantity, channel=values.channel(row), order_ref=order,
            note=values.note(row), line=line, lines=part.lines,
        )

    def _money(self, rows: OrderRows) -> _Money:
        values = self._values
        first = rows[0][1]
        total = values.total(first)
        for _line, row in rows:
            amount = values.amount(row)
            if not values.amounts_are_of_orders and amount is not None and values.adds_amounts:
                total = amount if total is None else total + amount
        return _Money(total, values.refunded(rows), values.outstanding(first))

    def _settled(self, row: list[str], state: str, money: _Money) -> tuple[str, int]:
        """The state of a purchase and what was given back of it, where the columns tell it together."""
        total, refunded = money.total or 0, abs(money.refunded)
        if state == "refunded":
            return state, refunded or total
        if state in VOID_STATES:
            return state, refunded
        if refunded:
            return ("refunded" if refunded >= total > 0 else "partially_refunded"), refunded
        if self._values.is_cancelled(row) and money.outstanding >= total > 0:
            return "cancelled", 0
        return state, 0

    def _bought(self, rows: OrderRows) -> tuple[str, float | None]:
        values = self._values
        if len(rows) == 1:
            row = rows[0][1]
            return values.product(row), values.quantity(row)
        products = dict.fromkeys(filter(None, (values.product(row) for _line, row in rows)))
        quantities = [values.quantity(row) for _line, row in rows]
        known = [one for one in quantities if one is not None]
        return " + ".join(products)[:_PRODUCT], sum(known) if len(known) == len(quantities) else None

    def _lines(self, rows: OrderRows) -> list[LineRecord]:
        values = self._values
        """The lines that say more than the event itself."""
        lines: list[LineRecord] = []
        if not self._with_lines and len(rows) == 1:
            return lines
        for _line, row in rows:
            product = values.product(row)
            if product or values.sku(row):
                quantity, price = values.quantity(row), values.unit_price(row)
                lines.append(
                    LineRecord(
                        product,
                        quantity,
                        price,
                        values.line_amount(row, quantity, price),
                        values.sku(row),
                        values.category(row),
                    )
                )
        return lines

    def _refund_rows(self, rows: OrderRows) -> OrderRows:
        """Rows of an order that give money back, where others of it take money."""
        values = self._values
        if values.amounts_are_of_orders or not values.adds_amounts:
            return []
        amounts = [values.amount(row) or 0 for _line, row in rows]
        if not any(amount > 0 for amount in amounts):
            return []
        return [
            one for one, amount in zip(rows, amounts, strict=True)
            if amount < 0 and (values.state(one[1]) == "refunded" or (values.quantity(one[1]) or 0) < 0)
        ]

    def _without_day(self, part: _Part, customer: CustomerRecord | None) -> Iterator[Record]:
        """Nothing happened on no day: such a row is at most a customer."""
        bought = part.money.total is not None or any(self._values.product(row) for _line, row in part.rows)
        if customer is not None and not bought:
            yield customer
        else:
            yield from self._refused(part.rows, _("the day is missing"), customer)

    def _refused(self, rows: OrderRows, reason: str, customer: CustomerRecord | None) -> Iterator[Record]:
        """Rows that cannot be taken, all of an order together; the customer is known nevertheless."""
        if customer is not None:
            yield customer
        first, row = rows[0]
        yield Refusal(first, reason, tuple(row))
        for line, row in rows[1:]:
            yield Refusal(
                line, _("belongs to the order refused in line {line}").format(line=first), tuple(row)
            )
