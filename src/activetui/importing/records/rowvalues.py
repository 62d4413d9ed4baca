"""The values of a purchase's rows: each column read in its own way, decided once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from activetui.importing.currency import resolve_sign
from activetui.importing.found import Found
from activetui.importing.tables.rows import Row
from activetui.importing.understand import Understanding
from activetui.importing.values.amounts import minor_reader, number_reader, read_amount
from activetui.importing.values.bad import BadCell
from activetui.importing.values.contacts import unwrap_formula
from activetui.importing.values.dates import Moment, moment_reader, time_reader
from activetui.importing.values.words import is_nothing, state_reader
from activetui.ledger.money import plain
from activetui.ledger.settlement import PAID_STATES
from activetui.ledger.text import one_line

_REMEMBERED = 100_000
_WINS = frozenset(
    ("cancelled", "voided", "refunded", "partially_refunded", "draft", "no_show", "failed", "expired")
)

Cells = Sequence[str]
Money = Callable[[Cells], int | None]


class RowValues:
    """Reads the cells of one file's rows."""

    def __init__(self, understood: Understanding, found: Found) -> None:
        layout, decisions = understood.layout, understood.decisions
        self._understood, self._found, self._layout = understood, found, layout
        self.amounts_are_of_orders = understood.amounts_are_of_orders
        day = layout.one("date")
        self._day = (layout.one("visit_date") if day is None else day) or 0
        self._moment = moment_reader(decisions.order(self._day))
        self._time, self._read_time = layout.one("time"), time_reader()
        self._orders = layout.of("order_id")
        self._states = [
            (place, state_reader(understood.states, found.states)) for place in layout.of("state")
        ]
        self._texts: dict[str, str] = {}
        self._products, self._number = layout.of("product"), number_reader(decisions.usual_mark())
        self._currency, self._currencies = layout.one("currency"), {"": understood.currency.code}
        self._money: dict[tuple[int, str], Callable[[str], int | None]] = {}
        self._signed = _has_several_signs(understood)
        self.several_currencies = self._signed or self._currency is not None
        """Whether each row has to be asked for its currency."""
        self._total_place = layout.one("order_total")
        if self._total_place is None and self.amounts_are_of_orders:
            self._total_place = layout.one("amount")
        self._amount_place = layout.one("amount")
        price, subtotal = layout.one("unit_price"), layout.one("subtotal")
        self._price, self._quantity = price, layout.one("quantity")
        if self._amount_place is None and self._total_place is None and price is None:
            self._amount_place = subtotal
        self.adds_amounts = self._total_place is None
        """Whether an order's total is the sum of its rows."""
        self._sum = 0

    def moment(self, row: Cells) -> Moment:
        """Day and time of a row; `BadCell` for a day that cannot be."""
        moment = self._moment(row[self._day])
        if self._time is not None and not moment.time:
            return Moment(moment.day, self._read_time(row[self._time]))
        return moment

    @property
    def moment_of(self) -> Callable[[str], Moment]:
        """Reads the cell of the day."""
        return self._moment

    def money_of(self, place: int) -> Callable[[str], int | None]:
        """Reads the cells of a column of amounts in the file's currency."""
        return self._reader(place, self._currencies[""])

    def day_cell(self, row: Cells) -> str:
        """The day as written, with its heading."""
        return f"{self._layout.name_of(self._day)}: {row[self._day].strip()}"

    def order(self, row: Cells) -> str:
        """The order number; empty where there is none (or a spreadsheet destroyed it)."""
        for place in self._orders:
            cell = row[place]
            text = cell if cell.isalnum() else one_line(unwrap_formula(cell.strip()))
            if text:
                return text
        return ""

    def state(self, row: Cells) -> str:
        """The state that the columns of a row tell together."""
        state = ""
        for place, read in self._states:
            one = read(row[place])
            if not state or (state in PAID_STATES and one in _WINS):
                state = one or state
        return state

    def total(self, row: Cells) -> int | None:
        """The amount of the whole order, where a column has it."""
        return None if self._total_place is None else self._minor(self._total_place, row)

    def amount(self, row: Cells) -> int | None:
        """The amount of one row: its own, else quantity × price."""
        if self._amount_place is not None:
            return self._minor(self._amount_place, row)
        if self._price is None or not self.adds_amounts:
            return None
        return _times(self.quantity(row), self.unit_price(row))

    def line_amount(self, row: Cells, quantity: float | None, price: int | None) -> int | None:
        """The amount of an order's line."""
        if self._amount_place is not None and not self.amounts_are_of_orders:
            return self._minor(self._amount_place, row)
        return _times(quantity, price)

    def refunded(self, rows: Sequence[Row]) -> int:
        """What was given back of an order: once, though every row may repeat it."""
        place = self._layout.one("refunded")
        if place is None:
            return 0
        amounts = [abs(self._minor(place, row) or 0) for _line, row in rows]
        return max(amounts) if self._total_place is not None or len(set(amounts)) == 1 else sum(amounts)

    def outstanding(self, row: Cells) -> int:
        """What is still to be paid."""
        place = self._layout.one("outstanding")
        return 0 if place is None else self._minor(place, row) or 0

    def is_cancelled(self, row: Cells) -> bool:
        """Whether a row has a day of cancellation."""
        place = self._layout.one("cancelled_at")
        return place is not None and not is_nothing(row[place])

    def unit_price(self, row: Cells) -> int | None:
        """The price of one piece."""
        return None if self._price is None else self._minor(self._price, row)

    def quantity(self, row: Cells) -> float | None:
        """How many pieces."""
        return None if self._quantity is None else self._number(row[self._quantity])

    def product(self, row: Cells) -> str:
        """What was bought."""
        for place in self._products:
            text = self._text(row[place])
            if text:
                return text
        return ""

    def products(self, rows: Sequence[Row]) -> list[str]:
        """`product` of many rows."""
        if len(self._products) != 1:
            return [self.product(row) for _line, row in rows]
        (place,) = self._products
        cells = [row[place] for _line, row in rows]
        text = {cell: self._text(cell) for cell in set(cells)}
        return [text[cell] for cell in cells]

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

    def currency(self, row: Cells) -> str:
        """The currency of a row's amounts."""
        if self._currency is not None:
            code = row[self._currency]
            known = self._currencies.get(code)
            if known is None:
                word = code.strip().upper()
                known = self._currencies[code] = (
                    word if len(word) == 3 and word.isalpha() else self._currencies[""]
                )
            return known
        return self._sign_of(row) if self._signed else self._currencies[""]

    def add_up(self, rows: Sequence[Row]) -> None:
        """Let the amounts of rows take part in the check of total rows, whatever becomes of the rows."""
        if self._amount_place is not None:
            for _line, row in rows:
                try:
                    self._sum += self._minor(self._amount_place, row) or 0
                except BadCell:
                    continue

    def add_amount(self, amount: int) -> None:
        """Let one amount take part in the check of total rows."""
        self._sum += amount

    def check_totals(self, totals: Sequence[Row]) -> None:
        """Compare the last total row with the sum of the rows; a difference is told, never hidden."""
        place = self._amount_place
        if place is None or not totals or self.amounts_are_of_orders:
            return
        line, row = totals[-1]
        try:
            said = self._minor(place, row) if place < len(row) else None
        except BadCell:
            return
        if said is not None and said != self._sum:
            code = self._currencies[""]
            self._found.mismatched_totals.append(
                (line, self._layout.name_of(place), plain(said, code) or "", plain(self._sum, code) or "")
            )

    def reason(self, rows: Sequence[Row]) -> str:
        """Which cell of an order cannot be taken, and why."""
        money = (
            self._total_place,
            self._amount_place,
            self._price,
            self._layout.one("refunded"),
            self._layout.one("outstanding"),
        )
        for _line, row in rows:
            for place in chain((self._day,), money):
                if place is None:
                    continue
                try:
                    if place == self._day:
                        self._moment(row[place])
                    else:
                        self._minor(place, row)
                except BadCell as bad:
                    return f"{self._layout.name_of(place)}: {bad.reason}"
        return ""

    def _minor(self, place: int, row: Cells) -> int | None:
        currency = self.currency(row) if self.several_currencies else self._currencies[""]
        read = self._money.get((place, currency))
        return (read or self._reader(place, currency))(row[place])

    def _reader(self, place: int, currency: str) -> Callable[[str], int | None]:
        read = self._money.get((place, currency))
        if read is None:
            read = self._money[place, currency] = minor_reader(
                self._understood.decisions.mark(place), currency
            )
        return read

    def _sign_of(self, row: Cells) -> str:
        for place in (self._total_place, self._amount_place, self._price):
            if place is None:
                continue
            try:
                amount = read_amount(row[place], self._understood.decisions.mark(place))
            except BadCell:
                continue
            if amount and amount.currency:
                return resolve_sign(amount.currency, self._understood.setting)
        return self._currencies[""]

    def _of(self, field: str, row: Cells) -> str:
        place = self._layout.one(field)
        return "" if place is None else self._text(row[place])

    def _text(self, cell: str) -> str:
        known = self._texts.get(cell)
        if known is None:
            known = one_line(unwrap_formula(cell.strip()))
            known = "" if is_nothing(known) else known
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            self._texts[cell] = known
        return known


def _times(quantity: float | None, price: int | None) -> int | None:
    if price is None:
        return None
    return round(price * (1.0 if quantity is None else quantity))


def _has_several_signs(understood: Understanding) -> bool:
    """Whether the amounts name more than one currency."""
    signs = set()
    for name in ("order_total", "amount", "unit_price"):
        place = understood.layout.one(name)
        if place is None:
            continue
        for _line, row in understood.sample[:1000]:
            try:
                amount = read_amount(row[place], ".")
            except BadCell:
                continue
            if amount and amount.currency:
                signs.add(resolve_sign(amount.currency, understood.setting))
    return len(signs) > 1
