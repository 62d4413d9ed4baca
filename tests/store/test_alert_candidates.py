"""Who comes into question for an alert: nobody is left out for whom a condition has begun."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from activetui.activity.beginnings import holding_since
from activetui.activity.block import BlockEvent
from activetui.activity.conditions import Condition
from activetui.activity.reading.parsing import parse
from activetui.activity.status import Status
from activetui.ledger.kinds import Kind
from activetui.store.alerts.candidates import Began, began, turned
from activetui.store.alerts.happened import (
    Reach,
    first_day,
    given_back,
    happened,
    in_state,
    known_until,
)
from activetui.store.alerts.touched import touched_since
from activetui.store.facts import spans
from activetui.store.facts.blocks import readings
from activetui.store.in_force import in_force
from activetui.store.listing.people import EVERYONE
from activetui.store.other_days.as_of import look_from
from activetui.store.state_mark import state_mark
from tests.activity import ledgers
from tests.store.building import TODAY, Building
from tests.store.random_stores import CUSTOMERS, Store, some_events

DEFINITION = ledgers.toml_of(
    {"name": "x", "active": {"event": "purchase", "within_days": 9}, "at_risk": {"window_used": 0.5},
     "lost": {"days": 8}}
)
_ever = st.sampled_from([{"event": "purchase", "within_days": 36_500, "count": n} for n in (1, 2, 3)])


def _asked(theme: ledgers.Theme) -> st.SearchStrategy[tuple[list[BlockEvent], dict[str, Any]]]:
    """A ledger, and a condition that it has something to say of."""
    each = [ledgers.ledgers(theme, customer) for customer in CUSTOMERS]
    events = st.tuples(*each).map(lambda lists: [event for one in lists for event in one])
    return st.tuples(events, ledgers.conditions(theme, _ever))


_asked_of = st.sampled_from(list(ledgers.THEMES.values())).flatmap(_asked)


def condition_of(table: dict[str, Any]) -> Condition:
    found = parse(DEFINITION.replace("{ window_used = 0.5 }", "X").replace(
        "at_risk = X", ledgers.toml_of({"at_risk": table})
    )).at_risk
    assert found is not None
    return found


@hypothesis_settings(max_examples=4 * ledgers.EXAMPLES, deadline=None)
@given(
    asked=_asked_of, day=st.integers(0, ledgers.LAST_DAY + 20), ago=st.integers(0, 25),
    today=st.integers(0, ledgers.LAST_DAY + 20),
)
def test_nobody_is_left_out_for_whom_a_condition_has_begun(
    asked: tuple[list[BlockEvent], dict[str, Any]], day: int, ago: int, today: int
) -> None:
    events, table = asked
    store = Store(DEFINITION, events, today)
    try:
        condition = condition_of(table)
        look_from(store.conn, day)
        definition = in_force(store.conn)
        everyone = [
            Began(*one)
            for reading in readings(store.conn, definition, also=frozenset({"product", "channel"}))
            for found in [holding_since(reading.block, condition, day, definition.active)]
            for one in zip(found.customers.tolist(), found.first.tolist(), strict=True)
        ]
        expected = [each for each in everyone if each.day >= day - ago]
        assert began(store.conn, condition, EVERYONE, day - ago, day) == expected
    finally:
        store.close()


@hypothesis_settings(max_examples=ledgers.EXAMPLES, deadline=None)
@given(events=some_events, day=st.integers(0, ledgers.LAST_DAY + 20), ago=st.integers(0, 25))
def test_who_turned_is_who_has_the_status_since_a_flip(
    events: list[BlockEvent], day: int, ago: int
) -> None:
    store = Store(DEFINITION, events, day)
    try:
        flips = spans.flips_between(store.conn, day - ago, day)
        last = {flip.customer_id: flip for flip in flips}
        for wanted in ((Status.AT_RISK,), (Status.INACTIVE, Status.LOST), tuple(Status)):
            found = turned(store.conn, wanted, EVERYONE, day - ago, day)
            assert [(each.customer_id, each.day, each.before, each.status) for each in found] == [
                (flip.customer_id, flip.day, flip.from_status, flip.to_status)
                for flip in sorted(last.values(), key=lambda flip: flip.customer_id)
                if flip.to_status in wanted
            ]
    finally:
        store.close()


@pytest.mark.parametrize("ago", [5, 4, 3, 0])
def test_a_silence_is_found_from_its_very_first_day_on(tmp_path: Path, ago: int) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana")
    for days in (34, 24, 14):
        shop.event(ana, on=TODAY - ago - days, amount=100)
    conn = shop.ready()
    silence = {"rhythm": 1.4, "min_purchases": 3}
    first = TODAY - ago
    assert began(conn, condition_of(silence), EVERYONE, first, TODAY) == [Began(ana, first)]
    assert began(conn, condition_of(silence), EVERYONE, first + 1, TODAY) == []


def test_what_was_entered_after_the_day_counts_from_its_own(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana", entered=TODAY - 400)
    late = shop.event(ana, "review", TODAY - 40, rating=1, entered=TODAY)
    conn = shop.ready()
    found = happened(conn, [Kind.REVIEW], Reach(TODAY - 45, TODAY - 20, 45))
    assert [(each.event_id, each.learned) for each in found] == [(late, TODAY - 40)]


def test_an_event_counts_from_the_day_on_which_it_was_learned_of(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana", entered=TODAY - 400)
    early = shop.event(ana, "review", TODAY - 5, rating=1, entered=TODAY - 5)
    late = shop.event(ana, "review", TODAY - 40, rating=1, entered=TODAY - 2)
    shop.event(ana, "review", TODAY - 40, rating=1, entered=TODAY - 35)
    shop.event(ana, "review", TODAY - 90, rating=1, entered=TODAY - 2)
    first = shop.event(ana, "review", TODAY - 20, rating=1, entered=TODAY - 400)
    conn = shop.ready()
    found = happened(conn, [Kind.REVIEW], Reach(TODAY - 30, TODAY, 45))
    assert [(each.event_id, each.learned) for each in found] == [
        (late, TODAY - 2), (first, TODAY - 20), (early, TODAY - 5),
    ]
    assert [each.event_id for each in happened(conn, [Kind.REVIEW], Reach(TODAY - 30, TODAY, 0))] == [
        first, early,
    ]
    some = happened(conn, [Kind.REVIEW], Reach(TODAY - 30, TODAY, 45, frozenset({ana + 1})))
    assert some == []


def test_what_a_first_import_tells_counts_from_its_own_day(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana", entered=TODAY)
    shop.event(ana, "review", TODAY - 40, rating=1, entered=TODAY)
    conn = shop.ready()
    assert first_day(conn) == TODAY
    assert happened(conn, [Kind.REVIEW], Reach(TODAY - 30, TODAY, 45)) == []


def test_nothing_changed_touches_nobody(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    shop.customer("Ana")
    conn = shop.ready()
    mark = state_mark(conn)
    assert touched_since(conn, mark, mark) == frozenset()
    assert known_until(conn, TODAY - 30, TODAY) is None
    assert given_back(conn, Reach(TODAY - 30, TODAY, 45)) == []
    assert in_state(conn, [Kind.SUBSCRIPTION], ["unpaid"], Reach(TODAY - 30, TODAY, 45)) == []
