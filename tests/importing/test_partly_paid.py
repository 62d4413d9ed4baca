"""Sales of which a part is paid: the rule is the same for a list kept by hand and for a program's export."""

from __future__ import annotations

import sqlite3

import pytest

from tests.importing.files import Writer, events, plan, records, take

SHOPIFY = "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total," \
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount,Outstanding Balance\n" \
    "#1001,ann@b.example,partially_paid,,unfulfilled,EUR,100.00,0.00,0.00,100.00," \
    "2026-10-05 10:00:00 +0100,1,Cake,100.00,0.00,{open}\n"
HEAD = "Number,Date,Customer,Total,Status"
ROW = "A1,2026-10-05,Ann,100.00"


@pytest.mark.parametrize(("text", "counted"), [
    (f"{HEAD},Amount Paid\n{ROW},partially paid,40.00\n", "40.00"),
    (f"{HEAD},Outstanding Balance\n{ROW},Partially paid,60.00\n", "40.00"),
    (f"{HEAD}\n{ROW},partially_paid\n", "100.00"),
    (f"{HEAD},Amount Paid\n{ROW},partially paid,\n", "100.00"),
    (f"Number,Date,Customer,Total,Amount Paid\n{ROW},40.00\n", "40.00"),
    (f"{HEAD},Amount Paid\n{ROW},paid,40.00\n", "100.00"),
    (f"Number,Date,Customer,Total,Deposit paid,Balance due\n{ROW},40.00,0.00\n", "100.00"),
    (f"Number,Date,Customer,Total,Deposit paid,Balance due\n{ROW},40.00,60.00\n", "40.00"),
    (SHOPIFY.format(open="60.00"), "40.00"),
    (SHOPIFY.format(open=""), "100.00"),
])
def test_what_is_paid_of_a_sale_counts_or_all_of_it_where_nothing_tells(
    store: sqlite3.Connection, write: Writer, text: str, counted: str
) -> None:
    found = plan(store, write(text), currency="EUR")
    assert (found["total"], found["found"]["purchases"], found["found"]["not_counted"]) == (counted, 1, 0)


@pytest.mark.parametrize(("word", "state", "amount"), [
    ("unpaid", "unpaid", 10000), ("cancelled", "cancelled", 10000), ("partially paid", "paid", 4000),
    ("частично оплачен", "paid", 4000), ("Parcialmente pago", "paid", 4000),
    ("pagado parcialmente", "paid", 4000),
    ("parzialmente pagato", "paid", 4000),
    ("partiellement payée", "paid", 4000),
])
def test_only_sales_that_are_paid_in_part_are_cut(write: Writer, word: str, state: str, amount: int) -> None:
    (event,) = events(records(write(f"{HEAD},Amount Paid\n{ROW},{word},40.00\n")))
    assert (event.state, event.amount) == (state, amount)


def test_the_plan_tells_of_them(store: sqlite3.Connection, write: Writer) -> None:
    part = f"{HEAD},Amount Paid\n{ROW},partially paid,40.00\nA2,2026-10-06,Cy,10.00,partially paid,\n"
    said = [one for one in plan(store, write(part))["warnings"] if "paid in part" in one]
    assert said == [
        "1 sale is paid in part: what is paid of it counts.",
        "1 sale is paid in part, and no column says how much: it counts as a whole.",
    ]


def test_when_the_rest_is_paid_all_of_it_counts(store: sqlite3.Connection, write: Writer) -> None:
    for paid, state in (("40.00", "partially paid"), ("100.00", "paid")):
        take(store, write(f"{HEAD},Amount Paid\n{ROW},{state},{paid}\n"), currency="EUR")
    assert store.execute("SELECT amount, net, counts FROM event").fetchall() == [(10000, 10000, 1)]


INVOICES = "Invoice number,Date,Customer,Total,Paid on\n1,2026-10-13,Ann,100.00,2026-10-20\n" \
    "2,2026-10-14,Cy,50.00,\n3,2026-10-15,Ed,30.00,2026-10-16\n"


def test_where_some_have_a_day_of_payment_the_others_are_not_paid(
    store: sqlite3.Connection, write: Writer
) -> None:
    path = write(INVOICES)
    found = plan(store, path)
    assert (found["total"], found["found"]["not_counted"]) == ("130.00", 1)
    assert [one["value"] for one in found["assumptions"] if one["about"] == "paid_at"] == ["Paid on"]
    assert plan(store, path, columns={"Paid on": "ignore"})["total"] == "180.00"


@pytest.mark.parametrize("text", [
    INVOICES.replace("2026-10-20", "").replace("2026-10-16", ""),
    INVOICES.replace("50.00,", "50.00,2026-10-21"),
    INVOICES.replace("Paid on", "Paid on,Status").replace("\n", ",paid\n").replace("Status,paid", "Status"),
], ids=["nobody's", "everybody's", "a state"])
def test_a_day_of_payment_says_nothing_where_it_is_no_habit_or_a_state_does(
    store: sqlite3.Connection, write: Writer, text: str
) -> None:
    assert plan(store, write(text))["total"] == "180.00"
