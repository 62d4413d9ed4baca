"""The plan in an owner's words: what was understood and why, what counts, what does not, what is refused."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from activetui.importing.asking.answers import Answers
from activetui.importing.run import ImportPlan, setting_of
from activetui.importing.telling.plan_json import plan_as_json
from activetui.importing.telling.plan_words import (
    assumption_lines,
    change_lines,
    found_lines,
    refusal_lines,
    shape_lines,
)
from activetui.ledger.records import Refusal
from tests.importing.files import TODAY, Writer, plan_import, reading


def _plan(store: sqlite3.Connection, write: Writer, text: str, **answers: Any) -> ImportPlan:
    return plan_import(store, write(text), Answers(**answers), setting_of(store, TODAY))


def _said(plan: ImportPlan) -> str:
    understood = plan.reading.understood
    return "\n".join((*shape_lines(understood), *assumption_lines(understood), *found_lines(plan),
                      *change_lines(plan), *refusal_lines(plan.refusals)))


ORDERS = (
    "Fecha;Tipo;Nº ticket;Cliente;Total;Estado\n13/01/2026;Venta;T-1;Lucía;1.250,00 €;Pagado\n"
    "14/01/2026;Venta;T-2;Ana;20,00 €;Cancelado\n15/01/2026;Comisión;T-3;;2,40 €;\n"
    "31/02/2026;Venta;T-4;Ana;5,00 €;Pagado\n16/01/2026;Venta;T-5;Ana;cinco;Pagado\n"
)


def test_a_plan_says_what_it_read_why_and_what_it_left_out(store: sqlite3.Connection, write: Writer) -> None:
    with _plan(store, write, ORDERS) as plan:
        said = _said(plan)
    for part in (
        "a table of purchases", "semicolon", "day, month, year: 13/01/2026 can only have the day first",
        "The decimal mark is ,", "Amounts are in EUR: the amounts say so (EUR)", "from the column Total",
        "Rows: 2; orders: 2; customers: 2.", "Orders paid: 1; not counted (not paid, cancelled): 1.",
        "No sales, and not counted: fees 1", "From ",
        "Line 5: Fecha: 31/02/2026 is not a day of the calendar", "Line 6: Total: cinco is not an amount",
    ):
        assert part in said, part


def test_a_reason_that_holds_for_many_rows_is_said_once() -> None:
    lines = list(refusal_lines([Refusal(n, "the day is missing") for n in range(2, 14)]))
    assert lines == ["  Lines 2, 3, 4, 5, 6, 7, 8, 9 and 4 more: the day is missing"]
    many = list(refusal_lines([Refusal(n, f"{n} is not a date") for n in range(30)]))
    assert len(many) == 21 and "10" in many[-1]


def test_amounts_in_another_currency_are_told_and_never_added(
    store: sqlite3.Connection, write: Writer
) -> None:
    text = (
        "Date,Customer,Amount,Currency\n"
        "2026-01-06,Ana,5.00,EUR\n2026-01-07,Bo,7.00,USD\n2026-01-08,Cy,1,EUR\n"
    )
    with _plan(store, write, text) as plan:
        said, data = _said(plan), plan_as_json(plan)
    assert data["total"] == "6.00" and data["other_currencies"] == {"USD": "7.00"}
    assert "never added" in said and "7.00" in said


def test_columns_of_money_are_added_up_for_the_owner(store: sqlite3.Connection, write: Writer) -> None:
    text = (
        "Date,Customer,Order Total,Tax,Qty\n2026-01-06,Ana,12.00,2.00,1\n2026-01-07,Bo,(3.50),x,2\n"
        "TOTAL,,8.50,,\n"
    )
    with _plan(store, write, text) as plan:
        columns = {column["name"]: column["sum"] for column in plan_as_json(plan)["columns"]}
    assert columns == {"Date": None, "Customer": None, "Order Total": "8.50", "Tax": "2.00", "Qty": None}


def test_days_of_two_orders_tell_the_lines_that_the_answer_decides(
    store: sqlite3.Connection, write: Writer
) -> None:
    text = "Data;Cliente;Valor\n25/01/2024;Ana;1\n01/26/2024;Bia;2\n03/04/2024;Cid;3\n05/06/2024;Eva;4\n"
    with _plan(store, write, text, date_order="dmy") as plan:
        told = [one for one in plan.warnings if "two orders" in one]
    assert told == ["Data holds days in two orders; in lines 4, 5 only your answer decides."]


def test_every_column_has_a_reason_and_unused_ones_say_what_they_hold(write: Writer) -> None:
    text = (
        "Date,Customer,Amount,Zorg,,Blip,Phone\n2026-01-13,Ana,5.50,yes,12,,soon\n"
        "2026-01-14,Bo,6.50,no,14,,later\n"
    )
    why = {column.name: column.why for column in reading(write(text)).understood.columns}
    assert why["Zorg"] == "the heading is not known; the cells are yes and no"
    assert why[""] == "no heading; the cells are numbers"
    assert why["Blip"] == "the column is empty"
    assert why["Phone"] == "the heading is known, but the cells (words) do not fit it"
    assert all(why.values())


def test_a_file_without_headings_is_known_by_its_cells_and_asked_about(write: Writer) -> None:
    text = "13/01/2026;ana@example.org;Ana Reis;12,50\n14/01/2026;bo@example.org;Bo Lee;7,00\n"
    read = reading(write(text))
    assert [column.field for column in read.understood.columns] == ["date", "email", "name", "amount"]
    (asked,) = read.understood.questions
    assert (asked.about, asked.option) == ("header", "--map 1=date --map 2=email --map 3=name --map 4=amount")


@pytest.mark.parametrize(("above", "line"), [
    ("", None), ("Till of March;;\n", 2), ('"Till of\nMarch, and\nof April";;\n\n', 5), ("sep=;\n", 2),
])
def test_where_the_headings_stand_is_told_by_their_line(write: Writer, above: str, line: int | None) -> None:
    path = write(above + "Date;Customer;Amount\n2026-01-13;Ann;5.50\n2026-01-14;Bo;6.50\n")
    said = [one for one in shape_lines(reading(path).understood) if one.startswith("The headings")]
    assert said == ([] if line is None else [f"The headings stand in line {line}."])
