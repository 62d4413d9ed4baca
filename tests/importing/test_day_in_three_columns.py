"""Days that a list writes in three columns: day, month and year."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.importing.refused import write_refused
from tests.importing.files import Writer, day, events, plan, reading, records, refusals, take

ROWS = "3;11;2025;Rita;15,00\n14;2;2026;Ana;40,00\n"


def days(text: str, write: Writer) -> list[str]:
    """The days of the purchases in a list."""
    return [day(one) for one in events(records(write(text)))]


@pytest.mark.parametrize("headings", [
    "Dia;Mês;Ano;Cliente;Valor", "Día;Mes;Año;Cliente;Importe", "Giorno;Mese;Anno;Cliente;Importo",
    "Jour;Mois;Année;Client;Montant", "День;Месяц;Год;Клиент;Сумма", "Day;Month;Year;Customer;Amount",
    "Tag;Monat;Jahr;Kunde;Betrag", "Order day;Order month;Order year;Customer;Amount",
    "Dia da compra;Mês da compra;Ano da compra;Cliente;Valor",
])
def test_day_month_and_year_are_put_together(write: Writer, headings: str) -> None:
    assert days(f"{headings}\n{ROWS}", write) == ["2025-11-03", "2026-02-14"]


@pytest.mark.parametrize(("rows", "expected"), [
    ("1;march;2026;Ann;9\n2;Apr.;26;Cy;8\n", ["2026-03-01", "2026-04-02"]),
    ("1er;mars;2026;Ann;9\n2;août;2026;Cy;8\n", ["2026-03-01", "2026-08-02"]),
    ("1;марта;2026 г.;Ann;9\n2.0;5.0;2026.0;Cy;8\n", ["2026-03-01", "2026-05-02"]),
])
def test_months_are_words_as_well_and_years_short(
    write: Writer, rows: str, expected: list[str]
) -> None:
    assert days(f"Day;Month;Year;Customer;Amount\n{rows}", write) == expected


def test_a_year_and_a_month_that_only_the_first_row_says_hold_below(write: Writer) -> None:
    text = "Ano;Mês;Dia;Cliente;Valor\n2025;12;30;Rita;1\n;;31;Ana;2\n2026;1;2;Rita;3\n;2;1;Ana;4\n"
    assert days(text, write) == ["2025-12-30", "2025-12-31", "2026-01-02", "2026-02-01"]


def test_a_day_once_for_several_rows_holds_below(write: Writer) -> None:
    text = "Dia;Mês;Ano;Cliente;Valor\n3;11;2025;Rita;1\n;;;Ana;2\n;;;Rui;3\n4;11;2025;Ana;4\n"
    assert days(text, write) == ["2025-11-03", "2025-11-03", "2025-11-03", "2025-11-04"]


def test_it_is_told_and_the_owner_can_refuse_it(store: sqlite3.Connection, write: Writer) -> None:
    path = write(f"Dia;Mês;Ano;Cliente;Valor\n{ROWS}")
    (told,) = [one for one in plan(store, path)["assumptions"] if one["about"] == "day"]
    assert (told["value"], "2025-11-03" in told["why"]) == ("Dia, Mês, Ano", True)
    assert "--map Dia=ignore" in told["why"]
    apart = plan(store, path, columns={"Dia": "ignore"})
    assert "day" not in [one["about"] for one in apart["assumptions"]]
    assert [one["about"] for one in apart["questions"]] == ["date"]


def test_a_day_that_cannot_be_is_refused_with_its_column(write: Writer) -> None:
    made = records(write("Day,Month,Year,Customer,Amount\n31,2,2026,Ann,1\n13,2,2026,Cy,2\n,2,2026,Ed,3\n"))
    assert [(one.line, one.reason) for one in refusals(made)] == [
        (2, "Day: 2026-02-31 is not a day of the calendar"), (4, "Day: 02/2026 does not say which day"),
    ]


def test_a_whole_day_beside_its_parts_is_the_day(store: sqlite3.Connection, write: Writer) -> None:
    text = "Date;Year;Month;Day;Customer;Amount\n2026-11-03;2026;11;3;Ann;1\n2026-11-14;2026;11;14;Cy;2\n"
    found = plan(store, write(text))
    assert (found["first_date"], found["last_date"]) == ("2026-11-03", "2026-11-14")
    assert "day" not in [one["about"] for one in found["assumptions"]]


@pytest.mark.parametrize("cells", ["Mon;11;2026", "3;40;2026", "3;11;1026"])
def test_cells_that_are_something_else_are_not_put_together(
    store: sqlite3.Connection, write: Writer, cells: str
) -> None:
    found = plan(store, write(f"Day;Month;Year;Customer;Amount\n{cells};Ann;1\n{cells};Cy;2\n"))
    assert "day" not in [one["about"] for one in found["assumptions"]]


def test_a_birthday_in_three_columns_is_the_birthday(store: sqlite3.Connection, write: Writer) -> None:
    rows = "Ann;ann@b.example;3;11;1990\nCy;cy@d.example;4;2;1985\n"
    text = f"Name;Email;Birth day;Birth month;Birth year\n{rows}"
    found = plan(store, write(text))
    fields = {one["name"]: one["field"] for one in found["columns"]}
    assert (found["meaning"], fields["Birth day"]) == ("customers", "birthday")


def test_refused_rows_are_corrected_in_the_column_of_the_day(
    store: sqlite3.Connection, write: Writer, tmp_path: Path
) -> None:
    path = write("Day,Month,Year,Customer,Amount\n31,2,2026,Ann,1\n13,2,2026,Cy,2\n")
    take(store, path)
    read = reading(path)
    file = write_refused(refusals(read.records()), read, tmp_path)
    text = file.read_text(encoding="utf-8-sig").replace("2026-02-31", "2026-02-28")
    file.write_text(text, encoding="utf-8")
    found = plan(store, file)
    assert (found["questions"], found["plan"]["new"], found["first_date"]) == ([], 1, "2026-02-28")
