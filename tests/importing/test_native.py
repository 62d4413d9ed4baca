"""ActiveTUI's own CSV: every kind of event and every column of a customer leave and return."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.importing.ledger_csv import COLUMNS, signs_from_text, signs_to_text
from activetui.importing.ledger_write import write_ledger
from activetui.ledger.kinds import Kind
from activetui.store import settings
from activetui.store.customers import edit
from activetui.store.imports import batches
from activetui.store.kinds import kind_codes
from activetui.store.ledger_rows import ledger_rows
from activetui.store.opening.file import open_store
from tests.importing.files import (
    MADE_AT,
    SAMPLES,
    TODAY,
    Writer,
    customers,
    day,
    events,
    plan,
    records,
    refusals,
    take,
)

EVERY_KIND = SAMPLES / "native_every_kind.csv"


def dump(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """What the ledger tells, without numbers that each store gives itself."""
    queries = {
        "events": (
            "SELECT customer.key, customer.name, kind.name, day, time, amount, currency, refunded, net,"
            " counts, state, action, nature, product, quantity, rating, channel, until, order_ref,"
            " event.note, recorded, source.name, event.key"
            " FROM event LEFT JOIN customer ON customer.id = customer_id"
            " JOIN kind ON kind.id = kind JOIN source ON source.id = source_id"
            " ORDER BY source.name, event.key"
        ),
        "lines": (
            "SELECT key, position, line.product, sku, category, line.quantity, unit_price, line.amount"
            " FROM line JOIN event ON event.id = event_id ORDER BY key, position"
        ),
        "customers": (
            "SELECT key, name, first_name, email, phone, tax_id, company, address, city, region, postcode,"
            " country, language, birthday, history_from, note, consent, do_not_contact, extra"
            " FROM customer ORDER BY key, name, phone"
        ),
        "tags": "SELECT key, tag.name FROM tag JOIN customer ON id = customer_id ORDER BY key, tag.name",
        "signs": (
            "SELECT kind, coalesce(source.name, ''), value, customer.key FROM identity"
            " LEFT JOIN source ON source.id = source_id JOIN customer ON customer.id = customer_id"
            " ORDER BY kind, value"
        ),
        "lives": (
            "SELECT customer.key, customer.name, spans FROM life"
            " JOIN customer ON customer.id = customer_id ORDER BY customer.key, customer.name"
        ),
    }
    return {name: conn.execute(sql).fetchall() for name, sql in queries.items()}


def export(conn: sqlite3.Connection, path: Path) -> Path:
    """Write the whole ledger."""
    write_ledger(ledger_rows(conn), path, settings.currency(conn))
    return path


def test_every_kind_of_event_comes_in(store: sqlite3.Connection) -> None:
    found = plan(store, EVERY_KIND)
    assert found["system"] == "ActiveTUI" and found["refusals"] == []
    assert found["found"]["customers"] == 5
    take(store, EVERY_KIND)
    told = {
        word for (word,) in store.execute("SELECT DISTINCT kind.name FROM event JOIN kind ON kind.id = kind")
    }
    assert told == {kind.word for kind in Kind} | {"workshop"}


def test_a_ledger_leaves_and_returns_without_loss(store: sqlite3.Connection, tmp_path: Path) -> None:
    take(store, EVERY_KIND)
    take(store, SAMPLES / "shopify_orders.csv")
    take(store, SAMPLES / "hand_ru_cp1251.csv")
    edit(store, 1, {"note": "+1 tab\tdanger", "city": "=Lisboa"}, made_at=MADE_AT, today=TODAY)
    first = export(store, tmp_path / "ledger.csv")
    with closing(open_store(tmp_path / "other.db", today=TODAY, create=True)) as other:
        take(other, first)
        assert dump(other) == dump(store)
        again = export(other, tmp_path / "again.csv")
    assert again.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")


def test_a_ledger_imported_where_it_came_from_changes_nothing(
    store: sqlite3.Connection, tmp_path: Path
) -> None:
    take(store, EVERY_KIND)
    take(store, SAMPLES / "shopify_orders.csv")
    take(store, SAMPLES / "shopify_customers.csv")
    before = list(store.iterdump())
    assert take(store, export(store, tmp_path / "ledger.csv")) is None
    assert list(store.iterdump()) == before


def test_an_export_holds_no_formula(store: sqlite3.Connection, tmp_path: Path) -> None:
    take(store, EVERY_KIND)
    with export(store, tmp_path / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(COLUMNS)
    signs = ("=", "+", "-", "@", "\t", "\r")
    risky = {cell for row in rows for cell in row if cell.startswith(signs)}
    assert risky == {"+34600000001", "+351912345678"}


def test_an_export_adds_up_by_kind(store: sqlite3.Connection, tmp_path: Path) -> None:
    take(store, SAMPLES / "shopify_orders.csv")
    with export(store, tmp_path / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    paid = [
        row
        for row in rows
        if row["state"] == "paid" or row["state"].endswith("refunded")
    ]
    assert f"{sum(float(row['amount']) for row in paid):.2f}" == "289.90"
    assert sum(row["kind"] == "line" for row in rows) == 9


def test_columns_in_any_order_and_kind_is_purchase_unless_said(write: Writer) -> None:
    (one,) = events(records(write("amount,date,quantity,customer_id\n29.33,1997-01-01,2,0001\n")))
    assert (one.kind, one.amount, one.quantity, day(one)) == (Kind.PURCHASE, 2933, 2.0, "1997-01-01")
    assert one.customer is not None and one.customer.identities == (("id", "0001"),)


def test_equal_rows_are_as_many_events_and_stay_so(store: sqlite3.Connection, write: Writer) -> None:
    path = write("customer_id,date,amount\n1,2026-01-01,3.00\n1,2026-01-01,3.00\n")
    take(store, path)
    assert store.execute("SELECT count(*) FROM event").fetchone() == (2,)
    longer = write(
        "customer_id,date,amount\n1,2026-01-01,3.00\n1,2026-01-01,3.00\n1,2026-01-01,3.00\n", name="b.csv"
    )
    assert plan(store, longer)["plan"]["new"] == 1


def test_lines_of_one_order_are_one_purchase(write: Writer) -> None:
    text = (
        "customer_id,date,order_id,product,quantity,amount\n"
        "1,2026-01-01,A1,Soap,2,9.00\n1,2026-01-01,A1,Cream,1,20.00\n1,2026-01-02,A2,Soap,1,4.50\n"
    )
    found = events(records(write(text)))
    assert [(one.key, one.amount, one.quantity, len(one.lines)) for one in found] == [
        ("purchase:A1", 2900, 3.0, 2), ("purchase:A2", 450, 1.0, 0),
    ]
    assert found[0].product == "Soap + Cream"


def test_a_total_of_the_order_is_counted_once(write: Writer) -> None:
    text = (
        "customer_id,date,order_id,product,order_total\n"
        "1,2026-01-01,A1,Soap,29.00\n1,2026-01-01,A1,Cream,29.00\n"
    )
    assert [one.amount for one in events(records(write(text)))] == [2900]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,2026-01-01,purchse,,,,", "did you mean purchase"),
        ("1,2026-01-01,review,,,9,", "between 1 and 5"),
        ("1,2026-01-01,feedback,,,11,", "between 0 and 10"),
        ("1,2026-01-01,subscription,begin,,,", "start, renewal, pause, cancel"),
        ("1,2026-01-01,purchase,,12 apples,,", "not an amount"),
        ("1,2026-02-30,purchase,,,,", "calendar"),
        ("1,,purchase,,5,,", "day is missing"),
        (",,,,,,", None),
        (",2026-01-01,customer,,,,", "who the customer is"),
        ("1,2026-01-01,subscription,start,,,soon", "not a date"),
    ],
)
def test_rows_that_say_something_impossible_are_refused(write: Writer, row: str, says: str | None) -> None:
    found = records(
        write(f"customer_id,date,kind,action,amount,rating,until\n{row}\n9,2026-01-01,visit,,,,\n")
    )
    assert len(events(found)) == 1
    assert [says in one.reason for one in refusals(found)] == ([True] if says else [])


def test_a_row_without_a_day_is_only_a_customer(write: Writer) -> None:
    found = records(write("customer_id,name,date,tags\n7,Ana,,vip\n"))
    assert events(found) == []
    assert [(one.key, one.tags) for one in customers(found)] == [("7", ("vip",))]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["id", "email", "phone", "tax", "name"]),
            st.text("ab@=|% .ё", max_size=8),
            st.text("x@=|% ёб", min_size=1, max_size=8),
        ),
        max_size=4,
    )
)
def test_signs_survive_their_cell(signs: list[tuple[str, str, str]]) -> None:
    signs = [(kind, source.strip(), value.strip()) for kind, source, value in signs if value.strip()]
    expected = tuple((f"{kind}@{source}" if source else kind, value) for kind, source, value in signs)
    assert signs_from_text(signs_to_text(signs)) == expected


def test_a_kind_of_the_owners_own_comes_and_goes_with_its_import(
    store: sqlite3.Connection, write: Writer
) -> None:
    path = write("customer_id,date,kind\nA1,2026-10-01,workshop\n")
    before = kind_codes(store)
    batch = take(store, path)
    assert batch is not None and "workshop" in kind_codes(store)
    batches.undo(store, batch, today=TODAY, made_at=MADE_AT)
    assert kind_codes(store) == before
