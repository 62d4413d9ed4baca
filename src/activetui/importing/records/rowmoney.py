"""The amounts of a purchase's rows: what was paid, given back, is still owed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from activetui.importing import readers
from activetui.importing.deciding.currency import code_of, resolve_sign
from activetui.importing.deciding.understand import Understanding
from activetui.importing.tables.rows import Row
from activetui.importing.telling.found import Found
from activetui.importing.values.amounts import number_reader, read_amount
from activetui.importing.values.bad import BadCell
from activetui.importing.values.words import yes_or_no
from activetui.ledger.money import plain

Cells = Sequence[str]
_RARE = (
    "refunded", "outstanding", "line_refunded", "quantity_refunded", "adjusted_total", "fully_refunded",
    "charged_back", "chargeback_won", "paid_so_far", "cancelled_at", "cancelled", "sku", "category",
    "channel", "note", "instalment", "discount",
)
"""Fields that few files have, and of which every row is asked."""


class RowMoney:
    """Reads the amounts of one file's rows, in minor units."""

    def __init__(self, understood: Understanding, found: Found) -> None:
        layout, system = understood.layout, understood.system
        self._understood, self._found, self._layout = understood, found, layout
        self.amounts_are_of_orders = understood.amounts_are_of_orders
        self._currency, self._currencies = layout.one("currency"), {"": understood.currency.code}
        self._money: dict[tuple[int, str], Callable[[str], int | None]] = {}
        self._signed = _has_several_signs(understood)
        self.several_currencies = self._signed or self._currency is not None
        """Whether each row has to be asked for its currency."""
        self.several_signs = self._signed
        """Whether the amounts themselves name several currencies."""
        self._total_place = layout.one("order_total")
        if self._total_place is None and self.amounts_are_of_orders:
            self._total_place = layout.one("amount")
        self._amount_place = layout.one("amount")
        price, subtotal = layout.one("unit_price"), layout.one("subtotal")
        self._price, self._quantity = price, layout.one("quantity")
        self._percents = layout.of("discount_percent")
        usual = understood.decisions.usual_mark()
        self._number = number_reader(usual) if self._quantity is None else readers.numbers(
            understood, self._quantity
        )
        if self._amount_place is None and self._total_place is None and price is None:
            self._amount_place = subtotal
        before_tax = system is None and subtotal is not None and self._amount_place == subtotal
        self._tax = layout.one("tax") if before_tax else None
        self.adds_amounts = self._total_place is None
        """Whether an order's total is the sum of its rows."""
        self._more = [] if system is None else [
            (place, sign) for fields, sign in ((system.adds, 1), (system.subtracts, -1))
            for name in fields for place in layout.of(name)[:1]
        ]
        """Columns of what was paid besides the amount, and of what was not."""
        self._at = {name: layout.one(name) for name in _RARE}
        self._sum = 0

    def money_of(self, place: int) -> Callable[[str], int | None]:
        """Reads the cells of a column of amounts in the file's currency."""
        return self._reader(place, self._currencies[""])

    def number_of(self, cell: str) -> float | None:
        """A plain number."""
        return self._number(cell)

    def total(self, row: Cells) -> int | None:
        """The amount of the whole order, where a column has it."""
        place = self._total_place
        return None if place is None else self._with_more(self._minor(place, row), row)

    def says_total(self, row: Cells) -> bool:
        """Whether a row says the total of its order."""
        return self._total_place is not None and bool(row[self._total_place].strip())

    def row_total(self, row: Cells) -> int | None:
        """What a row says was paid, be it for the order or for the row."""
        return self.amount(row) if self.adds_amounts else self.total(row)

    def amount(self, row: Cells) -> int | None:
        """The amount of one row: its own, else quantity × price."""
        if self._amount_place is not None:
            return self._with_more(self._with_tax(self._minor(self._amount_place, row), row), row)
        if self._price is None or not self.adds_amounts:
            return None
        return self._with_more(self._discounted(_times(self.quantity(row), self.unit_price(row)), row), row)

    def line_amount(self, row: Cells, quantity: float | None, price: int | None) -> int | None:
        """The amount of an order's line."""
        if self._amount_place is not None and self._amount_place != self._total_place:
            return self._minor(self._amount_place, row)
        return self._discounted(_times(quantity, price), row)

    def _discounted(self, amount: int | None, row: Cells) -> int | None:
        """Quantity × price less the per cent that the row takes off, one after the other."""
        for place in self._percents:
            per_cent = self._number(row[place].strip().removesuffix("%"))
            if amount is not None and per_cent:
                amount = round(amount * (100 - per_cent) / 100)
        return amount

    def refunded(self, rows: Sequence[Row]) -> int:
        """What was given back of an order: once, though every row may repeat it, and lines say it again."""
        place = self._at["refunded"]
        amounts = [] if place is None else [abs(self._minor(place, row) or 0) for _line, row in rows]
        if any(amounts):
            once = self._total_place is not None or len(set(amounts)) == 1
            return max(amounts) if once else sum(amounts)
        return self._refunded_of_lines(rows) or self._adjusted(rows[0][1])

    def outstanding(self, row: Cells) -> int:
        """What is still to be paid."""
        place = self._at["outstanding"]
        return 0 if place is None else self._minor(place, row) or 0

    def is_wholly_refunded(self, row: Cells) -> bool:
        """Whether a column says that all was given back, or was taken back by the bank."""
        if self._flag("fully_refunded", row):
            return True
        return self._flag("charged_back", row) and not self._flag("chargeback_won", row)

    def unit_price(self, row: Cells) -> int | None:
        """The price of one piece."""
        return None if self._price is None else self._minor(self._price, row)

    def quantity(self, row: Cells) -> float | None:
        """How many pieces."""
        return None if self._quantity is None else self._number(row[self._quantity])

    def currency(self, row: Cells) -> str:
        """The currency of a row's amounts."""
        if self._currency is not None:
            return self.currency_of(row[self._currency])
        return self._sign_of(row) if self._signed else self._currencies[""]

    def currency_of(self, cell: str) -> str:
        """The currency that a cell names, else the file's."""
        known = self._currencies.get(cell)
        if known is None:
            known = code_of(cell, self._understood.setting) or self._currencies[""]
            self._currencies[cell] = known
        return known

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

    def bad_amount(self, row: Cells) -> str:
        """Which amount of a row cannot be taken, and why; empty where all can."""
        fields = ("refunded", "outstanding", "line_refunded", "adjusted_total")
        for place in chain(
            (self._total_place, self._amount_place, self._price), map(self._layout.one, fields),
            (place for place, _sign in self._more),
        ):
            if place is None:
                continue
            try:
                self._minor(place, row)
            except BadCell as bad:
                return f"{self._layout.name_of(place)}: {bad.reason}"
        return ""

    def _with_tax(self, amount: int | None, row: Cells) -> int | None:
        """What the customer paid, where the file holds the amount before tax and the tax."""
        if self._tax is None or amount is None:
            return amount
        tax = abs(self._minor(self._tax, row) or 0)
        return amount - tax if amount < 0 else amount + tax

    def _with_more(self, amount: int | None, row: Cells) -> int | None:
        if amount is None or not self._more:
            return amount
        return amount + sum(sign * abs(self._minor(place, row) or 0) for place, sign in self._more)

    def _refunded_of_lines(self, rows: Sequence[Row]) -> int:
        """What the lines say was given back: their own amounts, else pieces × price."""
        place = self._at["line_refunded"]
        if place is not None:
            return sum(abs(self._minor(place, row) or 0) for _line, row in rows)
        pieces = self._at["quantity_refunded"]
        if pieces is None:
            return 0
        return sum(
            _times(abs(self._number(row[pieces]) or 0), self.unit_price(row)) or 0 for _line, row in rows
        )

    def _adjusted(self, row: Cells) -> int:
        """What an order's total was lowered by later; a new total of nothing means that it was not."""
        place = self._at["adjusted_total"]
        now = 0 if place is None else self._minor(place, row) or 0
        if not now:
            return 0
        before = self._minor(self._amount_place if self._amount_place is not None else self._total_place, row)
        return max(0, (before or 0) - now)

    def _flag(self, field: str, row: Cells) -> bool:
        place = self._at[field]
        return place is not None and bool(yes_or_no(row[place]))

    def _minor(self, place: int | None, row: Cells) -> int | None:
        if place is None:
            return None
        currency = self.currency(row) if self.several_currencies else self._currencies[""]
        read = self._money.get((place, currency))
        return (read or self._reader(place, currency))(row[place])

    def _reader(self, place: int, currency: str) -> Callable[[str], int | None]:
        read = self._money.get((place, currency))
        if read is None:
            read = self._money[place, currency] = readers.money(self._understood, place, currency)
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
