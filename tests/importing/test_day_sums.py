"""Reports with a row for each day and what was taken on it."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.ledger.errors import UsageError
from tests.importing.files import Writer, plan, reading, take

REPORTS = [
    "Date,Gross sales,Refunds,Orders\n2026-10-13,500.00,20.00,20\n2026-10-14,450.00,0.00,18\n",
    "Data;Número de vendas;Vendas brutas\n13/10/2026;20;500,00\n14/10/2026;18;450,00\n",
    "Fecha;Nº de tickets;Ventas netas\n13/10/2026;20;500,00\n14/10/2026;18;450,00\n",
    "Data;Numero scontrini;Corrispettivi\n13/10/2026;20;500,00\n14/10/2026;18;450,00\n",
    "Date;Espèces;CB;Total\n13/10/2026;200,00;300,00;500,00\n14/10/2026;150,00;300,00;450,00\n",
    "Дата;Количество чеков;Выручка\n13.10.2026;20;500,00\n14.10.2026;18;450,00\n",
    "Datum;Anzahl Bons;Tagesumsatz\n13.10.2026;20;500,00\n14.10.2026;18;450,00\n",
    "Date,Server,Sales\n2026-10-13,Eva,500.00\n2026-10-13,Max,420.00\n2026-10-14,Eva,30.00\n",
    "Date,Amount\n" + "".join(f"2026-10-{day:02},{day}.00\n" for day in range(1, 9)),
]


@pytest.mark.parametrize("text", REPORTS)
def test_sums_of_days_are_nobodys_purchases_and_asked_about(
    store: sqlite3.Connection, write: Writer, text: str
) -> None:
    (asked,) = plan(store, write(text))["questions"]
    assert (asked["about"], asked["option"]) == ("day_sums", "--day-sums skip|take")


@pytest.mark.parametrize("text", [
    "Date,Customer,Gross sales\n2026-10-13,Ann,500.00\n2026-10-14,Cy,450.00\n",
    "Date,Receipt number,Net sales\n2026-10-13,R-1,5.00\n2026-10-14,R-2,4.00\n",
    "Date,Product,Sales\n2026-10-13,Soap,5.00\n2026-10-14,Soap,4.00\n",
    "Date,Gross sales,Orders\n2026-10-13,500.00,2\n2026-10-13,450.00,1\n",
    "Date,Gross sales,Orders\n2026-10-13 10:15,5.00,1\n2026-10-14 11:20,4.00,1\n",
    "Date,Amount\n2026-10-13,5.00\n2026-10-14,4.00\n",
], ids=["customers", "receipts", "products", "a day twice", "times", "few rows that say no more"])
def test_sales_are_not_taken_for_sums(store: sqlite3.Connection, write: Writer, text: str) -> None:
    assert plan(store, write(text))["questions"] == []


def test_left_out_they_are_told_and_nothing_is_taken(store: sqlite3.Connection, write: Writer) -> None:
    found = plan(store, write(REPORTS[0]), day_sums="skip")
    assert (found["classes"], found["found"]["purchases"], found["plan"]["new"]) == ({"day_sum": 2}, 0, 0)


def test_taken_they_are_revenue_without_a_person_and_the_plan_says_so(
    store: sqlite3.Connection, write: Writer
) -> None:
    found = plan(store, write(REPORTS[0]), day_sums="take")
    assert (found["found"]["purchases"], found["found"]["visits"], found["total"]) == (2, 0, "950.00")
    told = "2 rows are the sums of days: each counts as one sale to nobody (a walk-in)."
    assert found["warnings"] == [told]


def test_the_answer_holds_for_next_months_report(store: sqlite3.Connection, write: Writer) -> None:
    take(store, write(REPORTS[0]), day_sums="take")
    found = plan(store, write(REPORTS[0].replace("-10-", "-11-"), "next.csv"))
    assert (found["questions"], found["plan"]["new"]) == ([], 2)


def test_another_word_is_no_answer(write: Writer) -> None:
    with pytest.raises(UsageError):
        reading(write(REPORTS[0]), day_sums="perhaps")
