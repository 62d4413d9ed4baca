"""The exports of shops, marketplaces and ticket sellers: who bought, what, when, and what did not count."""

from __future__ import annotations

import csv
import io
import sqlite3
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.importing.records.itemlists import Item, items_of
from activetui.importing.values.amounts import minor_reader, number_reader
from activetui.ledger.records import EventRecord
from tests.importing.files import (
    SAMPLES,
    Writer,
    customers,
    day,
    events,
    plan,
    reading,
    records,
    refusals,
    take,
)

SHOPS = SAMPLES / "shops"


def _by_order(file: str) -> dict[str, EventRecord]:
    return {one.order_ref: one for one in events(records(SHOPS / file))}


@pytest.mark.parametrize(
    "file",
    sorted(path.name for path in SHOPS.iterdir() if path.suffix in (".csv", ".txt")),
)
def test_columns_may_stand_in_any_order(file: str, write: Writer) -> None:
    """Programs are known by the names of their columns, never by their places."""
    read = reading(SHOPS / file).understood
    header, sign = read.table.header, read.table.dialect.delimiter
    if len(set(header)) < len(header) or sign == "\t":
        pytest.skip("the place tells columns of one name apart, or quotes are letters")
    text = (SHOPS / file).read_text(encoding=read.table.encoding.name).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    first = next(place for place, row in enumerate(rows) if len(row) == len(header) and row[0] == header[0])
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows(row[::-1] for row in rows[first:] if len(row) == len(header))
    again = reading(write(out.getvalue(), file)).understood
    assert again.system is read.system
    assert {one.name: one.field for one in again.columns} == {one.name: one.field for one in read.columns}


def test_states_of_shopify_and_what_a_cancellation_means() -> None:
    found = _by_order("shopify_orders.csv")
    assert {number: (one.state, one.refunded) for number, one in found.items()} == {
        "#2001": ("paid", 0), "#2002": ("partially_refunded", 3000), "#2003": ("refunded", 2200),
        "#2004": ("pending", 0), "#2005": ("paid", 0), "#2006": ("cancelled", 0), "#2007": ("paid", 0),
        "#2008": ("expired", 0), "#2009": ("voided", 0),
    }
    assert found["#2007"].customer is None and found["#2007"].channel == "pos"
    assert found["#2001"].payment_refs == ("rAbC1.1",)
    assert found["#2001"].note == "Ring the bell, second floor"


def test_one_person_whatever_the_case_of_the_address(store: sqlite3.Connection) -> None:
    take(store, SHOPS / "shopify_orders.csv")
    take(store, SHOPS / "shopify_customers_2026.csv")
    rita = store.execute(
        "SELECT customer.id, postcode FROM customer JOIN identity ON customer_id = customer.id"
        " WHERE value = 'rita.alves@mail.example'"
    ).fetchall()
    assert len(rita) == 1 and rita[0][1] == "4100"


def test_what_shopify_says_of_a_customer_in_all_is_no_purchase(store: sqlite3.Connection) -> None:
    found = plan(store, SHOPS / "shopify_customers_2026.csv")
    assert (found["found"]["purchases"], found["stated_spend"]) == (0, "126.00")
    rita = customers(records(SHOPS / "shopify_customers_2026.csv"))[0]
    assert (rita.key, rita.phone, rita.consent, rita.tags) == (
        "8600000000001", "+351910000001", True, ("regular", "tea"),
    )


def test_orders_in_preparation_are_paid_and_those_on_hold_are_not() -> None:
    states = {number: one.state for number, one in _by_order("woocommerce_analytics_orders.csv").items()}
    assert states == {"501": "paid", "502": "", "503": "pending", "504": "failed"}


def test_the_lines_of_a_plugin_are_read_out_of_its_cells() -> None:
    found = _by_order("woocommerce_webtoffee_orders.csv")["701"]
    assert [(line.product, line.quantity, line.amount, line.sku) for line in found.lines] == [
        ("Soap dish", 2.0, 3000, "DIS"), ("Card", 1.0, 350, ""),
    ]
    assert found.payment_refs == ("ch_wt_1",)


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1× Soap, 2× Cream, 50 ml", [Item("Soap", 1.0), Item("Cream, 50 ml", 2.0)]),
        ("2 x Mug; 1 x Tea", [Item("Mug", 2.0), Item("Tea", 1.0)]),
        ("name:A|B|quantity:2|total:18.00", [Item("A", 2.0, None, 1800)]),
        ("Product ID: 7, Product Qty: 1, Product Name: Pan, big, Product Unit Price: 5.00",
         [Item("Pan, big", 1.0, 500)]),
        ("Soap", [Item("Soap")]),
        ("", []), ("--", []), ("name:", []),
    ],
)
def test_lists_of_products_in_one_cell(cell: str, items: list[Item]) -> None:
    assert list(items_of(cell, minor_reader(".", "EUR"), number_reader("."))) == items


def test_orders_and_items_of_etsy_are_the_same_purchases(store: sqlite3.Connection) -> None:
    take(store, SHOPS / "etsy_sold_orders.csv")
    found = plan(store, SHOPS / "etsy_sold_items.csv")["plan"]
    assert (found["new"], found["customers_new"]) == (0, 0)
    take(store, SHOPS / "etsy_sold_items.csv")
    assert store.execute("SELECT count(*), sum(amount) FROM event").fetchone() == (2, 7000)
    assert store.execute("SELECT count(*) FROM line").fetchone() == (3,)
    assert plan(store, SHOPS / "etsy_sold_orders.csv")["plan"]["changed"] == 0


def test_days_of_etsy_have_the_month_first_wherever_the_shop_is(write: Writer) -> None:
    path = write((SHOPS / "etsy_sold_orders.csv").read_text(encoding="utf-8"))
    assert [day(one) for one in events(records(path))] == ["2026-02-11", "2026-02-03"]


def test_buyers_without_an_address_are_known_by_their_name_at_the_marketplace() -> None:
    for file, signs in (
        ("etsy_sold_orders.csv", {("id", "mara77"), ("id", "jonas8")}),
        ("ebay_orders.csv", {("id", "collector_9"), ("id", "teafan")}),
        ("mercadolivre_sales.csv", {("name", "teo braga"), ("name", "iara melo"), ("name", "rui dias")}),
    ):
        assert {sign for one in customers(records(SHOPS / file)) for sign in one.identities} == signs


def test_an_address_that_a_marketplace_makes_up_is_nobody() -> None:
    found = customers(records(SHOPS / "amazon_new_orders.txt"))
    assert {one.identities for one in found} == {(("name", "lea morin"),), (("name", "hugo petit"),)}


def test_the_id_that_all_guests_share_is_nobody(write: Writer) -> None:
    head = "Order ID,Customer ID,Customer Name,Customer Email,Order Date,Order Status,Order Total (inc tax)\n"
    path = write(head + "1,0,,a@x.com,2026-02-03,Completed,5.00\n2,0,,b@x.com,2026-02-03,Completed,6.00\n")
    assert [one.identities for one in customers(records(path))] == [
        (("email", "a@x.com"),), (("email", "b@x.com"),),
    ]


def test_quotes_are_letters_in_the_files_of_amazon() -> None:
    assert _by_order("amazon_all_orders.txt")["402-1111111-0000001"].product == 'Frame 13" oak'


def test_the_address_of_a_wix_customer_is_that_of_the_bill() -> None:
    nina = customers(records(SHOPS / "wix_orders.csv"))[0]
    assert (nina.name, nina.city, nina.phone) == ("Nina Serra", "Como", "+393330000001")


def test_time_in_a_column_of_its_own() -> None:
    assert _by_order("wix_orders.csv")["20001"].time == "21:15:51"


def test_numbers_keep_their_zeros() -> None:
    assert next(iter(_by_order("magento_orders.csv"))) == "000000101"
    assert list(_by_order("squarespace_orders.csv")) == ["00021", "00022", "00023"]


def test_states_of_prestashop_in_the_language_of_its_office() -> None:
    english = {number: one.state for number, one in _by_order("prestashop_orders.csv").items()}
    french = {number: one.state for number, one in _by_order("prestashop_orders_fr.csv").items()}
    assert english == {"11": "paid", "12": "pending", "13": "refunded", "14": "failed"}
    assert french == {"21": "paid", "22": "pending", "23": "cancelled"}


def test_an_order_of_which_nothing_is_paid_is_not_counted() -> None:
    assert {number: one.state for number, one in _by_order("ru_crm_orders.csv").items()} == {
        "501": "paid", "502": "unpaid",
    }


def test_an_order_of_ebay_without_a_day_of_payment_is_unpaid() -> None:
    found = _by_order("ebay_orders_de.csv")
    assert {number: one.state for number, one in found.items()} == {
        "13-40000-00001": "unpaid", "13-40000-00002": "",
    }
    assert [one.state for one in _by_order("ebay_orders.csv").values()] == ["", ""]  # it has no such column


def test_who_pays_for_others_is_the_customer() -> None:
    found = _by_order("helloasso.csv")["88001"]
    assert (found.amount, found.customer and found.customer.name) == (3750, "Paul Leroy")
    assert [line.product for line in found.lines] in ([], ["Enfant", "Adulte"])


def test_carts_are_counted_as_carts_and_their_people_known(store: sqlite3.Connection) -> None:
    found = plan(store, SHOPS / "nuvemshop_carts.csv")
    assert (found["classes"], found["plan"]["customers_new"]) == ({"cart": 2}, 1)
    take(store, SHOPS / "nuvemshop_carts.csv")
    assert store.execute("SELECT count(*) FROM event").fetchone() == (0,)
    assert store.execute("SELECT name FROM customer").fetchone() == ("Duda Reis",)


def test_an_open_order_says_nothing_about_its_payment() -> None:
    found = _by_order("nuvemshop_orders.csv")
    assert {number: one.state for number, one in found.items()} == {
        "2001": "paid", "2002": "failed", "2003": "refunded", "2004": "pending",
    }
    assert reading(SHOPS / "nuvemshop_orders.csv").found.states == {}


def test_consent_in_words_of_nuvemshop() -> None:
    bia, caio = customers(records(SHOPS / "nuvemshop_customers.csv"))
    assert (bia.consent, caio.consent) == (True, False)


@pytest.mark.parametrize(
    "file",
    [
        "shopify_orders.csv", "nuvemshop_orders.csv", "tiendanube_orders.csv", "wix_orders.csv",
        "woocommerce_order_export.csv", "mercadolivre_sales.csv", "gumroad_sales.csv", "hotmart_sales.csv",
    ],
)
def test_every_state_of_a_known_program_is_known(file: str) -> None:
    read = reading(SHOPS / file)
    list(read.records())
    assert read.found.states == {}


def test_tracking_numbers_and_payments_of_tiendanube() -> None:
    found = _by_order("tiendanube_orders.csv")
    assert found["3001"].payment_refs == ("mp-77",)
    assert [one.state for one in found.values()] == ["paid", "cancelled", "refunded"]


def test_a_number_that_a_spreadsheet_spoilt_keeps_sales_apart(write: Writer) -> None:
    head = "N.º de venda;Data da venda;Estado;Receita por produtos (BRL);Título do anúncio;Comprador\n"
    rows = "2,00001E+15;4 de fevereiro de 2026 15:30 hs.;Entregue;{};{};{}\n"
    path = write(head + rows.format("50,00", "Vaso", "Iara Melo") + rows.format("80,00", "Mesa", "Rui Dias"))
    found = events(records(path))
    assert [(one.amount, one.order_ref) for one in found] == [(5000, ""), (8000, "")]
    assert len({one.key for one in found}) == 2


def test_a_booked_ahead_order_is_no_sale_yet_and_a_renewal_is_one(store: sqlite3.Connection) -> None:
    found = _by_order("gumroad_sales.csv")
    assert "gG7==" not in found and found["dD4=="].amount == 800
    kim = next(one.customer for one in found.values() if one.product == "Freebie")
    assert kim is not None and kim.do_not_contact


def test_the_totals_of_a_column_are_told(store: sqlite3.Connection) -> None:
    read = reading(SHOPS / "etsy_sold_orders.csv")
    list(read.records())
    sums = {read.understood.layout.name_of(place): amount for place, amount in read.found.sums.items()}
    assert (sums["Order Value"], sums["Order Total"], sums["Adjusted Order Total"]) == (7000, 8100, 2600)


def test_a_bad_amount_refuses_the_whole_order_and_names_its_cell(write: Writer) -> None:
    text = (SHOPS / "woocommerce_order_export.csv").read_text(encoding="utf-8").replace(",70\n", ",7x0\n")
    found = records(write(text))
    first, second = refusals(found)
    assert first.reason == "Order Total Amount: 7x0 is not an amount" and first.line == 2
    assert "line 2" in second.reason
    assert "611" not in {one.order_ref for one in events(found)}


def test_a_bad_day_of_a_refund_refuses_its_order(write: Writer) -> None:
    text = (SHOPS / "woocommerce_analytics_orders.csv").read_text(encoding="utf-8")
    found = records(write(text.replace("2026-02-05 10:00:00", "2026-02-31 10:00:00")))
    assert [one.line for one in refusals(found)] == [3, 4]
    assert "502" not in {one.order_ref for one in events(found)}


@pytest.mark.parametrize(
    "file", ["shopify_orders_cut.csv", "eventbrite_attendees_uk.csv", "woocommerce_analytics_orders_2025.csv"]
)
def test_exports_of_other_years_and_places_have_other_columns(store: sqlite3.Connection, file: str) -> None:
    found = plan(store, SHOPS / file)
    assert found["system"] and found["found"]["purchases"] >= 1


_ORDERS = st.lists(
    st.tuples(
        st.integers(0, 99_999),
        st.sampled_from(["paid", "pending", "voided", "refunded", "partially_refunded"]),
        st.integers(0, 100), st.integers(1, 3),
    ),
    min_size=1, max_size=12,
)
_HEAD = (
    "Name", "Email", "Financial Status", "Created at", "Total", "Refunded Amount", "Currency",
    "Lineitem name", "Lineitem quantity", "Lineitem price",
)


def _rows(orders: list[tuple[int, str, int, int]]) -> list[list[str]]:
    """The rows of Shopify's export for orders: cents, state, share given back in per cent, lines."""
    found = []
    for number, (cents, state, share, lines) in enumerate(orders):
        back = cents if state == "refunded" else cents * share // 100 if state == "partially_refunded" else 0
        name, mail = f"#{number}", f"c{number % 4}@mail.example"
        found.append([
            name, mail, state, f"2026-01-{1 + number:02} 10:00:00 +0000", f"{cents / 100:.2f}",
            f"{back / 100:.2f}", "EUR", "Soap", "1", "1.00",
        ])
        found += [[name, mail, "", "", "", "", "", f"Rag {line}", "1", "2.00"] for line in range(1, lines)]
    return found


def _facts(rows: list[list[str]], write: Writer) -> dict[str, tuple[object, ...]]:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_HEAD, *rows])
    return {
        one.key: (one.day, one.amount, one.refunded, one.state, sorted(line.product for line in one.lines))
        for one in events(records(write(out.getvalue())))
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=_ORDERS, cut=st.integers(0, 12), random=st.randoms(use_true_random=False))
def test_orders_are_the_same_in_one_file_in_two_and_in_any_order(
    write: Writer, orders: list[tuple[int, str, int, int]], cut: int, random: Random
) -> None:
    rows = _rows(orders)
    whole = _facts(rows, write)
    assert {key: fact[1] for key, fact in whole.items()} == {
        f"purchase:#{number}": cents for number, (cents, *_rest) in enumerate(orders)
    }
    parts = [
        [row for row in rows if (int(row[0][1:]) < cut) is early] for early in (True, False)
    ]
    assert {key: fact for part in parts if part for key, fact in _facts(part, write).items()} == whole
    shuffled = rows[:]
    random.shuffle(shuffled)
    assert _facts(shuffled, write) == whole
    assert _facts([*rows, list(_HEAD), *rows], write) == whole
