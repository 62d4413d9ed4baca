"""Traps of bytes and encodings, 1 to 10."""

from __future__ import annotations

import pytest

from activetui.importing.telling.file_warnings import file_warnings
from tests.importing.files import SAMPLES, Writer, customers, events, reading, records

ITALIAN = (
    "Cliente;E-mail;Città\nNiccolò Caffè;n@example.it;Forlì\nPerché Più;p@example.it;Cantù\n"
    "Libertà Già;l@example.it;Agliè\n"
)
RUSSIAN = "ФИО;Телефон;Город\nИванов Иван;+79160000001;Москва\nЩукина Яна;+79160000002;Тверь\n"


def names(text: str) -> list[str]:
    """The first column of a table below its headings."""
    return [line.split(";")[0] for line in text.splitlines()[1:]]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_trap_01_a_byte_order_mark_is_no_part_of_the_first_heading(write: Writer, codec: str) -> None:
    read = reading(write("Date,Customer,Amount\n2026-01-13,Ana,5.50\n", encoding=codec))
    assert read.understood.table.header[0] == "Date"
    assert [one.amount for one in events(read.records())] == [550]


@pytest.mark.parametrize("codec", ["cp1252", "iso8859-1"])
def test_trap_02_western_letters_are_found_whatever_the_computer(write: Writer, codec: str) -> None:
    read = reading(write(ITALIAN, encoding=codec))
    assert read.understood.table.encoding.name == "cp1252"
    assert [one.name for one in customers(read.records())] == names(ITALIAN)


@pytest.mark.parametrize("codec", ["cp1251", "cp866", "koi8_r", "mac_cyrillic"])
def test_trap_03_russian_letters_are_told_from_western_ones(write: Writer, codec: str) -> None:
    if codec == "mac_cyrillic":  # cannot be told from cp1251 by its letters alone; the owner says it
        found = records(write(RUSSIAN, encoding=codec), encoding=codec)
    else:
        found = records(write(RUSSIAN, encoding=codec))
    assert [one.name for one in customers(found)] == names(RUSSIAN)


def test_trap_03_western_letters_are_not_taken_for_russian_ones(write: Writer) -> None:
    text = "Nombre;Correo\nÑuñez Íñigo;n@example.es\nPeña Ávila;p@example.es\n"
    assert [one.name for one in customers(records(write(text, encoding="cp1252")))] == names(text)


def test_trap_03_western_letters_of_a_mac_are_found(write: Writer) -> None:
    text = "Nome;Telemóvel\nJoão Conceição;+351912345678\nInês Magalhães;+351912345679\n"
    read = reading(write(text, encoding="mac_roman"))
    assert read.understood.table.encoding.name == "mac_roman"
    assert [one.name for one in customers(read.records())] == names(text)


@pytest.mark.parametrize(
    ("codec", "name"), [("cp1252", "cp1252"), ("iso8859-15", "iso8859_15")]
)
def test_trap_04_the_euro_is_where_its_encoding_puts_it(write: Writer, codec: str, name: str) -> None:
    text = "Date;Client;Produit;Montant\n13/01/2026;Noël;Café;12,50 €\n14/01/2026;Éloïse;Thé;1 250,00 €\n"
    read = reading(write(text, encoding=codec))
    assert (read.understood.table.encoding.name, read.understood.currency.code) == (name, "EUR")
    found = events(read.records())
    assert [one.amount for one in found] == [1250, 125000]
    assert [one.product for one in found] == ["Café", "Thé"]


def test_trap_04_a_file_said_to_be_latin_1_is_read_as_the_windows_one(write: Writer) -> None:
    path = write("Data;Cliente;Valor\n13/01/2026;José;12,50 €\n", encoding="cp1252")
    assert [one.amount for one in events(records(path, encoding="latin-1"))] == [1250]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [";", "\t"])
def test_trap_05_two_bytes_a_letter_with_and_without_a_mark(write: Writer, codec: str, sign: str) -> None:
    text = "Nome;Telefone\nJoão;+351912345678\nInês;+351912345679\n"
    read = reading(write(text.replace(";", sign), name="list.txt", encoding=codec))
    assert (read.understood.table.encoding.name, read.understood.table.dialect.delimiter) == ("utf-16", sign)
    assert [one.name for one in customers(read.records())] == ["João", "Inês"]


def test_trap_06_lines_of_another_encoding_are_read_and_told(write: Writer) -> None:
    good = "".join(f"João {n};j{n}@example.com\n" for n in range(40)).encode()
    path = write(b"Nome;E-mail\n" + good + "José;z@example.com\nInês;i@example.com\n".encode("cp1252"))
    read = reading(path)
    assert [one.name for one in customers(read.records())][-2:] == ["José", "Inês"]
    assert any("cp1252" in text and "42, 43" in text for text in file_warnings(read))


@pytest.mark.parametrize("codec", ["cp1252", "cp1251"])
def test_trap_07_letters_misread_once_are_repaired_and_told(write: Writer, codec: str) -> None:
    western = codec == "cp1252"
    people = ["João", "Andrée", "Conceição", "Œuvré’s"] if western else ["Пётр", "Анна", "Мария", "Жанна"]
    text = "Name;City;E-mail\n" + "".join(
        f"{name};{name} Town;{n}@example.com\n" for n, name in enumerate(people)
    )
    misread = text.encode().decode(codec, "strict")
    read = reading(write(misread, encoding="utf-8"))
    assert [one.name for one in customers(read.records())] == people
    assert any("Name, City" in told and "repaired" in told for told in file_warnings(read))


def test_trap_07_letters_are_never_repaired_twice(write: Writer) -> None:
    twice = "João".encode().decode("cp1252").encode().decode("cp1252")
    found = customers(records(write(f"Name;E-mail\n{twice};a@example.com\n")))
    assert [one.name for one in found] == ["JoÃ£o"]


def test_trap_07_a_column_that_is_only_partly_garbled_stays_and_is_told(write: Writer) -> None:
    read = reading(write("Name;E-mail\nJoÃ£o;a@example.com\nJosé;b@example.com\n"))
    assert [one.name for one in customers(read.records())] == ["JoÃ£o", "José"]
    assert any("stay as they are" in told for told in file_warnings(read))


def test_trap_07_a_garbled_heading_is_known_again(write: Writer) -> None:
    read = reading(write("Nome;Endereço de e-mail\n".encode().decode("cp1252") + "Ana;ana@example.com\n"))
    assert read.understood.table.header == ("Nome", "Endereço de e-mail")


def test_trap_07_capitals_that_only_look_like_it_stay(write: Writer) -> None:
    found = customers(records(write("Nome;E-mail\nJOÃO ÂNGELO;a@example.com\nPEÑA;b@example.com\n")))
    assert [one.name for one in found] == ["JOÃO ÂNGELO", "PEÑA"]


def test_trap_08_nuls_ends_of_file_and_odd_line_breaks_are_no_letters(write: Writer) -> None:
    raw = b"name,email\r\nAna\x00 Sousa,ana@example.com\r\nBo\x0bLee,bo@example.com\r\n"
    raw += "Cy\u2028Fox,cy@example.com\r\n".encode() + b"\x1a"
    found = customers(records(write(raw)))
    assert [one.name for one in found] == ["Ana Sousa", "Bo Lee", "Cy Fox"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "mixed"])
def test_trap_09_every_sort_of_line_end_is_one(write: Writer, ends: str) -> None:
    lines = ["date,customer,amount,note", '2026-01-13,Ana,5.50,"two', 'lines"', "2026-01-14,Bo,1.00,x", ""]
    if ends == "mixed":
        text = "".join(line + end for line, end in zip(lines, ["\r\n", "\n", "\r\n", "\n", ""], strict=True))
    else:
        text = ends.join(lines)
    found = events(records(write(text.encode())))
    assert [(one.amount, one.note) for one in found] == [(550, "two lines"), (100, "x")]


def test_trap_10_signs_that_act_on_a_terminal_are_no_part_of_a_name(write: Writer) -> None:
    hostile = "\x1b[31mAna\x1b[0m", "\x1b]0;title\x07Bo", "\u202eCy", "D\x08i"
    text = "name,email\n" + "".join(f"{name},{n}@example.com\n" for n, name in enumerate(hostile))
    assert [one.name for one in customers(records(write(text)))] == ["Ana", "Bo", "Cy", "Di"]
    for one in customers(records(SAMPLES / "trap_escape_seq_terminal.csv")):
        assert one.name.isprintable()


def test_trap_10_signs_that_act_on_a_terminal_are_in_no_message(write: Writer) -> None:
    path = write("date,customer,amount\nno \x1b[31mday,\x1b]0;x\x07Ana,5\n2026-01-01,Bo,5\n")
    read = reading(path)
    told = [getattr(one, "reason", "") for one in read.records()]
    assert not any("\x1b" in text or "\x07" in text for text in (*told, *read.understood.table.header))
