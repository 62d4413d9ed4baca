"""The customers of many rows at once: each is read where they first appear, and has a number from then on."""

from __future__ import annotations

from activetui.importing.records.customers import CustomerReader
from activetui.importing.tables.blocks import Block
from activetui.ledger.records import CustomerRecord

_REMEMBERED = 400_000
_LINE = "\n"


class People:
    """Numbers the customers of one file from 1, in the order in which they appear; 0 is nobody.

    Rows with the same cells have the same customer. The cells are told apart by a hash of 64 bits with a
    secret key, not kept: among a million different ones the chance that any two are confused is below 1 in
    10 million. Someone who has not been seen for very long may get another number.
    """

    def __init__(self, customers: CustomerReader, *, told_apart: bool) -> None:
        """`told_apart`: whether `who` is going to be asked."""
        self._customers, self._told_apart = customers, told_apart
        self._number_of: dict[int, int] = {}
        self._who = [""]
        self._joined: list[str] = []
        self.known = 0
        """How many have a number."""

    def of(self, rows: Block) -> tuple[list[int], list[CustomerRecord]]:
        """The number of each row's customer, and those who got one just now, in its order."""
        places = self._customers.places
        if not places:
            return [0] * len(rows), []
        columns = [rows.columns[place] for place in places]
        marks = list(map(hash, zip(*columns, strict=True)))
        numbers = [self._number_of.get(mark, -1) for mark in marks]
        introduced: list[CustomerRecord] = []
        told_apart: list[str] = []
        at = numbers.index(-1) if -1 in numbers else len(numbers)
        for place in range(at, len(numbers)):
            if numbers[place] < 0:
                mark = marks[place]
                known = self._number_of.get(mark)  # of an earlier row among these
                if known is None:
                    cells = tuple([column[place] for column in columns])
                    known = self._numbered(cells, rows.lines[place], mark, introduced, told_apart)
                numbers[place] = known
        if told_apart:
            # many small texts that stay lie about among the cells that go, and make all that follows slower
            self._joined.append(_LINE.join(told_apart))
        return numbers, introduced

    def who(self, number: int) -> str:
        """The text by which a row without an order number tells this customer apart."""
        if number >= len(self._who):
            for texts in self._joined:
                self._who += texts.split(_LINE)
            self._joined.clear()
        return self._who[number]

    def _numbered(
        self, cells: tuple[str, ...], line: int, mark: int, introduced: list[CustomerRecord],
        told_apart: list[str],
    ) -> int:
        record, who = self._customers.read(cells, line)
        if record is None:
            number = 0
        else:
            introduced.append(record)
            if self._told_apart:
                told_apart.append(who)
            self.known += 1
            number = self.known
        if len(self._number_of) >= _REMEMBERED:
            self._number_of.clear()
        self._number_of[mark] = number
        return number
