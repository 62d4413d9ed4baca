"""The plain case quickly: rows that are one paid purchase each, column by column.

Whatever is unusual is left to the careful way. Both ways give the same records (a test holds them together);
this one spares a million rows most calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from activetui.importing.found import Found
from activetui.importing.records.customers import CustomerReader, Known
from activetui.importing.records.keys import Keys
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.tables.rows import Row
from activetui.importing.understand import Understanding
from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import NO_MOMENT, Moment
from activetui.ledger.days import Day
from activetui.ledger.records import PaidPurchases

if TYPE_CHECKING:
    from activetui.importing.columns.column import Layout

Quick = Callable[[Sequence[Row]], Iterator[PaidPurchases | Sequence[Row]]]
"""Makes the purchases of rows that are an order each; gives rows back that need the careful way."""

_UNUSUAL = (
    "refunded",
    "outstanding",
    "cancelled_at",
    "currency",
    "sku",
    "category",
    "unit_price",
    "channel",
    "note",
    "time",
    "time_zone",
    "visit_date",
    "subtotal",
    "order_total",
)
_REMEMBERED = 50_000


def quick_reader(
    understood: Understanding,
    values: RowValues,
    customers: CustomerReader,
    keys: Keys,
    found: Found,
    newest: Day,
) -> Quick | None:
    """The quick way for a file whose purchases are a day, an amount, and little else; None for others.

    `newest` is the last day that can be true.
    """
    layout = understood.layout
    day, amount = layout.one("date"), layout.one("amount")
    if day is None or amount is None or not _is_plain(layout) or values.several_currencies:
        return None
    moments = _Moments(values.moment_of, newest)
    amounts = _Amounts(values.money_of(amount))
    return _Columns(understood, values, customers, keys, found, day, amount, moments, amounts).parts


def _is_plain(layout: Layout) -> bool:
    return not layout.has(*_UNUSUAL) and all(len(layout.of(name)) < 2 for name in ("order_id", "state"))


class _Moments(dict[str, Moment | None]):
    """The moments of cells, read once; None for what is left to the careful way."""

    def __init__(self, read: Callable[[str], Moment], newest: Day) -> None:
        self._read, self._newest = read, newest

    def __missing__(self, cell: str) -> Moment | None:
        moment: Moment | None
        try:
            moment = self._read(cell)
        except BadCell:
            moment = None
        if moment is not None and (moment.day is None or not 0 <= moment.day <= self._newest):
            moment = None
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = moment
        return moment


class _Amounts(dict[str, int | None]):
    """The amounts of cells in minor units, read once; None for what is left to the careful way."""

    def __init__(self, read: Callable[[str], int | None]) -> None:
        self._read = read

    def __missing__(self, cell: str) -> int | None:
        try:
            amount = self._read(cell)
        except BadCell:
            amount = None
        if amount is not None and amount < 0:
            amount = None
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = amount
        return amount


class _Cells(NamedTuple):
    """What some rows say, as columns; a row that is not `plain` may say anything."""

    plain: Sequence[bool]
    moment: Sequence[Moment | None]
    amount: Sequence[int | None]
    order: Sequence[str]
    known: Sequence[Known]
    state: Sequence[str]
    product: Sequence[str]
    quantity: Sequence[float | None]

    def between(self, first: int, last: int) -> _Cells:
        """Those of the rows from `first` up to before `last`."""
        return _Cells._make(column[first:last] for column in self)


class _Columns:
    """Reads the columns of one file."""

    def __init__(
        self, understood: Understanding, values: RowValues, customers: CustomerReader, keys: Keys,
        found: Found, day: int, amount: int, moments: _Moments, amounts: _Amounts,
    ) -> None:
        layout = understood.layout
        self._values, self._customers, self._keys, self._found = values, customers, keys, found
        self._day, self._amount, self._moments, self._amounts = day, amount, moments, amounts
        self._order = layout.one("order_id")
        self._has = {name: layout.has(name) for name in ("state", "quantity")}
        self._currency, self._today = understood.currency.code, understood.setting.today

    def parts(self, rows: Sequence[Row]) -> Iterator[PaidPurchases | Sequence[Row]]:
        """The purchases, and between them the rows that are left to the careful way."""
        cells = self._read(rows)
        first = 0
        for plain, run in groupby(cells.plain):
            last = first + sum(1 for _one in run)
            some = rows[first:last]
            yield self._purchases(some, cells.between(first, last)) if plain else some
            first = last

    def _read(self, rows: Sequence[Row]) -> _Cells:
        day, amount, order, values, count = self._day, self._amount, self._order, self._values, len(rows)
        moments = list(map(self._moments.__getitem__, [row[day] for _line, row in rows]))
        amounts = list(map(self._amounts.__getitem__, [row[amount] for _line, row in rows]))
        orders = [""] * count if order is None else [row[order] for _line, row in rows]
        plain = [True] * count
        if None in moments or None in amounts or not all(map(str.isalnum, orders)):
            plain = [
                moment is not None and paid is not None and (not number or number.isalnum())
                for moment, paid, number in zip(moments, amounts, orders, strict=True)
            ]
        states = [""] * count
        if self._has["state"]:
            # an unknown word is counted when it is read: only once, here or in the careful way
            states = [
                values.state(row) if usual else "" for usual, (_line, row) in zip(plain, rows, strict=True)
            ]
            plain = [
                usual and state in ("", "paid") for usual, state in zip(plain, states, strict=True)
            ]
        return _Cells(
            plain, moments, amounts, orders, self._customers.of_all(rows), states,
            values.products(rows),
            [values.quantity(row) for _line, row in rows] if self._has["quantity"] else [None] * count,
        )

    def _purchases(self, rows: Sequence[Row], cells: _Cells) -> PaidPurchases:
        moments = [moment or NO_MOMENT for moment in cells.moment]
        days = [moment.day or 0 for moment in moments]
        amounts = [amount or 0 for amount in cells.amount]
        customers = [customer for customer, _who in cells.known]
        self._count(days, amounts, customers.count(None))
        return PaidPurchases(
            currency=self._currency, day=days, time=[moment.time for moment in moments],
            key=self._keys_of(cells, days), customer=customers, amount=amounts, state=cells.state,
            product=cells.product, quantity=cells.quantity, order_ref=cells.order,
            line=[line for line, _row in rows],
        )

    def _keys_of(self, cells: _Cells, days: Sequence[Day]) -> list[str]:
        keys = self._keys
        if all(cells.order):
            return keys.of_orders("purchase", cells.order)
        return [
            keys.of_order("purchase", order) if order
            else keys.of_contents("purchase", day, who, amount, product)
            for order, day, (_customer, who), amount, product in zip(
                cells.order, days, cells.known, cells.amount, cells.product, strict=True
            )
        ]

    def _count(self, days: Sequence[Day], amounts: Sequence[int], walk_ins: int) -> None:
        found, total = self._found, sum(amounts)
        self._values.add_amount(total)
        found.orders += len(days)
        found.lines += len(days)
        found.purchases += len(days)
        found.total[self._currency] += total
        found.walk_ins += walk_ins
        found.day(min(days))
        found.day(max(days))
        if found.last_day > self._today:
            found.future += sum(1 for day in days if day > self._today)
