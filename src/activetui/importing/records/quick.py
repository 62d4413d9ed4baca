"""The plain case quickly: rows that are one paid purchase each, column by column.

Whatever is unusual is left to the careful way. Both ways give the same records (a test holds them together);
this one spares a million rows most calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar, cast

from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.deciding.understand import Understanding
from activetui.importing.readers import plain_money
from activetui.importing.records.customers import CustomerReader
from activetui.importing.records.keys import Keys
from activetui.importing.records.people import People
from activetui.importing.records.rowvalues import RowValues, states_of
from activetui.importing.tables.blocks import Block, as_block
from activetui.importing.tables.rows import Row
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import Moment
from activetui.importing.values.ids import are_plain_ids
from activetui.ledger.days import Day
from activetui.ledger.records import PaidPurchases

Quick = Callable[[Sequence[Row]], Iterator[PaidPurchases | Sequence[Row]]]
"""Makes the purchases of rows that are an order each; gives rows back that need the careful way."""

_READ = frozenset(("date", "amount", "currency", "order_id", "state", "product", "quantity"))
"""What may be told of a purchase; a file with anything else about it goes the careful way."""
_LEFT = frozenset(("tax", "fee", "discount", "shipping", "tip", "net"))
"""What the careful way leaves as well."""
_ONE = ("order_id", "state")
"""Fields that may have one column only."""
_REMEMBERED = 50_000
FEW = 8
"""So few rows between unusual ones are not worth a part of their own."""

Value = TypeVar("Value")


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
    if day is None or amount is None or not _is_plain(understood) or values.several_signs:
        return None
    return _Columns(understood, values, People(customers, told_apart=True), keys, found, newest).parts


def _is_plain(understood: Understanding) -> bool:
    layout, system = understood.layout, understood.system
    told = {name for name in layout.fields if FIELDS[name].about not in ("customer", "nothing")}
    if layout.has("time_zone") or not told <= _READ | _LEFT or any(len(layout.of(name)) > 1 for name in _ONE):
        return False
    fixed = {name for name in understood.fixed if FIELDS[name].about != "customer"}
    return not fixed and not (system is not None and (system.adds or system.subtracts))


class _Once(dict[str, Value | None]):
    """What cells say, each read once; None for what is left to the careful way."""

    def __init__(self, read: Callable[[str], Value | None]) -> None:
        self._read = read
        self.has_left = False
        """Whether there was ever a cell that is left to the careful way."""

    def of(self, cells: Sequence[str]) -> list[Value | None]:
        """What each of some cells says."""
        return list(map(self.__getitem__, cells))

    def leaves(self, values: Sequence[Value | None]) -> bool:
        """Whether any of these cells is left to the careful way."""
        return self.has_left and None in values

    def __missing__(self, cell: str) -> Value | None:
        try:
            value = self._read(cell)
        except BadCell:
            value = None
        self.has_left = self.has_left or value is None
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = value
        return value


class _Cells(NamedTuple):
    """What the columns of some rows say of the purchases; a row that is not `plain` may say anything."""

    rows: Block
    plain: Sequence[bool]
    day: Sequence[Day | None]
    moment: Sequence[Moment | None]
    """Empty where no cell so far said a time of day."""
    amount: Sequence[int | None]
    order: Sequence[str]
    state: Sequence[str | None]

    def between(self, first: int, last: int) -> _Cells:
        """Those of the rows from `first` up to before `last`."""
        return _Cells(*(column[first:last] for column in self))  # type: ignore[arg-type]


class _Columns:
    """Reads the columns of one file."""

    def __init__(
        self, understood: Understanding, values: RowValues, people: People, keys: Keys, found: Found,
        newest: Day,
    ) -> None:
        layout = understood.layout
        self._values, self._people, self._keys, self._found = values, people, keys, found
        self._code, self._today, self._newest = understood.currency.code, understood.setting.today, newest
        self._day, self._amount = layout.one("date") or 0, layout.one("amount") or 0
        self._order, self._state = layout.one("order_id"), layout.one("state")
        self._currency, self._quantity = layout.one("currency"), layout.one("quantity")
        self._has_products = layout.has("product")
        self._timed = False
        self._days = _Once(self._day_alone)
        self._moments = _Once(self._moment)
        self._amounts = _Once(self._paid)
        self._plain_amounts = plain_money(understood, self._amount)
        self._at_home = _Once(self._is_at_home)
        self._unknown: dict[str, int] = {}
        self._state_of = _Once(states_of(understood.states, self._unknown))

    def parts(self, rows: Sequence[Row]) -> Iterator[PaidPurchases | Sequence[Row]]:
        """The purchases, and between them the rows that are left to the careful way."""
        if not rows:
            return
        cells = self._read(as_block(rows))
        if all(cells.plain):
            yield self._purchases(cells)
            return
        first, aside = 0, 0
        for plain, run in groupby(cells.plain):
            last = first + sum(1 for _one in run)
            if plain and last - first >= FEW:
                if aside < first:
                    yield cells.rows[aside:first]
                yield self._purchases(cells.between(first, last))
                aside = last
            first = last
        if aside < first:
            yield cells.rows[aside:first]

    def _read(self, rows: Block) -> _Cells:
        columns, count = rows.columns, len(rows)
        days, moments = self._when(columns[self._day])
        told: Sequence[int] | None = self._plain_amounts(columns[self._amount])
        amounts = self._amounts.of(columns[self._amount]) if told is None else told
        orders = [""] * count if self._order is None else columns[self._order]
        plain = [True] * count
        unread = self._days.leaves(days) or self._moments.leaves(moments) or (
            told is None and self._amounts.leaves(amounts)
        )
        if unread or not (self._order is None or rows.numbered == self._order or are_plain_ids(orders)):
            plain = [
                day is not None and paid is not None and (not number or are_plain_ids((number,)))
                for day, paid, number in zip(days, amounts, orders, strict=True)
            ]
        if self._currency is not None:
            home = self._at_home.of(columns[self._currency])
            plain = [usual and bool(own) for usual, own in zip(plain, home, strict=True)]
        states: Sequence[str | None] = ()
        if self._state is not None:
            states = self._state_of.of(columns[self._state])
            plain = [usual and one in ("", "paid") for usual, one in zip(plain, states, strict=True)]
        return _Cells(rows, plain, days, moments, amounts, orders, states)

    def _when(self, cells: Sequence[str]) -> tuple[list[Day | None], list[Moment | None]]:
        """The days of some rows, and the moments once any cell has said a time."""
        if not self._timed:
            days = self._days.of(cells)
            if not self._timed:
                return days, []
        moments = self._moments.of(cells)
        return [None if moment is None else moment.day for moment in moments], moments

    def _day_alone(self, cell: str) -> Day | None:
        moment = self._moment(cell)
        return None if moment is None else moment.day

    def _moment(self, cell: str) -> Moment | None:
        moment = self._values.moment_of(cell)
        if moment.day is None or not 0 <= moment.day <= self._newest:
            return None
        self._timed = self._timed or bool(moment.time)
        return moment

    def _paid(self, cell: str) -> int | None:
        amount = self._values.money_of(self._amount)(cell)
        return None if amount is None or amount < 0 else amount

    def _is_at_home(self, cell: str) -> bool:
        return self._values.currency_of(cell) == self._code

    def _purchases(self, cells: _Cells) -> PaidPurchases:
        """Rows that are all plain: none of their cells is left to the careful way."""
        rows = cells.rows
        days, amounts = cast(Sequence[Day], cells.day), cast(Sequence[int], cells.amount)
        products = self._values.products(rows) if self._has_products else ()
        quantities: Sequence[float | None] = ()
        if self._quantity is not None:
            quantities = list(map(self._values.number_of, rows.columns[self._quantity]))
        first = self._people.known + 1
        customers, introduced = self._people.of(rows)
        if self._unknown and self._state is not None:
            read = self._values.state  # counts the words that nobody knows
            for state, (_line, row) in zip(cells.state, rows, strict=True):
                if not state:
                    read(row)
        numbered = all(cells.order)
        self._count(days, amounts, customers.count(0) if self._people.has_nobody else 0)
        return PaidPurchases(
            currency=self._code, day=days,
            time=[one.time for one in cast(Sequence[Moment], cells.moment)],
            key=() if numbered and self._keys.are_new(
                "purchase", cells.order, known=rows.numbered is not None
            ) else self._keys_of(cells, days, products, customers),
            customer=customers, introduced=introduced, first=first, amount=amounts,
            state=cast(Sequence[str], cells.state), product=products,
            quantity=quantities, order_ref=cells.order, line=rows.lines,
        )

    def _keys_of(
        self, cells: _Cells, days: Sequence[Day], products: Sequence[str], customers: Sequence[int]
    ) -> list[str]:
        keys, people = self._keys, self._people
        return [
            keys.of_order("purchase", order) if order
            else keys.of_contents("purchase", day, people.who(number), amount, product)
            for order, day, number, amount, product in zip(
                cells.order, days, customers, cells.amount, products or [""] * len(days), strict=True
            )
        ]

    def _count(self, days: Sequence[Day], amounts: Sequence[int], walk_ins: int) -> None:
        found, total = self._found, sum(amounts)
        self._values.add_amount(total)
        found.orders += len(days)
        found.lines += len(days)
        found.purchases += len(days)
        found.total[self._code] += total
        found.walk_ins += walk_ins
        different = set(days)
        found.day(min(different))
        found.day(max(different))
        if found.last_day > self._today:
            found.future += sum(1 for day in days if day > self._today)


