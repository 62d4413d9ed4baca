"""Orders of several rows: is the amount on a row that of the row, or of the whole order?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from activetui.importing.asking.questions import Question, map_option
from activetui.importing.columns.column import Layout
from activetui.importing.columns.systems import System
from activetui.importing.deciding.decided import Decisions
from activetui.importing.tables.rows import Row
from activetui.importing.values.amounts import minor_reader, number_reader
from activetui.importing.values.bad import BadCell
from activetui.locales import _

_NEAR = 2
"""Minor units by which rounding may part a sum of lines from its total."""


def amounts_are_of_orders(
    layout: Layout, decisions: Decisions, sample: Sequence[Row], system: System | None, currency: str
) -> tuple[bool, Question | None]:
    """Whether `amount` is the whole order's, and what must be asked where the rows do not show it.

    It is if later rows of an order leave it empty, or if all repeat it and the lines add up to it once.
    """
    if system is not None:
        return bool(system.totals), None
    amount = layout.one("amount")
    if amount is None or layout.one("order_id") is None or layout.has("order_total"):
        return False, None
    read = minor_reader(decisions.mark(amount), currency)
    repeated = undecided = 0
    for rows in _orders(sample, layout):
        try:
            amounts = [read(row[amount]) for row in rows]
        except BadCell:
            continue
        if amounts[0] is not None and not any(value is not None for value in amounts[1:]):
            return True, None
        if len(set(amounts)) > 1 or amounts[0] in (None, 0):
            return False, None
        verdict = _by_lines(rows, amounts[0] or 0, layout, decisions, currency)
        if verdict is False:
            return False, None
        repeated += verdict is True
        undecided += verdict is None
    if repeated:
        return True, None
    column = next((one for one in layout.columns if one.index == amount and one.confidence == 1.0), None)
    return False, _question(layout, amount) if undecided and column is None else None


def _orders(sample: Sequence[Row], layout: Layout) -> Iterator[list[list[str]]]:
    order = layout.one("order_id")
    for number, rows in groupby((row for _line, row in sample), key=lambda row: row[order or 0].strip()):
        together = list(rows)
        if number and len(together) > 1:
            yield together


def _by_lines(
    rows: Sequence[Sequence[str]], amount: int, layout: Layout, decisions: Decisions, currency: str
) -> bool | None:
    """Whether quantity × price of the lines gives the amount once (True), on each row (False), or neither."""
    price, quantity = layout.one("unit_price"), layout.one("quantity")
    if price is None:
        return None
    read, count = minor_reader(decisions.mark(price), currency), number_reader(decisions.usual_mark())
    try:
        each = [
            (read(row[price]) or 0) * (1.0 if quantity is None else count(row[quantity]) or 0.0)
            for row in rows
        ]
    except BadCell:
        return None
    if all(abs(one - amount) <= _NEAR for one in each):
        return False
    return True if sum(each) > max(each) and sum(each) <= amount * 1.5 and sum(each) * 1.5 >= amount else None


def _question(layout: Layout, amount: int) -> Question:
    name = layout.name_of(amount)
    why = _(
        "{column} is the same on every row of an order. Is it the amount of the whole order (counted once), "
        "or of each row (added up)?"
    ).format(column=name)
    return Question("totals", why, f"{map_option(name, 'order_total')} | {map_option(name, 'amount')}")
