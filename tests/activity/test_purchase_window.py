"""For how long one purchase keeps a customer active."""

from __future__ import annotations

import pytest

from activetui.activity.past.purchase_window import purchase_window
from activetui.activity.presets import preset_text
from activetui.activity.reading.parsing import parse


@pytest.mark.parametrize(
    ("active", "window"),
    [
        ('{ event = "purchase", within_days = 30 }', 30),
        ('{ event = "purchase", within_days = 30 }, { subscription = "any" }', 30),
        ('{ all = [{ event = "purchase", within_days = 90 }, { event = "purchase", within_days = 4 }] }', 4),
        ('{ event = "purchase", count = 3, within_days = 180 }', None),
        ('{ event = "visit", within_days = 21 }', None),
        ('{ subscription = "any" }', None),
        ('{ none = [{ event = "complaint", within_days = 30 }] }', None),
    ],
)
def test_the_evaluator_says_when_one_purchase_no_longer_counts(active: str, window: int | None) -> None:
    assert purchase_window(parse(f'name = "x"\n[active]\nany = [{active}]\n')) == window


def test_a_preset_says_so_as_well() -> None:
    assert purchase_window(parse(preset_text("cafe"))) == 21
