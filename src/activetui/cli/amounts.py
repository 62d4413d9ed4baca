"""Amounts of money as people type them after a command."""

from __future__ import annotations

import re
from decimal import Decimal

from activetui.ledger.errors import UsageError
from activetui.ledger.money import digits, to_minor
from activetui.locales import _

_AMOUNT = re.compile(r"[+-]?\d{1,12}(?:[.,](\d+))?")


def minor_units(text: str, currency: str) -> int:
    """The typed amount in minor units; `UsageError` for no amount, or one that could be read in two ways.

    More decimal places than the currency has are refused: `1.250` may be one or a thousand.
    """
    typed = text.strip().replace("\u2212", "-")
    found = _AMOUNT.fullmatch(typed)
    if found is None or len(found[1] or "") > digits(currency):
        raise UsageError(
            _("{text!r} is not an amount in {currency}.").format(text=text, currency=currency),
            _("Write it as 1240.50: no currency, no sign between thousands, only cents behind the point."),
        )
    return to_minor(Decimal(typed.replace(",", ".")), currency)
