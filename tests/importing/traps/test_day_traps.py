"""Traps of real files: days and times."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import read_moment
from activetui.ledger.days import to_date
from activetui.ledger.records import EventRecord
from tests.importing.files import (
    SAMPLES,
    TODAY,
    Writer,
    customers,
    day,
    events,
    read_file,
    reading,
    records,
    refusals,
)


def _days(write: Writer, text: str, **answers: Any) -> list[str]:
    return [day(one) for one in events(records(write(text), **answers))]


def _asked(write: Writer, text: str, **answers: Any) -> list[str]:
    return [one.option for one in reading(write(text), **answers).understood.questions]


def _at_home(path: Any, zone: str, **answers: Any) -> list[EventRecord]:
    read = read_file(path, Answers(**answers), Setting(TODAY, time_zone=zone))
    assert read.understood.questions == ()
    return events(read.records())


def test_trap_34_one_day_that_cannot_be_a_month_decides_its_column(write: Writer) -> None:
    assert _days(write, "Data;Cliente;Valor\n05/03/2026;Ana;5\n13/03/2026;Bia;6\n") == [
        "2026-03-05", "2026-03-13"
    ]
    assert _days(write, "Date,Customer,Amount\n05/03/2026,Ana,5\n05/13/2026,Bo,6\n") == [
        "2026-05-03", "2026-05-13"
    ]


def test_trap_34_what_no_cell_proves_is_asked_and_the_answer_said(write: Writer) -> None:
    text = "Data;Cliente;Valor\n05/03/2026;Ana;5\n06/03/2026;Bia;6\n"
    assert _asked(write, text) == ["--date-order dmy|mdy"]
    assert _days(write, text, date_order="mdy") == ["2026-05-03", "2026-06-03"]
    read = reading(write(text), date_order="dmy")
    assert read.understood.decisions.of_days(read.understood.layout).why == "as you said"


def test_trap_34_an_answer_is_for_the_columns_that_need_it(write: Writer) -> None:
    text = "Data;Cliente;Valor;Primeira visita\n05/03/2026;Ana;5;12/25/2023\n06/03/2026;Bia;6;01/31/2024\n"
    assert _asked(write, text.replace("12/25/2023", "").replace("01/31/2024", "")) == ["--date-order dmy|mdy"]
    first = events(records(write(text), date_order="dmy"))[0]
    assert day(first) == "2026-03-05"
    assert first.customer is not None and first.customer.extra["first_visit"] == "2023-12-25"


def test_trap_34_days_that_would_lie_ahead_settle_it(write: Writer) -> None:
    text = "Data;Cliente;Valor\n01/12/2025;Ana;5\n05/12/2026;Bia;6\n"
    assert _asked(write, text.replace("2026", "2025")) == ["--date-order dmy|mdy"]
    assert _days(write, text) == ["2025-01-12", "2026-05-12"]
    read = reading(write(text))
    assert "future" in read.understood.decisions.of_days(read.understood.layout).why


def test_trap_34_another_column_of_days_settles_it(write: Writer) -> None:
    rows = "".join(f"0{n}/03/2026;Ana;5;2026-03-0{n}\n" for n in (1, 2, 4, 5))
    assert _days(write, "Data;Cliente;Valor;Cliente desde\n" + rows) == [
        "2026-03-01", "2026-03-02", "2026-03-04", "2026-03-05"
    ]


def test_trap_34_rows_in_the_order_of_time_settle_it(write: Writer) -> None:
    days = [f"{d:02}/0{m}/2026" for m in (1, 2, 3) for d in (2, 5, 8, 11)]
    text = "Data;Cliente;Valor\n" + "".join(f"{one};Ana;5\n" for one in days)
    assert _days(write, text)[:4] == ["2026-01-02", "2026-01-05", "2026-01-08", "2026-01-11"]
    shuffled = "Data;Cliente;Valor\n" + "".join(f"{one};Ana;5\n" for one in days[::5] + days[1::5])
    assert _asked(write, shuffled) == ["--date-order dmy|mdy"]


def test_trap_34_two_sources_in_one_column_are_read_cell_by_cell(write: Writer) -> None:
    text = "Data;Cliente;Valor\n25/01/2024;Ana;1\n01/26/2024;Bia;2\n03/04/2024;Cid;3\n"
    asked = reading(write(text)).understood.questions
    assert [one.option for one in asked] == ["--date-order dmy|mdy"] and "25/01/2024" in asked[0].why
    assert _days(write, text, date_order="dmy") == ["2024-01-25", "2024-01-26", "2024-04-03"]
    assert _days(write, text, date_order="mdy") == ["2024-01-25", "2024-01-26", "2024-03-04"]


def test_trap_34_one_slip_among_many_is_refused_and_asks_nothing(write: Writer) -> None:
    rows = "".join(f"{n % 16 + 13}/0{n % 9 + 1}/2024;Ana {n};1\n" for n in range(60))
    found = records(write("Data;Cliente;Valor\n" + rows + "01/26/2024;Bia;2\n"))
    assert len(events(found)) == 60 and len(refusals(found)) == 1


@pytest.mark.parametrize(
    ("cell", "said"),
    [("12/25/23", "2023-12-25"), ("26-May-26", "2026-05-26"), ("01/02/69", "2069-02-01"),
     ("01/02/70", "1970-02-01")],
)
def test_trap_35_years_of_two_digits(cell: str, said: str) -> None:
    found = read_moment(cell, "mdy" if cell.startswith("12") else "dmy").day
    assert found is not None and to_date(found).isoformat() == said


def test_trap_35_a_birthday_never_lies_ahead(write: Writer) -> None:
    (one,) = customers(records(write("Nome;Email;Data de nascimento\nAna;a@example.org;25/05/48\n")))
    assert one.birthday is not None and to_date(one.birthday).isoformat() == "1948-05-25"


def test_trap_36_day_numbers_of_a_spreadsheet(write: Writer) -> None:
    text = "Date,Customer,Amount\n45297,Ana,5\n45384.34789351852,Bo,6\n"
    found = events(records(write(text)))
    assert [(day(one), one.time) for one in found] == [("2024-01-06", ""), ("2024-04-02", "08:21")]


def test_trap_36_day_numbers_from_1904_are_known_by_the_days_beside_them(write: Writer) -> None:
    rows = "".join(f"{43835 + n},Ana,5,2024-01-0{n + 6}\n" for n in range(4))
    assert _days(write, "Date,Customer,Amount,Customer since\n" + rows)[0] == "2024-01-06"
    alone = "Date,Customer,Amount\n43835,Ana,5\n"
    assert _days(write, alone) == ["2020-01-05"]
    assert _days(write, alone, serials="1904") == ["2024-01-06"]


@pytest.mark.parametrize(
    "cell",
    ["00/01/1900", "04/01/1900", "0/0/00", "30/12/1899", "0000-00-00", "1970-01-01", "0000-00-00 00:00:00",
     "0001-01-01 00:00:00"],
)
def test_trap_37_empty_days_of_programs_are_no_birthdays(write: Writer, cell: str) -> None:
    text = f"Nome;Email;Data de nascimento\nAna;a@example.org;{cell}\nBia;b@example.org;25/05/1980\n"
    first, second = customers(records(write(text)))
    assert first.birthday is None and "birthday" not in first.extra
    assert second.birthday is not None


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("26-May-26", "2026-05-26"), ("Oct-05-26", "2026-10-05"), ("10-Dez-25", "2025-12-10"),
        ("05-oct.-26", "2026-10-05"), ("06-janv.-24", "2024-01-06"),
        ("7 de março de 2024 15:30 hs.", "2024-03-07"), ("September 24, 2026", "2026-09-24"),
        ("15. July 2025", "2025-07-15"), ("6 января 2024 г.", "2024-01-06"),
        ("December 2, 2020 9:00 am", "2020-12-02"), ("5 mar 2024", "2024-03-05"),
        ("5 set 2024", "2024-09-05"), ("5 mai 2024", "2024-05-05"),
        ("5 maggio 2024", "2024-05-05"), ("2024-Jan-06", "2024-01-06"),
        ("martes, 5 de marzo de 2024", "2024-03-05"),
        ("Sat Jan 06 2024 10:00:00 GMT+0100 (CET)", "2024-01-06"),
    ],
)
def test_trap_38_names_of_months(cell: str, said: str) -> None:
    found = read_moment(cell, None).day
    assert found is not None and to_date(found).isoformat() == said


def test_trap_39_a_moment_counts_for_the_business_own_day(write: Writer) -> None:
    path = write("id,Created (UTC),Customer,Amount\nA1,2024-06-30 23:30,Ana,5\nA2,2024-01-31 23:30,Ana,5\n")
    assert [day(one) for one in _at_home(path, "Europe/Madrid")] == ["2024-07-01", "2024-02-01"]
    assert [one.time for one in _at_home(path, "Europe/Madrid")] == ["01:30", "00:30"]
    assert [day(one) for one in _at_home(path, "")] == ["2024-06-30", "2024-01-31"]
    assumed = reading(path).understood.assumptions
    assert [one.about for one in assumed if one.about == "time_zone"] == ["time_zone"]


def test_trap_39_offsets_that_change_within_a_file_and_zones_in_a_column(write: Writer) -> None:
    path = write(
        "Date,Customer,Amount\n2024-07-06 23:30:00 +0100,Ana,5\n2024-03-01 23:30:00 +0000,Ana,5\n"
        "2024-01-06T22:00:00-04:00,Ana,5\n"
    )
    assert [day(one) for one in _at_home(path, "Europe/Lisbon")] == ["2024-07-06", "2024-03-01", "2024-01-07"]
    path = write(
        "Date,Time,Time Zone,Customer,Amount\n2024-01-06,23:00:00,Eastern Time (US & Canada),Ana,5\n"
        "2024-01-06,10:00:00,PST,Ana,6\n"
    )
    found = _at_home(path, "Europe/Paris")
    assert [(day(one), one.time) for one in found] == [("2024-01-07", "05:00"), ("2024-01-06", "19:00")]


def test_trap_39_a_zone_that_does_not_exist_is_said_before_anything_is_read(write: Writer) -> None:
    from activetui.ledger.errors import UsageError

    with pytest.raises(UsageError, match="no time zone"):
        reading(write("Date,Customer,Amount\n2024-01-06,Ana,5\n"), time_zone="Europe/Lisbo")


@pytest.mark.parametrize(
    ("cell", "said"),
    [("9:15:51 AM", "09:15:51"), ("11:00 am", "11:00"), ("08:00:00 a. m.", "08:00"), ("10h30", "10:30"),
     ("0.4375", "10:30")],
)
def test_trap_40_day_and_time_in_columns_of_their_own_are_joined(write: Writer, cell: str, said: str) -> None:
    (one,) = events(records(write(f'Date,Time,Customer,Amount\n"Dec 8, 2024",{cell},Ana,5\n')))
    assert (day(one), one.time) == ("2024-12-08", said)


def test_trap_41_the_day_of_the_order_counts_among_several(write: Writer) -> None:
    text = (
        "Date Paid,Date Shipped,Due Date,Order Date,Last Updated,Customer,Amount\n"
        "2024-01-09,2024-01-12,2024-02-06,2024-01-06,2024-03-01,Ana,5\n"
    )
    assert _days(write, text) == ["2024-01-06"]
    booked = "Date Scheduled,Start Time,Client,Service\n2024-01-02,2024-01-06 10:00,Ana,Cut\n"
    assert _days(write, booked) == ["2024-01-06"]


def test_trap_41_a_day_of_dispatch_alone_is_asked_about(write: Writer) -> None:
    text = "NÚMERO DE PEDIDO;FECHA DE ENVÍO;CLIENTE;FACTURACION\n17;13/01/2024;Ana;5\n"
    assert _asked(write, text) == ["--map 'FECHA DE ENVÍO=date'"]


def test_trap_42_impossible_days_are_refused_and_future_ones_told(write: Writer) -> None:
    text = (
        "Date,Customer,Amount\n"
        "31.02.2024,Ana,5\n2206-01-01,Ana,5\n2026-12-24,Ana,5\n2024-01-06,Ana,5\n"
    )
    read = reading(write(text))
    found = list(read.records())
    assert [one.line for one in refusals(found)] == [2, 3]
    assert [day(one) for one in events(found)] == ["2026-12-24", "2024-01-06"] and read.found.future == 1


def test_trap_43_a_damaged_iso_day_is_read_by_its_column(write: Writer) -> None:
    text = "Date,Customer,Amount\n10/2/2017 10:56,Ana,5\n10/22/2017 8:01,Bo,5\n"
    assert _days(write, text) == ["2017-10-02", "2017-10-22"]


@pytest.mark.parametrize(
    "cell", ["03/2024", "2024", "Q1 2024", "março 2024", "jan-24", "2024-03", "1 кв. 2024"]
)
def test_trap_43_a_month_is_no_day_and_is_said_to_be_none(write: Writer, cell: str) -> None:
    found = records(write(f"Data;Cliente;Valor\n{cell};Ana;5,50\n2024-01-06;Bia;5,50\n"))
    assert [day(one) for one in events(found)] == ["2024-01-06"]
    assert [one.reason for one in refusals(found)] == [f"Data: {cell} does not say which day"]
    with pytest.raises(BadCell):
        read_moment(cell, "dmy")


def test_every_spelling_of_the_trap_file_is_read_in_a_column(write: Writer) -> None:
    rows = list(csv.DictReader((SAMPLES / "trap_dates_mixed.csv").open(encoding="utf-8", newline="")))
    found = records(SAMPLES / "trap_dates_mixed.csv")
    assert len(rows) == 22
    assert {day(one) for one in events(found)} == {"2024-01-06"} and len(events(found)) == 18
