"""What the columns of amounts add up to over a file, as its owner would see it in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.deciding.understand import Understanding
from activetui.importing.readers import money
from activetui.importing.tables.blocks import column
from activetui.importing.tables.rows import Row
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell

_REMEMBERED = 100_000


class _Amounts(dict[str, int]):
    """The amounts of cells in minor units, read once; 0 for what is no amount."""

    def total(self, cells: Sequence[str]) -> int:
        """What some cells add up to."""
        amounts = list(map(self.get, cells))  # much quicker than asking for each that may be missing
        if None in amounts:
            return sum(map(self.__getitem__, cells))
        return sum(filter(None, amounts))

    def __init__(self, read: Callable[[str], int | None]) -> None:
        self._read = read

    def __missing__(self, cell: str) -> int:
        try:
            amount = self._read(cell) or 0
        except BadCell:
            amount = 0
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = amount
        return amount


class ColumnSums:
    """Adds up every column of amounts of one file into `Found.sums`; cells that are no amounts add nothing.

    Files in several currencies have no sums: amounts of different currencies are never added.
    """

    def __init__(self, understood: Understanding, found: Found, *, several_signs: bool) -> None:
        self._found, self._currency = found, understood.layout.one("currency")
        self._code = understood.currency.code
        self._read: dict[int, _Amounts] = {}
        if several_signs:
            return
        for name in understood.layout.fields:
            if FIELDS[name].sort == "money":
                for place in understood.layout.of(name):
                    self._read[place] = _Amounts(money(understood, place))

    def are_of(self, place: int) -> bool:
        """Whether this column is all that is added up, whatever the rows say: `add_to` will do then."""
        return self._currency is None and list(self._read) == [place]

    def add_to(self, place: int, amount: int) -> None:
        """Add what some cells of a column add up to."""
        self._found.sums[place] = self._found.sums.get(place, 0) + amount

    def add(self, rows: Sequence[Row]) -> None:
        """Add the amounts of some rows."""
        if self._currency is not None and self._read and self._another_currency(rows, self._currency):
            self._read.clear()
            self._found.sums.clear()
        for place, read in self._read.items():
            self.add_to(place, read.total(column(rows, place)))

    def _another_currency(self, rows: Sequence[Row], place: int) -> bool:
        codes = {cell.strip().upper() for cell in set(column(rows, place))}
        return bool(codes - {"", self._code})
