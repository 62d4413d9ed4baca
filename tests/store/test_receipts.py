"""Receipts name events as they stand in the ledger, and agree with what is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings

from activetui.activity.status import Status
from activetui.ledger.days import FAR_FUTURE
from activetui.store.definitions import in_force
from activetui.store.facts import spans
from activetui.store.receipts import receipt_of
from tests.store.building import TODAY, Building
from tests.store.random_stores import CUSTOMERS, EARLIEST, LATEST, Situation, Store, situations

WITHIN_30 = 'name = "Shop"\nactive = { event = "purchase", within_days = 30 }\n'


def test_a_receipt_names_the_purchase_its_money_and_the_definition(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    ana, rui = shop.customer("Ana"), shop.customer("Rui")
    shop.event(rui, "purchase", TODAY - 1, amount=5, product="Plate")
    shop.event(ana, "purchase", TODAY - 5, amount=1250, product="Mug")
    first = shop.event(ana, "purchase", TODAY - 300, amount=700, product="Jug")
    last = shop.event(ana, "purchase", TODAY - 5, amount=900, product="Cup", state="cancelled")
    conn = shop.ready()
    receipt = receipt_of(conn, ana, TODAY)
    assert receipt.status is spans.status_on(conn, ana, TODAY)
    assert receipt.event_id not in (None, first, last)
    assert (receipt.event_kind, receipt.event_amount, receipt.event_currency) == ("purchase", 1250, "EUR")
    assert (receipt.event_product, receipt.event_day) == ("Mug", TODAY - 5)
    assert receipt.flips_on is not None
    assert (receipt.definition, receipt.version) == ("Shop", in_force(conn).version)
    assert receipt_of(conn, ana, TODAY - 300).event_id == first
    conn.close()


def test_a_receipt_without_an_event_says_so(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    nobody_yet = shop.customer("Rui")
    shop.event(shop.customer("Ana"), "purchase", TODAY - 100, amount=1)
    conn = shop.ready()
    receipt = receipt_of(conn, nobody_yet, TODAY)
    assert receipt.status is Status.PROSPECT
    assert (receipt.event_id, receipt.event_kind, receipt.event_amount) == (None, "", None)
    assert receipt.flips_on is None
    conn.close()


def test_nobody_has_no_receipt(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db").ready()
    with pytest.raises(KeyError):
        receipt_of(conn, 7, TODAY)
    conn.close()


@example_settings(max_examples=15, deadline=None)
@given(situations)
def test_receipts_say_the_stored_status_since_and_until(situation: Situation) -> None:
    store = Store(situation.text, situation.events, 20)
    try:
        for number in CUSTOMERS:
            query = "SELECT id FROM event WHERE customer_id = ?"
            events = {event for (event,) in store.conn.execute(query, (number,))}
            for span in spans.spans_of(store.conn, number):
                day = max(span.start, EARLIEST)
                if not span.start <= day < min(span.end, LATEST):
                    continue
                receipt = receipt_of(store.conn, number, day)
                assert (receipt.status, receipt.since, receipt.until) == span
                assert receipt.flips_on == (None if span.end == FAR_FUTURE else span.end)
                assert {receipt.event_id, receipt.ended_by_id} <= events | {None}
    finally:
        store.close()
