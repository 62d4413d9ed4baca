"""Rows that tell how money moved: sales and what is given back; fees, payouts, expenses are only counted."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.customers import CustomerReader
from activetui.importing.records.keys import Keys
from activetui.importing.records.marks import Marks
from activetui.importing.records.movement_rows import Movement, MovementRows
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.records.sums import ColumnSums
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Left
from activetui.importing.tables.totals import is_total
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import Moment
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, LineRecord, Refusal
from activetui.ledger.settlement import VOID_STATES
from activetui.locales import _

Record = EventRecord | CustomerRecord | Refusal

_FAR = 366 * 10
_OLDEST: Day = -25567
"""1 January 1900."""
_PRODUCT = 200
_TELL_PEOPLE = frozenset(("cart", "draft", "quote", "gift_card", "payment_of_invoice"))
"""Classes of rows that are not counted but name people whom the business knows."""


class MovementReader:
    """Makes the sales and refunds of one file of movements of money.

    A sale is a purchase under its own number; a refund is an event of its own that names the sale, so that it
    lowers it wherever the sale stands: in this file, in an earlier one, or in one to come.
    """

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        self._found, self._left = found, left
        self._today = understood.setting.today
        self._values = RowValues(understood, found)
        self._customers = CustomerReader(understood, found)
        self._movements = MovementRows(understood, self._values, self._customers, left)
        self._sums = ColumnSums(understood, found, several_signs=self._values.several_signs)
        self._keys = Keys()
        self._numbers = Marks()
        self._with_lines = understood.layout.has("sku", "category", "unit_price")

    def parts(self) -> Iterator[Record]:
        """Every record of the file, as its rows come."""
        for movement in self._movements:
            self._sums.add(movement.rows)
            yield from self._movement(movement)
        yield from self._left.refusals
        self._values.check_totals(self._left.totals)

    def _movement(self, movement: Movement) -> Iterator[Record]:
        values, rows = self._values, movement.rows
        line, row = rows[0]
        if not movement.counts:
            values.add_up(rows)
            self._found.classes[movement.sort] += len(rows)
            if movement.sort in _TELL_PEOPLE and movement.customer is not None:
                yield movement.customer
            return
        try:
            moment = values.moment(row)
            amounts = [values.amount(one) for _line, one in rows]
        except BadCell:
            yield from self._unread(movement)
            return
        values.add_up(rows)
        if moment.day is None:
            yield from _refused(rows, _("the day is missing"), movement.customer)
        elif not _OLDEST <= moment.day <= self._today + _FAR:
            reason = _("{cell} is too far away to be true").format(cell=values.day_cell(row))
            yield from _refused(rows, reason, movement.customer)
        elif all(amount is None for amount in amounts):
            yield from _refused(rows, _("the amount is missing"), movement.customer)
        else:
            event = self._event(movement, moment, sum(amount or 0 for amount in amounts))
            if event.kind == Kind.PURCHASE or (movement.number and not movement.reference):
                self._found.orders += 1  # a refund that names no sale is a receipt of its own
            self._found.lines += len(rows)
            event.line = line
            self._found.add(event, "", self._today)
            yield event

    def _event(self, movement: Movement, moment: Moment, amount: int) -> EventRecord:
        values = self._values
        row = movement.rows[0][1]
        sale = movement.sort == "sale"
        state = values.state(row)
        refunded = 0
        if not sale:
            state = "cancelled" if movement.taken_back else state if state in VOID_STATES else ""
        elif state not in VOID_STATES:
            refunded = min(values.refunded(movement.rows), amount)
            if state == "refunded" and not movement.refunded_elsewhere:
                refunded = amount
            elif refunded:
                state = "refunded" if refunded >= amount else "partially_refunded"
        product, quantity = self._bought(movement.rows)
        return EventRecord(
            int(Kind.PURCHASE if sale else Kind.REFUND), moment.day or 0,
            self._key(movement, abs(amount), product), movement.customer, time=moment.time,
            amount=abs(amount), currency=values.currency(row), refunded=refunded, state=state,
            product=product, quantity=quantity, channel=values.channel(row),
            order_ref=movement.number if sale and movement.number else movement.reference or movement.number,
            note=values.note(row), lines=self._lines(movement.rows), payment_refs=values.payment_refs(row),
        )

    def _key(self, movement: Movement, amount: int, product: str) -> str:
        """A movement's own number names it; where it has none, or several share one, what it tells does.

        A refund's number is its own only if it names its sale by another one.
        """
        sort, number = movement.sort, movement.number
        if sort in ("chargeback", "chargeback_cancel"):
            return f"refund:chargeback:{movement.reference or number}"
        word = "purchase" if sort == "sale" else "refund"
        own = number and (sort == "sale" or movement.reference not in ("", number))
        if own and self._numbers.add(hash((word, number))):
            return f"{word}:{number}"
        moment = self._movements.written(movement.rows[0][1])
        return self._keys.of_contents(
            f"{word}:{number or movement.reference}", moment, movement.who, amount, product
        )

    def _bought(self, rows: list[Row]) -> tuple[str, float | None]:
        values = self._values
        products = dict.fromkeys(filter(None, (values.product(row) for _line, row in rows)))
        quantities = [values.quantity(row) for _line, row in rows]
        known = [abs(one) for one in quantities if one is not None]
        all_known = known and len(known) == len(quantities)
        return " + ".join(products)[:_PRODUCT], sum(known) if all_known else None

    def _lines(self, rows: list[Row]) -> list[LineRecord]:
        """The lines that say more than the event itself."""
        values = self._values
        if not self._with_lines and len(rows) == 1:
            return []
        lines = []
        for _line, row in rows:
            product, sku = values.product(row), values.sku(row)
            if product or sku:
                quantity, price = values.quantity(row), values.unit_price(row)
                amount = values.line_amount(row, quantity, price)
                lines.append(LineRecord(product, quantity, price, amount, sku, values.category(row)))
        return lines

    def _unread(self, movement: Movement) -> Iterator[Record]:
        """A cell of a day or of money that says neither: a total row below a report, or a row to correct."""
        rows = movement.rows
        if len(rows) == 1 and is_total(rows[0][1], self._movements.keys):
            self._left.totals.append(rows[0])
            return
        self._values.add_up(rows)
        yield from _refused(rows, self._values.reason(rows), movement.customer)


def _refused(rows: list[Row], reason: str, customer: CustomerRecord | None) -> Iterator[Record]:
    """Rows that cannot be taken; the customer is known nevertheless."""
    if customer is not None:
        yield customer
    for line, row in rows:
        yield Refusal(line, reason, tuple(row))
