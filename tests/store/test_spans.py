"""Statuses by day: of one customer, counted over all, and the days on which they flip."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings

from activetui.activity.status import Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.store.facts import spans
from activetui.store.facts.spans import Flip
from tests.store.building import TODAY, Building
from tests.store.random_stores import CUSTOMERS, EARLIEST, LATEST, Situation, Store, days, situations

slow = example_settings(max_examples=25, deadline=None)


@slow
@given(situations, days)
def test_spans_counts_and_flips_tell_the_same_story(situation: Situation, today: int) -> None:
    store = Store(situation.text, situation.events, today)
    conn, period = store.conn, range(EARLIEST, LATEST + 1)
    try:
        daily = {
            number: {day: spans.status_on(conn, number, day) for day in (EARLIEST - 1, *period)}
            for number in CUSTOMERS
        }
        counts = spans.counts_over(conn, list(period))
        for day, found in zip(period, counts, strict=True):
            expected = Counter(statuses[day] for statuses in daily.values())
            assert found == {status: expected[status] for status in Status}
        assert spans.counts_on(conn, today) == counts[today - EARLIEST]
        for first, last in ((EARLIEST, LATEST), (today - 7, today), (today + 1, today + 7), (today, today)):
            expected_flips = sorted(
                (
                    Flip(number, day, statuses[day - 1], statuses[day])
                    for number, statuses in daily.items()
                    for day in period
                    if max(first, EARLIEST) <= day <= last and statuses[day] != statuses[day - 1]
                ),
                key=lambda flip: (flip.day, flip.customer_id),
            )
            found_flips = spans.flips_between(conn, first, last)
            assert [flip for flip in found_flips if EARLIEST <= flip.day <= LATEST] == expected_flips
    finally:
        store.close()


@slow
@given(situations, days)
def test_a_life_has_no_gap_and_no_neighbours_of_one_status(situation: Situation, today: int) -> None:
    store = Store(situation.text, situation.events, today)
    try:
        for number in CUSTOMERS:
            life = spans.spans_of(store.conn, number)
            assert (life[0].start, life[-1].end) == (FAR_PAST, FAR_FUTURE)
            for before, after in pairwise(life):
                assert before.end == after.start
                assert before.status != after.status
    finally:
        store.close()


def test_days_need_no_order_and_may_be_none(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    shop.event(shop.customer("Ana"), "purchase", TODAY - 200, amount=900)
    conn = shop.ready()
    later, earlier = spans.counts_over(conn, [TODAY, TODAY - 200])
    assert later[Status.INACTIVE] == 1
    assert earlier[Status.NEW] == 1
    assert spans.counts_over(conn, []) == []
    conn.close()


def test_nobody_has_no_status(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    conn = shop.ready()
    assert spans.spans_of(conn, 7) == []
    assert set(spans.counts_on(conn, TODAY).values()) == {0}
    with pytest.raises(KeyError):
        spans.status_on(conn, 7, TODAY)
    conn.close()
