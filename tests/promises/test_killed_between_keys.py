"""Promise: whenever the app is killed at the checklist, at most the last key is lost."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from activetui.cli.program import app
from activetui.ledger.days import iso
from tests.promises.newcomer import Newcomer
from tests.store.building import TODAY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
KEPT_BY_UNDO = ("operation", "before_image", "kept_figure")


def rows(db: Path) -> dict[str, list[Any]]:
    """All that a store holds, which must be sound, but for what undo keeps and what is only worked out."""
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            table: conn.execute(f'SELECT * FROM "{table}"').fetchall()
            for (table,) in tables if table not in KEPT_BY_UNDO
        }


def done_today(db: Path) -> int:
    """How many steps are done, each with its contact in the ledger, in a playbook that goes on or has ended.
    """
    with closing(sqlite3.connect(db)) as conn:
        tasks = conn.execute(
            "SELECT enrolment_id, event_id FROM task WHERE state = 'done' AND closed = ?", (TODAY,)
        ).fetchall()
        contacts = conn.execute(
            "SELECT id FROM event WHERE kind = 7 AND action = 'out' AND day = ?", (TODAY,)
        ).fetchall()
        assert sorted(event for _begun, event in tasks) == sorted(number for (number,) in contacts)
        for begun, _event in tasks:
            (ended,) = conn.execute("SELECT ended FROM enrolment WHERE id = ?", (begun,)).fetchone()
            waiting = conn.execute(
                "SELECT count(*) FROM task WHERE enrolment_id = ? AND state = 'open'", (begun,)
            ).fetchone()[0]
            assert waiting == (ended is None)
        return len(tasks)


def test_what_was_seen_to_be_done_is_done_and_nothing_by_half(demo_file: Path, tmp_path: Path) -> None:
    db, today = tmp_path / "shop.db", str(iso(TODAY))
    db.write_bytes(demo_file.read_bytes())
    before = rows(db)
    seen = 0
    for _sitting in range(2):
        with Newcomer(db, today, rows=40, columns=120) as owner:
            owner.goes_to("Checklist")
            owner.waits_for(f"{seen} of 5 done today", "Usually spends")
            owner.presses("no answer")
            owner.waits_for(f"{seen + 1} of 5 done today")
            owner.presses("no answer")
            owner.is_killed()
        done = done_today(db)
        assert seen + 1 <= done <= seen + 2
        assert rows(db) != before
        seen = done
    for _each in range(done_today(db)):
        back = CliRunner().invoke(app, ["undo", "--db", str(db)])
        assert back.exit_code == 0, back.output
    assert rows(db) == before
