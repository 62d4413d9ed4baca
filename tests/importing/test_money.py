"""Payment services, tills and bookkeeping: what is a sale, what gives one back, and what is neither."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.importing.columns.systems import systems
from activetui.ledger.kinds import Kind
from tests.importing.files import SAMPLES, Writer, customers, day, events, plan, reading, records, take

MONEY = SAMPLES / "money"
PAYPAL = '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net",' \
    '"From Email Address","To Email Address","Transaction ID","Reference Txn ID"\n'
SHOP = "shop@example.org"


def paid(name: str, day: str, amount: str, number: str, sort: str = "Website Payment") -> str:
    """A row of PayPal's that brings money."""
    return f'"{day}","10:00:00","CET","{name}","{sort}","Completed","EUR","{amount}","0.00","{amount}",' \
        f'"{name}@example.com","{SHOP}","{number}",""\n'


def went(name: str, day: str, amount: str, number: str, sort: str, of: str = "") -> str:
    """A row of PayPal's that takes money."""
    return f'"{day}","10:00:00","CET","{name}","{sort}","Completed","EUR","-{amount}","0.00","-{amount}",' \
        f'"{SHOP}","{name}@example.com","{number}","{of}"\n'


def worth(store: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """What remains of every event: its key, whether it counts, its net."""
    return [tuple(row) for row in store.execute("SELECT key, counts, net FROM event ORDER BY key")]


def test_a_refund_belongs_to_who_received_it_and_lowers_the_sale_that_it_names(
    store: sqlite3.Connection, write: Writer
) -> None:
    file = write(PAYPAL + went("ana", "23/03/2026", "4.00", "R1", "Payment Refund", of="S1")
                 + paid("ana", "20/03/2026", "10.00", "S1"))
    refund, sale = events(records(file))
    assert (refund.kind, refund.order_ref, refund.amount) == (Kind.REFUND, "S1", 400)
    assert refund.customer is not None and refund.customer.email == "ana@example.com"
    assert (sale.kind, sale.key) == (Kind.PURCHASE, "purchase:S1")
    take(store, file)
    assert worth(store) == [("purchase:S1", 1, 600), ("refund:R1", 0, 0)]


@pytest.mark.parametrize("first", ["sale", "refund"])
def test_a_refund_finds_its_sale_in_another_file(
    store: sqlite3.Connection, write: Writer, first: str
) -> None:
    sale = write(PAYPAL + paid("ana", "20/03/2026", "10.00", "S1"), "sale.csv")
    refund = write(PAYPAL + went("ana", "23/04/2026", "10.00", "R1", "Payment Refund", of="S1"), "refund.csv")
    for file in (sale, refund) if first == "sale" else (refund, sale):
        take(store, file)
    assert worth(store) == [("purchase:S1", 0, 0), ("refund:R1", 0, 0)]


def test_what_leaves_an_account_is_spent_and_no_refund_unless_it_names_a_sale(write: Writer) -> None:
    found = reading(write(
        PAYPAL + went("paper", "23/03/2026", "40.00", "X1", "Website Payment")
        + went("ana", "24/03/2026", "10.00", "X2", "Something new", of="S1")
        + paid("ana", "20/03/2026", "10.00", "S1")
    ))
    kinds = {one.key: one.kind for one in events(found.records())}
    assert kinds == {"refund:X2": Kind.REFUND, "purchase:S1": Kind.PURCHASE}
    assert found.found.classes == {"expense": 1}


def test_money_that_a_supplier_gives_back_is_no_refund_to_a_customer(write: Writer) -> None:
    found = reading(write(PAYPAL + paid("paper", "23/03/2026", "5.00", "X1", "Payment Refund")))
    assert events(found.records()) == []
    assert found.found.classes == {"expense": 1}


def test_suppliers_do_not_become_customers(write: Writer) -> None:
    found = records(write(
        PAYPAL + went("paper", "23/03/2026", "40.00", "X1", "Website Payment")
        + paid("ana", "24/03/2026", "10.00", "S1")
    ))
    assert [one.email for one in customers(found)] == ["ana@example.com"]


def test_a_sale_called_refunded_and_its_refund_are_one_return(
    store: sqlite3.Connection, write: Writer
) -> None:
    sale = paid("ana", "20/03/2026", "10.00", "S1").replace('"Completed"', '"Refunded"')
    file = write(PAYPAL + sale + went("ana", "23/03/2026", "10.00", "R1", "Payment Refund", of="S1"))
    figures = plan(store, file)
    assert (figures["total"], figures["refunded"], figures["found"]["refunds"]) == ("10.00", "10.00", 1)
    assert plan(store, write(PAYPAL + sale))["refunded"] == "10.00"


@pytest.mark.parametrize("together", [True, False])
def test_a_chargeback_that_the_business_wins_takes_nothing(
    store: sqlite3.Connection, write: Writer, together: bool
) -> None:
    lost = went("ana", "24/03/2026", "10.00", "C1", "Chargeback", of="S1")
    won = paid("ana", "28/04/2026", "10.00", "C2", "Cancelled Chargeback").replace('"C2",""', '"C2","S1"')
    sale = paid("ana", "20/03/2026", "10.00", "S1")
    files = [won + lost + sale] if together else [lost + sale, won]
    for place, rows in enumerate(files):
        take(store, write(PAYPAL + rows, f"{place}.csv"))
    assert worth(store) == [("purchase:S1", 1, 1000), ("refund:chargeback:S1", 0, 0)]


def test_refunds_without_a_number_of_their_own_add_up_over_files(
    store: sqlite3.Connection, write: Writer
) -> None:
    head = "SOURCE_ID,TRANSACTION_TYPE,TRANSACTION_AMOUNT,TRANSACTION_CURRENCY,TRANSACTION_DATE,PAYER_NAME\n"
    row = "61,{},{},BRL,2026-08-{}T10:00:00.000-04:00,Ana Lima\n"
    sale, once, twice = (
        row.format("SETTLEMENT", "90.00", "20"), row.format("REFUND", "-30.00", "22"),
        row.format("REFUND", "-30.00", "25"),
    )
    take(store, write(head + sale + once, "a.csv"))
    take(store, write(head + twice, "b.csv"))
    take(store, write(head + once + twice, "c.csv"))
    assert sorted(net for _key, _counts, net in worth(store)) == [0, 0, 3000]


def test_where_the_business_is_does_not_make_its_refunds_new(store: sqlite3.Connection) -> None:
    take(store, MONEY / "mercadopago_settlement.csv")
    figures = plan(store, MONEY / "mercadopago_settlement.csv", time_zone="Asia/Tokyo")["plan"]
    assert (figures["new"], figures["changed"]) == (0, 5)


def test_the_articles_of_one_order_are_one_sale_and_a_later_parcel_another(
    store: sqlite3.Connection, write: Writer
) -> None:
    text = (MONEY / "amazon_date_range.csv").read_text(encoding="utf-8-sig")
    head, rows = text.split('"Oct 4', 1)[0], ['"Oct 4' + one for one in text.split('"Oct 4')[1:3]]
    (order,) = events(records(write(head + "".join(rows))))[:1]
    assert [line.sku for line in order.lines] == ["HAT-1", "HAT-2"]
    take(store, MONEY / "amazon_date_range.csv")
    take(store, write(head + rows[0].replace("Oct 4", "Oct 6"), "later.csv"))
    assert store.execute("SELECT count(*) FROM event WHERE kind = 1").fetchone() == (2,)


@pytest.mark.parametrize(("one", "other"), [
    ("sumup_sales_de.csv", "sumup_transactions_de.csv"),
    ("square_items_2017.csv", "square_transactions.csv"),
    ("loyverse_items.csv", "loyverse_receipts.csv"),
])
def test_the_lines_and_the_totals_of_a_till_are_the_same_sales(
    store: sqlite3.Connection, one: str, other: str
) -> None:
    for name in (one, other):
        take(store, MONEY / name, currency="USD" if "square" in name else "EUR")
    twice = store.execute(
        "SELECT order_ref FROM event WHERE kind = 1 GROUP BY order_ref HAVING count(*) > 1"
    ).fetchall()
    assert twice == []
    assert store.execute("SELECT count(*) FROM line").fetchone()[0] > 0


def test_refunds_under_the_number_of_their_sale_add_up_over_the_files_of_a_till(
    store: sqlite3.Connection, write: Writer
) -> None:
    head = "Date,Time,Time Zone,Item,Qty,Gross Sales,Net Sales,Transaction ID,Event Type,Customer ID\n"
    row = "2026-07-{},10:00:00,Eastern Time (US & Canada),Tea,{},{},{},TX1,{},CUSTA\n"
    take(store, write(head + row.format(11, "3.0", "$9.00", "$9.00", "Payment"), "day1.csv"))
    for number, day_ in enumerate((12, 13), start=2):
        take(store, write(head + row.format(day_, "-1.0", "-$3.00", "-$3.00", "Refund"), f"day{number}.csv"))
    assert sorted(net for _key, _counts, net in worth(store)) == [0, 0, 300]


def test_rows_without_number_and_customer_are_told_apart_by_what_they_say(
    store: sqlite3.Connection, write: Writer
) -> None:
    file = write(
        "Transaction date,Transaction type,Num,Name,Amount\n01/19/2026,Sales Receipt,,Iris,80.00\n"
        "01/19/2026,Sales Receipt,,Joan,80.00\n01/19/2026,Sales Receipt,,Joan,80.00\n"
    )
    assert len({one.key for one in events(records(file))}) == 3
    take(store, file)
    assert take(store, file) is None


def test_one_cell_may_hold_an_address_and_a_number(write: Writer) -> None:
    head = "Date,Receipt number,Receipt type,Gross sales,Net sales,Total collected,Customer contacts,Status\n"
    row = '14/09/2026 10:00,{},Sale,5,5,5,"{}",Closed\n'
    found = events(records(write(
        head + row.format("1-1", "luz@example.com, +63 917 555 0123") + row.format("1-2", "+63 917 555 0124")
        + row.format("1-3", "ben@example.com")
    ), currency="PHP"))
    assert [(one.customer.email, one.customer.phone) for one in found if one.customer] == [
        ("luz@example.com", "+639175550123"), ("", "+639175550124"), ("ben@example.com", ""),
    ]


def test_people_after_the_total_of_a_group_are_not_of_that_group() -> None:
    found = events(records(MONEY / "quickbooks_sales.csv"))
    assert [one.customer.name if one.customer else "" for one in found] == [
        "Vale, Iris", "Vale, Iris", "Wharf Cafe",
    ]


def test_a_dispute_that_was_lost_gives_the_whole_sale_back() -> None:
    by_number = {one.order_ref: one for one in events(records(MONEY / "stripe_payments_2024.csv"))}
    lost = by_number["ch_new3"]
    assert (lost.state, lost.refunded) == ("refunded", 6000)
    assert lost.customer is not None and lost.customer.email == "quinn@example.com"


def test_a_movement_that_cannot_be_read_is_refused_with_its_line(
    store: sqlite3.Connection, write: Writer
) -> None:
    file = write(
        PAYPAL + paid("ana", "20/03/2026", "10.00", "S1") + paid("ana", "31/02/2026", "10.00", "S2")
        + paid("ana", "", "10.00", "S3") + paid("ana", "21/03/2026", "", "S4")
        + paid("ana", "21/03/2026", "ten", "S5")
    )
    refused = {one["line"]: one["reason"] for one in plan(store, file)["refusals"]}
    assert refused == {
        3: "Date: 31/02/2026 is not a day of the calendar", 4: "the day is missing",
        5: "the amount is missing", 6: "Gross: ten is not an amount",
    }


def test_totals_below_a_report_are_checked(write: Writer) -> None:
    text = (MONEY / "zettle_receipts_da.csv").read_text(encoding="utf-8-sig")
    for wrong, told in (("280,00", []), ("281,00", [("Total", "281.00", "280.00")])):
        found = reading(write(text.replace("280,00", wrong)))
        list(found.records())
        assert [one[1:] for one in found.found.mismatched_totals] == told


def test_days_of_a_refund_and_of_its_sale_are_their_own() -> None:
    found = {one.key: day(one) for one in events(records(MONEY / "paypal_it.csv"))}
    assert found["purchase:7WT10000000000001"] == "2026-02-04"
    assert found["refund:7WT10000000000002"] == "2026-02-06"


def test_every_program_of_movements_says_what_its_rows_are() -> None:
    for system in systems():
        if system.meaning == "movements":
            assert system.columns.get("amount"), system.stem
            assert system.columns.get("date"), system.stem
            assert system.columns.get("order_id") or system.columns.get("reference") or not (
                set(system.classes.values()) & {"sale", "refund"}
            ), system.stem


def test_a_number_within_a_sentence_is_the_order() -> None:
    assert {one.order_ref for one in events(records(MONEY / "etsy_statement_en.csv"))} == {"3900000101"}


def test_imported_twice_every_sample_is_there_once(store: sqlite3.Connection) -> None:
    names = sorted(path for path in MONEY.glob("paypal_*.csv") if "personal" not in path.name)
    for path in names:
        take(store, path)
    before = worth(store)
    for path in reversed(names):
        assert take(store, path) is None
    assert worth(store) == before
