"""`backup`, `restore`, `doctor`, `locate`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, contents


def test_a_backup_brings_back_what_was(demo: Path, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    before = contents(demo)
    assert run("backup", copy).exit_code == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    assert run("log", 5, "purchase", "--amount", "5").exit_code == 0
    assert contents(demo) != before
    found = run("restore", copy)
    assert found.exit_code == 0, found.stderr
    assert contents(demo) == before
    kept = [path for path in demo.parent.iterdir() if "before-restore" in path.name]
    assert len(kept) == 1
    assert str(kept[0]) in found.stdout
    assert contents(copy) == before


def test_a_backup_never_overwrites(demo: Path, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("mine")
    found = run("backup", copy)
    assert found.exit_code == 1
    assert "copy.db" in found.stderr
    assert copy.read_text() == "mine"


def test_a_backup_brings_a_lost_store_back(demo: Path, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", copy).exit_code == 0
    before = contents(demo)
    for path in demo.parent.glob(demo.name + "*"):
        path.unlink()
    assert run("restore", copy).exit_code == 0
    assert contents(demo) == before


def test_only_a_sound_backup_of_ours_is_brought_back(demo: Path, run: Run, tmp_path: Path) -> None:
    before = contents(demo)
    text = tmp_path / "notes.txt"
    text.write_text("no database at all")
    for wrong in (text, tmp_path / "missing.db", tmp_path, demo):
        found = run("restore", wrong)
        assert (found.exit_code, found.stdout) == (1, "")
        assert str(wrong) in found.stderr
        assert contents(demo) == before


def test_nothing_can_be_backed_up_before_there_is_a_store(run: Run, tmp_path: Path) -> None:
    found = run("backup", tmp_path / "copy.db")
    assert found.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_backup_into_a_missing_folder_is_refused(demo: Path, run: Run, tmp_path: Path) -> None:
    found = run("backup", tmp_path / "no" / "copy.db")
    assert found.exit_code == 1
    assert "Sorry" not in found.stderr


def test_the_doctor_finds_the_demo_well_and_changes_nothing(demo: Path, run: Run) -> None:
    before = demo.read_bytes()
    found = run("doctor", "--format", "json")
    assert found.exit_code == 0, found.stdout
    checks = json.loads(found.stdout)
    assert all(set(check) == {"check", "ok", "detail"} for check in checks)
    assert all(check["ok"] for check in checks)
    assert demo.read_bytes() == before


def test_locate_names_the_store_whether_or_not_it_is_there(run: Run, db: Path) -> None:
    def store() -> dict[str, object]:
        rows = json.loads(run("locate", "--format", "json").stdout)
        return next(row for row in rows if row["what"] == "store")

    assert store() == {"what": "store", "path": str(db), "exists": False}
    assert run("definition", "use", "cafe").exit_code == 0
    assert store()["exists"] is True
