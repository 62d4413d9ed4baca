"""CDNOW as a purchase history, and the day on which the published figures cut it."""

from __future__ import annotations

import gzip
from functools import cache

from activetui.activity.past.purchase_history import PurchaseHistory, history_of
from activetui.ledger.days import from_iso
from tests.importing.files import CDNOW

CUT = from_iso("1997-09-30")
WEEKS = 39


@cache
def whole() -> PurchaseHistory:
    """All 18 months; money in cents."""
    rows = []
    with gzip.open(CDNOW, "rt", encoding="ascii") as text:
        for line in text:
            _number, customer, date, _quantity, amount = line.split()
            day = from_iso(f"{date[:4]}-{date[4:6]}-{date[6:]}")
            rows.append((int(customer), day, round(float(amount) * 100)))
    return history_of(rows)


@cache
def calibration() -> PurchaseHistory:
    """What was known on the day of the cut."""
    return whole().up_to(CUT)
