"""Data files in trouble: folders that cannot be written, full disks, other programs, sudden ends."""

from __future__ import annotations

import sqlite3
import struct
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from activetui.store import settings
from activetui.store.opening.file import connect_again, open_store, transaction
from activetui.store.opening.guard import DataFileError, owner_errors
from activetui.store.opening.header import read_header
from tests.store.building import TODAY, everything
from tests.store.places import a_store, files_in, mounted, read_only


def test_a_folder_that_cannot_be_written_can_be_looked_at_only(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        path = a_store(disk / "shop.db")
        with read_only(disk):
            before = files_in(disk)
            with pytest.raises(DataFileError, match="cannot be written"):
                open_store(path, today=TODAY)
            with pytest.raises(DataFileError, match="cannot be written"):
                open_store(disk / "new.db", today=TODAY, create=True)
            with closing(open_store(path, today=TODAY, read_only=True)) as conn:
                assert conn.execute("SELECT name FROM customer").fetchall() == [("Ana",)]
                conn.execute("CREATE TEMP TABLE mine (x)")
                conn.execute("INSERT INTO mine VALUES (1)")
                conn.commit()
                with pytest.raises(DataFileError, match="cannot be written"), owner_errors(path):
                    conn.execute("INSERT INTO customer (name) VALUES ('Rui')")
            assert files_in(disk) == before


def test_looking_changes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    before = files_in(tmp_path)
    with closing(open_store(path, today=TODAY + 40, read_only=True)) as conn:
        conn.execute("CREATE TEMP TABLE mine (x)")
        conn.execute("INSERT INTO mine VALUES (1)")
        conn.commit()
        for statement in (
            "INSERT INTO customer (name) VALUES ('Rui')", "DELETE FROM main.fact", "DROP TABLE line",
            "CREATE TABLE extra (x)", "ALTER TABLE customer ADD COLUMN another", "UPDATE meta SET value = ''",
        ):
            with pytest.raises(DataFileError, match="cannot be written"), owner_errors(path):
                conn.execute(statement)
    assert files_in(tmp_path) == before


def test_a_full_disk_makes_no_new_file(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-o", "size=64k") as disk:
        with pytest.raises(DataFileError, match="is full"):
            open_store(disk / "shop.db", today=TODAY, create=True)
        assert list(disk.iterdir()) == []


def test_a_disk_that_fills_up_loses_nothing_committed(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-o", "size=3m") as disk:
        path = a_store(disk / "shop.db")
        with closing(open_store(path, today=TODAY)) as conn:
            with pytest.raises(DataFileError, match="is full"), owner_errors(path), transaction(conn):
                conn.executemany("INSERT INTO customer (name) VALUES (?)", [("x" * 900,)] * 9000)
            assert conn.execute("SELECT name FROM customer").fetchall() == [("Ana",)]
        with closing(open_store(path, today=TODAY)) as conn:
            assert conn.execute("SELECT name FROM customer").fetchall() == [("Ana",)]
            assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_writer_that_waits_in_vain_says_that_the_file_is_in_use(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as busy, closing(open_store(path, today=TODAY)) as waiting:
        busy.execute("BEGIN IMMEDIATE")
        waiting.execute("PRAGMA busy_timeout = 10")
        assert waiting.execute("SELECT count(*) FROM customer").fetchone()[0] == 1
        with pytest.raises(DataFileError, match="in use"), owner_errors(path), transaction(waiting):
            pass


def test_a_new_day_opens_a_file_that_another_program_writes(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with closing(open_store(path, today=TODAY + 1)) as conn:
            assert settings.facts_day(conn) == TODAY
            assert conn.execute("PRAGMA busy_timeout").fetchone()[0] == 5000
    with closing(open_store(path, today=TODAY + 1)) as conn:
        assert settings.facts_day(conn) == TODAY + 1


def test_a_file_that_another_program_keeps_for_itself_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activetui.store.opening.file.PATIENCE", 0.01)
    path = a_store(tmp_path / "shop.db")
    with closing(sqlite3.connect(path)) as keeper:
        keeper.execute("PRAGMA locking_mode = EXCLUSIVE")
        keeper.execute("BEGIN IMMEDIATE")
        keeper.execute("INSERT INTO customer (name) VALUES ('Rui')")
        with pytest.raises(DataFileError, match="in use"):
            open_store(path, today=TODAY)


def test_a_file_without_wal_gets_it_back(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA journal_mode = DELETE")
    with closing(open_store(path, today=TODAY)) as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_transaction_is_all_or_nothing_and_inner_ones_belong_to_the_outer(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "shop.db", today=TODAY, create=True)) as conn:
        before = everything(conn)
        with pytest.raises(KeyboardInterrupt), transaction(conn):
            with transaction(conn):
                conn.execute("INSERT INTO customer (name) VALUES ('Ana')")
            raise KeyboardInterrupt
        assert not conn.in_transaction
        assert everything(conn) == before


def test_a_process_killed_in_a_transaction_leaves_nothing_of_it(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        before = everything(conn)
    program = (
        "import os, sys; from pathlib import Path\n"
        "from activetui.store.opening.file import open_store, transaction\n"
        "from activetui.store.facts.refresh import refresh_all\n"
        "conn = open_store(Path(sys.argv[1]), today=int(sys.argv[2]))\n"
        "conn.execute('PRAGMA cache_size = 10')\n"  # so that pages of the transaction reach the WAL
        "conn.execute('BEGIN IMMEDIATE')\n"
        "conn.executemany('INSERT INTO customer (name) VALUES (?)', [('x' * 300,)] * 5000)\n"
        "refresh_all(conn, int(sys.argv[2]))\n"
        "print(os.path.getsize(sys.argv[1] + '-wal'), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path, str(TODAY)], capture_output=True, text=True
    )
    assert done.returncode == -9, done.stderr
    assert int(done.stdout) > 500_000
    with closing(open_store(path, today=TODAY)) as conn:
        assert everything(conn) == before
        assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_process_killed_while_making_a_file_leaves_none_of_that_name(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "import activetui.store.opening.seed as seed\n"
        "seed.seed = lambda conn, today: os.kill(os.getpid(), 9)\n"
        "from activetui.store.opening.file import open_store\n"
        "open_store(Path(sys.argv[1]), today=20000, create=True)\n"
    )
    path = tmp_path / "shop.db"
    assert subprocess.run([sys.executable, "-c", program, path]).returncode == -9
    assert not path.exists()
    open_store(path, today=TODAY, create=True).close()


def test_a_second_connection_sees_the_same_file_and_may_only_look_if_asked(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        with closing(connect_again(conn)) as other, transaction(other):
            other.execute("INSERT INTO customer (name) VALUES ('Rui')")
        with closing(connect_again(path, read_only=True)) as looker:
            assert looker.execute("SELECT count(*) FROM customer").fetchone()[0] == 2
            with pytest.raises(sqlite3.DatabaseError):
                looker.execute("DELETE FROM customer")


def test_a_file_whose_way_back_to_the_usual_journal_was_cut_short_goes_it_on_opening(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    half_way_to_wal(path)
    assert read_header(path).wal and path.with_name("shop.db-journal").exists()
    with closing(open_store(path, today=TODAY)) as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert conn.execute("SELECT name FROM customer").fetchall() == [("Ana",)]


def half_way_to_wal(path: Path) -> None:
    """Leave what a process leaves that is killed while it switches: the new header, and the old page."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        assert conn.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
        size, pages = (conn.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_size", "page_count"))
    whole = bytearray(path.read_bytes())
    old, nonce = bytes(whole[:size]), 7
    head = bytes.fromhex("d9d505f920a163d7") + struct.pack(">5I", 1, nonce, pages, 512, size)
    checksum = nonce + sum(old[at] for at in range(size - 200, 0, -200))
    journal = head.ljust(512, b"\0") + struct.pack(">I", 1) + old + struct.pack(">I", checksum)
    path.with_name(f"{path.name}-journal").write_bytes(journal)
    whole[18:20] = b"\2\2"
    path.write_bytes(whole)
