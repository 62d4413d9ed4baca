"""Booking books and agendas in which a day stands alone on a line above its rows."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.importing.refused import write_refused
from tests.importing.files import Writer, day, events, plan, reading, records, refusals, take

BOOK = "Time,Client,Service,Price\n{first},,,\n09:00,Anna,Haircut,35\n10:00,Bob,Beard,15\n{second},,,\n" \
    "09:00,Cy,Haircut,35\n"


@pytest.mark.parametrize(("first", "second"), [
    ("Monday 3 March 2025", "Tuesday 4 March 2025"), ("03/03/2025", "25/03/2025"),
    ("2025-03-03", "2025-03-04"), ("lundi 3 mars 2025", "mardi 4 mars 2025"),
    ('"segunda-feira, 3 de março de 2025"', '"terça-feira, 4 de março de 2025"'),
    ("3 марта 2025", "4 марта 2025 г."),
])
def test_the_days_above_them_are_those_of_the_rows(write: Writer, first: str, second: str) -> None:
    made = events(records(write(BOOK.format(first=first, second=second))))
    assert [one.time for one in made] == ["09:00", "10:00", "09:00"]
    assert [day(one) for one in made][:2] == ["2025-03-03"] * 2
    assert day(made[2]) in ("2025-03-04", "2025-03-25")


def test_it_is_told_and_the_owner_can_refuse_it(store: sqlite3.Connection, write: Writer) -> None:
    path = write(BOOK.format(first="3 March 2025", second="4 March 2025"))
    found = plan(store, path)
    (told,) = [one for one in found["assumptions"] if one["about"] == "carry_down"]
    assert "3 March 2025" in told["why"]
    assert found["warnings"] == []
    assert [one["about"] for one in plan(store, path, carry_down="no")["questions"]] == ["date"]


def test_headings_written_anew_for_each_day_make_no_other_table(write: Writer) -> None:
    text = "lundi 3 mars 2025\nHeure;Client;Montant\n09:00;Mme Roy;30\n\nmardi 4 mars 2025\n" \
        "Heure;Client;Montant\n09:00;Mme Blanc;20\n"
    read = reading(write(text))
    assert len(read.sections) == 1
    assert [day(one) for one in events(read.records())] == ["2025-03-03", "2025-03-04"]


def test_a_time_at_which_nobody_came_is_nothing(write: Writer) -> None:
    text = "Hora;Cliente;Valor\n03/03/2025;;\n09:00;Rita;5\n09:30;;\n\n25/03/2025;;\n09:00;;\n10:00;Rui;6\n"
    assert [(day(one), one.amount) for one in events(records(write(text)))] == [
        ("2025-03-03", 500), ("2025-03-25", 600)
    ]


@pytest.mark.parametrize("text", [
    BOOK.format(first="Monday 3 March", second="Tuesday 4 March"),
    BOOK.format(first="Morning", second="4 March 2025"),
    "Client,Service,Price\nAnna,Haircut,35\n3 March 2025,,\nBob,Beard,15\n",
    "Client,Service,Price\n3 March 2025,,\nBob,Beard,15\n",
], ids=["no year", "another word", "rows before the first day", "one day, no times"])
def test_what_is_not_wholly_of_that_shape_is_asked_about(
    store: sqlite3.Connection, write: Writer, text: str
) -> None:
    found = plan(store, write(text))
    assert [one["about"] for one in found["questions"]] == ["date"]


def test_where_a_column_holds_the_day_a_line_with_one_is_none(write: Writer) -> None:
    text = "Client,Date,Amount\n3 March 2025,,\nAnna,13/03/2025,5\n4 March 2025,,\nBob,14/03/2025,6\n"
    made = records(write(text))
    assert [day(one) for one in events(made)] == ["2025-03-13", "2025-03-14"]


def test_a_refused_row_is_written_with_its_day_and_taken_once_corrected(
    store: sqlite3.Connection, write: Writer, tmp_path: Path
) -> None:
    path = write(BOOK.format(first="3 March 2025", second="4 March 2025").replace("15\n", "fifteen\n"))
    take(store, path)
    read = reading(path)
    refused = refusals(read.records())
    assert [one.line for one in refused] == [4]
    file = write_refused(refused, read, tmp_path)
    file.write_text(file.read_text(encoding="utf-8-sig").replace("fifteen", "15"), encoding="utf-8")
    found = plan(store, file)
    assert (found["questions"], found["plan"]["new"], found["first_date"]) == ([], 1, "2025-03-03")
