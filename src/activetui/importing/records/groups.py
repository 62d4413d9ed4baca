"""Rows that make one order: those that follow each other with the same number, or all of it in the file."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.importing.records.marks import Marks
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Left
from activetui.importing.understand import Understanding

OrderRows = list[Row]


class Scattered(Exception):
    """The rows of an order do not follow each other: the file has to be read with `gather`."""


class Groups:
    """The orders of one file, each as its rows."""

    def __init__(self, understood: Understanding, left: Left, *, gather: bool = False) -> None:
        layout = understood.layout
        self._table = understood.table
        self._left = left
        self._gather = gather
        self._order = layout.one("order_id")
        day = layout.one("date") if layout.has("date") else layout.one("visit_date")
        self.keys = [place for place in (day, self._order) if place is not None]
        """Columns that every true row fills."""
        who = [layout.one(name) for name in ("customer_id", "email", "phone", "name", "last_name")]
        known = [place for place in who if place is not None][:1]
        self._same = [] if understood.system else [place for place in (day, *known) if place is not None]

    def __iter__(self) -> Iterator[OrderRows]:
        rows = self._table.rows(self.keys, self._left)
        if self._order is None:
            return ([row] for row in rows)
        return self._gathered(rows, self._order) if self._gather else self._adjacent(rows, self._order)

    def _adjacent(self, rows: Iterator[Row], order: int) -> Iterator[OrderRows]:
        seen = Marks()
        group: OrderRows = []
        current = ""
        for one in rows:
            number = one[1][order].strip()
            if group and number and number == current and self._continues(group[0], one):
                group.append(one)
                continue
            if group:
                yield group
            if number and not seen.add(hash(number)):
                raise Scattered
            group, current = [one], number
        if group:
            yield group

    def _gathered(self, rows: Iterator[Row], order: int) -> Iterator[OrderRows]:
        groups: dict[str, list[OrderRows]] = {}
        for place, one in enumerate(rows):
            number = one[1][order].strip() or f"\x00{place}"
            known = groups.setdefault(number, [])
            for group in known:
                if self._continues(group[0], one):
                    group.append(one)
                    break
            else:
                known.append([one])
        for known in groups.values():
            yield from known

    def _continues(self, first: Row, row: Row) -> bool:
        """Whether a row can be of the same order: no other day and no other customer."""
        mine, other = first[1], row[1]
        return all(
            other[place] == mine[place] or not other[place].strip() or not mine[place].strip()
            for place in self._same
        )
