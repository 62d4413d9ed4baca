"""The curve from plain cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.past.suggestion import suggest
from activetui.activity.past.survival import curve_of
from activetui.insights.curve_picture import Mark, curve_picture, last_day_drawn, marks_of
from activetui.locales import use_language
from tests.activity.shops import random_shop, shop


def steady(days: int) -> np.ndarray:
    """One return a day."""
    return np.arange(1, days + 1, dtype=np.int32)


def test_a_steady_return_is_a_straight_rise() -> None:
    curve = curve_of(steady(40), np.empty(0, dtype=np.int32))
    assert curve_picture(curve, 40, 46, 4, [Mark(20, "half"), Mark(40, "all")]) == [
        "100% ┤                              ▁▂▂▃▄▅▆▆▇█",
        " 75% ┤                    ▁▂▂▃▄▅▆▆▇███████████",
        " 50% ┤          ▁▂▂▃▄▅▆▆▇█████████████████████",
        " 25% ┤▁▂▂▃▄▅▆▆▇███████████████████████████████",
        "  0% └───────────────────┬───────────────────┬",
        "      0                  20                 40",
        "                        half               all",
    ]


@given(st.integers(20, 200), st.integers(1, 20), st.lists(st.integers(0, 400), max_size=4))
def test_no_line_is_wider_than_asked_for(width: int, height: int, marked: list[int]) -> None:
    curve = curve_of(steady(40), np.array([300] * 20, dtype=np.int32))
    marks = [Mark(day, "inactive") for day in sorted(marked)]
    lines = curve_picture(curve, 200, width, height, marks)
    assert max(map(len, lines)) <= max(width, 24)
    assert max(height, 3) + 2 <= len(lines) <= max(height, 3) + 3


def test_the_suggestion_is_marked_on_the_axis() -> None:
    found = suggest(random_shop(300, 30))
    lines = curve_picture(found.curve, last_day_drawn(found), 78, 6, marks_of(found))
    assert lines[-3].count("┬") == 3
    numbers = lines[-2].split()
    assert numbers[1:4] == [str(found.at_risk_days), str(found.window_days), str(found.lost_silence)]
    assert lines[-1].split("  ")[-1].strip() == "lost"


@pytest.mark.parametrize("history", [shop(3, 30), shop(40, 30, leaves=1)])
def test_what_suggests_nothing_can_be_drawn_as_well(history: object) -> None:
    found = suggest(history)  # type: ignore[arg-type]
    lines = curve_picture(found.curve, last_day_drawn(found), 60, 6, marks_of(found))
    assert len(lines) == 8


@pytest.mark.parametrize("language", ["pt", "ru"])
def test_the_edge_is_straight_in_every_language(language: str) -> None:
    curve = curve_of(steady(40), np.empty(0, dtype=np.int32))
    use_language(language)
    lines = curve_picture(curve, 40, 60, 4)
    assert len({line.index(edge) for line in lines for edge in "┤│└" if edge in line}) == 1
