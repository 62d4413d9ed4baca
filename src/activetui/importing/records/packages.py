"""Rows that announce a parcel of several sales (`Pacote de 2 produtos`) before the sales themselves.

In some exports such a row has no amounts and each sale has its own; then it is only a link between them. In
others it holds all the money and the sales below it have none; then it is the sale and they are its lines.
"""

from __future__ import annotations

import re

from activetui.importing.records.groups import OrderRows
from activetui.importing.records.rowmoney import Cells
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.tables.rows import Row
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.words import is_nothing
from activetui.ledger.records import EventRecord, LineRecord

_NUMBER = re.compile(r"\d+")


class Packages:
    """Remembers the last parcel that a file announced."""

    def __init__(self, values: RowValues, found: Found) -> None:
        self._values, self._found = values, found
        self._text, self._who, self._left = "", "", 0
        self._row: Row | None = None
        self._event: EventRecord | None = None

    @property
    def open(self) -> bool:
        """Whether a parcel with the money waits for its sales."""
        return self._event is not None

    def announces(self, one: Row, who: str) -> bool:
        """Note the row of a parcel; whether it holds the money itself, be it written badly."""
        row, values = one[1], self._values
        words = next((row[place] for place in values.class_places if not is_nothing(row[place])), "")
        number = _NUMBER.search(words)
        self._text = " ".join(filter(None, (words.strip(), values.order(row))))
        self._who, self._left = who, int(number[0]) if number else 0
        try:
            self._row = one if values.row_total(row) else None
        except BadCell:
            return True
        return self._row is not None

    def begins(self, one: Row, event: EventRecord, who: str) -> bool:
        """Keep the event of a parcel that holds the money until its sales have come."""
        if one is not self._row:
            return False
        self._event, self._who = event, who
        return True

    def takes(self, rows: OrderRows, who: str) -> bool:
        """Whether rows without amounts belong to the parcel that waits; they become lines of it."""
        event, row = self._event, rows[0][1]
        if event is None or len(rows) > 1 or (who and who != self._who):
            return False
        if self._values.row_total(row) is not None or not self._values.product(row):
            return False
        self._found.lines += bool(event.lines)
        quantity = self._values.quantity(row)
        event.lines.append(LineRecord(self._values.product(row), quantity, sku=self._values.sku(row)))
        event.product = " + ".join(dict.fromkeys(line.product for line in event.lines))[:200]
        event.quantity = sum(line.quantity or 0 for line in event.lines) or None
        return True

    def end(self) -> EventRecord | None:
        """The parcel that waited, with all of its sales."""
        event, self._event = self._event, None
        return event

    def note(self, row: Cells, who: str, note: str) -> str:
        """The remark of a sale, with the parcel that it came in."""
        if not self._text or self._row is not None or self._left <= 0 or who != self._who:
            return note
        self._left -= 1
        return " · ".join(filter(None, (note, self._text)))
