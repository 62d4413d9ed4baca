"""Who is active under "last purchase at most W days ago", against a hand-made ledger of known answers."""

from __future__ import annotations

import numpy as np
import pytest

from activetui.activity.block import block_of
from activetui.activity.evaluate import evaluate
from activetui.activity.reading.parsing import parse
from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import from_iso
from activetui.ledger.kinds import Kind

PURCHASES = {
    1: ("01-01", "02-06"),
    2: ("01-01",),
    3: ("01-01", "01-02", "01-05"),
    4: ("01-16", "02-02", "02-05", "02-05"),
    5: ("01-16", "01-17", "01-18"),
    6: ("02-02",),
}
TODAY = from_iso("2015-02-07")


@pytest.mark.parametrize(
    ("window", "expected"),
    [(0, []), (1, [1]), (2, [1, 4]), (5, [1, 4, 6]), (19, [1, 4, 6]), (20, [1, 4, 5, 6]),
     (33, [1, 3, 4, 5, 6]), (36, [1, 3, 4, 5, 6]), (37, [1, 2, 3, 4, 5, 6])],
)
def test_active_base_by_window(window: int, expected: list[int]) -> None:
    definition = parse(f'name = "x"\nactive = {{ event = "purchase", within_days = {window} }}')
    events = [
        (customer, from_iso(f"2015-{day}"), Kind.PURCHASE)
        for customer, days in PURCHASES.items() for day in days
    ]
    block = block_of(PURCHASES, events)
    spans = evaluate(definition, block, from_iso("2015-01-01"))
    today = (spans.start <= TODAY) & (spans.end > TODAY) & np.isin(spans.status, list(ACTIVE_BASE))
    assert block.customers[spans.owner[today]].tolist() == expected
