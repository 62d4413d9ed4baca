"""`undo`: changes by hand are taken back one by one, the newest first."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run, contents

LOG = ("operation", "before_image", "sqlite_sequence")
"""What is left behind: that there was something to take back."""


def ledger(db: Path) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows for table, rows in contents(db).items() if table not in LOG}


def test_changes_are_taken_back_one_by_one(demo: Path, run: Run) -> None:
    states = [ledger(demo)]
    changes = (
        ["log", "5", "purchase", "--amount", "9.90"],
        ["customer", "edit", "5", "--name", "Eva"],
        ["customer", "edit", "5", "--tag", "choir"],
    )
    for words in changes:
        assert run(*words).exit_code == 0
        states.append(ledger(demo))
    for words, before in zip(reversed(changes), reversed(states[:-1]), strict=True):
        found = run("undo")
        assert found.exit_code == 0, found.stderr
        assert found.stdout.startswith("Taken back: "), words
        assert ledger(demo) == before, words


def test_where_nothing_was_changed_by_hand_nothing_is_taken_back(run: Run, db: Path) -> None:
    assert run("definition", "use", "cafe").exit_code == 0
    before = contents(db)
    found = run("undo")
    assert (found.exit_code, found.stdout) == (1, "")
    assert "imports undo" in found.stderr
    assert contents(db) == before
