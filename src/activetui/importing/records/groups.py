"""Rows that make one order: those that follow each other with the same number, or all of it in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import gt, lt
from typing import Any, NamedTuple

from activetui.importing.deciding.understand import Understanding
from activetui.importing.readers import ids
from activetui.importing.tables.blocks import Block, column
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Left
from activetui.importing.values.ids import are_plain_ids
from activetui.ledger.repeats import Repeats

OrderRows = list[Row]
_CHUNK = 4_000
_LINE = "\n"


class Scattered(Exception):
    """The rows of an order do not follow each other: the file has to be read with `gather`."""


class Piece(NamedTuple):
    """Rows that follow each other."""

    rows: Sequence[Row]
    alone: bool
    """Whether each row is an order of its own; else all are one order."""


class Groups:
    """The orders of one file, each as its rows."""

    def __init__(self, understood: Understanding, left: Left, *, gather: bool = False) -> None:
        layout = understood.layout
        self._table = understood.table
        self._left = left
        self._gather = gather
        self._order = layout.one("order_id")
        day = layout.one("date") if layout.has("date") else layout.one("visit_date")
        self._number = ids(understood, -1 if self._order is None else self._order)
        """Order numbers: one that a spreadsheet made `2,00001E+15` is none: others became it too."""
        first = understood.system is not None and understood.system.totals == "first_row"
        self._first = layout.one("order_total") if first else None
        """The column that only the first row of an order fills."""
        self.keys = [place for place in (day, self._order) if place is not None]
        """Columns that every true row fills."""
        who = [layout.one(name) for name in ("customer_id", "email", "phone", "name", "last_name")]
        known = [place for place in who if place is not None][:1]
        self._same = [] if understood.system else [place for place in (day, *known) if place is not None]

    def __iter__(self) -> Iterator[Piece]:
        chunks = self._table.chunks(self.keys, self._left)
        if self._order is None:
            return (Piece(rows, alone=True) for rows in chunks)
        return self._gathered(chunks, self._order) if self._gather else self._adjacent(chunks, self._order)

    def _adjacent(self, chunks: Iterator[Sequence[Row]], order: int) -> Iterator[Piece]:
        seen, number = _Seen(), self._number
        pieces: Iterator[Piece]
        kept: list[Row] = []  # the last order so far, which may go on, and its number
        last = ""
        for chunk in filter(None, chunks):
            cells = column(chunk, order)
            plain = are_plain_ids(cells)
            numbers = cells if plain else list(map(number, cells))
            alone = len(kept) < 2 and "" not in numbers
            sorted_on = alone and seen.goes_on(numbers)
            if alone and (sorted_on or len({last, *numbers}) == len(numbers) + 1):
                begun = numbers
                plain = plain and (not kept or (kept[0][1][order] == last and are_plain_ids((last,))))
                # the last row may have others of its order after it
                together = _one_after(kept, chunk[:-1], order if plain else None)
                pieces = (Piece(rows, alone=True) for rows in together)
                kept, last = [chunk[-1]], numbers[-1]
            else:
                orders = self._in_orders(kept, last, chunk, numbers)
                # the first order may have begun before
                begun = [number(rows[0][1][order]) for rows in (orders[1:] if kept else orders)]
                begun = list(filter(None, begun))
                kept = orders.pop()
                last = number(kept[0][1][order])
                pieces = _pieces(map(self._latest, orders))
                sorted_on = seen.goes_on(begun)
            seen.add(begun, sorted_on=sorted_on)
            if seen.again_by_now():
                raise Scattered
            yield from pieces
        if seen.again():
            raise Scattered
        yield from _pieces([self._latest(kept)])

    def _in_orders(
        self, kept: list[Row], last: str, rows: Sequence[Row], numbers: Sequence[str]
    ) -> list[OrderRows]:
        """The rows, each with those of the same order that follow it; `kept` came before them."""
        orders: list[OrderRows] = [kept] if kept else []
        current = last
        for one, number in zip(rows, numbers, strict=True):
            if orders and number and number == current and self._continues(orders[-1][0], one):
                orders[-1].append(one)
            else:
                orders.append([one])
                current = number
        return orders

    def _gathered(self, chunks: Iterator[Sequence[Row]], order: int) -> Iterator[Piece]:
        groups: dict[str, list[list[OrderRows]]] = {}
        before = ""
        for place, one in enumerate(chain.from_iterable(chunks)):
            number = self._number(one[1][order]) or f"\x00{place}"
            known = groups.setdefault(number, [])
            for runs in known:
                if self._continues(runs[0][0], one):
                    if number == before:
                        runs[-1].append(one)
                    else:
                        runs.append([one])
                    break
            else:
                known.append([[one]])
            before = number
        orders = (self._whole(runs) for known in groups.values() for runs in known)
        while some := list(islice(orders, _CHUNK)):
            yield from _pieces(some)

    def _whole(self, runs: list[OrderRows]) -> OrderRows:
        """The rows of an order that stand in several places of the file, copies of the order left out.

        Downloads put one after the other hold an order twice. Where its first row alone has the total, each
        run with a total is the whole order and the last is the latest; else, if the headings are repeated,
        runs that say the same are copies.
        """
        if len(runs) > 1 and self._first is not None:
            whole = [place for place, run in enumerate(runs) if run[0][1][self._first].strip()]
            runs = runs[whole[-1] :] if len(whole) > 1 else runs
        elif len(runs) > 1 and self._left.headers:
            runs = list({tuple(tuple(row) for _line, row in run): run for run in runs}.values())
        return self._latest([one for run in runs for one in run])

    def _latest(self, rows: OrderRows) -> OrderRows:
        """The rows of an order without an earlier copy that stands right before them."""
        first = self._first
        if first is None or len(rows) < 2:
            return rows
        whole = [place for place, (_line, row) in enumerate(rows) if row[first].strip()]
        if 1 < len(whole) < len(rows):
            return rows[whole[-1] :]
        if len(whole) == len(rows) and self._left.headers:
            return list({tuple(row): (line, row) for line, row in rows}.values())
        return rows

    def _continues(self, first: Row, row: Row) -> bool:
        """Whether a row can be of the same order: no other day and no other customer."""
        mine, other = first[1], row[1]
        return all(
            other[place] == mine[place] or not other[place].strip() or not mine[place].strip()
            for place in self._same
        )


class _Seen:
    """The order numbers so far, and whether any came again after others.

    While they only go up, or only down, none did. Most programs write their orders so, and to see it is
    quicker than to compare all with each other.
    """

    def __init__(self) -> None:
        self._repeats = Repeats()
        self._ways = [1, -1]
        self._sorted: list[str] = []
        self._last: tuple[int, str] | None = None

    def goes_on(self, numbers: Sequence[str]) -> bool:
        """Whether all so far and these only go up, or only down. They are not added by that."""
        if not numbers or not self._ways:
            return bool(self._ways)
        first = _rank(numbers[0])
        before = [first] if self._last is None else [self._last, first]
        ways = [way for way in self._ways if _goes(before, way) and _go(numbers, way)]
        self._ways = ways or self._ways
        return bool(ways)

    def add(self, numbers: Sequence[str], *, sorted_on: bool) -> None:
        """Add these; `sorted_on` is what `goes_on` has just said of them."""
        if not numbers:
            return
        if sorted_on:
            self._sorted.append(_LINE.join(numbers))
            self._last = _rank(numbers[-1])
            return
        self._ways = []
        for some in self._sorted:
            self._repeats.add_all(map(hash, some.split(_LINE)))
        self._sorted.clear()
        self._repeats.add_all(map(hash, numbers))

    def again_by_now(self) -> bool:
        """Whether a number that came again has been noticed already."""
        return self._repeats.seen_by_now()

    def again(self) -> bool:
        """Whether any number came again."""
        return self._repeats.seen()


def _rank(number: str) -> tuple[int, str]:
    """By this, numbers of digits stand in their order, and any others in one that is always the same."""
    return len(number), number


def _go(numbers: Sequence[str], way: int) -> bool:
    lengths = list(map(len, numbers))
    if lengths.count(lengths[0]) == len(lengths):  # those of one length stand in the order of their signs
        return _goes(numbers, way)
    return _goes(list(map(_rank, numbers)), way)


def _goes(ranks: Sequence[Any], way: int) -> bool:
    """Whether each comes after the one before it, none twice."""
    return all(map(lt if way > 0 else gt, ranks, ranks[1:]))


def _one_after(
    kept: Sequence[Row], rows: Sequence[Row], numbered: int | None
) -> Iterator[Sequence[Row]]:
    """At most one row and those that follow it, together where they can be; `numbered` as for `Block`."""
    if isinstance(rows, Block) and not (kept and len(kept[0][1]) != len(rows.columns)):
        if kept:
            rows = rows.after(kept[0])
        rows.numbered = numbered
        kept = []
    yield from filter(None, (kept, rows))


def _pieces(orders: Iterable[OrderRows]) -> Iterator[Piece]:
    """Orders of one row that follow each other make one piece."""
    alone: list[Row] = []
    for rows in orders:
        if len(rows) < 2:
            alone += rows
            continue
        if alone:
            yield Piece(alone, alone=True)
            alone = []
        yield Piece(rows, alone=False)
    if alone:
        yield Piece(alone, alone=True)
