"""Whether a list is that of an account: one column is the balance after each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from activetui.importing.asking.questions import map_option
from activetui.importing.columns.column import Layout
from activetui.importing.deciding.understand import Assumption, Understanding
from activetui.importing.readers import money
from activetui.importing.values.bad import BadCell
from activetui.ledger.text import one_line
from activetui.locales import _

_BALANCES = (None, "outstanding", "net", "subtotal", "paid_so_far")
"""Meanings that the column of balances may have got by its heading."""
_STEPS = 2
"""Rows that have to follow from the one before them, at the least; all of them must."""
_LOOKED_AT = 500


def telling_account(understood: Understanding) -> Understanding:
    """The same; as the list of an account where a column is the balance, which is used no further then.

    The owner's own word on that column goes before.
    """
    if understood.system is not None or understood.meaning != "purchases":
        return understood
    place = _balance(understood)
    if place is None:
        return understood
    name = one_line(understood.layout.name_of(place))
    why = _("every row follows from the balance before it: money that went out is no refund, unless a word "
            "says so ({option} takes it for one)").format(option=map_option(name, "ignore"))
    columns = tuple(
        replace(one, field=None, why=_("the balance of the account after each row"))
        if one.index == place else one for one in understood.columns
    )
    told = Assumption("account", name, why)
    return replace(
        understood, columns=columns, layout=Layout(columns), account=True,
        assumptions=(*understood.assumptions, told),
    )


def _balance(understood: Understanding) -> int | None:
    """The column that holds the balance, by its sums alone."""
    layout = understood.layout
    amount = layout.one("amount")
    if amount is None:
        return None
    rows = [row for _line, row in understood.sample[:_LOOKED_AT]]
    paid = _read(understood, amount, rows)
    if not paid or min(paid) >= 0:
        return None
    for column in understood.columns:
        if column.field in _BALANCES and column.confidence < 1.0:
            balance = _read(understood, column.index, rows)
            if balance and column.index != amount and _follows(paid, balance):
                return column.index
    return None


def _read(understood: Understanding, place: int, rows: Sequence[Sequence[str]]) -> list[int]:
    """The amounts of a column; nothing where a cell is none."""
    read = money(understood, place)
    try:
        amounts = [read(row[place]) for row in rows]
    except BadCell:
        return []
    return [] if None in amounts else [amount for amount in amounts if amount is not None]


def _follows(paid: Sequence[int], balance: Sequence[int]) -> bool:
    if len(paid) <= _STEPS:
        return False
    steps = [later - before for before, later in pairwise(balance)]
    return steps == list(paid[1:]) or steps == [-amount for amount in paid[:-1]]
