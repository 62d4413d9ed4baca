"""Refused rows go to a file that can be corrected and imported, also where a file holds several tables."""

from __future__ import annotations

import csv
from pathlib import Path

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.read import read_files
from activetui.importing.refused import write_refused
from tests.importing.files import TODAY, Writer, events, reading, records, refusals
from tests.importing.workbooks import archive

SALES = "date,customer,amount\n2026-01-13,Ana,5.50\nsoon,Bo,6.50\n"
ORDERS = "Order ID,Date,Customer,Amount\n7,2026-02-01,Cy,1.00\n8,never,Di,2.00\n"


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_rows_of_each_table_stand_under_its_own_headings(write: Writer, tmp_path: Path) -> None:
    read = reading(write(f"{SALES}\n{ORDERS}"))
    path = write_refused(refusals(read.records()), read, tmp_path)
    lines = _lines(path)
    assert [line[:3] for line in lines if line] == [
        ["date", "customer", "amount"], ["soon", "Bo", "6.50"],
        ["Order ID", "Date", "Customer"], ["8", "never", "Di"],
    ]
    text = path.read_text(encoding="utf-8-sig")
    corrected = text.replace("soon", "2026-01-14").replace("never", "2026-02-02")
    again = events(records(write(corrected, "again.csv")))
    assert [one.amount for one in again] == [650, 200]


def test_a_table_without_refused_rows_leaves_no_headings(write: Writer, tmp_path: Path) -> None:
    read = reading(write(f"{SALES}\n{ORDERS.replace('never', '2026-02-02')}"))
    lines = _lines(write_refused(refusals(read.records()), read, tmp_path))
    assert [line[0] for line in lines] == ["date", "soon"]


def test_rows_from_an_archive_are_named_after_both(tmp_path: Path) -> None:
    path = archive(tmp_path / "backup.zip", {"2026/sales.csv": SALES})
    (read,) = read_files(path, Answers(), Setting(TODAY), tmp_path / "room")
    aside = write_refused(refusals(read.records()), read, tmp_path)
    assert aside.parent == tmp_path and aside.name.startswith("backup-") and "sales" in aside.name


def test_what_was_refused_before_is_not_written_over(write: Writer, tmp_path: Path) -> None:
    first = reading(write(SALES))
    paths = [write_refused(refusals(first.records()), first, tmp_path) for _again in range(2)]
    other = reading(write(SALES.replace("soon", "later")))
    paths.append(write_refused(refusals(other.records()), other, tmp_path))
    assert [path.name for path in paths] == ["file.refused.csv", "file.refused.csv", "file.refused-2.csv"]
