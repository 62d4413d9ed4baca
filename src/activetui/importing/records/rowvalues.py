"""The values of a purchase's rows: each column read in its own way, decided once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase

from activetui.importing import readers
from activetui.importing.columns.system import NO_STATE
from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.itemlists import Item, items_of
from activetui.importing.records.rowmoney import Cells, RowMoney
from activetui.importing.tables.blocks import column
from activetui.importing.tables.rows import Row
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import Moment
from activetui.importing.values.texts import text_of
from activetui.importing.values.words import PARTLY_PAID, is_nothing, plain, state_reader, yes_or_no

_REMEMBERED = 100_000
_NUMBER = re.compile(r"\d{1,4}")
_WINS = frozenset(
    ("cancelled", "voided", "refunded", "partially_refunded", "draft", "no_show", "failed", "expired")
)


class RowValues(RowMoney):
    """Reads the cells of one file's rows."""

    def __init__(self, understood: Understanding, found: Found) -> None:
        super().__init__(understood, found)
        layout = understood.layout
        day = layout.one("date")
        self._day = (layout.one("visit_date") if day is None else day) or 0
        self._moment = readers.moments(understood, self._day)
        self._row_moment = readers.row_moments(understood, self._day)
        self._orders = [(place, readers.ids(understood, place)) for place in layout.of("order_id")]
        self._states = [(place, states_of(understood.states, found.states)) for place in layout.of("state")]
        self._in_part: set[str] = set()
        """Cells that say of a sale that it is paid in part, as far as they have come."""
        self._texts: dict[str, str] = {}
        self._products, self._items = layout.of("product"), _ranked(understood, "items")
        system = understood.system
        self._proof = layout.one(system.unpaid_without) if system else understood.unpaid_without
        self._payments = layout.of("payment_ref")
        self._fixed = understood.fixed
        self.class_places = layout.of("row_class") or layout.of("state")
        """The columns that tell the sort of a row."""

    def moment(self, row: Cells) -> Moment:
        """Day and time of a row; `BadCell` for a day that cannot be."""
        return self._row_moment(row)

    @property
    def moment_of(self) -> Callable[[str], Moment]:
        """Reads the cell of the day."""
        return self._moment

    def day_cell(self, row: Cells) -> str:
        """The day as written, with its heading."""
        return f"{self._layout.name_of(self._day)}: {row[self._day].strip()}"

    def order(self, row: Cells) -> str:
        """The order number; empty where there is none, or a spreadsheet destroyed it."""
        for place, read in self._orders:
            text = read(row[place])
            if text:
                return text
        return ""

    def state(self, row: Cells) -> str:
        """The state that the columns of a row tell together."""
        state = ""
        for place, read in self._states:
            one = read(row[place])
            if one == PARTLY_PAID:
                self._in_part.add(row[place])
                one = "paid"
            if not state or (state not in _WINS and one in _WINS):
                state = one or state
        return state or self._fixed.get("state", "")

    def paid_of(self, row: Cells, total: int | None, state: str) -> int | None:
        """What of a total has been paid: all of it, unless a word or a column says that it is a part.

        Where only a word says so, and no column how much, it is all of it. What was taken off the price is
        not waited for. `state` was read from the row.
        """
        said = bool(self._in_part) and any(row[place] in self._in_part for place, _read in self._states)
        if total is None or total <= 0 or state not in ("", "paid"):
            return total
        paid = self._told("paid_so_far", row)
        if paid and paid == total - abs(self._told("discount", row) or 0):
            return paid
        if state and not said:
            return total
        due = self._told("outstanding", row)
        if due == 0 and not said:
            return total
        if said and due is not None and not 0 < (paid or 0) < total:
            paid = total - due
        if paid is not None and 0 < paid < total:
            self._found.partly_paid += 1
            return paid
        self._found.partly_paid_whole += said
        return total

    def _told(self, field: str, row: Cells) -> int | None:
        try:
            return self._minor(self._at[field], row)
        except BadCell:
            return None

    def is_cancelled(self, row: Cells) -> bool:
        """Whether a row has a day of cancellation."""
        place = self._at["cancelled_at"]
        return place is not None and not is_nothing(row[place])

    def is_void(self, row: Cells) -> bool:
        """Whether a column says that the order was called off: a yes, or when or why that was."""
        place = self._at["cancelled"]
        return place is not None and not is_nothing(row[place]) and yes_or_no(row[place]) is not False

    def is_unpaid(self, row: Cells, total: int) -> bool:
        """Whether a column says that nothing of a total has been paid so far, or leaves open when it was."""
        if self._proof is not None and total > 0 and is_nothing(row[self._proof]):
            return True
        place = self._at["paid_so_far"]
        if place is None or total <= 0:
            return False
        try:
            return self._minor(place, row) == 0
        except BadCell:
            return False

    def product(self, row: Cells) -> str:
        """What was bought."""
        for place in self._products:
            text = self._text(row[place])
            if text:
                return text
        return "" if not self._items else " + ".join(item.product for item in self.items(row))

    def products(self, rows: Sequence[Row]) -> list[str]:
        """`product` of many rows."""
        if len(self._products) != 1 or self._items:
            return [self.product(row) for _line, row in rows]
        (place,) = self._products
        cells = column(rows, place)
        text = {cell: self._text(cell) for cell in set(cells)}
        return list(map(text.__getitem__, cells))

    def items(self, row: Cells) -> list[Item]:
        """The products that a row lists in one cell or in a column each."""
        for places in self._items:
            found = [
                item for place in places
                for item in items_of(row[place], self._reader(place, self.currency(row)), self._number)
            ]
            if found:
                return found
        return []

    def sku(self, row: Cells) -> str:
        """The article number."""
        return self._of("sku", row)

    def category(self, row: Cells) -> str:
        """The sort of article."""
        return self._of("category", row)

    def channel(self, row: Cells) -> str:
        """Where it was bought."""
        return self._of("channel", row)

    def note(self, row: Cells) -> str:
        """The remark of a row."""
        return self._of("note", row)

    def instalment(self, row: Cells) -> int:
        """Which payment of the same purchase a row is, from 1; 0 where it does not say (`2`, `2/12`)."""
        number = _NUMBER.match(self._of("instalment", row))
        return int(number[0]) if number else 0

    def payment_refs(self, row: Cells) -> tuple[str, ...]:
        """The numbers of the payment, by which another program may tell of the same sale."""
        if not self._payments:
            return ()
        texts = (self._text(row[place]) for place in self._payments)
        return tuple(dict.fromkeys(filter(None, texts)))

    def text(self, field: str, row: Cells) -> str:
        """The first column with a meaning, as text."""
        return self._of(field, row)

    def reason(self, rows: Sequence[Row]) -> str:
        """Which cell of an order cannot be taken, and why."""
        for _line, row in rows:
            try:
                self._moment(row[self._day])
            except BadCell as bad:
                return f"{self._layout.name_of(self._day)}: {bad.reason}"
            amount = self.bad_amount(row)
            if amount:
                return amount
        return ""

    def _of(self, field: str, row: Cells) -> str:
        place = self._at[field] if field in self._at else self._layout.one(field)
        return self._fixed.get(field, "") if place is None else self._text(row[place])

    def _text(self, cell: str) -> str:
        known = self._texts.get(cell)
        if known is None:
            known = text_of(cell)
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            self._texts[cell] = known
        return known


def states_of(own: Mapping[str, str], unknown: dict[str, int]) -> Callable[[str], str]:
    """States of one column by a system's words and patterns, else by the usual words."""
    exact = {word: "" if state == NO_STATE else state for word, state in own.items() if "*" not in word}
    patterns = [
        (plain(word), "" if state == NO_STATE else state) for word, state in own.items() if "*" in word
    ]
    usual = state_reader(exact, unknown)
    if not patterns:
        return usual
    mine = {plain(word) for word in exact}
    seen: dict[str, str] = {}

    def read(cell: str) -> str:
        state = seen.get(cell)
        if state is None:
            word = plain(cell)
            found = next((state for pattern, state in patterns if fnmatchcase(word, pattern)), None)
            if found is None or word in mine:
                return usual(cell)
            state = seen[cell] = found
        return state

    return read


def _ranked(understood: Understanding, field: str) -> list[list[int]]:
    """The columns of a field, those of one rank together, the better ranks first."""
    found: dict[int, list[int]] = {}
    for one in understood.columns:
        if one.field == field:
            found.setdefault(one.rank, []).append(one.index)
    return [found[rank] for rank in sorted(found)]
