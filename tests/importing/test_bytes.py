"""Bytes to text: what is no CSV is named, and every usual encoding is found out."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from activetui.importing.files.encodings import decide_encoding
from activetui.importing.files.paths import clean_path
from activetui.importing.files.scan import scan
from activetui.ledger.errors import Exit, OwnerError, UsageError
from tests.importing.files import SAMPLES, Writer, customers, reading, records

RUSSIAN = "ФИО;Телефон;Город\nИванов Иван;+79160000001;Москва\nПетрова Мария;+79160000002;Тверь\n"
PORTUGUESE = (
    "Nome;Telemóvel;Localidade\nJoão Gonçalves;+351912345678;Évora\nInês Conceição;+351912345679;Covilhã\n"
)
FRENCH = (
    "Nom;Prénom;Téléphone\nLefèvre;Éloïse;+33612345678\nGarçon;Noël;+33612345679\nÇelik;Léa;+33612345670\n"
)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (PORTUGUESE, "utf-8", "utf-8"),
        (PORTUGUESE, "utf-8-sig", "utf-8"),
        (PORTUGUESE, "cp1252", "cp1252"),
        (PORTUGUESE, "utf-16", "utf-16"),
        (PORTUGUESE, "utf-16-le", "utf-16"),
        (PORTUGUESE, "utf-16-be", "utf-16"),
        (PORTUGUESE, "mac_roman", "mac_roman"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "cp850", "cp850"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (RUSSIAN, "cp866", "cp866"),
        (RUSSIAN, "utf-16", "utf-16"),
    ],
)
def test_every_usual_encoding_is_found_out(write: Writer, text: str, codec: str, name: str) -> None:
    path = write(text, encoding=codec)
    assert decide_encoding(scan(path)).name == name
    names = [one.name for one in customers(records(path))]
    cells = [line.split(";") for line in text.splitlines()[1:]]
    expected = [row[0] if text is not FRENCH else f"{row[1]} {row[0]}" for row in cells]
    assert names == expected


def test_an_accent_that_comes_late_still_decides(write: Writer) -> None:
    text = (
        "Nome;Email\n"
        + "".join(f"Ana {n};ana{n}@example.com\n" for n in range(40_000))
        + "João;j@example.com\n"
    )
    assert decide_encoding(scan(write(text, encoding="cp1252"))).name == "cp1252"


@pytest.mark.parametrize("before", [0, 1, 1 << 20])
def test_half_a_letter_before_plain_ones_is_not_utf8(tmp_path: Path, before: int) -> None:
    path = tmp_path / "names.csv"
    heading = b"Nome;Email\n"
    filler = b"Ana;ana@example.com\n" * 60_000
    place = (1 << 20) - before if before < 1 << 20 else len(heading)  # at the edge of what is read at once
    content = (heading + filler)[: place - 1] + b"\xc3" + filler
    path.write_bytes(content)
    assert not scan(path).utf8
    path.write_bytes(content.replace(b"\xc3", "ã".encode()))
    assert scan(path).utf8


def test_lines_of_another_encoding_pasted_into_utf8_are_read_each_in_its_own() -> None:
    read = reading(SAMPLES / "trap_mixed_encodings.csv")
    assert read.understood.table.encoding.fallback == "cp1252"
    assert [one.name for one in customers(read.records())] == ["João", "José"]


def test_the_owner_can_name_the_encoding(write: Writer) -> None:
    path = write(RUSSIAN, encoding="cp1251")
    assert reading(path, encoding="cp1251").understood.table.encoding.name == "cp1251"
    with pytest.raises(UsageError):
        reading(path, encoding="cp9999")
    with pytest.raises(OwnerError, match="not in utf-8"):
        list(reading(path, encoding="utf-8").records())


def test_nuls_and_odd_line_breaks_are_cleaned_away(write: Writer) -> None:
    path = write("name,email\nAna\x00 B\x0b,ana@example.com\n\x1a")
    assert [one.name for one in customers(records(path))] == ["Ana B"]


def test_escape_sequences_never_come_through() -> None:
    for one in customers(records(SAMPLES / "trap_escape_seq_terminal.csv")):
        assert "\x1b" not in one.name and "\u202e" not in one.name and "\x07" not in one.name


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Excel"),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf<table><tr><td>1</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><data/>', "XML"),
        (b'[{"name": "Ana"}]', "JSON"),
        (b'{"name": "Ana"}', "JSON"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS"),
        (b"SQLite format 3\x00....", "database"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "gzip"),
        (b"name,email\n", "no rows"),
        (b"\n\n  \n", "no contents"),
        (b"\xef\xbb\xbf", "no contents"),
    ],
)
def test_what_is_no_csv_is_named(write: Writer, contents: bytes, says: str) -> None:
    with pytest.raises(OwnerError, match=says) as caught:
        reading(write(contents))
    assert caught.value.exit_code is Exit.REFUSED
    assert caught.value.hint


@pytest.mark.parametrize(
    ("inside", "says"),
    [("xl/workbook.xml", "Excel workbook"), ("content.txt", "ZIP archive")],
)
def test_an_archive_is_named_by_what_is_inside(tmp_path: Path, inside: str, says: str) -> None:
    path = tmp_path / "list.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, "x")
    with pytest.raises(OwnerError, match=says):
        reading(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="no file"):
        reading(tmp_path / "none.csv")
    with pytest.raises(OwnerError, match="folder"):
        reading(tmp_path)


@pytest.mark.parametrize(
    "given", ["{path}", "'{path}'", '"{path}"', "{escaped}", "file://{quoted}", "  {path} "]
)
def test_a_dragged_path_is_understood(tmp_path: Path, given: str) -> None:
    path = tmp_path / "vendas março (1).csv"
    path.write_text("name\nAna\n")
    escaped = str(path).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)")
    text = given.format(
        path=path, escaped=escaped, quoted=str(path).replace(" ", "%20").replace("ç", "%C3%A7")
    )
    assert clean_path(text) == path


def test_a_path_of_decomposed_letters_is_found(tmp_path: Path) -> None:
    path = tmp_path / "vendas mar\u0063\u0327o.csv"
    path.write_text("name\nAna\n")
    assert clean_path(str(tmp_path / "vendas março.csv")) == path
