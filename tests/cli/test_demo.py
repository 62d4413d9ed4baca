"""`demo`: a private copy of today; the packaged file is never touched."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import pytest

from activetui.store.copies.demo_copy import demo_file
from tests.cli.conftest import Run


@pytest.mark.parametrize("today", ["2026-11-22", "2027-06-01"])
def test_the_demo_looks_the_same_on_every_day_and_stays_as_it_is(
    today: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashlib.sha256(demo_file().read_bytes()).hexdigest()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = run("demo", ACTIVETUI_TODAY=today)
    assert found.exit_code == 0, found.stderr
    first, *rest, last = found.stdout.splitlines()
    assert today[:4] in first and today[:4] in last
    assert rest == run("demo").stdout.splitlines()[1:-1]
    assert hashlib.sha256(demo_file().read_bytes()).hexdigest() == before
    assert not list(demo_file().parent.glob("demo.db-*"))
    assert list(tmp_path.iterdir()) == [], "the copy is gone, and nothing else was made"


def test_the_last_event_of_the_demo_was_yesterday(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    assert run("demo", "--keep", kept, ACTIVETUI_TODAY="2027-06-01").exit_code == 0
    found = run("--db", kept, "customers", "last<=1d", "--format", "json", ACTIVETUI_TODAY="2027-06-01")
    latest = max(row["last_purchase"] for row in json.loads(found.stdout))
    assert latest == "2027-05-31"


def test_a_kept_demo_is_private_and_an_existing_file_is_left_alone(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    assert "kept.db" in run("demo", "--keep", kept).stdout
    assert kept.stat().st_mode & 0o777 == 0o600
    before = kept.read_bytes()
    found = run("demo", "--keep", kept)
    assert found.exit_code == 1
    assert "kept.db" in found.stderr
    assert kept.read_bytes() == before


def test_the_demo_leaves_the_owners_store_alone(run: Run, db: Path) -> None:
    assert run("demo").exit_code == 0
    assert not db.exists()
