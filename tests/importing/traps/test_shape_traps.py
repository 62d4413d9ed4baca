"""Traps of delimiters, quotation marks and headings, 12 to 24."""

from __future__ import annotations

import pytest

from activetui.importing.telling.file_warnings import file_warnings
from activetui.ledger.errors import OwnerError
from tests.importing.files import SAMPLES, Writer, customers, events, reading, records, refusals


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_trap_12_the_delimiter_is_the_one_that_gives_an_even_table(write: Writer, sign: str) -> None:
    others = ",;|".replace(sign, "")
    rows = "".join(
        f'2026-01-{n:02}{sign}Ana{sign}"a{others}b{others}{n}"{sign}{n}.50\n' for n in range(1, 20)
    )
    title = f"List of sales{', ; | '.replace(sign, ' ')}2026{sign}{sign}{sign}\n"
    read = reading(write(f"{title}date{sign}customer{sign}note{sign}amount\n{rows}"))
    assert read.understood.table.dialect.delimiter == sign
    assert [one.amount for one in events(read.records())] == [n * 100 + 50 for n in range(1, 20)]


def test_trap_13_lines_for_programs_are_obeyed_and_dropped(write: Writer) -> None:
    hinted = reading(write("sep=|\r\nname|email\r\nAna, B; C|ana@example.com\r\n"))
    assert hinted.understood.table.dialect.delimiter == "|"
    assert [one.name for one in customers(hinted.records())] == ["Ana, B; C"]
    typed = reading(SAMPLES / "hand_powershell_type_line.csv")
    assert typed.understood.table.header_row == 1 and len(list(typed.understood.table.rows())) == 1


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Data;Cliente;Valor\n13/01/2026;Ana;194.80\n14/01/2026;Bia;20.00\n", [19480, 2000]),
        ('Data,Cliente,Valor\n13/01/2026,Ana,"194,80"\n14/01/2026,Bia,"20,00"\n', [19480, 2000]),
    ],
)
def test_trap_14_the_delimiter_says_nothing_about_decimals(
    write: Writer, text: str, amounts: list[int]
) -> None:
    assert [one.amount for one in events(records(write(text)))] == amounts


def test_trap_15_cells_of_several_lines_keep_their_row_and_its_line(write: Writer) -> None:
    path = write(
        "Data;Cliente;Valor;Nota\r\n"
        '13/01/2026;Ana;1,50;"uma; duas\r\ne ""três"""\r\n'
        "14/01/2026;Bia;2,50;\r\nsem dia;Cris;3,50;\r\n"
    )
    found = records(path)
    assert [(one.line, one.note) for one in events(found)] == [(2, 'uma; duas e "três"'), (4, "")]
    assert [one.line for one in refusals(found)] == [5]


ADDRESSES = "OrderID,Date,Customer,Address,City,Amount\n" + "".join(
    f"{n},2026-01-{n:02},Customer {n},Street {n},Town {n},{n}.50\n" for n in range(1, 12)
)


def test_trap_16_a_delimiter_within_an_address_is_put_back(write: Writer) -> None:
    read = reading(write(ADDRESSES + "12,2026-01-12,Lia,Rua do Paço, 67,Porto,9.90\n"))
    found = list(read.records())
    assert not refusals(found)
    assert (events(found)[-1].amount, events(found)[-1].line) == (990, 13)
    last = list(read.understood.table.rows())[-1][1]
    assert last == ["12", "2026-01-12", "Lia", "Rua do Paço, 67", "Porto", "9.90"]
    assert any("line 13" in told for told in file_warnings(read))


@pytest.mark.parametrize(
    "row",
    [
        "12,2026-01-12,Lia,Rua A,67,Porto,9.90",        # street or town? nothing says
        "12,2026-01-12,Lia,Rua A, 67,Porto,9.90,x,y",   # more is wrong than one cell
        "12,soon,Lia,Rua A, 67,Porto,9.90",             # the day is none, wherever the rest falls
    ],
)
def test_trap_16_a_row_that_could_be_put_together_in_two_ways_is_refused(write: Writer, row: str) -> None:
    found = records(write(f"{ADDRESSES}{row}\n"))
    assert len(events(found)) == 11
    assert [one.line for one in refusals(found)] == [13]


def test_trap_16_decimals_after_a_comma_that_parts_columns_are_put_back(write: Writer) -> None:
    rows = "".join(f"2026-01-{n:02},Ana,{n},paid\n" for n in range(1, 12))
    found = events(records(write(f"date,customer,amount,status\n{rows}2026-01-12,Ana,12,50,paid\n")))
    assert found[-1].amount == 1250


def test_trap_17_quotation_marks_that_are_not_doubled_cost_no_column(write: Writer) -> None:
    path = write(
        "EXTERNAL_REFERENCE,SOURCE_ID,TRANSACTION_TYPE,TRANSACTION_AMOUNT,TRANSACTION_CURRENCY,"
        "TRANSACTION_DATE,METADATA,PAYER_NAME\n"
        'R1,101,SETTLEMENT,10.00,BRL,2026-08-20T10:00:00.000-04:00,"[{"plan":"58ab","no":"1"}]","Lima, Ana"\n'
        'R2,102,SETTLEMENT,20.00,BRL,2026-08-21T10:00:00.000-04:00,"[{"plan":"58ab"}]",Bo\n'
        "R3,103,SETTLEMENT,30.00,BRL,2026-08-22T10:00:00.000-04:00,[],Cy\n"
    )
    read = reading(path)
    rows = [row for _line, row in read.understood.table.rows()]
    assert [row[6:] for row in rows] == [
        ['[{"plan":"58ab","no":"1"}]', "Lima, Ana"], ['[{plan":"58ab"}]"', "Bo"], ["[]", "Cy"]
    ]
    assert sum(one.amount or 0 for one in events(read.records())) == 6000


def test_trap_17_a_mark_that_opens_and_never_closes_takes_no_row_along(write: Writer) -> None:
    rows = '2026-01-13,Ana,5.50,"big\n2026-01-14,Bo,6.50,"small"\n2026-01-15,Cy,7.50,\n'
    found = records(write(f"date,customer,amount,note\n{rows}"))
    assert [one.amount for one in events(found)] == [650, 750]
    assert [one.line for one in refusals(found)] == [2]


def test_trap_18_quotation_marks_in_a_tab_file_can_be_plain_signs(write: Writer) -> None:
    rows = '2026-01-13\tAna\tTazza "Fiori"\t5.50\n2026-01-14\tBo\t"XL" mug\t6.50\n'
    found = events(records(write(f"date\tcustomer\tproduct\tamount\n{rows}", name="orders.txt")))
    assert [one.product for one in found] == ['Tazza "Fiori"', '"XL" mug']


def test_trap_18_quotation_marks_in_a_tab_file_can_enclose_cells(write: Writer) -> None:
    rows = '2026-01-13\tAna\t"two\nlines, ""x"""\t5.50\n2026-01-14\tBo\t\t6.50\n'
    found = events(records(write(f"date\tcustomer\tnote\tamount\n{rows}")))
    assert [one.note for one in found] == ['two lines, "x"', ""]


def test_trap_19_backslashes_are_undone_where_marks_are_never_doubled(write: Writer) -> None:
    rows = 'a@example.com,"A \\"Z\\"","INDIE\\, EGYPT"\nb@example.com,Bo,X\\, Y\n'
    found = customers(records(write(f"Email,First Name,Company\n{rows}")))
    assert [(one.name, one.company) for one in found] == [('A "Z"', "INDIE, EGYPT"), ("Bo", "X, Y")]


def test_trap_19_backslashes_stay_where_marks_are_doubled(write: Writer) -> None:
    path = write('Email,First Name,Company\na@example.com,"A ""Z""","C:\\dir\\"\nb@example.com,Bo,"X\\, Y"\n')
    assert [one.company for one in customers(records(path))] == ["C:\\dir\\", "X\\, Y"]


def test_trap_20_records_in_one_quoted_cell_each_are_unwrapped_once(write: Writer) -> None:
    inner = ["date,customer,amount,note", '2026-01-13,Ana,5.50,"a, b"', "2026-01-14,Bo,6.50,"]
    text = "".join('"' + line.replace('"', '""') + '";\r\n' for line in inner)
    read = reading(write(text))
    assert read.understood.table.dialect.wrapped
    assert [(one.amount, one.note) for one in events(read.records())] == [(550, "a, b"), (650, "")]


def test_trap_20_a_cell_of_several_lines_is_put_together_when_unwrapped(write: Writer) -> None:
    text = (
        '"date,customer,amount,note";\r\n"2026-01-13,Ana,5.50,""line one";\r\n"line two""";\r\n'
        '"2026-01-14,Bo,6.50,";\r\n'
    )
    found = records(write(text))
    assert [(one.line, one.note) for one in events(found)] == [(2, "line one line two"), (4, "")]
    assert not refusals(found)


def test_trap_21_short_and_long_rows_are_padded_and_cut(write: Writer) -> None:
    rows = "2026-01-13;Ana;5,50\n2026-01-14;Bo;6,50;x;;;\n2026-01-15;Cy;7,50;;\n"
    read = reading(write(f"date;customer;amount;note\n{rows}"))
    found = list(read.records())
    assert [one.amount for one in events(found)] == [550, 650, 750]
    assert not refusals(found) and read.left.short == 1


def test_trap_21_rows_with_numbers_of_their_own_have_one_cell_more(write: Writer) -> None:
    rows = "".join(f'"{n}","2026-01-{n:02}","Ana",{n}.5\n' for n in range(1, 12))
    read = reading(write(f'"date","customer","amount"\n{rows}'))
    assert read.understood.table.header == ("", "date", "customer", "amount")
    assert [one.amount for one in events(read.records())] == [n * 100 + 50 for n in range(1, 12)]


def test_trap_21_rows_that_are_all_too_wide_are_refused_and_not_called_missing(write: Writer) -> None:
    path = write("date,customer,amount\n" + "2026-01-13,Ana,Lopes,5.50,x\n" * 5)
    assert [one.line for one in refusals(reading(path).records())] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("titles", [1, 4, 16, 40])
def test_trap_22_the_headings_are_found_below_titles(write: Writer, titles: int) -> None:
    above = "Example shop\n" + ";;;;\n" * (titles - 1)
    table = "Data;Cliente;E-mail;Produto;Valor\n13/01/2026;Ana;a@example.com;Chá;5,50\n"
    read = reading(write(above + table))
    assert read.understood.table.header_row == titles
    assert [one.amount for one in events(read.records())] == [550]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("column,column,column,column\n", ""), ("1,2,3,4\n", ""), ("A,B,C,D\n", ""),
        ("", "A,B,C,D\n"), ("", "1,2,3,4\n"), ("", "---,---,---,---\n"),
        ("", "Data,Cliente,E-mail,Valor\n"), ("Data,Cliente,E-mail,Valor\n", ""),
        ("column,column,column,column\n", "A,B,C,D\n"),
    ],
)
def test_trap_23_of_several_rows_of_headings_one_is_taken(write: Writer, above: str, below: str) -> None:
    text = f"{above}date,customer,email,amount\n{below}2026-01-13,Ana,ana@example.com,5.50\n"
    read = reading(write(text))
    found = list(read.records())
    assert not refusals(found)
    assert [(one.amount, one.customer and one.customer.email) for one in events(found)] == [
        (550, "ana@example.com")
    ]


def test_trap_24_without_headings_the_columns_are_known_by_content_and_asked(write: Writer) -> None:
    text = "Ana;13/01/2026;ana@example.com;5,50\nBo;14/01/2026;bo@example.com;6,50\n"
    read = reading(write(text))
    assert read.understood.table.header_row is None
    assert read.questions and "--map" in read.questions[0].option
    answers = {"1": "name", "2": "date", "3": "email", "4": "amount"}
    assert [one.amount for one in events(records(write(text), columns=answers))] == [550, 650]


def test_trap_24_a_title_alone_is_no_table(write: Writer) -> None:
    with pytest.raises(OwnerError):
        reading(write("Sales;;\n;;\n"))
