"""Lists made by hand: what is found in each, or the question that has to be answered first."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from typing import Any

import pytest

from tests.importing.files import SAMPLES, customers, net, plan, records, take

PURCHASES: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("hand_fr_cp1252.csv", {}, {
        "purchases": 2, "refunds": 1, "customers": 2, "total": "1299.50", "net": "1274.50", "refused": 0,
        "first": "2024-01-02", "last": "2024-01-14", "order": "dmy", "currency": "EUR",
    }),
    ("hand_it_cp1252.csv", {}, {
        "purchases": 2, "refunds": 0, "customers": 2, "total": "1300.00", "net": "1300.00", "refused": 0,
        "first": "2026-09-08", "last": "2026-12-31", "order": "dmy", "currency": "EUR",
    }),
    ("hand_pt_pt.csv", {"date_order": "dmy"}, {
        "purchases": 1, "refunds": 0, "customers": 1, "total": "25.00", "net": "25.00", "refused": 0,
        "first": "2024-01-05", "last": "2024-02-05", "order": "dmy", "currency": "EUR",
    }),
    ("hand_ru_cp1251.csv", {}, {
        "purchases": 2, "refunds": 1, "customers": 3, "total": "24900.50", "net": "23400.50", "refused": 1,
        "first": "2024-02-05", "last": "2024-02-15", "order": "dmy", "currency": "RUB",
    }),
    ("hand_powershell_type_line.csv", {}, {
        "purchases": 1, "refunds": 0, "customers": 1, "total": "10.50", "net": "10.50", "refused": 0,
        "first": "2024-01-05", "last": "2024-01-05", "order": "ymd", "currency": "EUR",
    }),
    ("hand_trailing_empty_rows.csv", {"date_order": "dmy"}, {
        "purchases": 2, "refunds": 0, "customers": 2, "total": "30.00", "net": "30.00", "refused": 0,
        "first": "2024-02-01", "last": "2024-02-02", "order": "dmy", "currency": "EUR",
    }),
]


@pytest.mark.parametrize(("name", "answers", "expected"), PURCHASES, ids=[case[0] for case in PURCHASES])
def test_what_a_list_of_purchases_holds(
    store: sqlite3.Connection, name: str, answers: dict[str, str], expected: dict[str, Any]
) -> None:
    found = plan(store, SAMPLES / name, **answers)
    assert found["questions"] == []
    assert {
        "purchases": found["found"]["purchases"], "refunds": found["found"]["refunds"],
        "customers": found["found"]["customers"], "total": found["total"], "net": str(net(found)),
        "refused": found["plan"]["refused"], "first": found["first_date"], "last": found["last_date"],
        "order": found["date_order"], "currency": found["currency"],
    } == expected


@pytest.mark.parametrize(("name", "answers", "expected"), PURCHASES, ids=[case[0] for case in PURCHASES])
def test_importing_a_list_again_adds_nothing(
    store: sqlite3.Connection, name: str, answers: dict[str, str], expected: dict[str, Any]
) -> None:
    assert take(store, SAMPLES / name, **answers) == 1
    again = plan(store, SAMPLES / name, **answers)["plan"]
    assert (again["new"], again["changed"], again["customers_new"], again["customers_changed"]) == (
        0,
        0,
        0,
        0,
    )
    assert take(store, SAMPLES / name, **answers) is None


CUSTOMERS = [
    ("hand_en_us.csv", 2, "1234.50", "2023-12-25", "USD"),
    ("hand_es_es_titulo.csv", 2, "1246.50", "2024-02-01", "EUR"),
    ("hand_ru_utf8_excel_formula_phone.csv", 1, None, None, "RUB"),
    ("hand_sep_hint.csv", 1, None, None, "EUR"),
    ("trap_cr_only.csv", 2, None, None, "EUR"),
    ("trap_injection.csv", 3, "0.00", None, "EUR"),
]


@pytest.mark.parametrize(("name", "people", "spent", "first", "currency"), CUSTOMERS)
def test_a_list_of_customers_holds_no_purchases(
    store: sqlite3.Connection, name: str, people: int, spent: str | None, first: str | None, currency: str
) -> None:
    found = plan(store, SAMPLES / name)
    assert (found["found"]["customers"], found["found"]["purchases"], found["meaning"]) == (
        people,
        0,
        "customers",
    )
    assert (found["stated_spend"], found["first_date"], found["currency"]) == (spent, first, currency)
    assert Decimal(found["total"]) == 0


@pytest.mark.parametrize(
    ("name", "about", "option"),
    [
        ("hand_pt_pt.csv", "date_order", "--date-order dmy|mdy"),
        ("hand_trailing_empty_rows.csv", "date_order", "--date-order dmy|mdy"),
        ("hand_no_header.csv", "header", "--map 1=first_name --map 2=last_name --map 3=tax_id --map 4=email"),
    ],
)
def test_what_a_list_leaves_open_is_asked_and_nothing_is_staged(
    store: sqlite3.Connection, name: str, about: str, option: str
) -> None:
    found = plan(store, SAMPLES / name)
    assert [(one["about"], one["option"]) for one in found["questions"]] == [(about, option)]
    assert found["plan"]["new"] is None and found["total"] is None


def test_a_list_without_headings_imports_with_the_answer(store: sqlite3.Connection) -> None:
    said = {"1": "first_name", "2": "last_name", "3": "tax_id", "4": "email"}
    assert plan(store, SAMPLES / "hand_no_header.csv", columns=said)["found"]["customers"] == 2


def test_one_customer_whatever_the_spelling_of_name_and_number() -> None:
    found = customers(records(SAMPLES / "hand_fr_cp1252.csv"))
    assert [one.phone for one in found] == ["+33600000003", "+33600000003", "+33600000004"]
    found = customers(records(SAMPLES / "hand_ru_cp1251.csv"))
    assert [one.phone for one in found if one.phone] == ["+79161234567", "+79161112233", "+79161234567"]


def test_a_number_in_a_formula_and_one_spoilt_by_a_spreadsheet() -> None:
    (ivan,) = customers(records(SAMPLES / "hand_ru_utf8_excel_formula_phone.csv"))
    assert ivan.phone == "+79990000000"
    jane, bo = customers(records(SAMPLES / "hand_en_us.csv"))
    assert (jane.name, bo.phone) == ("Smith, Jane", "")


def test_an_impossible_day_refuses_the_row_and_keeps_the_customer(store: sqlite3.Connection) -> None:
    found = plan(store, SAMPLES / "hand_ru_cp1251.csv")
    assert [one["line"] for one in found["refusals"]] == [7]
    assert "31.02.2024" in found["refusals"][0]["reason"]
    assert found["plan"]["customers_new"] == 3


def test_formulas_are_kept_as_text() -> None:
    names = [one.name for one in customers(records(SAMPLES / "trap_injection.csv"))]
    assert names[0] == '=HYPERLINK("http://evil.example","x")'
    assert names[2] == "=1+1"
