"""Rows that tell of appointments: visits, bookings ahead, and those that did not take place."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.people_words import meaning_of_word
from activetui.importing.values.words import plain, usual_state, yes_or_no
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.ledger.settlement import VOID_STATES

_DAYS = ("visit_date", "date")


class VisitReader(EventReader):
    """Makes the visits and bookings of one file.

    A day after today is a booking; the same appointment imported later is a visit. What was paid for one that
    took place is a purchase besides.
    """

    keys = _DAYS

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        super().__init__(understood, found, left)
        self._has_paid = self.layout.has("amount", "order_total")
        self._has_price = self.layout.has("unit_price")
        self._states = {plain(word): state for word, state in understood.states.items()}

    def made(self, row: OneRow) -> Iterator[Record]:
        """The visit or booking of a row, and the purchase where it was paid."""
        moment = self.happened(row, *_DAYS)
        if moment.day is None:
            yield self.without_day(row)
            return
        day = moment.day
        state, number = self._state(row, day), self.values.order(row.cells)
        product = self.values.product(row.cells)
        paid, price = self._money(row)
        if row.customer is None and not (product or number or paid or price or state):
            self.found.classes["nobody"] += 1
            return
        known = self.moment("booked_at", row).day
        ahead = day > self.today
        amount = paid or price
        yield self._count(EventRecord(
            int(Kind.BOOKING if ahead else Kind.VISIT), day,
            self.key("visit", number, day, moment.time, row.who, product), row.customer, time=moment.time,
            amount=amount, currency=self.values.currency(row.cells) if amount is not None else "",
            state=state, product=product, channel=self.text("channel", row), order_ref=number,
            note=self.text("note", row), recorded=None if known is None else min(known, self.today),
            line=row.line,
        ))
        if paid and paid > 0 and not ahead and state not in VOID_STATES:
            self.found.orders += 1
            self.found.lines += 1
            yield self.counted(EventRecord(
                int(Kind.PURCHASE), day, self.key("purchase", number, day, row.who, paid, product),
                row.customer, time=moment.time, amount=paid, currency=self.values.currency(row.cells),
                product=product, quantity=self.values.quantity(row.cells),
                channel=self.text("channel", row), order_ref=number, line=row.line,
            ), "purchase")

    def _count(self, event: EventRecord) -> EventRecord:
        if event.state in ("cancelled", "no_show"):
            self.found.others[event.state] += 1
        return self.counted(event, "")

    def _state(self, row: OneRow, day: Day) -> str:
        """Whether an appointment took place, or will.

        One that still stands in the diary counts as a booking while it lies ahead. That it has not been paid
        does not make a visit undone.
        """
        if self.flag("no_show", row) or (day <= self.today and self._stayed_away(row)):
            return "no_show"
        if self.flag("cancelled", row) or self.values.is_cancelled(row.cells):
            return "cancelled"
        if self._still_stands(row) and day > self.today:
            return ""
        state = self.values.state(row.cells)
        return "" if state == "unpaid" else state

    def _stayed_away(self, row: OneRow) -> bool:
        """Whether a column of who attended says no; words such as `нет` are an answer there."""
        place = self.layout.one("attended")
        if place is None:
            return False
        cell = row.cells[place]
        return yes_or_no(cell) is False or usual_state(plain(cell)) == "no_show"

    def _still_stands(self, row: OneRow) -> bool:
        word = self.text("state", row)
        own = self._states.get(plain(word))
        return own == "pending" if own else meaning_of_word("visit", word) == "ahead"

    def _money(self, row: OneRow) -> tuple[int | None, int | None]:
        """What was paid and what the list says that it costs.

        A price that is marked as paid was paid; an amount of a row that is not paid is a price.
        """
        price, paid = self._price(row), None
        if self._has_paid:
            try:
                paid = self.values.total(row.cells)
                paid = self.values.amount(row.cells) if paid is None else paid
            except BadCell:
                raise BadCell(self.values.reason([(row.line, row.cells)])) from None
        state = "" if self._still_stands(row) else self.values.state(row.cells)
        if not paid and price and state == "paid":
            return price, None
        if paid and (state == "unpaid" or self.values.is_unpaid(row.cells, paid)):
            return None, price or paid
        return paid, price

    def _price(self, row: OneRow) -> int | None:
        """The price of the list; one that cannot be read says nothing."""
        try:
            return self.values.unit_price(row.cells) if self._has_price else None
        except BadCell:
            return None
