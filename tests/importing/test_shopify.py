"""Shopify's exports: orders of several lines, states, refunds, later exports, customers."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.store.imports import batches
from tests.importing.files import MADE_AT, SAMPLES, TODAY, customers, day, events, net, plan, records, take

ORDERS, LATER = SAMPLES / "shopify_orders.csv", SAMPLES / "shopify_orders_reexport.csv"


def test_what_the_orders_hold(store: sqlite3.Connection) -> None:
    found = plan(store, ORDERS)
    assert found["system"] == "Shopify orders" and found["source"] == "shopify"
    wanted = {"customers": 6, "orders": 8, "lines": 9, "purchases": 5, "refunds": 2, "not_counted": 3}
    assert {name: found["found"][name] for name in wanted} == wanted
    assert (found["total"], found["refunded"], str(net(found))) == ("289.90", "140.00", "149.90")
    assert found["plan"] == {
        "new": 8, "changed": 0, "unchanged": 0, "refused": 0,
        "customers_new": 6, "customers_changed": 0, "customers_unchanged": 0,
    }


def test_an_order_takes_its_totals_from_its_first_row() -> None:
    by_order = {one.order_ref: one for one in events(records(ORDERS))}
    first = by_order["#1008"]
    assert (first.amount, first.key, day(first), first.time) == (
        4690,
        "purchase:#1008",
        "2024-01-06",
        "10:00",
    )
    assert [
        (line.product, line.quantity, line.unit_price, line.amount, line.sku) for line in first.lines
    ] == [
        ("Jabón de oliva", 1.0, 450, 450, "JAB-OL"),
        ("Crema de manos, 50 ml", 2.0, 1870, 3740, "CRE-50"),
    ]
    assert first.note == "Dejar en portería; llamar antes, por favor"


def test_states_and_refunds() -> None:
    by_order = {one.order_ref: one for one in events(records(ORDERS))}
    assert {order: (one.state, one.refunded) for order, one in by_order.items()} == {
        "#1008": ("paid", 0), "#1007": ("partially_refunded", 7500), "#1006": ("paid", 0),
        "#1005": ("refunded", 6500), "#1004": ("voided", 0), "#1003": ("pending", 0),
        "#1002": ("paid", 0), "#1001": ("expired", 0),
    }
    assert by_order["#1002"].amount == 0
    assert day(by_order["#1007"]) == "2024-01-05"


def test_customers_are_known_by_email_and_walk_ins_by_nothing() -> None:
    by_order = {one.order_ref: one for one in events(records(ORDERS))}
    assert by_order["#1006"].customer is None
    ana = by_order["#1005"].customer
    assert ana is not None and ("email", "ana.lopez@example.com") in ana.identities
    assert ana.postcode == "28004" and ana.country == "ES"


def test_a_later_export_updates_what_changed(store: sqlite3.Connection) -> None:
    take(store, ORDERS)
    found = plan(store, LATER)["plan"]
    assert (found["new"], found["changed"], found["unchanged"]) == (1, 2, 0)
    take(store, LATER)
    assert store.execute("SELECT count(*) FROM event").fetchone() == (9,)
    states = dict(store.execute("SELECT order_ref, state FROM event"))
    assert (states["#1008"], states["#1003"], states["#1009"]) == ("refunded", "paid", "paid")


@pytest.mark.parametrize("path", [ORDERS, LATER])
def test_importing_both_again_changes_nothing(store: sqlite3.Connection, path: object) -> None:
    take(store, ORDERS)
    take(store, LATER)
    before = list(store.iterdump())
    for again in (ORDERS, LATER, ORDERS):
        assert take(store, again) is None
    assert list(store.iterdump()) == before


def test_undo_brings_back_the_state_before(store: sqlite3.Connection) -> None:
    take(store, ORDERS)
    tables = ("customer", "identity", "tag", "event", "line", "life", "fact", "subscription", "status_change")
    before = {name: store.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    number = take(store, LATER)
    assert number is not None
    batches.undo(store, number, today=TODAY, made_at=MADE_AT)
    assert {name: store.execute(f"SELECT * FROM {name}").fetchall() for name in tables} == before


def test_the_layout_of_2012_with_a_row_cut_short() -> None:
    found = events(records(SAMPLES / "shopify_orders_2012_ragged.csv"))
    assert [(one.order_ref, one.amount, one.currency) for one in found] == [
        ("#1230", 1500, "USD"),
        ("#1231", 1500, "USD"),
    ]


def test_a_file_that_a_spreadsheet_wrapped_twice() -> None:
    (found,) = events(records(SAMPLES / "shopify_orders_excel_double_wrapped.csv"))
    assert (found.amount, found.currency, len(found.lines)) == (45_448, "CLP", 2)


def test_customers_with_apostrophes_and_no_purchases(store: sqlite3.Connection) -> None:
    found = plan(store, SAMPLES / "shopify_customers.csv")
    assert (found["system"], found["found"]["customers"], found["found"]["purchases"]) == (
        "Shopify customers",
        5,
        0,
    )
    people = customers(records(SAMPLES / "shopify_customers.csv"))
    assert [one.key for one in people] == [f"850000000000{n}" for n in range(1, 6)]
    assert sum(bool(one.email) for one in people) == 3
    assert [one.phone for one in people if one.phone] == ["+34600000001", "+351912345678", "+33600000003"]
    assert (people[0].consent, people[0].tags, people[0].postcode) == (True, ("VIP", "newsletter"), "28004")
    assert people[0].extra == {"total_spent": "1886.82", "orders_count": "12"}


def test_orders_and_customers_meet_by_email(store: sqlite3.Connection) -> None:
    take(store, ORDERS)
    found = plan(store, SAMPLES / "shopify_customers.csv")["plan"]
    assert (found["customers_new"], found["customers_changed"]) == (4, 1)


def test_the_older_customers_layout() -> None:
    (ana,) = customers(records(SAMPLES / "shopify_customers_old.csv"))
    assert (ana.name, ana.city, ana.country, ana.tags) == ("Ana López", "Madrid", "ES", ("VIP", "newsletter"))
