"""Rows that are no sale, sums that are no sale, and sales that two programs tell."""

from __future__ import annotations

import sqlite3

import pytest

from tests.importing.files import SAMPLES, Writer, plan, take

MONEY = SAMPLES / "money"


@pytest.mark.parametrize(("file", "classes"), [
    ("money/paypal_uk.csv", {
        "payout": 1, "expense": 1, "top_up": 1, "conversion": 2, "transfer": 1, "chargeback_cancel": 1,
    }),
    ("money/etsy_statement_en.csv", {"fee": 2, "payout": 1}),
    ("money/quickbooks_sales.csv", {"quote": 1, "payment_of_invoice": 1}),
    ("money/square_items_2026.csv", {"gift_card": 1}),
    ("money/mercadopago_settlement.csv", {"chargeback_cancel": 1, "transfer": 1, "payout": 1}),
    ("money/it_bank.csv", {"transfer": 2}),
])
def test_trap_67_what_is_no_purchase_is_counted_by_its_class(
    store: sqlite3.Connection, file: str, classes: dict[str, int]
) -> None:
    figures = plan(store, SAMPLES / file)
    assert figures["classes"] == classes
    assert figures["plan"]["refused"] == 0


@pytest.mark.parametrize("state", ["pending", "failed", "denied", "voided", "draft", "cancelled", "expired"])
def test_trap_67_a_sale_that_did_not_come_about_is_no_purchase(
    store: sqlite3.Connection, write: Writer, state: str
) -> None:
    found = plan(store, write(f"Date,Customer,Amount,Status\n2026-01-02,Ana Lopez,10.00,{state}\n"))["found"]
    assert (found["purchases"], found["not_counted"]) == (0, 1)


@pytest.mark.parametrize(("name", "stated"), [
    ("stripe_customers.csv", "1265.00"), ("square_customers.csv", "3234.50"),
])
def test_trap_68_what_a_list_adds_up_is_a_hint_and_no_purchase(
    store: sqlite3.Connection, name: str, stated: str
) -> None:
    figures = plan(store, MONEY / name)
    assert (figures["found"]["purchases"], figures["total"], figures["stated_spend"]) == (0, "0.00", stated)
    take(store, MONEY / name)
    assert store.execute("SELECT count(*) FROM event").fetchone() == (0,)
    assert any("not as purchases" in one for one in figures["warnings"])


def test_trap_68_the_sum_of_a_list_is_compared_with_the_purchases(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write("Date,Email,Amount\n2026-01-02,ana@example.com,10.00\n", "sales.csv"))
    lists = "Name,Email,Total Spent\nAna,ana@example.com,{}\n"
    told = plan(store, write(lists.format("99.00"), "list.csv"))["warnings"]
    assert any("99.00" in one and "10.00" in one for one in told)
    told = plan(store, write(lists.format("10.00"), "list.csv"))["warnings"]
    assert not any("10.00" in one for one in told)


def test_trap_69_a_sale_that_two_programs_tell_is_asked_about_and_counted_once(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(
        "Name,Email,Financial Status,Currency,Total,Created at,Lineitem name,Payment Reference\n"
        "#1001,ana@example.com,paid,EUR,30.00,2026-03-20 10:00:00 +0100,Bowl,7PAY00000000001\n", "shop.csv"
    ))
    payments = write(
        "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Net,From Email Address,Transaction ID\n"
        "20/03/2026,10:01:00,CET,Ana,Website Payment,Completed,EUR,30.00,30.00,a@b.eu,7PAY00000000001\n"
    )
    assert [one["option"] for one in plan(store, payments)["questions"]] == ["--same-sale skip|both"]
    assert take(store, payments, same_sale="skip") is None
    assert store.execute("SELECT sum(net) FROM event").fetchone() == (3000,)


def test_trap_69_payouts_of_a_shop_are_not_counted_beside_its_orders(store: sqlite3.Connection) -> None:
    take(store, SAMPLES / "shopify_orders.csv")
    figures = plan(store, MONEY / "shopify_payouts.csv")
    assert (figures["found"]["purchases"], figures["plan"]["new"]) == (0, 0)
    assert figures["classes"] == {"payment_of_invoice": 2}
