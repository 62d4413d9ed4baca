"""Days: every spelling read strictly, the order of a column from its own evidence."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import Order, moment_reader, months, read_moment, shape_of, time_reader
from activetui.importing.values.decide import DateEvidence
from activetui.ledger.days import from_iso, to_date, to_day
from tests.importing.files import SAMPLES, Writer, events, reading, records

DAYS = st.dates(date(1971, 1, 1), date(2068, 12, 31))


def test_the_22_spellings_of_the_trap_file() -> None:
    with (SAMPLES / "trap_dates_mixed.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read: dict[str, str] = {}
    for row in rows:
        try:
            found = read_moment(row["date"], "dmy").day
            read[row["comment"]] = "empty" if found is None else to_date(found).isoformat()
        except BadCell:
            read[row["comment"]] = "refused"
    expected = {row["comment"]: "2024-01-06" for row in rows}
    for comment in ("empty date cell in Excel", "Outlook empty date", "MySQL zero"):
        expected[comment] = "empty"
    expected["impossible"] = "refused"
    assert read == expected
    assert len(rows) == 22


@pytest.mark.parametrize(
    ("cell", "day", "time"),
    [
        ("2024-01-06 23:30:04 +0100", "2024-01-06", "23:30:04"),
        ("2024-06-30 23:30", "2024-06-30", "23:30"),
        ("Sep 4, 2026 1:05:07 AM PDT", "2026-09-04", "01:05:07"),
        ("7/25/2018 21:06", "2018-07-25", "21:06"),
        ("12/30/25", "2025-12-30", ""),
        ("10-Dez-25", "2025-12-10", ""),
        ("Oct-05-26", "2026-10-05", ""),
        ("05-oct.-26", "2026-10-05", ""),
        ("15. July 2025", "2025-07-15", ""),
        ("lundi 6 janvier 2025", "2025-01-06", ""),
        ("7 de março de 2024 15:30 hs.", "2024-03-07", "15:30"),
        ("1 августа 2024 г.", "2024-08-01", ""),
        ("2025-03-04 11:00 pm", "2025-03-04", "23:00"),
        ("12/31/2024 12:15 a. m.", "2024-12-31", "00:15"),
        ("20260704", "2026-07-04", ""),
    ],
)
def test_the_day_written_is_the_day_read(cell: str, day: str, time: str) -> None:
    found = read_moment(cell, "mdy")
    assert (found.day, found.time) == (from_iso(day), time)


@pytest.mark.parametrize(
    "cell",
    ["31.02.2024", "2024-02-30", "13/13/2024", "2024", "Q1 2024", "03/2024", "yesterday", "1/2", "12.50",
     "2024-01-06 25:00", "99999999", "6 Blurb 2024", "2024-1-6-7"],
)
def test_what_is_no_day_is_refused_and_never_rolled_over(cell: str) -> None:
    with pytest.raises(BadCell):
        read_moment(cell, "dmy")


@pytest.mark.parametrize(
    "cell", ["", "  ", "-", "n/a", "NULL", "00/01/1900", "0000-00-00", "0/0/00", "1970-01-01"]
)
def test_cells_that_mean_no_day(cell: str) -> None:
    assert read_moment(cell, "dmy").day is None
    assert shape_of(cell) == "empty"


@given(DAYS, st.sampled_from(["dmy", "mdy"]), st.sampled_from("/.-"), st.booleans(), st.booleans())
def test_a_day_in_three_numbers_comes_back(
    when: date, order: Order, sign: str, padded: bool, short_year: bool
) -> None:
    width = 2 if padded else 1
    parts = [f"{when.day:0{width}}", f"{when.month:0{width}}"]
    if order == "mdy":
        parts.reverse()
    year = f"{when.year % 100:02}" if short_year else str(when.year)
    assert read_moment(sign.join([*parts, year]), order).day == to_day(when)


@given(DAYS)
def test_a_day_in_iso_or_as_a_serial_needs_no_order(when: date) -> None:
    assert read_moment(when.isoformat(), None).day == to_day(when)
    serial = (when - date(1899, 12, 30)).days
    if serial < 60_000:
        assert read_moment(str(serial), None).day == to_day(when)


@given(DAYS, st.sampled_from(sorted(months().items())))
def test_a_month_by_name_needs_no_order(when: date, month: tuple[str, int]) -> None:
    name, number = month
    when = when.replace(month=number, day=min(when.day, 28))
    assert read_moment(f"{when.day} {name} {when.year}", None).day == to_day(when)


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_an_order_is_decided_only_where_the_column_proves_it(days: list[date]) -> None:
    evidence = DateEvidence()
    for when in days:
        evidence.add(f"{when.day:02}/{when.month:02}/{when.year}")
    decision = evidence.decide()
    if any(when.day > 12 for when in days):
        assert decision.choice == "dmy" and not decision.open
    elif any(when.day != when.month for when in days):
        assert decision.choice is None and decision.open
    else:
        assert not decision.open


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    for order in ("dmy", "mdy", "ymd", None):
        try:
            found = read_moment(text, order)  # type: ignore[arg-type]
        except BadCell as bad:
            assert bad.reason
        else:
            assert found.day is None or to_date(found.day)


@given(
    st.lists(DAYS, min_size=1, max_size=60), st.sampled_from(["", " 10:00", " 23:59:59 +0100", "T08:00:00Z"])
)
def test_the_remembering_reader_reads_as_the_plain_one(days: list[date], tail: str) -> None:
    read = moment_reader("dmy")
    for when in [*days, *days]:
        cell = when.isoformat() + tail
        assert read(cell) == read_moment(cell, "dmy")


def test_full_stops_and_other_columns_count_as_evidence(write: Writer) -> None:
    dotted = reading(write("Дата;ФИО;Сумма\n05.02.2024;Иван;10\n"))
    assert dotted.understood.decisions.of_days(dotted.understood.layout).choice == "dmy"
    two = reading(write("Data;Cliente;Valor;Última visita\n05/02/2024;Ana;10;31/01/2024\n", name="two.csv"))
    assert two.understood.questions == ()
    assert two.understood.decisions.of_days(two.understood.layout).choice == "dmy"


def test_evidence_late_in_a_long_file_is_found(write: Writer) -> None:
    rows = "".join(f"0{n % 9 + 1}/0{n % 8 + 1}/2024;Ana {n};1,50\n" for n in range(8000))
    read = reading(write("Data;Cliente;Valor\n" + rows + "25/01/2024;Bia;2,50\n"))
    assert read.understood.questions == ()
    assert read.understood.decisions.of_days(read.understood.layout).choice == "dmy"


def test_two_orders_in_one_column_are_read_where_they_are_certain(write: Writer) -> None:
    text = "Data;Cliente;Valor\n25/01/2024;Ana;1,50\n01/26/2024;Bia;2,50\n03/04/2024;Cid;3,50\n"
    asked = reading(write(text)).understood.questions
    assert [one.option for one in asked] == ["--date-order dmy|mdy"]
    found = records(write(text), date_order="dmy")
    assert [to_date(one.day).isoformat() for one in events(found)] == [
        "2024-01-25", "2024-01-26", "2024-04-03"
    ]


def test_a_day_far_in_the_future_is_refused(write: Writer) -> None:
    found = records(write("date,customer,amount\n2206-01-01,Ana,1.50\n2026-01-01,Bo,2.50\n"))
    assert len(events(found)) == 1


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("9:15:51 AM", "09:15:51"),
        ("12:00 am", "00:00"),
        ("10h30", "10:30"),
        ("08:00:00 a. m.", "08:00"),
        ("x", ""),
    ],
)
def test_times_of_day(cell: str, time: str) -> None:
    assert time_reader()(cell) == time


def test_days_of_a_century_are_not_confused() -> None:
    assert to_date(read_moment("1/2/69", "dmy").day or 0) == date(2069, 2, 1)
    assert to_date(read_moment("1/2/70", "dmy").day or 0) - timedelta(1) == date(1970, 1, 31)
