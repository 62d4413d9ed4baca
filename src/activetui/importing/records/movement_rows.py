"""The rows of a file of movements, each as what it is: a sale, a refund, a fee, a payout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from activetui.importing.columns.system import COUNTED
from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.classes import RowClasses
from activetui.importing.records.customers import CustomerReader, Known
from activetui.importing.records.marks import Marks
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Left
from activetui.importing.values.bad import BadCell
from activetui.importing.values.contacts import unwrap_formula
from activetui.importing.values.dates import read_written
from activetui.importing.values.words import is_nothing
from activetui.ledger.records import CustomerRecord
from activetui.ledger.text import one_line

_WITHIN = re.compile(r"\S.*\s#\s?(?P<number>[\w-]{3,})")
"""A number that a cell names among other words: `Payment for Order #3900000001`."""


@dataclass(slots=True)
class Movement:
    """One movement: a row, or rows of one moment that belong to one order."""

    rows: list[Row]
    sort: str
    """One of `columns.system.CLASSES`."""
    number: str
    """Its own number; empty where the program gives it none."""
    reference: str
    """What it belongs to: the sale that a refund gives back, the order that was paid."""
    customer: CustomerRecord | None
    who: str
    """What tells the customer apart in the file."""
    counts: bool
    """Whether it is a sale or gives one back."""
    refunded_elsewhere: bool = False
    """Whether another row of the file gives it back: then its own word for that is the same money."""
    taken_back: bool = False
    """Whether a chargeback was decided for the business."""

    def goes_on(self, other: Movement) -> bool:
        """Whether another movement, which follows this one, is part of it."""
        return bool(
            self.counts
            and (self.number or self.reference)
            and (self.sort, self.number, self.reference) == (other.sort, other.number, other.reference)
        )


class MovementRows:
    """Goes through the movements of one file."""

    def __init__(
        self, understood: Understanding, values: RowValues, customers: CustomerReader, left: Left
    ) -> None:
        layout = understood.layout
        self._table, self._values, self._customers, self._left = understood.table, values, customers, left
        self._classes = RowClasses(understood)
        self._account = understood.system is not None and understood.system.account
        self._has_payers = layout.has("customer_id", "email", "phone", "name", "last_name")
        self._numbers, self._references = layout.of("order_id"), layout.of("reference")
        self._email, self._recipient = layout.one("email"), layout.one("recipient")
        day = layout.one("date")
        self.keys = [place for place in (day, layout.one("order_id")) if place is not None]
        """Columns that every true row fills."""
        self._order = understood.decisions.order(day or 0)
        self._moment = [place for place in (day, layout.one("time")) if place is not None]
        self._given_back: set[str] = set()
        self._charged: set[str] = set()
        self._won: set[str] = set()
        self._sales = Marks()

    def __iter__(self) -> Iterator[Movement]:
        if self._numbers or self._references:
            self._look_ahead()
        waiting: Movement | None = None
        for line, row in self._table.rows(self.keys, self._left):
            movement = self._movement(line, row)
            if waiting is not None and waiting.goes_on(movement) and self._same_moment(waiting, row):
                waiting.rows.append((line, row))
                continue
            if waiting is not None:
                yield waiting
            waiting = movement
        if waiting is not None:
            yield waiting

    def written(self, row: Sequence[str]) -> str:
        """The moment of a row as written, in no zone: the same wherever the business says that it is."""
        day, *clock = self._moment
        read = read_written(row[day], self._order, own_proof=True).moment
        return " ".join((str(read.day), read.time, *(row[place].strip() for place in clock)))

    def _movement(self, line: int, row: list[str]) -> Movement:
        number, reference = _first(row, self._numbers), _first(row, self._references)
        sort = self._sort(row, reference)
        customer, who = self._customer(row, line, sort)
        if sort == "sale" and self._account and self._has_payers and customer is None:
            sort = "transfer"
        if sort != "sale" and not reference and number and hash(number) in self._sales:
            reference = number  # the program gives what is given back the number of the sale
        won = sort == "chargeback_cancel" and (reference or number) not in self._charged
        return Movement(
            [(line, row)], sort, number, reference, customer, who,
            counts=sort in COUNTED or won,
            refunded_elsewhere=number in self._given_back or reference in self._given_back,
            taken_back=won or (sort == "chargeback" and (reference or number) in self._won),
        )

    def _sort(self, row: Sequence[str], reference: str) -> str:
        sort = self._classes.of(row)
        amount = self._amount(row)
        if sort in ("", "sale"):
            if amount >= 0:
                return "sale"
            if not self._account:
                return "refund"
            return "refund" if reference and hash(reference) in self._sales else "expense"
        if sort == "refund" and self._account and amount > 0:
            return "expense"  # money that a supplier gave back
        return sort

    def _customer(self, row: list[str], line: int, sort: str) -> Known:
        """Who paid; of money given back: who received it."""
        if sort != "sale" and self._email is not None and self._recipient is not None:
            row = list(row)
            row[self._email] = row[self._recipient]
        return self._customers.of(row, line)

    def _amount(self, row: Sequence[str]) -> int:
        try:
            return self._values.amount(row) or 0
        except BadCell:
            return 0

    def _same_moment(self, movement: Movement, row: Sequence[str]) -> bool:
        first = movement.rows[0][1]
        return all(first[place] == row[place] for place in self._moment)

    def _look_ahead(self) -> None:
        """Note which sales the file has and gives back: exports often begin with the latest row."""
        for _line, row in self._table.rows(self.keys):
            sort = self._classes.of(row)
            ids = [one for one in (_first(row, self._references), _first(row, self._numbers)) if one]
            if not ids:
                continue
            if sort == "chargeback":
                self._charged.add(ids[0])
            elif sort == "chargeback_cancel":
                self._won.add(ids[0])
            elif sort == "refund" or (sort in ("", "sale") and self._amount(row) < 0):
                self._given_back.add(ids[0])
            elif sort in ("", "sale"):
                self._sales.add(hash(ids[-1]))


def _first(row: Sequence[str], places: Sequence[int]) -> str:
    """The first of the columns that names something."""
    for place in places:
        cell = row[place]
        text = cell if cell.isalnum() else one_line(unwrap_formula(cell.strip()))
        if text and not is_nothing(text):
            within = _WITHIN.search(text) if "#" in text else None
            return within["number"] if within else text
    return ""
