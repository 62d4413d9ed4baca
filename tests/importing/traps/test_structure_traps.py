"""Traps of what a file holds besides one plain table, 25 to 33."""

from __future__ import annotations

import csv
import io

import pytest

from activetui.importing.telling.file_warnings import file_warnings
from activetui.ledger.errors import OwnerError
from tests.importing.files import SAMPLES, Writer, customers, day, events, reading, records, refusals

HEAD = "Order ID,Date,Customer,Amount\n"
ROWS = "".join(f"{n},2026-01-13,Ana {n},{n}.00\n" for n in range(1, 700))


def test_trap_25_headings_said_again_are_no_row(write: Writer) -> None:
    read = reading(write(HEAD + ROWS + HEAD + "9001,2026-01-14,Bo,5.00\n"))
    found = list(read.records())
    assert len(events(found)) == 700 and not refusals(found)
    assert read.left.headers == 1


@pytest.mark.parametrize("rows", [ROWS, "1,2026-01-13,Ana,1.00\n"], ids=["far down", "near the top"])
def test_trap_25_headings_that_change_inside_give_the_columns_below_another_meaning(
    write: Writer, rows: str
) -> None:
    read = reading(write(f"{HEAD}{rows}Order ID,Customer,Status,Amount,Date\n9001,Bo,paid,5.00,2026-01-14\n"))
    found = list(read.records())
    assert not refusals(found)
    last = events(found)[-1]
    assert (last.amount, day(last), last.customer and last.customer.name) == (500, "2026-01-14", "Bo")
    assert len(events(found)) == rows.count("\n") + 1
    assert len(read.sections) == 2


def test_trap_26_columns_with_the_same_heading_are_told_apart_by_their_place(write: Writer) -> None:
    path = write("Nome;E-mail;Estado;Estado;;Unnamed: 5\nAna;ana@example.com;pago;SP;x;0\n")
    read = reading(path)
    assert read.understood.table.header == ("Nome", "E-mail", "Estado", "Estado", "", "Unnamed: 5")
    assert len(read.understood.columns) == 6
    assert [one.email for one in customers(read.records())] == ["ana@example.com"]


@pytest.mark.parametrize(
    ("total", "differs"),
    [
        ("TOTAL;;;30,00 €", False), ("Итого;;;30,00", False), ("Totale;;;31,00", True),
        ("Total général;;;30,00", False), (";Total;;30,00", False), ("Totals;;;30,00", False),
    ],
)
def test_trap_27_total_rows_are_no_sale_but_checked(write: Writer, total: str, differs: bool) -> None:
    text = f"Data;Cliente;Produto;Valor\n13/01/2026;Ana;Chá;10,00\n14/01/2026;Bia;Chá;20,00\n{total}\n"
    read = reading(write(text))
    found = list(read.records())
    assert [one.amount for one in events(found)] == [1000, 2000] and not refusals(found)
    assert bool(read.found.mismatched_totals) is differs


def test_trap_27_a_customer_called_total_is_a_customer(write: Writer) -> None:
    path = write("Cliente;Data;Valor\nTotal Fitness Ltd;13/01/2026;10,00\nTotal;;10,00\n")
    assert [one.customer and one.customer.name for one in events(records(path))] == ["Total Fitness Ltd"]


@pytest.mark.parametrize("note", ["2 record(s) downloaded", "\nReport of 1 May 2026", "\nMade with Example"])
def test_trap_27_notes_below_a_table_are_no_rows(write: Writer, note: str) -> None:
    read = reading(write(f"{HEAD}1,2026-01-13,Ana,1.00\n2,2026-01-13,Bo,1.00\n{note}\n"))
    found = list(read.records())
    assert len(events(found)) == 2 and not refusals(found)
    assert any("note below the table" in told for told in file_warnings(read))


def test_trap_27_a_customer_with_nothing_but_a_name_is_no_note(write: Writer) -> None:
    path = write("Nome;E-mail;Telefone\nAna;ana@example.com;912345678\nBia;;\n")
    assert [one.name for one in customers(records(path))] == ["Ana", "Bia"]


REPORT = (
    "Example Ltd,,,,,\nSales by Customer Detail,,,,,\n\n"
    "{first},Date,Transaction Type,Num,Amount,Balance\n"
    '"Lopez, Ana",,,,,\n,01/13/2026,Invoice,1039,480.00,480.00\n,01/14/2026,Invoice,1040,60.00,540.00\n'
    '"Total for Lopez, Ana",,,,540.00,\n"Roca, Jo",,,,,\n,01/15/2026,Invoice,1041,7.00,7.00\n'
    '"Total for Roca, Jo",,,,7.00,\nTOTAL,,,,547.00,\n\n"Accrual Basis Friday, May 15, 2026",,,,,\n'
)


@pytest.mark.parametrize("first", ["", "Customer"])
def test_trap_28_headings_of_groups_are_carried_down(write: Writer, first: str) -> None:
    read = reading(write(REPORT.format(first=first)))
    table = read.understood.table
    rows = [row for _line, row in table.rows()]
    assert table.header[0] == (first or "(group)")
    assert [row[0] for row in rows] == ["Lopez, Ana", "Lopez, Ana", "Roca, Jo"]
    list(read.records())
    assert read.left.subtotals == 2 and read.found.mismatched_totals == []


SECTIONS = {
    "marked": (
        "### RESUMO ###\nTotal;3\nClientes;2\n\n### VENDAS ###\nData;Cliente;Valor\n13/01/2026;Ana;10,00\n"
        "14/01/2026;Bia;20,00\n\n### CLIENTES ###\nNome;E-mail;Telefone\nAna;ana@example.com;912345678\n"
    ),
    "blank lines": (
        "Data;Cliente;Valor\n13/01/2026;Ana;10,00\n14/01/2026;Bia;20,00\n;;\n"
        "Nome;E-mail;Telefone\nAna;ana@example.com;912345678\n"
    ),
    "people first": (
        "=== КЛИЕНТЫ ===\nФИО;Email;Телефон\nAna;ana@example.com;912345678\n\n=== ЗАКАЗЫ ===\n"
        "Номер заказа;Дата;Клиент;Сумма\nA1;13.01.2026;Ana;10,00\nA2;14.01.2026;Bia;20,00\n"
    ),
}


@pytest.mark.parametrize("text", SECTIONS.values(), ids=SECTIONS)
def test_trap_29_each_part_of_a_file_is_a_table_of_its_own(write: Writer, text: str) -> None:
    read = reading(write(text))
    found = list(read.records())
    assert not refusals(found)
    assert [one.amount for one in events(found)] == [1000, 2000]
    assert "ana@example.com" in [one.email for one in customers(found)]
    assert sorted(section.meaning for section in read.sections) == ["customers", "purchases"]
    assert read.understood.meaning == "purchases"


def test_trap_29_parts_far_down_are_found(write: Writer) -> None:
    read = reading(write(f"{HEAD}{ROWS}\nCustomer,Email,Phone\nAna,ana@example.com,912345678\n"))
    found = list(read.records())
    assert len(events(found)) == 699 and not refusals(found)
    assert customers(found)[0].email == "ana@example.com"


def test_trap_29_a_part_without_headings_is_left_out_and_told(write: Writer) -> None:
    read = reading(write(f"{HEAD}1,2026-01-13,Ana,1.00\n\n=== ITOGO ===\nsum of all,1.00\ncustomers,1\n"))
    found = list(read.records())
    assert len(events(found)) == 1 and not refusals(found)
    assert any("=== ITOGO ===" in told for told in file_warnings(read))


def test_trap_29_months_one_below_the_other_are_all_read(write: Writer) -> None:
    month = "{name}\nData;Cliente;Valor\n{day};Ana;10,00\nTotal;;10,00\n\n"
    text = month.format(name="Janeiro", day="13/01/2026") + month.format(name="Fevereiro", day="13/02/2026")
    read = reading(write(text))
    found = list(read.records())
    assert [day(one) for one in events(found)] == ["2026-01-13", "2026-02-13"] and not refusals(found)
    assert read.found.mismatched_totals == []


def test_trap_30_thousands_of_empty_rows_are_nothing(write: Writer) -> None:
    read = reading(write("data;cliente;valor\n13/01/2026;Ana;10,00\n" + ";;\n" * 90_000 + '""\n'))
    found = list(read.records())
    assert [one.amount for one in events(found)] == [1000] and not refusals(found)
    assert read.left.empty == 90_001 and file_warnings(read) == []


def test_trap_31_a_table_on_its_side_is_refused_with_the_way_out(write: Writer) -> None:
    with pytest.raises(OwnerError, match="side") as caught:
        reading(write("Nome;Ana;Bia\nE-mail;a@example.com;b@example.com\nTelefone;912345678;912345679\n"))
    assert "Transpose" in caught.value.hint


def test_trap_31_a_short_table_of_kinds_is_not_on_its_side(write: Writer) -> None:
    rows = "purchase,2026-01-13,Ana,5\nvisit,2026-01-14,Ana,\nnote,2026-01-15,Ana,\n"
    assert reading(write(f"kind,date,customer,amount\n{rows}")).understood.table.header_row == 0


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"), (b"<html><table><tr><td>1</td></tr></table>", "HTML"),
        (b'[{"name":"Ana"}]', "JSON"), (b"%PDF-1.7", "PDF"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        (b"00001  19970101  1   11.77\n00002  19970112  1   12.00\n00003  19970112  5   77.00\n", "blanks"),
        (b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana\n", "vCard"), (b"BEGIN:VCALENDAR\n", "calendar"),
        (b"OFXHEADER:100\n", "bank statement"), (b"\x00" * 257 + b"ustar", "tar"),
        (b"PAR1\x15", "data program"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "as XML"),
        (b"-- MySQL dump 10.13\n", "SQL"), (b"MIME-Version: 1.0\n", "MHTML"), (b"", "empty"),
        (bytes(range(1, 256)) * 9, "not text"),
    ],
)
def test_trap_32_what_is_no_csv_is_named_with_the_way_to_one(
    write: Writer, contents: bytes, says: str
) -> None:
    with pytest.raises(OwnerError, match=says) as caught:
        reading(write(contents))
    assert caught.value.hint


def test_trap_33_columns_are_found_by_name_wherever_an_export_puts_them(write: Writer) -> None:
    this_week = (SAMPLES / "shopify_orders.csv").read_text(encoding="utf-8")
    table = list(csv.reader(io.StringIO(this_week)))
    order = sorted(range(len(table[0])), key=lambda place: table[0][place][::-1])
    out = io.StringIO()
    csv.writer(out).writerows([[*(row[place] for place in order), "new"] for row in table])
    found = [events(records(path)) for path in (write(this_week, "a.csv"), write(out.getvalue(), "b.csv"))]
    assert [(one.key, one.amount, one.day) for one in found[0]] == [
        (one.key, one.amount, one.day) for one in found[1]
    ]
