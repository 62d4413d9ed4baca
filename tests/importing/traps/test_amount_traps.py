"""Traps of real files: amounts, currencies and numbers."""

from __future__ import annotations

from typing import Any

import pytest

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.values.amounts import number_reader, without_unit
from tests.importing.files import TODAY, Writer, customers, events, read_file, reading, records, refusals


def _amounts(write: Writer, cells: list[str], heading: str = "Valor", **answers: Any) -> list[int | None]:
    rows = "".join(f'2024-01-06;Ana {n};"{cell}"\n' for n, cell in enumerate(cells))
    return [one.amount for one in events(records(write(f"Data;Cliente;{heading}\n{rows}"), **answers))]


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("1.234,56", 123456), ("1,234.56", 123456), ("1\u00a0234,56 €", 123456), ("1\u202f234,56", 123456),
        ("1'234.50", 123450), ("R$ 1.234,56", 123456), ("R$1.093,18", 109318), ("12 500,50 руб", 1250050),
        ("AU $3,000.00", 300000), ("EUR 90,00", 9000), ("€ 50", 5000), ("$8.00", 800), ("957,5775", 95758),
    ],
)
def test_trap_44_amounts_in_every_spelling(write: Writer, cell: str, minor: int) -> None:
    assert _amounts(write, [cell]) == [minor]


def test_trap_44_what_may_be_thousands_or_decimals_is_asked(write: Writer) -> None:
    text = "Data;Cliente;Valor\n2024-01-06;Ana;1.234\n"
    asked = reading(write(text)).understood.questions
    assert [one.option for one in asked] == ['--decimal ",|."'] and "1.234" in asked[0].why
    assert _amounts(write, ["1.234"], decimal=",") == [123400]
    assert _amounts(write, ["1.234"], decimal=".") == [123]
    assert _amounts(write, ["1.234", "5,50"]) == [123400, 550]
    assert _amounts(write, ["1.234", "1.234.567"]) == [123400, 123456700]


def test_trap_44_a_currency_without_cents_or_with_thousandths_settles_it(write: Writer) -> None:
    text = "Fecha;Cliente;Moneda;Total\n2024-01-06;Ana;{};1.234\n"
    (one,) = events(records(write(text.format("CLP"))))
    assert (one.amount, one.currency) == (1234, "CLP")
    (one,) = events(records(write(text.format("KWD"))))
    assert (one.amount, one.currency) == (1234, "KWD")


def test_trap_45_two_formats_in_one_column_are_read_cell_by_cell(write: Writer) -> None:
    assert _amounts(write, ["R$1.093,18", "199.90", "R$ 1.234,56", "18.75"]) == [109318, 19990, 123456, 1875]
    rows = "".join(f"2024-01-06;Ana;{cell}\n" for cell in ("1.093,18", "199.90", "1.234"))
    found = records(write("Data;Cliente;Valor\n" + rows))
    assert len(events(found)) == 2
    assert [one.reason for one in refusals(found)] == ["Valor: 1.234: thousands or decimals?"]


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("-45.00", 4500), ("−45", 4500), ("45.00-", 4500), ("(45.00)", 4500), ("($33.62)", 3362),
        ("$(250.00)", 25000), ("-€0.23", 23), ("€-24.00", 2400), ("-R$ 148,15", 14815),
    ],
)
def test_trap_46_a_negative_is_money_given_back_however_it_is_written(
    write: Writer, cell: str, minor: int
) -> None:
    (one,) = events(records(write(f"Data;Cliente;Valor\n2024-01-06;Ana;{cell}\n")))
    assert (one.kind, one.amount) == (2, minor)


def test_trap_46_the_zero_of_accountants_is_nothing(write: Writer) -> None:
    assert _amounts(write, [" $-   ", "--", "5.00"]) == [0, None, 500]


def test_trap_47_currencies_are_kept_apart(write: Writer) -> None:
    text = (
        "Date,Customer,Amount,Currency\n"
        "2024-01-06,Ana,5.00,usd\n2024-01-07,Bo,7.00,EUR\n2024-01-08,Cy,1,usd\n"
    )
    read = reading(write(text))
    found = events(read.records())
    assert [(one.amount, one.currency) for one in found] == [(500, "USD"), (700, "EUR"), (100, "USD")]
    assert dict(read.found.total) == {"USD": 600, "EUR": 700}


def test_trap_47_headings_and_the_country_name_a_currency(write: Writer) -> None:
    assert reading(write("Data;Cliente;Total (BRL)\n2024-01-06;Ana;5\n")).understood.currency.code == "BRL"
    path = write("Fecha;Cliente;Total\n2024-01-06;Ana;$5.00\n")
    for country, code in (("MX", "MXN"), ("AR", "ARS"), ("CA", "CAD"), ("US", "USD")):
        read = read_file(path, Answers(), Setting(TODAY, country=country))
        assert read.understood.currency.code == code


def test_trap_48_floats_are_decimals_and_halves_go_to_the_even_cent(write: Writer) -> None:
    assert _amounts(write, ["22.200000000000003", "0.125", "0.135"]) == [2220, 12, 14]


def test_trap_48_amounts_in_cents_are_known_by_their_heading_or_asked(write: Writer) -> None:
    assert _amounts(write, ["2999", "1500"], heading="amount_cents", columns={"amount_cents": "amount"}) == [
        2999, 1500
    ]
    rows = "".join(f"2024-01-0{n};Ana;2;14,9{n};29{n}8\n" for n in range(1, 6))
    text = "Data;Cliente;Quantidade;Preço unitário;Total\n" + rows
    asked = reading(write(text)).understood.questions
    assert [one.option for one in asked] == ["--cents yes|no"]
    assert events(records(write(text), cents="yes"))[0].amount == 2918
    assert events(records(write(text), cents="no"))[0].amount == 291800


def test_trap_49_lost_zeros_of_amounts_mean_nothing_and_postcodes_stay_text(write: Writer) -> None:
    assert _amounts(write, ["42980", "5"]) == [4298000, 500]
    text = "Name,Email,Zip\nAna,a@example.org,1037\nBo,b@example.org,01037\nCy,c@example.org,'4001\n"
    assert [one.postcode for one in customers(records(write(text)))] == ["1037", "01037", "4001"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.000 kg", 1.0), ("2 шт.", 2.0), ("10 sesiones", 10.0), ("3x", 3.0), ("x 2", 2.0), ("14%", None),
        ("4 de 10", None), ("4/10", None), ("ilimitado", None), ("7.0%", None), ("-1", -1.0),
    ],
)
def test_trap_50_units_are_no_part_of_a_number_and_words_are_none(cell: str, number: float | None) -> None:
    assert number_reader(".")(cell) == number
    assert without_unit("ilimitado") == "ilimitado"


def test_trap_50_weights_in_thousandths_are_no_thousands(write: Writer) -> None:
    text = "Data;Cliente;Produto;Quantidade;Valor\n2024-01-06;Ana;Figos;1.000 kg;5,50\n"
    (one,) = events(records(write(text)))
    assert one.quantity == 1.0
    assert _amounts(write, ["899kr", "800 ₽"]) == [89900, 80000]


def test_trap_51_the_customer_pays_the_gross_amount(write: Writer) -> None:
    fees = "Date,Customer,Gross,Fee,Net\n2024-01-06,Ana,25.00,-0.60,24.40\n"
    taxed = "Date;Client;Montant HT;TVA;Montant TTC\n2024-01-06;Ana;20,00;4,00;24,00\n"
    assert [one.amount for one in events(records(write(fees)))] == [2500]
    assert [one.amount for one in events(records(write(taxed)))] == [2400]


def test_trap_51_tax_is_added_where_only_the_amount_before_it_stands(write: Writer) -> None:
    read = reading(write("Date;Client;Montant HT;TVA\n2024-01-06;Ana;20,00;4,00\n"))
    assert [one.amount for one in events(read.records())] == [2400]
    assert [(one.about, one.value) for one in read.understood.assumptions if one.about == "amount"] == [
        ("amount", "Montant HT + TVA")
    ]
