"""A copy of this process does its work and leaves nothing behind, in what this one has open least of all."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest

from activetui.importing.processes import copied

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux only")

LONG_FILE = """
import sys
from activetui.importing import apart
apart.LONG = 1
apart._is_possible = lambda: True
copied = apart.copied
apart.copied = lambda work: print("copied", file=sys.stderr) or copied(work)
from activetui.cli.main import run
sys.argv = ["activetui", *sys.argv[1:]]
run()
"""
ROWS = 300


def is_gone(number: int) -> bool:
    with pytest.raises(ChildProcessError):
        os.waitpid(number, os.WNOHANG)
    return True


def test_a_copy_writes_what_this_process_reads() -> None:
    loaded = io.BytesIO(b"known before")
    copy = copied(lambda out: out.write(loaded.getvalue()))  # type: ignore[arg-type]
    assert copy.told.read() == b"known before"
    copy.end()
    assert is_gone(copy._number)


def test_a_copy_that_fails_ends_what_it_writes() -> None:
    def work(out: IO[bytes]) -> None:
        out.write(b"so far")
        raise KeyError

    copy = copied(work)
    assert copy.told.read() == b"so far"
    copy.end()
    assert is_gone(copy._number)


def test_a_copy_that_nobody_listens_to_any_more_ends() -> None:
    def work(out: IO[bytes]) -> None:
        while True:
            out.write(b"more" * 1000)

    copy = copied(work)
    assert copy.told.read(4) == b"more"
    copy.end()
    assert is_gone(copy._number)


def test_a_store_that_is_open_and_half_written_is_not_touched_by_the_end_of_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("CREATE TABLE t (x)")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT INTO t VALUES (1)")
        copy = copied(lambda out: None)
        assert copy.told.read() == b""
        copy.end()
        with closing(sqlite3.connect(path, timeout=0)) as other, pytest.raises(sqlite3.OperationalError):
            other.execute("INSERT INTO t VALUES (2)")
        conn.execute("COMMIT")
        assert conn.execute("SELECT x FROM t").fetchall() == [(1,)]
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("words", [("--yes",), ("--dry-run",)])
def test_a_long_file_is_told_once(tmp_path: Path, words: tuple[str, ...]) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "Order;Email;Date;Total\n"
        + "".join(f"{number};k{number}@example.com;01.03.2026;3,00\n" for number in range(ROWS)),
        encoding="utf-8",
    )
    told = subprocess.run(
        [sys.executable, "-c", LONG_FILE, "import", str(orders), *words, "--db", str(tmp_path / "store.db")],
        capture_output=True, text=True, timeout=120, check=True,
        env={**os.environ, "ACTIVETUI_TODAY": "2026-11-22", "LANGUAGE": "en"},
    )
    assert told.stdout.count(f"Events: {ROWS} new") == 1
    assert told.stderr == "copied\n"
