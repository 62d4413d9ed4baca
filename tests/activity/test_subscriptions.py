"""From starts, renewals, pauses and cancellations to the days on which a subscription is in force."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.subscriptions import ENDLESS, periods
from activetui.ledger.kinds import Kind
from tests.activity.ledgers import THEMES, ledgers
from tests.activity.oracle import Oracle


def event(day: int, action: str, until: int | None = None, product: str = "gym") -> BlockEvent:
    return BlockEvent(1, day, Kind.SUBSCRIPTION, until=until, action=action, product=product)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event(10, "start", 40)], [(10, 40)]),
        ([event(10, "start")], [(10, ENDLESS)]),
        ([event(10, "")], [(10, ENDLESS)]),
        ([event(10, "start"), event(30, "cancel")], [(10, 29)]),
        ([event(10, "start"), event(30, "cancel", 45)], [(10, 45)]),
        ([event(10, "start", 40), event(30, "cancel", 45)], [(10, 40)]),
        ([event(10, "start"), event(30, "cancel", 15)], [(10, 29)]),
        ([event(10, "start", 40), event(60, "cancel", 90)], [(10, 40)]),
        ([event(10, "start"), event(30, "pause", 45)], [(10, 29)]),
        ([event(10, "start"), event(30, "pause"), event(50, "renewal")], [(10, 29), (50, ENDLESS)]),
        ([event(10, "start", 40), event(35, "renewal", 70)], [(10, 40), (35, 70)]),
        ([event(10, "start"), event(20, "cancel", product="pool")], [(10, ENDLESS)]),
        ([event(10, "start"), event(10, "cancel")], []),
        ([event(10, "cancel"), event(10, "start")], [(10, ENDLESS)]),
        ([event(10, "start", 5)], []),
        ([event(10, "start", 20), event(10, "start", 30)], [(10, 30)]),
        ([event(10, "start", 20), event(10, "start", 15, product="pool")], [(10, 20), (10, 15)]),
    ],
)
def test_periods(events: list[BlockEvent], expected: list[tuple[int, int]]) -> None:
    found = periods(block_of([1], events))
    assert sorted(zip(found.first.tolist(), found.last.tolist(), strict=True)) == sorted(expected)


def test_an_event_that_does_not_count_begins_and_ends_nothing() -> None:
    unpaid = event(10, "start")._replace(counts=False)
    void = event(25, "cancel")._replace(counts=False)
    found = periods(block_of([1], [unpaid, event(20, "start", 40), void]))
    assert list(zip(found.first.tolist(), found.last.tolist(), strict=True)) == [(20, 40)]
    assert found.event.tolist() == [1]


@given(st.lists(ledgers(THEMES["subscribing"]), min_size=1, max_size=3))
def test_periods_of_several_customers_are_those_of_the_oracle(many: list[list[BlockEvent]]) -> None:
    ledger_of = {n: [e._replace(customer=n) for e in ledger] for n, ledger in enumerate(many)}
    found = periods(block_of(ledger_of, [e for ledger in ledger_of.values() for e in ledger]))
    for owner, ledger in ledger_of.items():
        mine = found.owner == owner
        longest: dict[tuple[int, str], int] = {}
        for first, last, begun in Oracle({}, ledger, None).periods(10**6):
            longest[first, begun.product] = max(last, longest.get((first, begun.product), last))
        expected = sorted((first, min(last, ENDLESS)) for (first, _), last in longest.items())
        assert sorted(zip(found.first[mine].tolist(), found.last[mine].tolist(), strict=True)) == expected
