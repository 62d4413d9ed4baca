"""Since when a condition holds, and which events are still told of: against the words, day by day."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.beginnings import (
    Figures,
    holding_since,
    is_told_by_figures,
    since_by_figures,
    still_open,
)
from activetui.activity.block import BlockEvent, block_of
from activetui.activity.conditions import Condition, EventCondition
from activetui.activity.evaluate import evaluate, type_spans
from activetui.activity.facts import facts
from activetui.activity.reading.parsing import parse
from activetui.ledger.days import FAR_PAST
from activetui.ledger.kinds import Kind
from tests.activity.ledgers import EXAMPLES, LAST_DAY, THEMES, conditions, ledgers, toml_of
from tests.activity.oracle import Oracle

FIRST = -60
"""Before every event of the themes."""


def condition_of(table: dict[str, Any]) -> Condition:
    text = toml_of({"name": "x", "active": {"event": "purchase", "within_days": 30}, "at_risk": table})
    found = parse(text).at_risk
    assert found is not None
    return found


@pytest.mark.parametrize("theme", ["buying", "rhythm", "subscribing", "booking", "complaining", "staying"])
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data(), day=st.integers(-5, LAST_DAY + 30))
def test_a_condition_holds_since_the_first_of_the_days_on_which_it_does(
    theme: str, day: int, data: st.DataObject
) -> None:
    table = data.draw(conditions(THEMES[theme]))
    events = data.draw(ledgers(THEMES[theme]))
    oracle = Oracle({"active": table}, events, None)
    found = holding_since(block_of([1], events), condition_of(table), day)
    if not oracle.holds(table, day):
        assert not len(found.customers)
        return
    first = day
    while first > FIRST and oracle.holds(table, first - 1):
        first -= 1
    assert found.customers.tolist() == [1]
    assert found.first.tolist() == [FAR_PAST if first == FIRST else first]


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    events=ledgers(THEMES["rhythm"]), day=st.integers(0, LAST_DAY + 60),
    times=st.sampled_from([0.5, 1.5, 2]),
)
def test_the_figures_tell_what_the_events_tell(events: list[BlockEvent], day: int, times: float) -> None:
    block = block_of([1], events)
    definition = parse('name = "x"\n[active]\nevent = "purchase"\nwithin_days = 30')
    known = facts(block, evaluate(definition, block, 0), type_spans(definition, block), day)
    [row] = known.rows()
    named = dict(zip(known.__slots__, row, strict=True))
    figures = Figures(*(named[name] for name in Figures._fields))
    for table in ({"rhythm": times, "min_purchases": 3}, {"event": "purchase", "within_days": 36_500}):
        condition = condition_of(table)
        assert is_told_by_figures(condition)
        found = holding_since(block, condition, day).first.tolist()
        # what begins anew after the day is none of its business, and neither are purchases after it
        assert since_by_figures(condition, figures, day) == (found[0] if found else None)


def test_only_what_needs_no_event_is_told_by_figures() -> None:
    for table in (
        {"event": "purchase", "within_days": 30},
        {"event": "purchase", "within_days": 36_500, "count": 2},
        {"event": "purchase", "within_days": 36_500, "product": "tea"},
        {"spend": "1.00", "within_days": 36_500, "event": "purchase"},
        {"event": "visit", "within_days": 36_500},
        {"any": [{"rhythm": 2}, {"event": "visit", "within_days": 3}]},
    ):
        assert not is_told_by_figures(condition_of(table))


@settings(max_examples=EXAMPLES, deadline=None)
@given(events=ledgers(THEMES["complaining"]), day=st.integers(0, LAST_DAY), within=st.integers(0, 20))
def test_a_complaint_is_open_until_it_is_answered_or_old(
    events: list[BlockEvent], day: int, within: int
) -> None:
    ordered = sorted(events, key=lambda event: event.day)
    condition = EventCondition((Kind.COMPLAINT,), ("complaint",), within, unless_resolved=True)
    open_ = still_open(block_of([1], ordered), condition, day).tolist()
    answers = [each.day for each in ordered if each.kind == Kind.COMPLAINT_RESOLVED and each.counts]
    assert open_ == [
        place for place, event in enumerate(ordered)
        if event.kind == Kind.COMPLAINT and event.counts and event.day <= day <= event.day + within
        and not any(event.day <= answer <= day for answer in answers)
    ]
