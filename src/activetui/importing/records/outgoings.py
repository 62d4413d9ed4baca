"""Amounts below zero that no customer got back: fees, payouts, and what a business spent from its account."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.values.bad import BadCell
from activetui.importing.values.words import sort_of_outgoing

_TELLING = frozenset((None, "product", "category", "note", "subject", "row_class", "state"))
"""Meanings of columns whose words may tell what an amount was for."""
_PAYEES = frozenset(("name", "company", "last_name"))
"""In the list of an account these may be banks and suppliers as well."""
_SIGNS = ("-", "−", "(")


class Outgoings:
    """Tells of the rows of one list why money went out. Programs that are known say so themselves."""

    def __init__(self, understood: Understanding, values: RowValues) -> None:
        told = _TELLING | _PAYEES if understood.account else _TELLING
        generic = understood.system is None
        self._places = [one.index for one in understood.columns if generic and one.field in told]
        self._account, self._values, self._generic = understood.account, values, generic
        layout = understood.layout
        places = (layout.one(name) for name in ("amount", "order_total", "subtotal"))
        self._amounts = [place for place in places if place is not None]

    def of(self, row: Sequence[str]) -> str:
        """`fee`, `payout` or `expense`; empty for what is paid, and for what a customer got back."""
        if not self._generic or not any(sign in row[place] for place in self._amounts for sign in _SIGNS):
            return ""
        try:
            amount = self._values.row_total(row)
        except BadCell:
            return ""
        if amount is None or amount >= 0:
            return ""
        said = [sort for place in self._places if (sort := sort_of_outgoing(row[place]))]
        if "refund" in said:
            return ""
        return said[0] if said else "expense" if self._account else ""
