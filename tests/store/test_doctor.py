"""The doctor finds what is wrong and touches nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.store.doctor import Check, examine
from tests.store.building import TODAY, Building
from tests.store.places import a_store, files_in, mounted, read_only
from tests.store.test_spans_to_lives import aged


def wrong(checks: list[Check]) -> list[str]:
    return [check.name for check in checks if not check.ok]


def test_a_sound_file_is_found_sound_and_left_alone(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    before = files_in(tmp_path)
    checks = examine(path)
    assert wrong(checks) == []
    assert len(checks) > 10
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE life SET spans = substr(spans, 1, 4)", [
            "Counts of statuses", "Statuses as the ledger says"]),
        ("DELETE FROM life", [
            "Everyone has a status on every day", "Counts of statuses", "Statuses as the ledger says"]),
        ("UPDATE life SET spans = x''", [
            "Everyone has a status on every day", "Counts of statuses", "Statuses as the ledger says"]),
        ("UPDATE life SET spans = substr(spans, 1, 7)", [
            "Everyone has a status on every day", "Counts of statuses", "Statuses as the ledger says"]),
        ("UPDATE life SET spans = substr(spans, 5)", [
            "Everyone has a status on every day", "Counts of statuses", "Statuses as the ledger says"]),
        ("UPDATE life SET spans = CAST(spans || substr(spans, -4) AS BLOB)", [
            "Everyone has a status on every day", "Statuses as the ledger says"]),
        ("DELETE FROM fact", ["Everyone has a status on every day", "Statuses as the ledger says"]),
        ("UPDATE fact SET spend = spend + 1", ["Statuses as the ledger says"]),
        ("UPDATE status_change SET change = change + 1", ["Counts of statuses"]),
        ("INSERT INTO status_change VALUES (3, 77, 1)", ["Counts of statuses"]),
        ("INSERT INTO life VALUES (99, x'00000000')", [
            "Everyone has a status on every day", "Counts of statuses"]),
        ("UPDATE event SET amount = 1, net = 1", ["Statuses as the ledger says"]),
        ("UPDATE event SET customer_id = 99", ["References", "Statuses as the ledger says"]),
        ("UPDATE definition SET toml = 'name = 3'", ["Definition in force", "Statuses as the ledger says"]),
        ("UPDATE event SET whose = 99", ["Merged customers"]),
        ("INSERT INTO merged_customer VALUES (99, 98, 1, '{}')", ["References", "Merged customers"]),
        ("INSERT INTO batch_file VALUES (1, 2, 1, x'00')", ["References", "Imported files"]),
        ("UPDATE _sqlite_migrations SET name = name || '_other'", ["Schema"]),
    ],
)
def test_what_does_not_agree_is_named(tmp_path: Path, statement: str, found: list[str]) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(statement)
        conn.commit()
    before = files_in(tmp_path)
    assert wrong(examine(path)) == found
    assert files_in(tmp_path) == before


def test_of_a_file_of_an_earlier_version_is_said_what_could_not_be_looked_at(tmp_path: Path) -> None:
    checks = examine(aged(a_store(tmp_path / "shop.db")))
    assert wrong(checks) == []
    assert [check.detail for check in checks if "brings it up to date" in check.detail] == [
        "5 of 7 steps; any other command brings it up to date; then more is looked at"
    ]


def test_what_is_no_file_of_ours_is_one_wrong_check(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ana" * 100)
    for path in (tmp_path, tmp_path / "letter.txt", tmp_path / "none.db"):
        [check] = examine(path)
        assert not check.ok


def test_pages_that_were_overwritten_are_found(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    content = bytearray(path.read_bytes())
    content[-4096 * 3 :] = b"\xa5" * (4096 * 3)
    path.write_bytes(content)
    assert "Pages and rows" in wrong(examine(path))


def test_a_file_that_others_may_open_is_named_with_the_cure(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    path.chmod(0o640)
    [check] = [check for check in examine(path) if not check.ok]
    assert "chmod 600" in check.detail


def test_a_disk_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        path = a_store(disk / "shop.db")
        with read_only(disk):
            assert wrong(examine(path)) == []


def test_a_store_without_customers_is_sound(tmp_path: Path) -> None:
    assert wrong(examine(Building(tmp_path / "shop.db", today=TODAY).close())) == []
