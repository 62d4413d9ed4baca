"""Imported files are kept as they were, with the cells of every row; one that has changed is refused."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.errors import OwnerError
from activetui.store.imports import batches, kept_files, packing
from activetui.store.imports.kept_files import KeptRow
from activetui.store.imports.staging import Staging
from tests.store.ledgers import NOW, TODAY, dump, new_store, person, purchase, rows

ANA = person(("id", "1"), name="Ana")


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return new_store(tmp_path)


def brought(conn: sqlite3.Connection, path: Path, *, line: int = 2, **shape: Any) -> int:
    """Import a file of which one order is on `line`; the number of the batch."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    number = rows(conn, "SELECT count(*) FROM event")[0][0] + 1
    assumed = {"encoding": "utf-8", "delimiter": ";", "header_row": 0, **shape}
    with Staging(conn, "till", TODAY) as staging:
        staging.add(purchase(number, ANA, line=line))
        batch = staging.apply(
            file_name=path.name, file_hash=digest, system="", assumptions=assumed, counts={}, made_at=NOW,
            path=path,
        )
    assert batch is not None
    return batch


def test_a_file_comes_back_byte_for_byte(conn: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes("\ufeffNome;Valor\r\nAna;1,00\r\n".encode() + os.urandom(2_500_000) + b"\r\nlast line")
    batch = brought(conn, path)
    kept_files.write_to(conn, batch, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()
    assert rows(conn, "SELECT count(*) > 2 FROM batch_file") == [(1,)]


def test_what_no_thread_had_time_to_pack_is_packed_where_it_is_written(
    conn: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PART", 1_000)
    monkeypatch.setattr(packing, "_HELD", 1)  # the thread waits after each part until that is written
    path = tmp_path / "sales.csv"
    path.write_bytes(b"Nome;Valor\r\n" + b"Ana;1,00\n" * 1_000)
    batch = brought(conn, path)
    kept_files.write_to(conn, batch, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()
    assert rows(conn, "SELECT count(*), max(part) FROM batch_file") == [(10, 10)]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["utf-8", "utf-16", "cp1252", "no such thing"]))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, raw: bytes, encoding: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    conn = new_store(folder)
    (folder / "a.csv").write_bytes(raw)
    batch = brought(conn, folder / "a.csv", encoding=encoding)
    if raw:
        kept_files.write_to(conn, batch, folder / "b.csv")
        assert (folder / "b.csv").read_bytes() == raw
        kept_files.row_of(conn, 1)
    conn.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_cells_of_any_row_can_be_shown(
    conn: sqlite3.Connection, tmp_path: Path, encoding: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PART", 64)  # so that a small file has many parts
    path = tmp_path / "sales.csv"
    lines = ["Клиент;Сумма", *(f"Иванов {n};{n},00" for n in range(200))]
    path.write_bytes((end.join(lines) + end).encode(encoding))
    for line in (2, 120, 201):
        brought(conn, path, line=line, encoding=encoding)
        event = rows(conn, "SELECT max(id) FROM event")[0][0]
        expected = KeptRow(("Клиент", "Сумма"), (f"Иванов {line - 2}", f"{line - 2},00"), line)
        assert kept_files.row_of(conn, event) == expected
    assert rows(conn, "SELECT count(*) > 20 FROM batch_file WHERE batch_id = 1") == [(1,)]


def test_a_row_with_line_breaks_within_is_one_row(conn: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text('Till of March\nName,Note\n"Ana","two\nlines"\nBen,\n')
    brought(conn, path, line=3, delimiter=",", header_row=1)
    assert kept_files.row_of(conn, 1) == KeptRow(("Name", "Note"), ("Ana", "two\nlines"), 3)


def test_a_file_that_has_changed_since_the_plan_is_refused_whole(
    conn: sqlite3.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("a;b\n1;2\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    before = dump(conn, ())

    def bring() -> None:
        with Staging(conn, "till", TODAY) as staging:
            staging.add(purchase(1, ANA))
            staging.plan()
            path.write_text("a;b\n1;3\n")
            staging.apply(
                file_name="sales.csv", file_hash=digest, system="", assumptions={}, counts={}, made_at=NOW,
                path=path,
            )

    with pytest.raises(OwnerError, match="has changed since"):
        bring()
    assert dump(conn, ()) == before
    path.unlink()
    digest = ""
    with pytest.raises(OwnerError, match="cannot be read any more"), Staging(conn, "till", TODAY) as staging:
        staging.add(purchase(1, ANA))
        staging.apply(
            file_name="sales.csv", file_hash="", system="", assumptions={}, counts={}, made_at=NOW, path=path
        )
    assert dump(conn, ()) == before


def test_a_file_that_changes_nothing_is_not_kept_again(conn: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("a;b\n1;2\n")
    brought(conn, path)
    with Staging(conn, "till", TODAY) as staging:
        staging.add(purchase(1, ANA, line=2))
        assert staging.apply(
            file_name="sales.csv", file_hash="", system="", assumptions={}, counts={}, made_at=NOW, path=path
        ) is None
    assert rows(conn, "SELECT count(DISTINCT batch_id) FROM batch_file") == [(1,)]


def test_an_undone_import_still_has_its_file(conn: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("a;b\n1;2\n")
    batch = brought(conn, path)
    batches.undo(conn, batch, today=TODAY, made_at=NOW)
    kept_files.write_to(conn, batch, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_text() == "a;b\n1;2\n"


def test_what_is_not_kept_is_said(conn: sqlite3.Connection, tmp_path: Path) -> None:
    with Staging(conn, "till", TODAY) as staging:
        staging.add(purchase(1, ANA, line=2))
        staging.apply(file_name="a", file_hash="", system="", assumptions={}, counts={}, made_at=NOW)
    assert not kept_files.is_kept(conn, 1)
    assert kept_files.row_of(conn, 1) is None
    with pytest.raises(OwnerError, match="is not kept"):
        kept_files.write_to(conn, 1, tmp_path / "a.csv")
    with pytest.raises(OwnerError, match="no event 7"):
        kept_files.row_of(conn, 7)
