"""How one version of a definition came from another, in sentences."""

from __future__ import annotations

import pytest

from activetui.activity.definition_changes import changes_in_words
from activetui.activity.presets import PRESETS, preset_text
from activetui.activity.reading.parsing import parse

PLAIN = """
name = "Shop"
[active]
any = [{ event = "purchase", within_days = 30 }, { event = "booking", ahead = true }]
[new]
days = 30
[at_risk]
any = [{ window_used = 0.8 }]
[lost]
days = 365
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Shop"', '"Café"', ["name: Café instead of Shop"]),
        (
            "within_days = 30", "within_days = 45",
            ["active: a purchase within 45 days instead of a purchase within 30 days"],
        ),
        (', { event = "booking", ahead = true }', "", ["active: left out: a booking ahead"]),
        (
            "ahead = true }]", 'ahead = true }, { event = "visit", within_days = 9 }]',
            ["active: added: a visit within 9 days"],
        ),
        (
            '{ event = "booking", ahead = true }', '{ subscription = "any" }',
            ["active: a subscription in force instead of a booking ahead"],
        ),
        ("[new]\ndays = 30", "[new]\ndays = 0", ["new: never instead of 30 days"]),
        ("[lost]\ndays = 365\n", "", ["lost: never instead of 365 days"]),
        (
            "[at_risk]\nany = [{ window_used = 0.8 }]\n", "",
            ["at risk: never instead of 80% of the time to inactivity has gone"],
        ),
        (
            "[lost]", '[types.loyal]\nevent = "purchase"\ncount = 9\nwithin_days = 365\n[lost]',
            ["loyal: at least 9 purchases within 365 days instead of at least 5 purchases within 365 days"],
        ),
        ('name = "Shop"', 'name = "Shop"\nagreed = ["Q1"]', ["questions settled: Q1 instead of none"]),
        ("[new]", "# a remark\n[new]", ["the same rules, written otherwise"]),
        (
            '{ event = "purchase", within_days = 30 }, { event = "booking", ahead = true }',
            '{ event = "booking", ahead = true }, { event = "purchase", within_days = 30 }',
            ["active: in another order"],
        ),
        (
            "any = [{ event", "all = [{ event",
            [
                "active: a purchase within 30 days, and a booking ahead "
                "instead of a purchase within 30 days, or a booking ahead"
            ],
        ),
    ],
)
def test_each_change_is_said_once(old: str, new: str, said: list[str]) -> None:
    assert PLAIN.count(old) == 1
    assert changes_in_words(parse(PLAIN), parse(PLAIN.replace(old, new))) == said


@pytest.mark.parametrize("order", [1, -1])
def test_a_condition_that_only_got_another_figure_is_not_told_as_a_new_one(order: int) -> None:
    parts = ['{ event = "purchase", within_days = 60 }', '{ event = "visit", within_days = 7 }'][::order]
    begin, end = PLAIN.index("any = ["), PLAIN.index("\n[new]")
    after = PLAIN[:begin] + f"any = [{', '.join(parts)}]" + PLAIN[end:]
    assert changes_in_words(parse(PLAIN), parse(after)) == [
        "active: a purchase within 60 days instead of a purchase within 30 days",
        "active: a visit within 7 days instead of a booking ahead",
    ]


@pytest.mark.parametrize("one", [preset.key for preset in PRESETS])
@pytest.mark.parametrize("other", [preset.key for preset in PRESETS])
def test_any_two_different_definitions_have_something_said(one: str, other: str) -> None:
    said = changes_in_words(parse(preset_text(one)), parse(preset_text(other)))
    assert bool(said) == (one != other)
    assert len(said) == len(set(said))
