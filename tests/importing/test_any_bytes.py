"""Whatever the bytes of a file are, it is read or refused in words; nothing crashes, nothing is half done."""

from __future__ import annotations

import gzip
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.read import Scattered, read_files
from activetui.importing.tables.finding import read_tables
from activetui.ledger.errors import OwnerError
from tests.importing.files import SAMPLES, TODAY, Writer, events, plan, reading, records, refusals, take
from tests.importing.workbooks import archive, xlsx

PIECES = st.sampled_from(
    [
        b"Date",
        b"Customer",
        b"Amount",
        b"email",
        b"kind",
        b"customer_id",
        b"date",
        b"2026-01-13",
        b"31.02.2024",
        b"Ana",
        b"ana@example.com",
        b"1.234,56",
        b"-5",
        b"1,234",
        b'"',
        b'""',
        b";",
        b",",
        b"\t",
        b"|",
        b"\n",
        b"\r\n",
        b"\r",
        b"\x00",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xe9",
        b"\xc3\xa9",
        b"\xcf\xf0",
        b"\x1b[31m",
        b"=cmd",
        b"sep=;",
        b"#TYPE x",
        b"Total",
        b"PK\x03\x04",
        b"{",
        b"<table>",
        "\u2028".encode(),
        "ФИО".encode("cp1251"),
        b"\x1a",
        b"\x81",
    ]
)
FILES = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=60).map(b"".join))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=FILES)
def test_any_bytes_are_read_or_refused_in_words(write: Writer, contents: bytes) -> None:
    try:
        read = reading(write(contents))
        for gather in (False, True):
            try:
                found = list(read.again(gather=gather).records())
            except Scattered:
                continue
            break
        assert all(one.reason for one in refusals(found))
    except OwnerError as error:
        assert error.message


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=FILES)
def test_planning_any_bytes_leaves_the_store_alone(
    store: sqlite3.Connection, write: Writer, contents: bytes
) -> None:
    try:
        found = plan(store, write(contents))
    except OwnerError as error:
        assert error.message
    else:
        assert found["questions"] or found["plan"]["refused"] is not None
    assert store.execute("SELECT count(*) FROM event").fetchone() == (0,)
    assert not store.in_transaction


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, 4000), cut=st.integers(0, 40), put=st.binary(max_size=12),
    name=st.sampled_from(["shopify_orders.csv", "hand_fr_cp1252.csv", "hand_ru_cp1251.csv"]),
)
def test_a_damaged_export_is_read_or_refused_and_imports_whole_or_not(
    store: sqlite3.Connection, write: Writer, place: int, cut: int, put: bytes, name: str
) -> None:
    whole = (SAMPLES / name).read_bytes()
    place %= len(whole)
    path = write(whole[:place] + put + whole[place + cut:])
    try:
        found = plan(store, path)
        if not found["questions"]:
            take(store, path)
    except OwnerError as error:
        assert error.message
    assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not store.in_transaction


PACKED = {
    "a.csv.gz": gzip.compress(b"date,customer,amount\n2026-01-13,Ana,5.50\n", mtime=0),
    "a.zip": b"", "a.xlsx": b"",
}


@pytest.fixture
def packed(tmp_path: Path) -> dict[str, bytes]:
    """A small file of every sort that is taken apart."""
    archive(tmp_path / "a.zip", {"a.csv": "name,email\nAna,ana@example.com\n", "b/c.txt": "x\n"})
    xlsx(tmp_path / "a.xlsx", {"S": [["name", "email"], ["Ana", "ana@example.com"]]})
    return PACKED | {name: (tmp_path / name).read_bytes() for name in ("a.zip", "a.xlsx")}


@pytest.mark.parametrize("name", PACKED)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 5000), cut=st.integers(0, 60), put=st.binary(max_size=12))
def test_damaged_archives_and_workbooks_are_read_or_refused(
    tmp_path: Path, packed: dict[str, bytes], name: str, place: int, cut: int, put: bytes
) -> None:
    whole = packed[name]
    place %= len(whole)
    path = tmp_path / name
    path.write_bytes(whole[:place] + put + whole[place + cut:])
    try:
        for read in read_files(path, Answers(), Setting(TODAY), tmp_path / "room"):
            list(read.records())
    except OwnerError as error:
        assert error.message
    except Scattered:
        pass


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 2000), put=st.binary(min_size=1, max_size=6))
def test_a_workbook_with_damaged_insides_is_read_or_refused(
    tmp_path: Path, packed: dict[str, bytes], place: int, put: bytes
) -> None:
    (tmp_path / "whole.xlsx").write_bytes(packed["a.xlsx"])
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    name = sorted(members)[place % len(members)]
    inside = members[name]
    at = place % max(len(inside), 1)
    path = archive(tmp_path / "a.xlsx", members | {name: inside[:at] + put + inside[at + len(put):]})
    try:
        for read in read_files(path, Answers(), Setting(TODAY), tmp_path / "room"):
            list(read.records())
    except OwnerError as error:
        assert error.message


@pytest.mark.parametrize("column", ["customer", "date", "amount", "email", "phone", "tags", "quantity", "zz"])
def test_no_cell_takes_longer_than_its_length_deserves(write: Writer, column: str) -> None:
    """A pattern that looks again and again at the same signs would take hours for these cells."""
    headings = ["date", "customer", "amount", "email", "phone", "tags", "quantity", "zz"]
    usual = ["2026-01-13", "Ana", "5.50", "ana@example.com", "912345678", "vip", "1", "x"]
    place = headings.index(column)
    rows = [usual]
    for sign in ("x", "@", "1", " ", "1,", "a.", "(", "1\u00a0", "jan ", "\x1b]", "<a", "&a"):
        cell = (sign * 100_000)[:100_000] + "!"
        rows.append([*usual[:place], f'"{cell}"', *usual[place + 1:]])
    text = "\n".join(",".join(row) for row in [headings, *rows])
    found = records(write(text + "\n"))
    assert len(events(found)) + len(refusals(found)) == len(rows)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    street=st.text("abcdef ", max_size=10).map(lambda text: f"R{text}"),
    number=st.text("0123456789ab", min_size=1, max_size=4), at=st.integers(0, 11), blank=st.booleans(),
)
def test_a_row_that_a_delimiter_parted_is_whole_again_or_refused_but_never_shifted(
    write: Writer, street: str, number: str, at: int, blank: bool
) -> None:
    rows = [[str(n), f"2026-01-{n + 1:02}", f"Ana {n}", f"Street {n}", "Porto", f"{n}.50"] for n in range(12)]
    meant = [*rows[at][:3], f"{street},{' ' if blank else ''}{number}", *rows[at][4:]]
    lines = [",".join(row if place != at else meant) for place, row in enumerate(rows)]
    path = write("id,date,customer,address,town,amount\n" + "\n".join(lines) + "\n")
    (table,) = read_tables(path)
    read = [row for _line, row in table.rows()]
    assert read == [row if place != at else meant for place, row in enumerate(rows)] or read == [
        row for place, row in enumerate(rows) if place != at
    ]


TABLES = st.sampled_from([
    "date,customer,amount\n2026-01-13,Ana,5.50\n2026-01-14,Bo,6.50\n",
    "Name,Email,Phone\nAna,ana@example.com,912345678\n",
    "Order ID,Date,Customer,Amount\n7,2026-02-01,Cy,1.00\n8,2026-02-02,Di,2.00\n",
])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(TABLES, min_size=2, max_size=4),
    gap=st.sampled_from(["\n", ",,\n", "\n### Part ###\n"]),
)
def test_tables_one_below_the_other_give_what_they_give_alone(
    write: Writer, parts: list[str], gap: str
) -> None:
    alone = [row for text in parts for table in read_tables(write(text)) for _line, row in table.rows()]
    together = [row for table in read_tables(write(gap.join(parts))) for _line, row in table.rows()]
    assert together == alone
