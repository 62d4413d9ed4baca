"""Rows that tell of appointments: visits, bookings ahead, and those that did not take place."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.importing.found import Found
from activetui.importing.records.customers import CustomerReader
from activetui.importing.records.keys import Keys
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.tables.table import Left
from activetui.importing.understand import Understanding
from activetui.importing.values.bad import BadCell
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, Refusal
from activetui.locales import _


class VisitReader:
    """Makes the visits and bookings of one file."""

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        self._understood, self._found, self._left = understood, found, left
        self._values = RowValues(understood, found)
        self._customers = CustomerReader(understood, found)
        self._keys = Keys()
        self._today = understood.setting.today

    def parts(self) -> Iterator[EventRecord | CustomerRecord | Refusal]:
        """Every record of the file, as its rows come."""
        day = self._understood.layout.one("visit_date")
        for line, row in self._understood.table.rows([day or 0], self._left):
            customer, who = self._customers.of(row, line)
            try:
                moment = self._values.moment(row)
            except BadCell:
                if customer is not None:
                    yield customer
                yield Refusal(line, self._values.reason([(line, row)]), tuple(row))
                continue
            if moment.day is None:
                yield customer or Refusal(line, _("the day is missing"), tuple(row))
                continue
            event = self._event(line, row, moment.day, moment.time, customer, who)
            self._found.add(event, "", self._today)
            yield event
        yield from self._left.refusals

    def _event(
        self, line: int, row: list[str], day: int, time: str, customer: CustomerRecord | None, who: str
    ) -> EventRecord:
        values = self._values
        number, product = values.order(row), values.product(row)
        key = (
            self._keys.of_order("visit", number) if number
            else self._keys.of_contents("visit", day, time, who, product)
        )
        kind = Kind.BOOKING if day > self._today else Kind.VISIT
        return EventRecord(
            int(kind), day, key, customer, time=time, state=values.state(row), product=product,
            channel=values.channel(row), order_ref=number, note=values.note(row), line=line,
        )
