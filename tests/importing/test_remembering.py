"""What the owner once said about a file holds for the next one with the same headings."""

from __future__ import annotations

from pathlib import Path

from activetui.importing.asking.answers import Answers
from activetui.importing.asking.remembering import signature, to_remember, with_remembered
from activetui.importing.tables.finding import read_tables
from activetui.importing.tables.table import Table
from tests.importing.files import Writer

NOTHING_OPEN: frozenset[str] = frozenset()


def _table(path: Path) -> Table:
    return read_tables(path)[0]


def _signature(path: Path) -> str:
    table = read_tables(path)[0]
    return signature(table, table.sample())


def test_the_order_of_columns_and_the_writing_of_headings_do_not_matter(write: Writer) -> None:
    one = write("Data;Cliente;Valor\n05/01/2026;Ana;3,50\n", "one.csv")
    other = write("VALOR,cliente , Data\n3.50,Rui,2026-01-05\n", "other.csv")
    third = write("Data;Cliente;Valor;Loja\n05/01/2026;Ana;3,50;A\n", "third.csv")
    assert _signature(one) == _signature(other)
    assert _signature(one) != _signature(third)


def test_tables_without_headings_are_alike_in_what_their_columns_hold(write: Writer) -> None:
    rows = "Ana;Lopes;ana@example.com\nRui;Dias;rui@example.com\nEva;Cruz;eva@example.com\n"
    one = write(rows, "one.csv")
    other = write(rows.replace("Ana", "Bea"), "other.csv")
    turned = "ana@example.com;Ana;Lopes\nrui@example.com;Rui;Dias\neva@example.com;Eva;Cruz\n"
    third = write(turned, "third.csv")
    assert _table(one).header_row is None
    assert _signature(one) == _signature(other) != _signature(third)


def test_a_column_named_by_number_is_remembered_by_its_heading(write: Writer) -> None:
    table = _table(write("Data;Cliente;Valor\n05/01/2026;Ana;3,50\n"))
    answers = Answers(columns={"3": "amount", "Cliente": "name"}, date_order="dmy")
    kept = to_remember(answers, table, date_order="dmy", decimal=",")
    assert kept == {
        "date_order": "dmy", "decimal": ",", "columns": {"Valor": "amount", "Cliente": "name"},
    }


def test_what_is_said_now_goes_before_what_was_said_then() -> None:
    kept = {"source": "till", "currency": "EUR", "columns": {"A": "name", "B": "email"}}
    now = Answers(source="shop", columns={"B": "ignore"})
    together = with_remembered(now, kept, NOTHING_OPEN)
    assert (together.source, together.currency) == ("shop", "EUR")
    assert together.columns == {"A": "name", "B": "ignore"}


def test_how_days_were_read_only_helps_where_the_file_leaves_it_open() -> None:
    kept = {"date_order": "dmy", "decimal": ","}
    assert with_remembered(Answers(), kept, NOTHING_OPEN) == Answers()
    assert with_remembered(Answers(), kept, frozenset({"date_order"})) == Answers(date_order="dmy")
    assert with_remembered(Answers(date_order="mdy"), kept, frozenset({"date_order"})).date_order == "mdy"
