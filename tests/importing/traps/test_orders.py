"""Traps in what rows mean: orders and lines, copies and repeats, refunds, instalments, parcels."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from tests.importing.files import SAMPLES, Writer, customers, day, events, net, plan, reading, records, take

SHOPS = SAMPLES / "shops"
HEAD = "Order,Date,Customer,Email,Item,Qty,Unit price,Total\n"
_SHOPIFY = (
    "Name,Email,Financial Status,Created at,Total,Refunded Amount,Currency,Lineitem name,Lineitem quantity,"
    "Lineitem price\n"
)
_WOO = "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Net Sales\n"


def _by_order(found: list[EventRecord]) -> dict[str, EventRecord]:
    return {one.order_ref: one for one in found}


@pytest.mark.parametrize(
    ("file", "orders", "lines"),
    [
        ("shopify_orders.csv", {"#2001": (5400, 1), "#2002": (8000, 2)}, 10),
        ("woocommerce_order_export.csv", {"611": (7000, 2), "612": (1500, 1)}, 5),
        ("ebay_orders.csv", {"11-20000-00001": (9500, 1), "11-20000-00002": (6800, 2)}, 3),
        ("etsy_sold_items.csv", {"4100000001": (4000, 2), "4100000002": (3000, 1)}, 3),
        ("eventbrite_attendees.csv", {"900001": (5000, 2)}, 6),
    ],
)
def test_trap_62_orders_lines_and_attendees_are_told_apart(
    store: sqlite3.Connection, file: str, orders: dict[str, tuple[int, int]], lines: int
) -> None:
    """Totals on the first row, on every row, on a row that adds up, on each item, on each ticket."""
    found = _by_order(events(records(SHOPS / file)))
    assert {number: (found[number].amount, len(found[number].lines)) for number in orders} == orders
    assert plan(store, SHOPS / file)["found"]["lines"] == lines


def test_trap_62_who_pays_has_bought_and_who_comes_along_is_known() -> None:
    found = records(SHOPS / "eventbrite_attendees.csv")
    buyers = {one.customer.email for one in events(found) if one.customer}
    known = {one.email for one in customers(found)}
    assert known - buyers == {"ema@mail.example"}


def test_trap_63_equal_rows_of_one_file_are_as_many_purchases(
    store: sqlite3.Connection, write: Writer
) -> None:
    row = "2026-01-13,Ana,Coffee,2.50\n"
    path = write("Date,Customer,Item,Total\n" + row + row + "2026-01-13,Ana,Tea,2.50\n")
    found = plan(store, path)
    assert (found["found"]["purchases"], found["total"]) == (3, "7.50")
    take(store, path)
    assert plan(store, path)["plan"]["new"] == 0


def test_trap_63_equal_lines_of_one_order_are_as_many_lines() -> None:
    (first, _second) = events(records(SHOPS / "ru_sales_lines.csv"))
    assert first.amount == 20200
    assert [(line.product, line.quantity) for line in first.lines] == [("Хлеб", 2.0), ("Хлеб", 2.0)]


def test_trap_64_downloads_that_overlap_count_an_order_once(
    store: sqlite3.Connection, write: Writer
) -> None:
    both = _SHOPIFY + "#1,a@x.com,paid,2026-01-31 10:00:00 +0000,10.00,0.00,EUR,Soap,1,10\n"
    january = write(both, "one.csv")
    february = write(
        both + "#2,a@x.com,paid,2026-02-01 10:00:00 +0000,12.00,0.00,EUR,Soap,1,10\n", "one (1).csv",
    )
    take(store, january)
    found = plan(store, february)["plan"]
    assert (found["new"], found["changed"], found["unchanged"]) == (1, 0, 1)


def test_trap_64_without_numbers_the_larger_count_of_equal_rows_holds(
    store: sqlite3.Connection, write: Writer
) -> None:
    head, row = "Date,Customer,Item,Total\n", "2026-01-13,Ana,Coffee,2.50\n"
    take(store, write(head + row * 2, "monday.csv"))
    week = plan(store, write(head + row * 3, "week.csv"))["plan"]
    assert (week["new"], week["unchanged"]) == (1, 2)
    take(store, write(head + row * 3, "week.csv"))
    assert plan(store, write(head + row, "one.csv"))["plan"]["new"] == 0
    assert store.execute("SELECT count(*) FROM event").fetchone() == (3,)


def test_trap_64_downloads_put_into_one_file_count_an_order_once(write: Writer) -> None:
    one = "#1,a@x.com,pending,2026-01-31 10:00:00 +0000,10.00,0.00,EUR,Soap,1,10\n#1,a@x.com,,,,,,Rag,2,0\n"
    two = "#2,a@x.com,paid,2026-02-01 10:00:00 +0000,12.00,0.00,EUR,Soap,1,10\n"
    later = one.replace("pending", "paid")
    found = _by_order(events(records(write(_SHOPIFY + one + two + _SHOPIFY + later))))
    assert {number: (event.amount, event.state, len(event.lines)) for number, event in found.items()} == {
        "#1": (1000, "paid", 2), "#2": (1200, "paid", 1),
    }
    rows = "A1,2026-01-13,Ana,a@x.com,Soap,2,4.50,9.00\nA2,2026-01-14,Bo,b@x.com,Soap,1,4.50,4.50\n"
    found = _by_order(events(records(write(HEAD + rows + HEAD + rows, "twice.csv"))))
    assert {number: event.amount for number, event in found.items()} == {"A1": 900, "A2": 450}


def test_trap_65_a_later_download_changes_what_changed_and_removes_nothing(
    store: sqlite3.Connection, write: Writer
) -> None:
    def row(number: str, state: str, total: str, refunded: str, item: str) -> str:
        day = f"2026-01-0{number[1]} 10:00:00 +0000"
        return f"{number},a@x.com,{state},{day},{total},{refunded},EUR,{item},1,{total}\n"

    more = "#2,a@x.com,,,,,,Rag,1,5\n"
    take(store, write(
        _SHOPIFY + row("#1", "paid", "10.00", "0.00", "Soap")
        + row("#2", "pending", "20.00", "0.00", "Mat") + more + row("#3", "paid", "30.00", "0.00", "Lamp")
        + row("#4", "pending", "40.00", "0.00", "Oil"), "first.csv",
    ))
    take(store, write(
        _SHOPIFY + row("#1", "refunded", "10.00", "10.00", "Soap") + row("#2", "paid", "15.00", "0.00", "Mat")
        + row("#4", "voided", "40.00", "0.00", "Oil"), "later.csv",
    ))
    found = store.execute("SELECT order_ref, state, amount, net, counts FROM event ORDER BY order_ref")
    assert found.fetchall() == [
        ("#1", "refunded", 1000, 0, 0), ("#2", "paid", 1500, 1500, 1), ("#3", "paid", 3000, 3000, 1),
        ("#4", "voided", 4000, 0, 0),
    ]
    lines = store.execute(
        "SELECT line.product FROM line JOIN event ON event.id = line.event_id WHERE order_ref = '#2'"
    )
    assert [product for (product,) in lines] == ["Mat"]


@pytest.mark.parametrize(
    ("file", "purchases", "refunds", "left"),
    [
        ("shopify_orders.csv", 5, 2, "116.50"),  # a word and an amount, the total unchanged
        ("woocommerce_analytics_orders.csv", 2, 1, "112.50"),  # a row of its own, negative
        ("woocommerce_order_export.csv", 3, 2, "65.00"),  # of the order and again of its lines
        ("etsy_sold_orders.csv", 2, 1, "60.00"),  # a lower total
        ("wix_orders.csv", 3, 2, "82.50"),  # pieces given back
        ("magento_orders.csv", 3, 2, "160.00"),  # closed
        ("gumroad_sales.csv", 7, 3, "117.00"),  # flags, and money that the bank took back
        ("mercadolivre_sales.csv", 4, 2, "1404.50"),  # negative beside the amount
        ("eventbrite_attendees.csv", 3, 1, "75.00"),  # one ticket of an order
        ("ru_coffee_bar.csv", 2, 1, "45000.00"),  # an operation of the till
    ],
)
def test_trap_66_money_given_back_is_taken_off_once_in_every_form(
    store: sqlite3.Connection, file: str, purchases: int, refunds: int, left: str
) -> None:
    found = plan(store, SHOPS / file)
    assert (found["found"]["purchases"], found["found"]["refunds"]) == (purchases, refunds)
    assert str(net(found)) == left
    take(store, SHOPS / file)
    (kept,) = store.execute("SELECT sum(net) FROM event").fetchone()
    assert f"{kept / 100:.2f}" == left


def test_trap_66_a_state_and_a_row_of_the_same_refund_are_one(
    store: sqlite3.Connection, write: Writer
) -> None:
    path = write(
        _WOO + '2026-02-02 10:00:00,502,€40.00,refunded,Otto,new,1× Rug,1,36.00\n'
        '2026-02-05 10:00:00,502,€-40.00,refunded,Otto,returning,,0,-36.00\n'
    )
    sale, back = events(records(path))
    assert (sale.kind, sale.state, sale.refunded, day(sale)) == (Kind.PURCHASE, "refunded", 0, "2026-02-02")
    assert (back.kind, back.amount, day(back)) == (Kind.REFUND, 4000, "2026-02-05")
    found = plan(store, path)
    assert (found["total"], found["refunded"]) == ("40.00", "40.00")
    take(store, path)
    assert store.execute("SELECT sum(net), sum(counts) FROM event").fetchone() == (0, 0)


def test_trap_66_a_refund_that_comes_with_a_later_file_is_tied_to_its_sale(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(_WOO + '2026-02-02 10:00:00,502,€40.00,completed,Otto,new,1× Rug,1,36.00\n', "feb.csv"))
    take(store, write(_WOO + '2026-03-02 10:00:00,502,€-15.00,completed,Otto,new,,0,-15.00\n', "mar.csv"))
    found = store.execute("SELECT kind, net, counts FROM event ORDER BY kind").fetchall()
    assert found == [(1, 2500, 1), (2, 0, 0)]


def test_trap_71_what_was_paid_holds_shipping_and_leaves_out_discounts() -> None:
    amazon = _by_order(events(records(SHOPS / "amazon_all_orders.txt")))
    assert amazon["402-1111111-0000001"].amount == 4000 + 400 - 200
    ebay = _by_order(events(records(SHOPS / "ebay_orders_fr.csv")))
    assert ebay["12-30000-00001"].amount == 123450 + 1500
    shopify = _by_order(events(records(SHOPS / "shopify_orders.csv")))
    assert shopify["#2005"].amount == 0


def test_trap_71_instalments_are_one_purchase_and_cycles_of_a_subscription_are_several() -> None:
    found = _by_order(events(records(SHOPS / "hotmart_sales.csv")))
    assert (found["HP0001"].amount, found["HP0001"].product) == (120000, "Curso de pão")
    assert len(found["HP0001"].lines) <= 1
    cycles = [one for number, one in found.items() if number.startswith("HP0002")]
    assert [(day(one), one.amount) for one in cycles] == [("2026-01-06", 3000), ("2026-02-06", 3000)]


def test_trap_72_a_row_that_announces_a_parcel_is_no_sale_but_links_those_below(
    store: sqlite3.Connection,
) -> None:
    path = SHOPS / "mercadolivre_sales.csv"
    found = _by_order(events(records(path)))
    assert "2000009000000002" not in found
    linked = {number for number, one in found.items() if "2000009000000002" in one.note}
    assert linked == {"2000009000000003", "2000009000000004"}
    assert plan(store, path)["classes"] == {"aggregate": 1}


def test_trap_72_a_parcel_that_holds_the_money_is_the_sale_and_those_below_its_products() -> None:
    found = _by_order(events(records(SHOPS / "mercadolivre_sales_package.csv")))
    parcel = found["2000009100000001"]
    assert (parcel.amount, parcel.quantity) == (13000, 3.0)
    assert [(line.product, line.quantity) for line in parcel.lines] == [("Vaso", 1.0), ("Copo", 2.0)]
    assert set(found) == {"2000009100000001", "2000009100000004"}


def test_trap_73_free_orders_are_purchases_worth_nothing(store: sqlite3.Connection) -> None:
    take(store, SHOPS / "gumroad_sales.csv")
    found = store.execute("SELECT amount, net, counts FROM event WHERE product = 'Freebie'").fetchall()
    assert found == [(0, 0, 1)]


def test_trap_73_nothing_shipped_and_negative_totals(store: sqlite3.Connection, write: Writer) -> None:
    path = SHOPS / "amazon_all_orders.txt"
    found = _by_order(events(records(path)))
    called_off = found["402-1111111-0000004"]
    assert (called_off.state, called_off.amount, called_off.quantity) == ("cancelled", None, 0.0)
    partly = found["402-1111111-0000002"]
    assert (partly.amount, [line.product for line in partly.lines]) == (600, ["Hook"])
    back = events(records(write(HEAD + "A9,2026-01-13,Ana,a@x.com,Soap,-1,4.50,-4.50\n")))
    assert [(one.kind, one.amount) for one in back] == [(Kind.REFUND, 450)]
    take(store, path)
    assert plan(store, path)["plan"]["new"] == 0
    assert reading(path).understood.questions == ()
