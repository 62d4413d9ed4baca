"""Text to table: delimiters, quotes, title rows, headings, totals, damaged rows."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.importing.tables.dialect import decide_dialect
from activetui.importing.tables.finding import read_tables
from activetui.importing.tables.header import find_header
from activetui.importing.tables.rows import read_rows
from activetui.importing.tables.table import Left
from activetui.importing.tables.totals import is_total
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.records import Refusal
from tests.importing.files import SAMPLES, Writer, customers, events, reading, records, refusals

SHAPES = [  # file, delimiter, row of the headings, columns, rows of data
    ("hand_en_us.csv", ",", 1, 5, 2),
    ("hand_es_es_titulo.csv", ";", 2, 6, 2),
    ("hand_fr_cp1252.csv", ";", 2, 6, 3),
    ("hand_it_cp1252.csv", ";", 1, 5, 2),
    ("hand_no_header.csv", ";", None, 4, 2),
    ("hand_powershell_type_line.csv", ";", 1, 6, 1),
    ("hand_pt_pt.csv", ";", 0, 6, 2),
    ("hand_ru_cp1251.csv", ";", 2, 7, 4),
    ("hand_ru_utf8_excel_formula_phone.csv", ";", 0, 5, 1),
    ("hand_sep_hint.csv", ";", 1, 3, 1),
    ("hand_trailing_empty_rows.csv", ",", 0, 3, 2),
    ("shopify_orders.csv", ",", 0, 79, 9),
    ("shopify_orders_2012_ragged.csv", ",", 0, 47, 2),
    ("shopify_orders_excel_double_wrapped.csv", ",", 0, 79, 2),
    ("trap_cr_only.csv", ",", 0, 2, 2),
]


@pytest.mark.parametrize(("name", "delimiter", "header_row", "width", "rows"), SHAPES)
def test_the_shape_of_every_sample_is_found(
    name: str, delimiter: str, header_row: int | None, width: int, rows: int
) -> None:
    table = read_tables(SAMPLES / name)[0]
    assert (table.dialect.delimiter, table.header_row, len(table.header)) == (delimiter, header_row, width)
    assert len(list(table.rows())) == rows
    assert all(len(row) == width for _line, row in table.rows())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    delimiter=st.sampled_from(",;\t|"),
    quote_all=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
    comma=st.booleans(),
    titles=st.integers(0, 3),
    rows=st.lists(
        st.tuples(
            st.text("abcdefg äéОля", min_size=1, max_size=12),
            st.integers(0, 10_000_000),
            st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12),
        ),
        min_size=3, max_size=12,
    ),
)
def test_a_written_table_is_read_back(
    write: Writer, delimiter: str, quote_all: bool, end: str, comma: bool, titles: int,
    rows: list[tuple[str, int, str]],
) -> None:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    for number in range(titles):
        writer.writerow([f"List {number}, 2026", "", "", ""])
    writer.writerow(["Date", "Customer", "Amount", "Note"])
    for place, (name, cents, note) in enumerate(rows):
        amount = f"{cents // 100}{',' if comma else '.'}{cents % 100:02}"
        writer.writerow([f"2026-03-{place + 1:02}", name, amount, note])
    table = read_tables(write(out.getvalue(), name="table.csv"))[0]
    assert table.dialect.delimiter == delimiter
    assert table.header == ("Date", "Customer", "Amount", "Note")
    assert table.header_row == titles
    assert [row[1] for _line, row in table.rows()] == [name for name, _cents, _note in rows]


def test_a_title_with_a_comma_does_not_decide_the_delimiter() -> None:
    lines = ["Listado de clientas, 2026;;\n", "Nombre;Email;Importe\n", "Ana;a@example.com;1,5\n"]
    assert decide_dialect(lines).delimiter == ";"


def test_the_owner_can_name_the_delimiter(write: Writer) -> None:
    path = write("name~email\nAna~ana@example.com\n")
    assert read_tables(path, delimiter="~")[0].header == ("name", "email")
    with pytest.raises(UsageError):
        read_tables(path, delimiter="ab")


def test_line_numbers_are_those_of_the_file(write: Writer) -> None:
    path = write('date,customer,amount,note\n\n2026-01-02,Ana,1.50,"two\nlines"\n31.02.2026,Bo,2.50,\n')
    assert [one.line for one in events(records(path))] == [3]
    assert [(one.line, one.cells[1]) for one in refusals(records(path))] == [(5, "Bo")]


def test_a_quotation_mark_that_is_never_closed_costs_one_line(write: Writer) -> None:
    rows = [f"2026-01-{n:02},Customer {n},{n}.50,ok\n" for n in range(1, 29)]
    rows[9] = '2026-01-10,Customer 10,10.50,"oops\n'
    found = records(write("date,customer,amount,note\n" + "".join(rows)))
    assert len(events(found)) == 27
    assert [(one.line, "never closed" in one.reason) for one in refusals(found)] == [(11, True)]


def test_a_swallowing_quotation_mark_in_a_long_file_is_found_early() -> None:
    lines = ['a;"b;c\n'] + [f"{n};x;y\n" for n in range(3000)]
    unread: list[Refusal] = []
    dialect = decide_dialect(["h;i;j\n", *lines[1:20]])
    rows = list(read_rows(iter(lines), dialect, quotes=True, unread=unread))
    assert len(rows) == 3000
    assert [one.line for one in unread] == [1]


def test_rows_that_are_too_wide_are_refused_and_short_ones_filled(write: Writer) -> None:
    path = write("date;customer;amount\n2026-01-01;Ana;1,50;\n2026-01-02;Bo\n2026-01-03;Cy;2,50;Rua 7\n")
    found = records(path)
    assert [one.amount for one in events(found)] == [150, None]
    assert [one.line for one in refusals(found)] == [4]


def test_headings_said_again_are_left_out(write: Writer) -> None:
    text = "date,customer,amount\n2026-01-01,Ana,1.50\n"
    assert len(events(records(write(text + text.replace("01-01", "01-02"))))) == 2


def test_total_rows_are_left_out_and_customers_called_total_are_not() -> None:
    assert is_total(["Total", "", "", "12,50"], [1])
    assert is_total(["", "Итого", "", "12,50"], [2])
    assert is_total(["TOTAL (2 clients)", "", "5"], [1])
    assert not is_total(["Total Fitness Ltd", "2026-01-01", "5.00"], [1])
    assert not is_total(["Totally Fine", "", "5.00"], [1])


def test_a_total_that_does_not_add_up_is_told(write: Writer) -> None:
    path = write("Data;Cliente;Valor\n13/01/2026;Ana;10,00\n14/01/2026;Bia;20,00\nTotal;;31,00\n")
    read = reading(path)
    list(read.records())
    assert read.found.mismatched_totals == [(4, "Valor", "31.00", "30.00")]


@pytest.mark.parametrize("name", ["hand_fr_cp1252.csv", "hand_it_cp1252.csv", "hand_ru_cp1251.csv"])
def test_the_totals_of_the_samples_add_up(name: str) -> None:
    read = reading(SAMPLES / name)
    list(read.records())
    assert len(read.left.totals) == 1
    assert read.found.mismatched_totals == []


def test_thousands_of_empty_rows_are_no_errors() -> None:
    left = Left()
    assert len(list(read_tables(SAMPLES / "hand_trailing_empty_rows.csv")[0].rows((), left))) == 2
    assert left.empty == 5000 and not left.refusals


def test_a_single_column_is_a_table(write: Writer) -> None:
    found = customers(records(write("E-mail\nana@example.com\nbo@example.com\n")))
    assert [one.email for one in found] == ["ana@example.com", "bo@example.com"]


def test_headings_are_not_looked_for_among_values() -> None:
    assert find_header([["Luigi", "Verdi", "a@example.it"], ["Mario", "Rossi", "b@example.it"]]) is None
    assert find_header([["Zorg", "Blip"], ["12", "a"], ["13", "b"]]) == 0


def test_nothing_but_a_title_is_refused(write: Writer) -> None:
    with pytest.raises(OwnerError):
        read_tables(write("Date;Client;Montant\n;;\n;;\n"))
