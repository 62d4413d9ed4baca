"""The figures as of a day are what counting by hand gives, and hold until `next_change`."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.evaluate import evaluate, type_spans
from activetui.activity.facts import facts
from activetui.activity.reading.parsing import parse
from activetui.activity.status import Status
from activetui.activity.types import TYPES
from activetui.ledger.days import FAR_FUTURE
from activetui.ledger.kinds import Kind
from tests.activity.ledgers import LAST_DAY, THEMES, definitions, ledgers, toml_of
from tests.activity.oracle import Oracle

COLUMNS = (
    "customer_id", "status", "since", "until", "next_status", "next_change", "first_purchase",
    "last_purchase", "purchases", "purchase_days", "spend", "year_spend", "rhythm", "next_expected",
    "last_event", "last_contact", "types",
)
SHOP = parse('name = "Shop"\nactive = { event = "purchase", within_days = 30 }\nlost = { days = 100 }')
anything = THEMES["everything"]
days = st.integers(-2, LAST_DAY + 20)


def row_on(tables: dict[str, Any], events: list[BlockEvent], day: int) -> dict[str, Any]:
    return rows_on(tables, [1], events, day)[0]


def rows_on(
    tables: dict[str, Any], customers: list[int], events: list[BlockEvent], day: int
) -> list[dict[str, Any]]:
    definition, block = parse(toml_of(tables)), block_of(customers, events)
    found = facts(block, evaluate(definition, block, 0), type_spans(definition, block), day)
    return [dict(zip(COLUMNS, row, strict=True)) for row in found.rows()]


@settings(max_examples=60, deadline=None)
@given(definitions(anything), ledgers(anything), days)
def test_figures_are_counted_by_hand(tables: dict[str, Any], ledger: list[BlockEvent], day: int) -> None:
    row = row_on(tables, ledger, day)
    oracle = Oracle(tables, ledger, 0)
    bought, bought_on = oracle.purchases(day), oracle.purchase_days(day)
    paid = bought + [e for e in ledger if e.kind == Kind.REFUND and e.day <= day]
    rhythm = oracle.rhythm(day)
    last = bought_on[-1] if bought_on else None
    assert row["purchases"] == len(bought)
    assert row["purchase_days"] == len(bought_on)
    assert row["first_purchase"] == (bought_on[0] if bought_on else None)
    assert row["last_purchase"] == last
    assert row["spend"] == sum(e.net for e in paid)
    assert row["year_spend"] == sum(e.net for e in paid if last is not None and last - 365 < e.day <= last)
    assert row["rhythm"] == (None if rhythm is None else float(rhythm))
    assert row["next_expected"] == (None if rhythm is None else last + round(rhythm))
    assert row["last_event"] == max((e.day for e in ledger if e.day <= day), default=None)
    contacts = [e.day for e in ledger if e.kind == Kind.CONTACT and e.counts and e.day <= day]
    assert row["last_contact"] == max(contacts, default=None)
    for bit, name in enumerate(TYPES):
        if name in tables.get("types", {}):
            assert bool(row["types"] >> bit & 1) == oracle.is_of_type(name, day)


@settings(max_examples=40, deadline=None)
@given(definitions(anything), ledgers(anything), days)
def test_nothing_changes_before_next_change_and_something_does_then(
    tables: dict[str, Any], ledger: list[BlockEvent], day: int
) -> None:
    definition, block = parse(toml_of(tables)), block_of([1], ledger)
    spans, types = evaluate(definition, block, 0), type_spans(definition, block)

    def on(some_day: int) -> dict[str, Any]:
        return dict(zip(COLUMNS, next(facts(block, spans, types, some_day).rows()), strict=True))

    row = on(day)
    due = row.pop("next_change")
    for later in range(day + 1, min(due, LAST_DAY + 30)):
        assert on(later) == row | {"next_change": due}
    if due < FAR_FUTURE:
        then = on(due)
        then.pop("next_change")
        assert any(event.day == due for event in ledger) or then != row


@settings(max_examples=25, deadline=None)
@given(definitions(anything), st.lists(ledgers(anything, most=6), max_size=4), days)
def test_a_customer_has_the_same_figures_alone_and_in_a_block(
    tables: dict[str, Any], many: list[list[BlockEvent]], day: int
) -> None:
    ledger_of = {n: [e._replace(customer=n) for e in ledger] for n, ledger in enumerate(many, 5)}
    together = rows_on(tables, list(ledger_of), [e for ledger in ledger_of.values() for e in ledger], day)
    assert together == [rows_on(tables, [n], ledger, day)[0] for n, ledger in ledger_of.items()]


def test_the_status_and_its_neighbours() -> None:
    block = block_of([7], [BlockEvent(7, 1000, Kind.PURCHASE, net=1250)])
    spans, types = evaluate(SHOP, block, 0), type_spans(SHOP, block)

    def on(day: int) -> dict[str, Any]:
        return dict(zip(COLUMNS, next(facts(block, spans, types, day).rows()), strict=True))

    inactive = on(1031)
    assert (inactive["status"], inactive["since"], inactive["until"]) == (Status.INACTIVE, 1031, 1131)
    assert inactive["next_status"] == Status.LOST
    lost = on(5000)
    assert (lost["until"], lost["next_status"], lost["next_change"]) == (FAR_FUTURE, Status.LOST, FAR_FUTURE)


def test_a_year_spend_is_that_of_365_days_with_the_last_purchase() -> None:
    events = [
        BlockEvent(1, 1000, Kind.PURCHASE, net=1), BlockEvent(1, 1001, Kind.PURCHASE, net=10),
        BlockEvent(1, 1365, Kind.PURCHASE, net=100), BlockEvent(1, 1400, Kind.REFUND, counts=False, net=-50),
    ]
    block = block_of([1], events)
    found = facts(block, evaluate(SHOP, block, 0), type_spans(SHOP, block), 1500)
    assert (found.spend[0], found.year_spend[0]) == (61, 110)


def test_two_purchases_on_a_day_are_two_purchases_and_one_purchase_day() -> None:
    events = [BlockEvent(1, day, Kind.PURCHASE) for day in (10, 10, 15, 24, 24)]
    block = block_of([1], events)
    row = dict(zip(COLUMNS, next(facts(block, evaluate(SHOP, block, 0), {}, 30).rows()), strict=True))
    assert (row["purchases"], row["purchase_days"], row["rhythm"], row["next_expected"]) == (5, 3, 7.0, 31)
