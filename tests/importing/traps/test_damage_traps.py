"""Traps of real files: what spreadsheets and programs do to ids, telephone numbers, addresses and words."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest

from activetui.importing.values.contacts import (
    all_emails,
    first_email,
    identity_email,
    is_placeholder,
    phones_in,
    read_phone,
)
from activetui.importing.values.texts import text_of
from activetui.importing.values.words import consent_of
from activetui.ledger.spreadsheet import guard
from tests.importing.files import Writer, customers, events, plan, reading, records, take


def test_trap_11_spellings_that_look_the_same_are_the_same(
    store: sqlite3.Connection, write: Writer
) -> None:
    one, two = unicodedata.normalize("NFC", "José Peña"), unicodedata.normalize("NFD", "José Peña")
    text = f"Data;Cliente;Valor\n2024-01-06;{one};5\n2024-01-07;{two};6\n2024-01-08;José\u00a0Pe\u200bña;7\n"
    found = events(records(write(text)))
    assert {event.customer.name for event in found if event.customer} == {one}
    assert plan(store, write(text))["found"]["customers"] == 1
    text = "Дата;Клиент;Сумма\n2024-01-06;Алёна Королёва;5\n2024-01-07;Алена Королева;6\n"
    assert plan(store, write(text))["found"]["customers"] == 1


def test_trap_52_a_number_whose_digits_are_gone_is_no_key(write: Writer) -> None:
    text = (
        "N.º de venda;Data;Cliente;Valor\n2,00001E+15;2024-01-06;Ana;5,50\n2,00001E+15;2024-01-07;Bia;6,50\n"
    )
    assert [(one.order_ref, one.amount) for one in events(records(write(text)))] == [("", 550), ("", 650)]
    read = reading(write("Name,Phone,Email\nAna,5.55001E+09,a@example.org\n"))
    (one,) = customers(read.records())
    assert one.phone == "" and read.found.lost_phones == [2]


@pytest.mark.parametrize(
    ("cell", "said"),
    [("'8500000000001", "8500000000001"), ("'+34600000001", "+34600000001"), ("'28004", "28004"),
     ("'t Hof", "'t Hof"), ("'=1+1", "=1+1")],
)
def test_trap_53_an_apostrophe_before_a_number_is_the_spreadsheets(cell: str, said: str) -> None:
    assert text_of(cell) == said


@pytest.mark.parametrize(
    ("cell", "said"), [('="TN123456789AR"', "TN123456789AR"), ('="+79990000000"', "+79990000000")]
)
def test_trap_54_formulas_that_only_hold_a_text_are_unwrapped(cell: str, said: str) -> None:
    assert text_of(cell) == said


def test_trap_55_formulas_are_text_and_leave_harmless(write: Writer) -> None:
    text = (
        'Name,Email,Note\n"=HYPERLINK(""http://evil.example"",""x"")",a@example.org,@SUM(A1:A9)\n'
        "Bo,b@example.org,\"\t=cmd|' /C calc'!A0\"\n"
    )
    first, second = customers(records(write(text)))
    assert first.name.startswith("=HYPERLINK") and first.note == "@SUM(A1:A9)"
    assert guard(first.name).startswith("'=") and guard(second.note).startswith("'=")
    assert (guard("-30"), guard("+44 20 7946 0958")) == ("-30", "+44 20 7946 0958")


@pytest.mark.parametrize(
    ("cell", "country", "language", "said"),
    [
        ("+34 600 00 00 01", "", "", "+34600000001"), ("0034600000001", "", "", "+34600000001"),
        ("600000001", "ES", "", "+34600000001"), ("8 (916) 123-45-67", "", "ru", "+79161234567"),
        ("+7 916 123 45 67", "", "", "+79161234567"), ("89161234567", "RU", "", "+79161234567"),
        ("(11) 98888-7777", "BR", "", "+5511988887777"), ("39 333 000 0001", "IT", "", "+393330000001"),
        ("+88001712345678", "", "", "+8801712345678"), ("p:+46700005566", "", "", "+46700005566"),
        ("02 9000 1111 / 0401 222 333", "AU", "", "+61290001111"),
        ("TEL: 477-123-4567", "MX", "", "+524771234567"),
        ("+44 (0)20 7946 0958", "", "", "+442079460958"),
        ("020 7946 0958 ext. 12", "GB", "", "+442079460958"),
        ("912345678 / 913333333", "PT", "", "+351912345678"), ("351912345678", "PT", "", "+351912345678"),
        ("600000001", "", "", "600000001"),
    ],
)
def test_trap_56_telephone_numbers(cell: str, country: str, language: str, said: str) -> None:
    assert read_phone(cell, country, language) == said


def test_trap_56_an_area_code_in_a_column_of_its_own(write: Writer) -> None:
    (one,) = customers(records(write("Nome;DDD;Telefone\nAna;11;98888-7777\n"), country="BR"))
    assert one.phone == "+5511988887777"
    assert phones_in("+39 333 000 0001 ::: 02 123456") == ["+39 333 000 0001", "02 123456"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Rafael@Exemplo.com ", "rafael@exemplo.com"), ("Nome <a@b.it>", "a@b.it"),
        ("mailto:a@b.it", "a@b.it"),
        ("a@b.com; c@d.com", "a@b.com"), ("a@b.com ::: c@d.com", "a@b.com"), ("n/a", ""),
    ],
)
def test_trap_57_addresses_out_of_their_cells(cell: str, said: str) -> None:
    assert first_email(cell) == said
    assert all_emails("a@b.com ::: c@d.com; A@b.com") == ["a@b.com", "c@d.com"]


@pytest.mark.parametrize(
    "address",
    ["test@test.com", "no@email.com", "noemail@loja.pt", "sincorreo@tienda.mx", "na@gmail.com", "xxx@xxx.com",
     "k3x9@marketplace.amazon.com"],
)
def test_trap_57_shared_and_made_up_addresses_are_nobody(
    store: sqlite3.Connection, write: Writer, address: str
) -> None:
    assert identity_email(address) == ""
    text = f"Date,Customer,Email,Amount\n2024-01-06,Ana Reis,{address},5\n2024-01-07,Bo Lee,{address},6\n"
    assert plan(store, write(text))["found"]["customers"] == 2


def test_trap_57_true_addresses_are_no_placeholders() -> None:
    for address in ("info@loja.pt", "ana.test@gmail.com", "a@x.com", "guest@hotel-roma.it", "notest@ana.org"):
        assert not is_placeholder(address)


def test_trap_57_an_address_in_the_column_of_names(write: Writer) -> None:
    (one,) = customers(records(write("Name,Phone\nana@example.org,+351912345678\n")))
    assert (one.name, one.email) == ("", "ana@example.org")


def test_trap_58_names_stay_as_typed_and_merge_nothing_alone(
    store: sqlite3.Connection, write: Writer
) -> None:
    names = ["Smith, Jane", "DUPONT Marie", "Mme Dupont", "dupont marie", "J. DOE", "A-H G-RM"]
    rows = "".join(f'"{name}",{n}@example.org\n' for n, name in enumerate(names))
    found = customers(records(write("Name,Email\n" + rows)))
    assert [one.name for one in found] == names
    assert take(store, write("Name,Email\n" + rows)) is not None
    assert store.execute("SELECT count(*) FROM customer").fetchone() == (len(names),)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Ana_x000D_", "Ana"), ("Tom &amp; Co", "Tom & Co"), ("<xing>Ana</xing>", "Ana"),
        ("a\\nb", "a b"), ("C:\\new", "C:\\new"), ("I <3 you", "I <3 you"), ("R&D", "R&D"),
        *((word, "") for word in ("NULL", "None", "nan", "NaT", "undefined", "#N/D", "#REF!", "#ИМЯ?")),
    ],
)
def test_trap_59_what_programs_leave_in_words(cell: str, said: str) -> None:
    assert text_of(cell) == said


def test_trap_60_ids_written_as_floats_where_the_whole_column_is(write: Writer) -> None:
    text = "Invoice,CustomerID,Date,Amount\n536365.0,17850.0,2024-01-06,5\n536366.0,13047.0,2024-01-07,6\n"
    found = events(records(write(text)))
    assert [(one.order_ref, one.customer.key if one.customer else "") for one in found] == [
        ("536365", "17850"), ("536366", "13047")
    ]
    found = events(records(write(text.replace("13047.0", "13047.5"))))
    assert [one.customer.key if one.customer else "" for one in found] == ["17850.0", "13047.5"]


def test_trap_60_a_number_that_counts_rows_is_no_order(write: Writer) -> None:
    text = "Row ID,Order ID,Date,Customer,Amount\n1,CA-17,2024-01-06,Ana,5\n2,CA-17,2024-01-06,Ana,6\n"
    assert [one.order_ref for one in events(records(write(text)))] == ["CA-17"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        *((word, True) for word in ("yes", "SIM", "Sí", "Oui", "Да", "1", "TRUE", "Aceita", "Subscribed",
                                    "16-09-2025", "есть")),
        *((word, False) for word in ("no", "NÃO", "Non", "0", "Não aceita", "Unsubscribed", "cleaned")),
        *((word, None) for word in ("", "maybe", "-")),
    ],
)
def test_trap_61_yes_and_no_in_six_languages(cell: str, said: bool | None) -> None:
    assert consent_of(cell) is said


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Accepts Marketing", "yes", True), ("Accepts Marketing", "", None),
        ("EMAIL_BLACKLISTED", "Yes", False), ("EMAIL_BLACKLISTED", "No", True),
        ("Отписан", "Да", False), ("Désinscrit", "Oui", False),
        ("Consenso marketing", "Sì", True), ("Acepta marketing", "NO", False),
    ],
)
def test_trap_61_columns_that_say_the_opposite(
    write: Writer, heading: str, cell: str, said: bool | None
) -> None:
    (one,) = customers(records(write(f"Name;Email;{heading}\nAna;a@example.org;{cell}\n")))
    assert one.consent is said


def test_trap_61_do_not_contact_is_no_consent_but_a_word_of_its_own(write: Writer) -> None:
    (one,) = customers(records(write("Name;Email;Do not contact?\nAna;a@example.org;1\n")))
    assert (one.do_not_contact, one.consent) == (True, None)
