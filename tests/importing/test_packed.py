"""Compressed files, archives and workbooks: what they hold is found, named, and bounded."""

from __future__ import annotations

import gzip
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.files import archives
from activetui.importing.files.packed import parts_of
from activetui.importing.files.worksheets import as_text
from activetui.importing.read import FileReading, read_files
from activetui.ledger.errors import OwnerError
from tests.importing.files import TODAY, customers, day, events
from tests.importing.workbooks import DAY, MOMENT, archive, ods, sparse_xlsx, xlsx

SALES = "date,customer,amount\n2026-01-13,Ana,5.50\n"
PEOPLE = "name,email\nAna,ana@example.com\n"


def read(path: Path) -> list[FileReading]:
    """Every table that a file holds."""
    return read_files(path, Answers(), Setting(TODAY), path.parent / "room")


def test_a_plain_file_is_its_own_part_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "sales.CSV"
    path.write_text(SALES)
    (part,) = parts_of(path, tmp_path / "room")
    assert (part.path, part.owner_path, part.member, part.label) == (path, path, "", "sales.CSV")
    assert not (tmp_path / "room").exists()


def test_a_gzip_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv.gz"
    path.write_bytes(gzip.compress(SALES.encode()))
    (reading,) = read(path)
    assert (reading.part.owner_path, reading.part.file_name, reading.part.label) == (
        path, "orders.csv", "orders.csv.gz"
    )
    assert [one.amount for one in events(reading.records())] == [550]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of Unix")
def test_what_is_unpacked_is_the_owners_alone(tmp_path: Path) -> None:
    (part,) = parts_of(archive(tmp_path / "a.zip", {"a.csv": SALES}), tmp_path / "room")
    for path in (part.path, *part.path.parents[:2]):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_every_table_in_an_archive_is_a_reading_of_its_own(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "backup.zip",
        {
            "2026/sales.csv": SALES, "2026/people.tsv": PEOPLE.replace(",", "\t"), "logo.png": b"\x89PNG",
            "__MACOSX/2026/._sales.csv": b"\x00", "2026/.DS_Store": b"x", "read me.txt": "Hello.\n\nBye.\n",
        },
    )
    people, sales = read(path)
    assert [people.part.label, sales.part.member] == ["backup.zip › 2026/people.tsv", "2026/sales.csv"]
    assert [one.email for one in customers(people.records())] == ["ana@example.com"]
    assert len(events(sales.records())) == 1
    assert [text.split(":")[0] for text in people.left_out] == ["logo.png", "backup.zip › read me.txt"]


def test_names_within_an_archive_never_lead_out_of_the_folder(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip", {"../../evil.csv": SALES, "/etc/x.csv": SALES, "C:\\y\\con.csv": SALES}
    )
    room = tmp_path / "room"
    parts = parts_of(path, room)
    assert len(parts) == 3
    assert all(part.path.resolve().is_relative_to(room.resolve()) for part in parts)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip", "room"]


def test_names_of_old_archives_are_read_in_the_likeliest_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    archive(path, {"продажи.csv": SALES})
    dos = "продажи.csv".encode("cp866")
    raw = path.read_bytes().replace("продажи.csv".encode(), dos.ljust(len("продажи.csv".encode()), b"_"))
    flags = raw.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")  # no longer said to be UTF-8
    path.write_bytes(flags.replace(b"_" * 7, b" " * 7))
    with zipfile.ZipFile(path) as packed:
        (member,) = archives.members_of(packed, "a.zip")
    assert member.name.startswith("продажи")


def test_an_archive_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="no table") as caught:
        read(archive(tmp_path / "a.zip", {"a.pdf": b"%PDF", "b.png": b"x"}))
    assert ".csv" in caught.value.hint


def test_an_archive_whose_only_table_is_bad_says_why(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="no rows"):
        read(archive(tmp_path / "a.zip", {"a.csv": "name,email\n"}))


@pytest.mark.parametrize("name", ["a.zip", "a.csv.gz"])
def test_a_damaged_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("zip"):
        archive(path, {"a.csv": SALES * 500})
    else:
        path.write_bytes(gzip.compress(SALES.encode() * 500))
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(OwnerError, match="damaged"):
        read(path)


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.csv": SALES})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(OwnerError, match="password"):
        read(path)


@pytest.mark.parametrize("name", ["a.zip", "a.csv.gz"])
def test_a_bomb_is_refused_before_it_fills_the_disk(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_PLAUSIBLE", 1 << 20)
    path, zeros = tmp_path / name, b"0" * (3 << 20)
    if name.endswith("zip"):
        archive(path, {"a.csv": zeros})
    else:
        path.write_bytes(gzip.compress(zeros))
    with pytest.raises(OwnerError, match="more than can be true"):
        read(path)
    assert not [entry for entry in (tmp_path / "room").rglob("*") if entry.is_file()]


def test_an_archive_within_an_archive_is_opened_but_not_for_ever(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", {"a.csv": SALES})
    outer = archive(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes()})
    (reading,) = read(outer)
    assert reading.part.label == "outer.zip › inner.zip › a.csv"
    for number in range(6):
        outer = archive(tmp_path / f"{number}.zip", {"again.zip": outer.read_bytes()})
    with pytest.raises(OwnerError, match="ZIP"):
        read(outer)


def test_every_sheet_with_rows_is_read_with_its_days_and_numbers(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "book.xlsx",
        {
            "Sales": [
                ["Orders of the shop"], [],
                ["Date", "Order ID", "Customer", "Amount", "Note"],
                [(45384.0, DAY), 2000007891234567.0, "Ana", 22.200000000000003, "two\nlines"],
                [(45385.34789351852, MOMENT), 7.0, "Bo", 957.5, ""],
            ],
            "Empty": [],
            "Secret": [["Name", "E-mail"], ["Cy", "cy@example.com"]],
            "People": [["Name", "E-mail"], ["Di", "di@example.com"]],
        },
        hidden=["Secret"],
    )
    sales, people = read(path)
    assert [sales.part.label, people.part.member] == ["book.xlsx › Sales", "People"]
    assert sales.understood.table.header_row == 2
    found = events(sales.records())
    assert [(day(one), one.order_ref, one.amount, one.line) for one in found] == [
        ("2024-04-02", "2000007891234567", 2220, 4), ("2024-04-03", "7", 95750, 5)
    ]
    assert found[0].note == "two lines" and found[1].time.startswith("08:20")
    assert [one.email for one in customers(people.records())] == ["di@example.com"]
    assert sales.left_out == ("Secret (a hidden sheet)",)
    table = sales.understood.table
    assert table.encoding.why == table.dialect.why == "it comes from a workbook"


def test_a_sheet_is_read_whatever_its_file_is_called(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "sales.csv", {"S": [["Name", "E-mail"], ["Ana", "ana@example.com"]]})
    (reading,) = read(path)
    assert [one.name for one in customers(reading.records())] == ["Ana"]


def test_cells_merged_downwards_stand_in_every_row(tmp_path: Path) -> None:
    rows = [
        ["Customer", "Date", "Amount"],
        ["Ana", (45384.0, DAY), 5.0], ["", (45385.0, DAY), 6.0], ["", (45386.0, DAY), 7.0],
    ]
    (reading,) = read(xlsx(tmp_path / "a.xlsx", {"S": rows}, merged="A2:A3"))
    names = [one.customer and one.customer.name for one in events(reading.records())]
    assert names == ["Ana", "Ana", None]


def test_notes_beside_tables_are_left_out_and_told(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        {"Read me": [["Fill in the yellow cells"], ["and send it back"]], "S": [["Name"], ["Ana"]]},
    )
    (reading,) = read(path)
    assert reading.part.label == "a.xlsx › S"
    assert [text.split(":")[0] for text in reading.left_out] == ["a.xlsx › Read me"]


def test_an_opendocument_workbook_is_read(tmp_path: Path) -> None:
    (reading,) = read(ods(tmp_path / "a.ods", {"S": [["Name", "E-mail"], ["Ana", "ana@example.com"]]}))
    assert [one.email for one in customers(reading.records())] == ["ana@example.com"]


def test_a_workbook_that_asks_for_all_memory_is_refused_and_ends_nothing(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="damaged, or far too large"):
        read(sparse_xlsx(tmp_path / "a.xlsx", "XFD1048576"))


def test_a_workbook_within_an_archive_is_named_by_its_way(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "b.xlsx", {"S": [["Name"], ["Ana"]], "T": [["Name"], ["Bo"]]})
    first, second = read(archive(tmp_path / "a.zip", {"x/b.xlsx": book.read_bytes()}))
    assert first.part.label == "a.zip › x/b.xlsx › S"
    assert second.part.file_name == "b.csv"


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "Word document"),
        ({"Index/Document.iwa": ""}, "Numbers"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "office document"),
        ({"[Content_Types].xml": "", "xl/workbook.xml": "<not"}, "damaged"),
    ],
)
def test_an_office_document_without_a_table_is_named(
    tmp_path: Path, members: dict[str, str], says: str
) -> None:
    with pytest.raises(OwnerError, match=says) as caught:
        read(archive(tmp_path / "a.xlsx", members))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (7.0, "7"), (-0.5, "-0.5"), (1e15, "1000000000000000"), (0.00001234, "0.00001234"),
        (957.577, "957.5770"), (22.200000000000003, "22.2"), (float(1 << 54), "1.80143985094820E+16"),
        (True, "TRUE"), ("a\r\nb", "a b"), ("=1+1", "=1+1"), (float("nan"), ""),
    ],
)
def test_cells_of_a_sheet_are_written_without_loss_or_doubt(cell: object, text: str) -> None:
    assert as_text(cell) == text


def test_a_reading_can_be_understood_anew(tmp_path: Path) -> None:
    (reading,) = read(archive(tmp_path / "a.zip", {"a.csv": SALES}))
    again = reading.anew(Answers(source="shop"), Setting(TODAY))
    assert (again.understood.source, again.part) == ("shop", reading.part)
