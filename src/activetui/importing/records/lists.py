"""Rows that tell who the customers are, and nothing that happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from activetui.importing.columns.vocabulary import WHO
from activetui.importing.deciding.understand import Understanding
from activetui.importing.readers import money
from activetui.importing.records.customers import CustomerReader
from activetui.importing.records.sums import ColumnSums
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.ledger.records import CustomerRecord, Refusal
from activetui.locales import _


class ListReader:
    """Makes the customers of one list."""

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        self._understood, self._found, self._left = understood, found, left
        self._customers = CustomerReader(understood, found)
        self._sums = ColumnSums(understood, found, several_signs=False)
        layout = understood.layout
        self._keys = [place for name in WHO for place in layout.of(name)]
        spent = layout.one("total_spent")
        self._spent = layout.one("amount") if spent is None else spent

    def parts(self) -> Iterator[CustomerRecord | Refusal]:
        """Every customer of the list, as its rows come."""
        spent = self._spent
        read = money(self._understood, -1 if spent is None else spent)
        for rows in self._understood.table.chunks(self._keys, self._left):
            self._sums.add(rows)
            for line, row in rows:
                customer, _who = self._customers.of(row, line)
                if customer is None:
                    yield Refusal(line, _("nothing in the row tells who the customer is"), tuple(row))
                    continue
                if spent is not None:
                    self._add(read, row[spent])
                yield customer
        yield from self._left.refusals

    def _add(self, read: Callable[[str], int | None], cell: str) -> None:
        """Add up what the list says its customers have spent; cells that are no amounts say nothing."""
        try:
            spent = read(cell)
        except BadCell:
            return
        if spent is not None:
            self._found.stated_spend = (self._found.stated_spend or 0) + spent
