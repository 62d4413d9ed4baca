"""Headings in six languages: each known for what it means, alone and in a table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from activetui.importing.columns.synonyms import meanings
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.values.contacts import read_country
from activetui.locales.countries import country_code
from tests.importing.files import Writer, reading

_KNOWN = Path(__file__).resolve().parents[1] / "data" / "headings.toml"
_CELL = {
    "email": "ana@example.com", "phone": "+351912345678", "day": "2026-01-13", "money": "12.50",
    "number": "2", "time": "10:30", "flag": "yes",
}
_CELL_OF = {
    "state": "paid", "rating": "5", "currency": "EUR", "civility": "Mr.", "no_show": "no", "cancelled": "no",
    "customer_id": "C-17", "order_id": "A-1001", "sku": "SK-9",
}


def _known() -> Iterator[Any]:
    for fields, languages in tomllib.loads(_KNOWN.read_text(encoding="utf-8")).items():
        for language, words in languages.items():
            for word in words:
                yield pytest.param(frozenset(fields.split("|")), word, id=f"{language}-{word}")


@pytest.mark.parametrize(("fields", "heading"), _known())
def test_a_heading_is_known_for_what_it_means(fields: frozenset[str], heading: str) -> None:
    assert fields & {meaning.field for meaning in meanings(heading)}


def _cell(field: str) -> str:
    return _CELL_OF.get(field) or _CELL.get(FIELDS[field].sort, "Sabão" if field == "product" else "Ana")


@pytest.mark.parametrize(
    "spelling",
    [str.upper, str.lower, lambda text: f"  {text}: ", lambda text: f"*{text}",
     lambda text: text.replace(" ", "_"), lambda text: text.replace(" ", "\u00a0")],
    ids=["upper", "lower", "padded", "starred", "underscored", "unbroken"],
)
def test_spelling_does_not_matter(spelling: Any) -> None:
    for fields, heading in ((param.values[0], param.values[1]) for param in _known()):
        assert fields & {meaning.field for meaning in meanings(spelling(heading))}, heading


def test_a_heading_is_taken_for_one_of_its_meanings_by_its_cells(write: Writer) -> None:
    wrong = []
    for number, (fields, heading) in enumerate((param.values[0], param.values[1]) for param in _known()):
        possible = {meaning.field for meaning in meanings(heading)}
        for field in sorted(fields & possible):
            text = f'"{heading}";Zorg;Blip\n{_cell(field)};ana{number}@example.org;x\n'
            column = reading(write(text, name=f"{number}.csv")).understood.columns[0]
            if column.field not in possible or not column.why or not 0 < column.confidence < 1:
                wrong.append((heading, field, column.field))
    assert wrong == []


def test_a_heading_of_one_meaning_only_is_taken_for_it(write: Writer) -> None:
    for number, (fields, heading) in enumerate((param.values[0], param.values[1]) for param in _known()):
        possible = {meaning.field for meaning in meanings(heading)}
        if len(possible) == 1 and possible <= fields:
            (field,) = possible
            text = f'"{heading}";Zorg;Blip\n{_cell(field)};ana{number}@example.org;x\n'
            column = reading(write(text, name=f"{number}.csv")).understood.columns[0]
            assert (column.field, column.confidence > 0.7) == (field, True), heading


def _fields(write: Writer, text: str) -> dict[str, str | None]:
    return {column.name: column.field for column in reading(write(text)).understood.columns}


@pytest.mark.parametrize(
    ("text", "heading", "field"),
    [
        ("Data;Cliente;Valor;Estado\n13/01/2026;Ana;5;Pago\n", "Estado", "state"),
        ("Data;Cliente;Valor;Estado\n13/01/2026;Ana;5;SP\n", "Estado", "region"),
        ("Nome;Email;Stato\nAnna;a@example.it;Italia\n", "Stato", "country"),
        ("Nome;Apelido;Telefone\nAna;Reis;912345678\n", "Apelido", "last_name"),
        ("Data;Cliente;Nota\n13/01/2026;Ana;5\n", "Nota", "rating"),
        ("Data;Cliente;Nota;Valor\n13/01/2026;Ana;muito bom;5\n", "Nota", "note"),
        ("Date;Client;Note\n13/01/2026;Ana;Très bien\n", "Note", "note"),
        ("Date,Customer,Gross,Fee,Net\n2026-01-13,Ana,5.00,-0.20,4.80\n", "Gross", "amount"),
        ("Date,Customer,Gross,Fee,Net\n2026-01-13,Ana,5.00,-0.20,4.80\n", "Net", "subtotal"),
        ("Date,Customer,Total,Vendor\n2026-01-13,Ana,5,Sara\n", "Vendor", "staff"),
        ("memberId,email\n17,a@example.org\n", "memberId", "customer_id"),
        ("memberIdent,email\n17,a@example.org\n", "memberIdent", None),
        ("Название;Телефон;Email\nООО Ромашка;+79160000001;r@example.ru\n", "Название", "company"),
        ("Дата;Клиент;Название;Сумма\n13.01.2026;Анна;Мыло;5\n", "Название", "product"),
        ("Endereço;Número;Bairro;Nome\nRua A;17;Centro;Ana\n", "Número", "address"),
        ("Número;Data;Cliente;Valor\n17;13/01/2026;Ana;5\n", "Número", "order_id"),
        ("Date;Client;Total;Réglé\n13/01/2026;Ana;5;Oui\n", "Réglé", "state"),
        ("Date;Client;Total;Réglé\n13/01/2026;Ana;5,00;3,00\n", "Réglé", "paid_so_far"),
        ("Data;Cliente;Pago\n13/01/2026;Ana;25,50\n", "Pago", "amount"),
        ("Cliente;Plano;Início;Fim\nAna;Anual;13/01/2026;12/01/2027\n", "Início", "subscription_start"),
        ("Start,Client,Service\n2026-01-13 10:00,Ana,Cut\n", "Start", "visit_date"),
        ("Дата;Клиент;Сумма;Остаток\n13.01.2026;Анна;5,00;1,00\n", "Остаток", "outstanding"),
        ("Клиент;Абонемент;Остаток\nАнна;10 занятий;4 из 10\n", "Остаток", "sessions_left"),
        ("Date,Customer,Type,Amount\n2026-01-13,Ana,Refund,5\n", "Type", "row_class"),
        ("Date,Customer,Type,Amount\n2026-01-13,Ana,Haircut,5\n", "Type", "product"),
        ("Title,Name,Email\nMrs,Ana,a@example.org\n", "Title", "civility"),
        ("Title,Date,Name,Amount\nSoap,2026-01-13,Ana,5\n", "Title", "product"),
        ("Nome / Name;E-mail;OrderDate;TotalAmount\nAna;a@example.org;2026-01-13;5\n", "Nome / Name", "name"),
        ("Customer,orderdate,totalamount\nAna,2026-01-13,5\n", "orderdate", "date"),
        ("Customer,Date,amount_cents\nAna,2026-01-13,500\n", "amount_cents", "amount"),
        ("Order,Reference,Date,Customer,Total\nA1,SK-9,2026-01-13,Ana,5\n", "Reference", "sku"),
        ("Owner,Pet,Visit date,Fee charged\nAna,Rex,2026-01-13,5.00\n", "Owner", "name"),
        ("Customer,Owner,Date,Amount\nAna,Eva,2026-01-13,5.00\n", "Owner", "staff"),
        ("Data;Tutor;Animal;Valor\n13/01/2026;Ana;Rex;5,00\n", "Tutor", "name"),
        ("Date,Client,Session,Fee\n2026-01-13,Ana,Talk,50.00\n", "Fee", "amount"),
        ("Date,Client,Total,Fee\n2026-01-13,Ana,50.00,1.20\n", "Fee", "fee"),
        ("Date,Student,Rate,Amount due\n2026-01-13,Ana,30.00,45.00\n", "Amount due", "amount"),
        ("Date,Student,Total,Amount due\n2026-01-13,Ana,30.00,5.00\n", "Amount due", "outstanding"),
        ("Inv No,Date,Client,VAT,Gross\n1,2026-01-13,Ana,20.00,120.00\n", "VAT", "tax"),
        ("Client,VAT,Date,Gross\nAna,GB123456789,2026-01-13,120.00\n", "VAT", "tax_id"),
        ("Locataire;Du;Au;Nb nuits;Prix\nAna;13/06/2026;20/06/2026;7;490,00\n", "Du", "visit_date"),
        ("Kunde;Letzter Besuch;Punkte\nAna;13.01.2026;7\n", "Letzter Besuch", "last_visit"),
        ("cuando;quien;que;cuanto\n13/01/2026;Ana;Tinte;55\n", "cuanto", "amount"),
        ("DATA;CLIENTE;€\n13/01/2026;Ana;25\n", "€", "amount"),
        ("Date,From,Order,Total\n2026-01-13,Ana,2x lasagne + 1 salad,24.00\n", "Order", None),
    ],
)
def test_what_looks_alike_is_told_apart(write: Writer, text: str, heading: str, field: str | None) -> None:
    assert _fields(write, text)[heading] == field


@pytest.mark.parametrize(("cell", "code"), [
    ("Brasil", "BR"), ("Россия", "RU"), ("Royaume-Uni", "GB"), ("UK", "GB"), ("pt", "PT"), ("Holland", "NL"),
    ("Germania", "DE"), ("Estados Unidos", "US"), ("n/a", ""), ("Atlantis", "Atlantis"),
])
def test_a_country_is_read_by_its_name_as_it_is_looked_for(cell: str, code: str) -> None:
    assert read_country(cell) == code
    assert not code or country_code(cell) == code
