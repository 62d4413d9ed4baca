"""Promise: whom the coin left in peace stays so after backup, restore, and an import read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from activetui.cli.program import app
from activetui.reactivation.checklist.checklist import items
from activetui.store.opening.file import open_store
from tests.store.building import TODAY

Run = Callable[..., str]
MANY = 30
ROUND = ("checklist", "round", "start", "regular", "--only", "tag:rosa", "--hold-out", "40", "--yes")


@pytest.fixture
def db(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the demo."""
    path = tmp_path / "shop.db"
    path.write_bytes(demo_file.read_bytes())
    return path


@pytest.fixture
def run(db: Path) -> Run:
    """Run a command on it, which must succeed."""

    def command(*words: object) -> str:
        done = CliRunner().invoke(app, [*map(str, words), "--db", str(db)])
        assert done.exit_code == 0, (words, done.output)
        return done.stdout

    return command


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    """The customers of another shop, who came every month until July."""
    lines = ["customer_id,name,date,amount,currency,order_id,tags"]
    for number in range(MANY):
        lines += [
            f"R{number:03},Rosa {number},2026-{month:02}-10,{20 + number}.00,EUR,{number}-{month},rosa"
            for month in range(3, 8)
        ]
    path = tmp_path / "rosa.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def sides(db: Path) -> dict[str, bool]:
    """Who is left in peace, by the id in the file."""
    with closing(sqlite3.connect(db)) as conn:
        rows = conn.execute(
            "SELECT key, held_out FROM round_member JOIN customer ON id = customer_id WHERE key LIKE 'R%'"
        )
        return {key: bool(held_out) for key, held_out in rows}


def of_shop(db: Path) -> int:
    """The number of the import of that file."""
    with closing(sqlite3.connect(db)) as conn:
        return int(conn.execute("SELECT max(id) FROM batch").fetchone()[0])


def listed(db: Path) -> set[str]:
    """Which of them are on the checklist."""
    with closing(open_store(db, today=TODAY, read_only=True)) as conn:
        return {item.person.key for item in items(conn, TODAY) if item.person.key.startswith("R")}


def take(run: Run, file: Path) -> None:
    run("import", file, "--yes", "--source", "Mercearia Rosa")


def test_after_backup_and_restore(db: Path, run: Run, customers: Path, tmp_path: Path) -> None:
    take(run, customers)
    run(*ROUND)
    drawn = sides(db)
    assert len(drawn) == MANY and 5 < sum(drawn.values()) < 20
    run("backup", tmp_path / "kept.db")
    assert sides(tmp_path / "kept.db") == drawn
    run("undo")
    assert sides(db) == {}
    run("restore", tmp_path / "kept.db")
    assert sides(db) == drawn
    assert listed(db) == {key for key, held_out in drawn.items() if not held_out}


def test_after_an_import_is_undone_and_read_again(db: Path, run: Run, customers: Path) -> None:
    take(run, customers)
    run(*ROUND)
    drawn = sides(db)
    run("imports", "undo", of_shop(db))
    take(run, customers)
    assert sides(db) == drawn
    assert listed(db) == {key for key, held_out in drawn.items() if not held_out}


def test_a_round_drawn_anew_after_that_draws_the_same(
    db: Path, run: Run, customers: Path, tmp_path: Path
) -> None:
    take(run, customers)
    run(*ROUND)
    drawn = sides(db)
    run("undo")
    run("imports", "undo", of_shop(db))
    others = tmp_path / "others.csv"        # so that the customers get other numbers
    others.write_text("customer_id,name,date,amount\nX1,Somebody else,2026-11-01,5.00\n", encoding="utf-8")
    run("import", others, "--yes", "--source", "Elsewhere", "--currency", "EUR")
    backwards = customers.read_text(encoding="utf-8").splitlines()
    customers.write_text("\n".join([backwards[0], *reversed(backwards[1:])]) + "\n", encoding="utf-8")
    take(run, customers)
    run(*ROUND)
    assert sides(db) == drawn
