"""Stores that cannot be used: a clear word, the right exit code, and the file as it was."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Program, Run

READING = [
    ["customers"], ["report", "summary"], ["customer", "show", "1"], ["definition", "show"],
    ["definition", "history"], ["segments", "list"], ["checklist", "today"], ["imports", "list"], [],
]
WRITING = [["log", "1", "purchase"], ["customer", "edit", "1", "--name", "Eva"]]
CREATING = [["definition", "use", "cafe"]]


def fingerprint(path: Path) -> object:
    """What the file or folder holds; None if it is not there."""
    if path.is_dir():
        return sorted(child.name for child in path.iterdir())
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def a_folder(path: Path) -> None:
    path.mkdir()


def an_empty_file(path: Path) -> None:
    path.touch()


def a_text(path: Path) -> None:
    path.write_text("customer_id,date\n1,2026-01-01\n" * 100)


def a_workbook(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"x" * 2000)


def a_store_of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY)")
        conn.commit()


def a_newer_store(path: Path) -> None:
    from activetui.ledger.days import from_iso
    from activetui.store.opening.file import open_store

    with closing(open_store(path, today=from_iso("2026-11-22"), create=True)) as conn:
        conn.execute("PRAGMA user_version = 999")
        conn.execute("PRAGMA journal_mode = DELETE")


def a_damaged_store(path: Path) -> None:
    from activetui.ledger.days import from_iso
    from activetui.store.opening.file import open_store

    with closing(open_store(path, today=from_iso("2026-11-22"), create=True)) as conn:
        conn.execute("PRAGMA journal_mode = DELETE")
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)


BAD = [
    a_folder, an_empty_file, a_text, a_workbook, a_store_of_another_program, a_newer_store, a_damaged_store
]


@pytest.mark.parametrize("words", [*READING, *WRITING])
def test_a_missing_store_is_not_made_by_looking(words: list[str], run: Run, db: Path) -> None:
    found = run(*words)
    assert (found.exit_code, found.stdout) == (1, "")
    assert str(db) in found.stderr
    assert "activetui" in found.stderr, "what to do"
    assert not db.exists()


@pytest.mark.parametrize("make", BAD)
@pytest.mark.parametrize("words", [["report", "summary"], [], *WRITING, *CREATING])
def test_what_is_no_sound_store_of_ours_is_refused_and_left_alone(
    make: Callable[[Path], None], words: list[str], run: Run, db: Path
) -> None:
    make(db)
    before = fingerprint(db)
    found = run(*words)
    assert (found.exit_code, found.stdout) == (1, ""), found.stdout
    assert str(db) in found.stderr
    assert len(found.stderr.splitlines()) >= 2, "what happened and what to do"
    assert "Sorry" not in found.stderr
    assert fingerprint(db) == before
    assert [child.name for child in db.parent.iterdir()] == [db.name]


@pytest.mark.parametrize("make", BAD)
def test_the_doctor_says_that_it_is_not_well(make: Callable[[Path], None], run: Run, db: Path) -> None:
    make(db)
    before = fingerprint(db)
    found = run("doctor")
    assert found.exit_code == 1
    assert "Sorry" not in found.stderr
    assert fingerprint(db) == before


def test_a_store_that_another_program_writes_is_left_alone_with_a_word(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from activetui.store.opening import file

    assert run("definition", "use", "shop").exit_code == 0
    monkeypatch.setattr(file, "PATIENCE", 0.05)
    with closing(sqlite3.connect(db)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = run("definition", "use", "cafe")
        assert found.exit_code == 1
        assert "in use" in found.stderr
        assert run("report", "summary").exit_code == 0, "reading goes on meanwhile"
    assert "within 30 days" in run("definition", "show").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away as Linux has them")
def test_a_store_in_a_folder_that_cannot_be_written_can_be_read_and_not_changed(run: Run, db: Path) -> None:
    assert run("definition", "use", "shop").exit_code == 0
    with closing(sqlite3.connect(db)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = fingerprint(db)
    db.chmod(0o444)
    db.parent.chmod(0o555)
    try:
        for words, code in ((["show"], 0), (["use", "cafe"], 1)):
            found = without_rights(db, "definition", *words)
            assert found.returncode == code, found.stderr
            assert "Sorry" not in found.stderr
    finally:
        db.parent.chmod(0o755)
    assert fingerprint(db) == before


def without_rights(store: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program as someone for whom the rights of files hold, even where the tests run as root."""

    def give_up_rights() -> None:
        drop, override_rights, read_anything = 24, 1, 2      # prctl(2), capabilities(7)
        for capability in (override_rights, read_anything):
            ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0)

    return subprocess.run(
        [sys.executable, "-m", "activetui", "--db", str(store), *words],
        env={**os.environ, "ACTIVETUI_TODAY": "2026-11-22"},
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
        preexec_fn=give_up_rights,
    )


def test_a_full_disk_for_the_output_is_an_error_in_words(program: Program, db: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("w") as out:
        found = subprocess.run(
            [sys.executable, "-m", "activetui", "definition", "presets", "--format", "json"],
            stdout=out, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
        )
    assert found.returncode == 1
    assert "No space left" in found.stderr
    assert "Traceback" not in found.stderr
    assert "Exception ignored" not in found.stderr


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    found = subprocess.run(
        f"{sys.executable} -m activetui definition presets --format json | head -c 1",
        shell=True, capture_output=True, text=True, timeout=120, check=False,
    )
    assert found.stdout == "["
    assert found.stderr == ""
