"""What the rows of a file prove about a column whose cells leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from activetui.importing.tables.rows import Row
from activetui.importing.values.amounts import read_amount
from activetui.importing.values.bad import BadCell, shown
from activetui.importing.values.dates import LATER_BASE, Order, read_moment, shape_of
from activetui.ledger.days import Day
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.importing.columns.column import Layout
    from activetui.importing.deciding.decided import Decisions

_ENOUGH_PAIRS = 3
_ENOUGH_DAYS = 8
_ENOUGH_STEPS_BACK = 2
_NEAR_DAYS = 45
_ENOUGH_AMOUNTS = 2
_NAMES = 3
"""Headings joined by underscores from which on a program has named them."""
_COUNTED_IN_CENTS = frozenset(("EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "BRL"))
_PRICES = ("99", "95", "49", "90", "50")
_HUNDRED = (90.0, 110.0)

Beside = tuple[int, Order | None, str]
"""Another column of days: its place, its order, its heading."""


def order_by_the_rows(
    place: int, sample: Sequence[Row], beside: Sequence[Beside], today: Day | None
) -> tuple[Literal["dmy", "mdy", ""], str]:
    """Which of the two orders the rows allow, and why; nothing where both are as likely.

    Days after `today` cannot be (None: they can); days lie near those of another column of the same rows;
    a list kept day by day runs forwards or backwards.
    """
    cells = [(row[place], row) for _line, row in sample]
    for test in (_by_today, _by_another, _by_sequence):
        choice, why = test(cells, beside, today)
        if choice:
            return choice, why
    return "", ""


Cells = Sequence[tuple[str, Sequence[str]]]
Verdict = tuple[Literal["dmy", "mdy", ""], str]


def _day(cell: str, order: Order | None) -> Day | None:
    try:
        return read_moment(cell, order).day
    except BadCell:
        return None


def _by_today(cells: Cells, beside: Sequence[Beside], today: Day | None) -> Verdict:
    if today is None:
        return "", ""
    ahead: dict[Order, str] = {"dmy": "", "mdy": ""}
    for cell, _row in cells:
        if shape_of(cell) != "triple":
            continue
        for order in ahead:
            day = _day(cell, order)
            if day is not None and day > today + 1:
                ahead[order] = ahead[order] or cell
    if bool(ahead["dmy"]) == bool(ahead["mdy"]):
        return "", ""
    choice: Literal["dmy", "mdy"] = "mdy" if ahead["dmy"] else "dmy"
    cell = shown(ahead["dmy"] or ahead["mdy"])
    why = _("read the other way, {cell} would lie in the future").format(cell=cell)
    return choice, why


def _by_another(cells: Cells, beside: Sequence[Beside], today: Day | None) -> Verdict:
    for other, order, heading in beside:
        pairs = {
            (cell, row[other]) for cell, row in cells
            if shape_of(cell) == "triple" and _day(cell, "dmy") != _day(cell, "mdy")
        }
        gaps: dict[Order, list[int]] = {"dmy": [], "mdy": []}
        for cell, known in pairs:
            there = _day(known, order)
            for one, found in gaps.items():
                here = _day(cell, one)
                if here is not None and there is not None:
                    found.append(abs(here - there))
        if min(map(len, gaps.values())) < _ENOUGH_PAIRS:
            continue
        first, second = _median(gaps["dmy"]), _median(gaps["mdy"])
        near, far = min(first, second), max(first, second)
        if near <= _NEAR_DAYS and far > 2 * near + 10:
            why = _("so the days lie near those of the column {column}").format(column=heading)
            return ("dmy" if first < second else "mdy"), why
    return "", ""


def _by_sequence(cells: Cells, beside: Sequence[Beside], today: Day | None) -> Verdict:
    steps: dict[Order, tuple[int, int]] = {}
    triples = [cell for cell, _row in cells if shape_of(cell) == "triple"]
    for order in ("dmy", "mdy"):
        days = [day for day in (_day(cell, order) for cell in triples) if day is not None]
        moves = [later - earlier for earlier, later in pairwise(days) if later != earlier]
        if len(set(days)) < _ENOUGH_DAYS:
            return "", ""
        back = min(sum(1 for move in moves if move < 0), sum(1 for move in moves if move > 0))
        steps[order] = back, len(moves)
    straight = [order for order, (back, _moves) in steps.items() if back == 0]
    if len(straight) != 1:
        return "", ""
    other: Order = "mdy" if straight[0] == "dmy" else "dmy"
    back, _moves = steps[other]
    if back < _ENOUGH_STEPS_BACK:
        return "", ""
    choice: Literal["dmy", "mdy"] = "dmy" if straight[0] == "dmy" else "mdy"
    return choice, _("only so are the rows in the order of time")


def is_counted_from_1904(
    place: int, sample: Sequence[Row], others: Sequence[tuple[int, Order | None]]
) -> bool:
    """Whether a column of day numbers agrees with the other days of its rows only if counted from 1904."""
    for other, order in others:
        gaps = []
        for _line, row in sample:
            here, there = _day(row[place], None), _day(row[other], order)
            if here is not None and there is not None and shape_of(row[place]) == "serial":
                gaps.append(there - here)
        if len(gaps) >= _ENOUGH_PAIRS and abs(_median(gaps) - LATER_BASE) <= _NEAR_DAYS:
            return True
    return False


def seems_in_cents(place: int, sample: Sequence[Row], layout: Layout, found: Decisions) -> bool:
    """Whether whole amounts are about a hundred times what the prices of the same rows give."""
    price, quantity = layout.one("unit_price"), layout.one("quantity")
    if price is None:
        return False
    shares: list[float] = []
    for _line, row in sample:
        cell = row[place].strip()
        if not cell:
            continue
        if not cell.lstrip("-").isdigit():
            return False
        try:
            amount, each = read_amount(cell, "."), read_amount(row[price], found.mark(price))
            count = None if quantity is None else read_amount(row[quantity], found.numbers.get(quantity))
        except BadCell:
            continue
        pieces = 1 if count is None else count.value
        if amount and each and each.value * pieces:
            shares.append(float(amount.value / (each.value * pieces)))
    return len(shares) >= _ENOUGH_PAIRS and _HUNDRED[0] <= _median(shares) <= _HUNDRED[1]


def is_dumped_in_cents(place: int, sample: Sequence[Row], layout: Layout, currency: str) -> bool:
    """Whether amounts may be in hundredths though no price beside them shows it.

    The headings are names of a program's (`created_at`), every amount is a whole number of a hundred or more,
    and some end as prices do (4999, 1995), in a currency of which few people pay thousands.
    """
    if currency not in _COUNTED_IN_CENTS:
        return False
    if sum("_" in column.name and column.name == column.name.lower() for column in layout.columns) < _NAMES:
        return False
    cells = [cell for cell in (row[place].strip() for _line, row in sample) if cell.strip("0")]
    if len(cells) < _ENOUGH_AMOUNTS or not all(cell.isdigit() and int(cell) >= 100 for cell in cells):
        return False
    return any(cell.endswith(_PRICES) for cell in cells)


def _median(numbers: Sequence[float]) -> float:
    from statistics import median  # with fractions and decimals, for columns that leave something open

    return median(numbers)
