"""Running commands as an owner does: in this process, or as the installed program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
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
