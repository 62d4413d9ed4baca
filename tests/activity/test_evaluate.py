"""The evaluator agrees with the day-by-day oracle, for random definitions and random ledgers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.evaluate import DaySpans, Spans, evaluate, type_spans
from activetui.activity.holding import Holding
from activetui.activity.intervals import at
from activetui.activity.reading.parsing import parse
from activetui.activity.status import Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.ledger.kinds import Kind
from tests.activity.ledgers import (
    EXAMPLES,
    THEMES,
    Theme,
    conditions,
    definitions,
    ledgers,
    status_on,
    toml_of,
)
from tests.activity.oracle import Oracle

FIRST = -3

thorough = settings(max_examples=EXAMPLES, deadline=None)
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
anything = THEMES["everything"]


@themes
@thorough
@given(st.data())
def test_statuses_are_those_of_the_oracle(theme: Theme, data: st.DataObject) -> None:
    tables = data.draw(definitions(theme), "definition")
    ledger = data.draw(ledgers(theme), "ledger")
    ledger_start = data.draw(st.sampled_from(theme.starts), "ledger start")
    history = data.draw(st.sampled_from((None, -30, 5, 15)), "first day that the ledger knows the customer")
    block = block_of([1], ledger, history={} if history is None else {1: history})
    spans = evaluate(parse(toml_of(tables)), block, ledger_start)
    start = ledger_start if None in (ledger_start, history) else max(ledger_start, history)
    expected = Oracle(tables, ledger, start).statuses(FIRST, theme.last_flip)
    assert by_day(spans, FIRST, theme.last_flip) == expected


@themes
@thorough
@given(st.data())
def test_conditions_with_their_windows_cut_are_those_of_the_oracle(theme: Theme, data: st.DataObject) -> None:
    tables = {"name": "x", "active": data.draw(conditions(theme), "condition")}
    ledger = data.draw(ledgers(theme), "ledger")
    share = data.draw(st.sampled_from((None, 0.8, 0.5, 0.25)), "share")
    cut = None if share is None else Fraction(str(share))
    held = Holding(block_of([1], ledger)).days(parse(toml_of(tables)).active, cut)
    oracle = Oracle(tables, ledger, None)
    days = range(FIRST, theme.last_flip + 1)
    expected = [oracle.holds(tables["active"], day, cut) for day in days]
    assert held.holds_at(at(0, list(days))).tolist() == expected


@thorough
@given(definitions(anything), st.lists(ledgers(anything, most=8), max_size=4), st.sampled_from((None, 0, 20)))
def test_spans_are_gapless_and_a_customer_is_the_same_alone_and_in_a_block(
    tables: dict[str, Any], many: list[list[BlockEvent]], ledger_start: int | None
) -> None:
    definition = parse(toml_of(tables))
    ledger_of = {
        10 * n: [event._replace(customer=10 * n) for event in ledger] for n, ledger in enumerate(many, 1)
    }
    history = {number: number // 2 for number in ledger_of if number % 20}
    events = [event for ledger in ledger_of.values() for event in ledger]
    block = block_of(ledger_of, events, history=history)
    together = evaluate(definition, block, ledger_start)
    assert (np.diff(together.owner) >= 0).all()
    for owner, (number, ledger) in enumerate(ledger_of.items()):
        mine = of_one(together, owner)
        assert mine.start[0] == FAR_PAST
        assert mine.end[-1] == FAR_FUTURE
        assert (mine.start[1:] == mine.end[:-1]).all()
        assert (mine.start < mine.end).all()
        assert (mine.status[1:] != mine.status[:-1]).all()
        alone = evaluate(definition, block_of([number], ledger, history=history), ledger_start)
        assert np.array_equal(alone.start, mine.start)
        assert np.array_equal(alone.status, mine.status)


@thorough
@given(definitions(anything), ledgers(anything), st.booleans())
def test_types_are_those_of_the_oracle(tables: dict[str, Any], ledger: list[BlockEvent], vip: bool) -> None:
    tables["types"] = {"loyal": tables["active"], "vip": tables["active"]}
    found = type_spans(parse(toml_of(tables)), block_of([1], ledger, vip=[1] if vip else []))
    oracle = Oracle(tables, ledger, None, vip)
    days = range(FIRST, anything.last_flip + 1)
    for name in tables["types"]:
        assert [is_in(found[name], day) for day in days] == [oracle.is_of_type(name, day) for day in days]


@themes
@thorough
@given(st.data())
def test_the_past_does_not_know_the_future(theme: Theme, data: st.DataObject) -> None:
    """The status of a day is the same whether or not later events are in the ledger, bookings apart."""
    definition = parse(toml_of(data.draw(definitions(theme), "definition")))
    ledger = data.draw(ledgers(theme), "ledger")
    today = data.draw(st.integers(0, theme.last_day), "today")
    known = [event for event in ledger if event.day <= today or event.kind == Kind.BOOKING]
    now = status_on(evaluate(definition, block_of([1], ledger), 0), today)
    then = status_on(evaluate(definition, block_of([1], known), 0), today)
    assert now == then


def of_one(spans: Spans, owner: int) -> Spans:
    mine = spans.owner == owner
    return Spans(spans.owner[mine], spans.start[mine], spans.end[mine], spans.status[mine])


def by_day(spans: Spans, first: int, last: int) -> dict[int, str]:
    words = [Status(status).word for status in spans.status.tolist()]
    days = range(first, last + 1)
    number = spans.start.searchsorted(list(days), side="right") - 1
    return {day: words[span] for day, span in zip(days, number.tolist(), strict=True)}


def is_in(spans: DaySpans, day: int) -> bool:
    return bool(((spans.start <= day) & (day < spans.end)).any())


def test_a_block_without_customers_has_no_spans() -> None:
    definition = parse('name = "x"\nactive = { event = "purchase", within_days = 3 }')
    assert len(evaluate(definition, block_of([], []), None).start) == 0
    assert all(len(spans.start) == 0 for spans in type_spans(definition, block_of([], [])).values())


def test_a_ledger_that_begins_today_cannot_say_who_is_inactive() -> None:
    definition = parse('name = "x"\nactive = { event = "purchase", within_days = 3 }')
    spans = evaluate(definition, block_of([1], []), 100)
    assert [(Status(s), int(d)) for s, d in zip(spans.status, spans.start, strict=True)] == [
        (Status.UNKNOWN, FAR_PAST), (Status.PROSPECT, 103)
    ]
    assert evaluate(definition, block_of([1], []), None).status.tolist() == [Status.UNKNOWN]


def test_nobody_is_new_who_has_always_been_active() -> None:
    """Without a complaint on record a customer of no date is active: not new on the first day of all time."""
    definition = parse("""
        name = "x"
        [active]
        none = [{ event = "complaint", within_days = 9 }]
        [new]
        days = 30
        [reactivated]
        days = 5
    """)
    spans = evaluate(definition, block_of([1, 2], [BlockEvent(1, 100, Kind.COMPLAINT)]), 0)
    assert [(Status(s).word, int(d)) for s, d in zip(spans.status, spans.start, strict=True)] == [
        ("active", FAR_PAST), ("inactive", 100), ("reactivated", 110), ("active", 115), ("active", FAR_PAST),
    ]


def test_an_own_kind_is_a_kind_like_any_other() -> None:
    definition = parse(
        'name = "x"\nactive = { event = "tasting", rating_at_least = 3, count = 2, within_days = 9 }',
        own_kinds={"tasting": 100},
    )
    tastings = [BlockEvent(1, day, 100, rating=rating) for day, rating in ((1, 3), (2, 2), (4, 5), (30, 4))]
    spans = evaluate(definition, block_of([1], [*tastings, BlockEvent(1, 5, 101, rating=5)]), 0)
    active = [day for day in range(60) if status_on(spans, day) is Status.ACTIVE]
    assert active == list(range(4, 11))
