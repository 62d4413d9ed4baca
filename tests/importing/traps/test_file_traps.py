"""Trap 76: files of every size and ending, wherever they lie and however their path is given."""

from __future__ import annotations

import gzip
import sys
import tracemalloc
import unicodedata
from pathlib import Path

import pytest

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.files.paths import expand
from activetui.importing.read import read_files
from activetui.ledger.errors import OwnerError
from tests.importing.files import TODAY, Writer, customers, events, reading, records, refusals
from tests.importing.workbooks import archive, xlsx

PEOPLE = "name;email\nAna;ana@example.com\n"


@pytest.mark.parametrize("name", ["a.csv", "A.CSV", "a.txt", "a.tsv", "a.dat", "a", "a.csv.txt"])
def test_trap_76_the_ending_of_a_name_decides_nothing(write: Writer, name: str) -> None:
    assert [one.name for one in customers(records(write(PEOPLE, name=name)))] == ["Ana"]


@pytest.mark.parametrize("name", ["a.csv.gz", "a.zip", "A.XLSX"])
def test_trap_76_compressed_files_and_workbooks_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("gz"):
        path.write_bytes(gzip.compress(PEOPLE.encode()))
    elif name.endswith("zip"):
        archive(path, {"a.csv": PEOPLE})
    else:
        xlsx(path, {"S": [["name", "email"], ["Ana", "ana@example.com"]]})
    (read,) = read_files(path, Answers(), Setting(TODAY), tmp_path / "room")
    assert [one.name for one in customers(read.records())] == ["Ana"]


def test_trap_76_a_cell_of_ten_megabytes_is_a_cell(write: Writer) -> None:
    note = "x" * (10 << 20)
    path = write(f'date,customer,amount,note\n2026-01-13,Ana,5.50,"{note}"\n2026-01-14,Bo,6.50,ok\n')
    assert [one.amount for one in events(records(path))] == [550, 650]


@pytest.mark.parametrize("text", ["{note}", "date,{note}\n2026-01-13", "a\n{note}"])
def test_trap_76_a_line_of_megabytes_is_read_or_refused(write: Writer, text: str) -> None:
    path = write(text.format(note="word " * 1_000_000))
    try:
        assert all(one.reason for one in refusals(reading(path).records()))
    except OwnerError as error:
        assert error.message


def test_trap_76_four_hundred_columns_are_read(write: Writer) -> None:
    extra = "".join(f",field {n}" for n in range(400))
    rows = "".join(f"2026-01-{n:02},Ana,{n}.50{',x' * 400}\n" for n in range(1, 20))
    found = events(records(write(f"date,customer,amount{extra}\n{rows}")))
    assert [one.amount for one in found] == [n * 100 + 50 for n in range(1, 20)]


def test_trap_76_a_large_file_is_never_held_whole(write: Writer) -> None:
    row = "2026-01-13,Ana,5.50,ana@example.com,some words that make the line a little longer\n"
    path = write("date,customer,amount,email,note\n" + row * 250_000)
    read = reading(path)
    tracemalloc.start()
    try:
        assert sum(len(rows) for rows in read.understood.table.chunks()) == 250_000
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size / 2


@pytest.mark.parametrize(
    "given",
    ["{path}", "'{path}'", '"{path}"', " {path} ", "{escaped}", "file://{quoted}", "{folder}/vendas m*.csv"],
)
def test_trap_76_a_path_is_found_however_a_terminal_gives_it(tmp_path: Path, given: str) -> None:
    path = tmp_path / "vendas março (1).csv"
    path.write_text(PEOPLE)
    text = given.format(
        path=path, folder=tmp_path, quoted=str(path).replace(" ", "%20").replace("ç", "%C3%A7"),
        escaped=str(path).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)"),
    )
    assert expand([text]) == [path]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_trap_76_accents_of_two_signs_are_those_of_one(tmp_path: Path, form: str) -> None:
    path = tmp_path / unicodedata.normalize(form, "março.csv")
    path.write_text(PEOPLE)
    other = unicodedata.normalize("NFD" if form == "NFC" else "NFC", str(path))
    assert expand([other])[0].samefile(path)


def test_trap_76_patterns_are_followed_where_no_shell_did(tmp_path: Path) -> None:
    for name in ("b.csv", "A.CSV", "c.txt", "~$b.csv", ".hidden.csv"):
        (tmp_path / name).write_text(PEOPLE)
    (tmp_path / "d.csv").mkdir()
    found = expand([str(tmp_path / "*.csv"), str(tmp_path / "b.csv"), str(tmp_path / "c.txt")])
    assert [path.name for path in found] == ["A.CSV", "b.csv", "c.txt"]


def test_trap_76_a_name_with_the_signs_of_a_pattern_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "sales [2026] *.csv"
    path.write_text(PEOPLE)
    assert expand([str(path)]) == [path]


def test_trap_76_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(PEOPLE)
    bad = ((tmp_path, "folder"), (tmp_path / "none.csv", "no file"), (tmp_path / "*.tsv", "no file"))
    for given, says in bad:
        with pytest.raises(OwnerError, match=says) as caught:
            expand([str(given)])
        assert caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of Unix")
def test_trap_76_a_file_that_nobody_may_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(PEOPLE)
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        with pytest.raises(OwnerError, match="cannot be read"):
            read_files(path, Answers(), Setting(TODAY), tmp_path / "room")
    else:
        pytest.skip("this user may read everything")


def test_trap_76_a_file_that_goes_away_while_it_is_read_is_said(tmp_path: Path, write: Writer) -> None:
    read = reading(write(PEOPLE))
    read.part.path.unlink()
    with pytest.raises(OwnerError, match="cannot be read"):
        list(read.records())
