"""The ledger as arrays: what is in the tables, in the order that the evaluator needs."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from activetui.activity.block import BlockEvent, LedgerBlock, block_of
from activetui.activity.definition import Definition
from activetui.activity.reading.parsing import parse
from activetui.ledger.days import FAR_PAST, from_iso
from activetui.ledger.kinds import Kind
from activetui.store.facts import blocks as blocks_module
from activetui.store.facts.blocks import blocks, readings
from tests.store.building import TODAY, Building
from tests.store.random_stores import CUSTOMERS, Store, some_events

TEXT_WANTED = parse(
    'name = "x"\nactive = { event = "purchase", product = "oil", channel = "web", within_days = 3 }\n'
)
PLAIN = parse('name = "x"\n[active]\nany = [{ event = "purchase", within_days = 3 }]\n')


def same(block: LedgerBlock, other: LedgerBlock, definition: Definition) -> None:
    """Equal in all that the definition needs."""
    for field in fields(LedgerBlock):
        mine, theirs = getattr(block, field.name), getattr(other, field.name)
        if field.name == "product" and "product" not in definition.columns:
            asked = block.kind == Kind.SUBSCRIPTION
            mine, theirs = mine[asked], theirs[asked]
        if field.name == "channel" and "channel" not in definition.columns:
            continue
        if mine is None:
            assert theirs is None, field.name
            continue
        assert mine.dtype == theirs.dtype, field.name
        assert np.array_equal(mine, theirs), field.name


@pytest.mark.parametrize("definition", [PLAIN, TEXT_WANTED], ids=["plain", "with texts"])
@example_settings(max_examples=40, deadline=None)
@given(some_events)
def test_a_block_holds_what_was_put_in_looked_up_or_read_at_once(
    definition: Definition, events: list[BlockEvent]
) -> None:
    store = Store('name = "x"\nactive = { event = "purchase", within_days = 3 }', events, 40)
    try:
        store.conn.execute("INSERT INTO tag VALUES (5, 'Vip')")
        events = [event._replace(known=min(event.day, event.day if event.known is None else event.known))
                  for event in events]
        expected = block_of(CUSTOMERS, events, vip=[5])
        [read_at_once] = blocks(store.conn, definition)
        same(read_at_once, expected, definition)
        [looked_up] = blocks(store.conn, definition, list(CUSTOMERS))
        same(looked_up, expected, definition)
        parts = list(blocks(store.conn, definition, size=1))
        assert [part.customers.tolist() for part in parts] == [[number] for number in CUSTOMERS]
        for part in parts:
            number = int(part.customers[0])
            mine = [event for event in events if event.customer == number]
            same(part, block_of([number], mine, vip=[5]), definition)
    finally:
        store.close()


@example_settings(max_examples=40, deadline=None)
@given(some_events, st.integers(0, 50), st.sets(st.sampled_from((1, 2, 4, 5, 99))))
def test_few_or_many_passes_over_the_ledger_give_the_same(
    events: list[BlockEvent], up_to: int, asked: set[int]
) -> None:
    store = Store('name = "x"\nactive = { event = "purchase", within_days = 3 }', events, 40)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks_module, "_FEW", 0)
        patch.setattr(blocks_module, "_IDS_A_STEP", 3)
        patch.setattr(blocks_module, "_EVENTS_A_PASS_WITH_TEXT", 4)
        found = list(blocks(store.conn, TEXT_WANTED, sorted(asked), up_to, size=2))
    there = sorted(asked & set(CUSTOMERS))
    assert [number for block in found for number in block.customers.tolist()] == there
    for block in found:
        theirs = set(block.customers.tolist())
        mine = [
            event._replace(known=min(event.day, event.day if event.known is None else event.known))
            for event in events if event.customer in theirs and event.day <= up_to
        ]
        same(block, block_of(theirs, mine), TEXT_WANTED)
    store.close()


def test_money_of_another_currency_is_never_added(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana")
    for amount, currency in ((100, "EUR"), (20, "USD"), (3, "")):
        shop.event(ana, amount=amount, currency=currency)
    [block] = blocks(shop.conn, PLAIN)
    assert block.net.tolist() == [100, 0, 3]
    shop.setting("currency", "USD")
    [block] = blocks(shop.conn, PLAIN)
    assert block.net.tolist() == [0, 20, 3]
    shop.conn.rollback()
    shop.conn.close()


def test_extreme_cells_survive_packing(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    low, high = shop.customer("first"), shop.customer("last", id=200_000_000)
    shop.event(high, "purchase", "2300-01-01", amount=10**15, rating=-7, until="9999-12-31",
               recorded="2301-01-01")
    shop.event(high, "subscription", "0001-01-01", until="0001-01-02", action="renewal", nature="service")
    shop.event(low, shop.conn.execute("SELECT name FROM kind").fetchone()[0], "1970-01-01", rating=10**9)
    wine = shop.kind("wine_tasting")
    shop.event(low, "wine_tasting", "1970-01-02", recorded="1969-12-01")
    [block] = blocks(shop.conn, PLAIN)
    assert block.customers.tolist() == [low, high]
    assert block.owner.tolist() == [0, 0, 1, 1]
    assert block.day.tolist() == [0, 1, from_iso("0001-01-01"), from_iso("2300-01-01")]
    assert block.kind.tolist()[1:] == [wine, Kind.SUBSCRIPTION, Kind.PURCHASE]
    assert block.net.tolist()[3] == 10**15
    assert block.known.tolist()[1::2] == [from_iso("1969-12-01"), from_iso("2300-01-01")]
    assert block.until.tolist()[2:] == [from_iso("0001-01-02"), 1_000_000]
    assert block.rating.tolist()[3] == -1
    shop.conn.rollback()
    shop.conn.close()


def test_products_are_given_as_written_beside_the_folded_ones(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana")
    shop.event(ana, "purchase", 1, product="Café")
    shop.event(ana, "subscription", 2, product="Revista ÚNICA")
    [reading] = readings(shop.conn, PLAIN)
    assert reading.block.product is not None
    assert reading.block.product.tolist()[1] == "revista unica"
    assert reading.products.whole(2).tolist()[1] == "Revista ÚNICA"
    shop.conn.rollback()
    shop.conn.close()


def test_an_empty_store_has_one_empty_block_at_most(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    assert list(blocks(shop.conn, PLAIN)) == []
    assert list(blocks(shop.conn, PLAIN, [7])) == []
    shop.customer("Ana")
    [block] = blocks(shop.conn, PLAIN)
    assert len(block.day) == 0
    shop.conn.rollback()
    shop.conn.close()


def test_a_block_says_from_when_the_ledger_knows_some_customers(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    old, new = shop.customer("Old"), shop.customer("New", history_from=TODAY - 9)
    conn = shop.ready()
    [block] = blocks(conn, PLAIN)
    assert block.history is not None
    assert dict(zip(block.customers.tolist(), block.history.tolist(), strict=True)) == {
        old: FAR_PAST, new: TODAY - 9,
    }
