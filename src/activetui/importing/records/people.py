"""The customers of many rows at once: each is read where they first appear, and has a number from then on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import cast

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
        self.has_nobody = False
        """Whether any row so far was of nobody."""

    def of(self, rows: Block) -> tuple[list[int], Sequence[CustomerRecord]]:
        """The number of each row's customer, and those who got one just now, in its order."""
        places = self._customers.places
        if not places:
            self.has_nobody = True
            return [0] * len(rows), []
        columns = [rows.columns[place] for place in places]
        marks = list(map(hash, zip(*columns, strict=True)))
        found = list(map(self._number_of.get, marks))
        introduced: Sequence[CustomerRecord] = []
        if None in found:
            first_at: dict[int, int] = {}
            for place, known in enumerate(found):
                if known is None:
                    first_at.setdefault(marks[place], place)
            fresh, introduced = self._number(first_at, columns, rows.lines)
            found = [fresh[mark] if one is None else one for one, mark in zip(found, marks, strict=True)]
        return cast(list[int], found), introduced

    def _number(
        self, first_at: dict[int, int], columns: Sequence[Sequence[str]], lines: Sequence[int]
    ) -> tuple[dict[int, int], Sequence[CustomerRecord]]:
        """Give those who appear at these places a number: by mark, with their records."""
        places = list(first_at.values())
        columns = [[column[place] for place in places] for column in columns]
        introduced: Sequence[CustomerRecord]
        numbers: Iterable[int]
        plain = self._customers.plain(columns)
        if plain is not None:
            introduced, who = plain, plain.key or plain.email
            numbers = range(self.known + 1, self.known + 1 + len(plain))
        else:
            cells = zip(*columns, strict=True)
            known = list(map(self._customers.read, cells, [lines[place] for place in places]))
            introduced = [record for record, _who in known if record is not None]
            who = [who for record, who in known if record is not None]
            counted = count(self.known + 1)
            numbers = [0 if record is None else next(counted) for record, _who in known]
            self.has_nobody = self.has_nobody or 0 in numbers
        self.known += len(introduced)
        fresh = dict(zip(first_at, numbers, strict=True))
        if len(self._number_of) + len(fresh) > _REMEMBERED:
            self._number_of.clear()
        self._number_of.update(fresh)
        if self._told_apart and who:
            # many small texts that stay lie about among the cells that go, and make all that follows slower
            self._joined.append(_LINE.join(who))
        return fresh, introduced

    def who(self, number: int) -> str:
        """The text by which a row without an order number tells this customer apart."""
        if number >= len(self._who):
            for texts in self._joined:
                self._who += texts.split(_LINE)
            self._joined.clear()
        return self._who[number]
