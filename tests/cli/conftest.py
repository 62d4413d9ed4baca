"""Running commands as an owner does: in this process, or as the installed program."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from activetui.cli.program import app

Run = Callable[..., Result]
Program = Callable[..., "subprocess.CompletedProcess[str]"]

TODAY = "2026-11-22"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the test's store is, once there is one."""
    return tmp_path / "shop.db"


@pytest.fixture
def run(db: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the test's store in this process, on 22 November 2026."""
    monkeypatch.setenv("ACTIVETUI_DB", str(db))
    monkeypatch.setenv("ACTIVETUI_TODAY", TODAY)

    def command(*args: object, **extra: str) -> Result:
        return CliRunner().invoke(app, [str(arg) for arg in args], env=extra)

    return command


@pytest.fixture
def program(db: Path) -> Program:
    """Run the program in a process of its own, without a terminal."""

    def command(*args: object, **extra: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "ACTIVETUI_DB": str(db), "ACTIVETUI_TODAY": TODAY, **extra}
        return subprocess.run(
            [sys.executable, "-m", "activetui", *map(str, args)],
            env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
            check=False,
        )

    return command


@pytest.fixture
def demo(run: Run, db: Path) -> Path:
    """The demo as the test's store."""
    assert run("demo", "--keep", db).exit_code == 0
    return db


def contents(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of a store."""
    with closing(sqlite3.connect(db)) as conn:
        tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            table: sorted(conn.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
            for table in tables
        }
