"""`activetui` alone: the app where there is a terminal, else the summary."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import TODAY, Program, Run

OpenTerminal = Callable[..., "pexpect.spawn[str]"]
WAIT = 30
"""Seconds; the app paints in well under one."""


@pytest.fixture
def terminal(db: Path) -> Iterator[OpenTerminal]:
    """Start the program in a terminal of 120×40."""
    started: list[pexpect.spawn[str]] = []

    def start(*words: object, **extra: str) -> pexpect.spawn[str]:
        environment = {**os.environ, "ACTIVETUI_DB": str(db), "ACTIVETUI_TODAY": TODAY, **extra}
        child = pexpect.spawn(
            sys.executable, ["-m", "activetui", *map(str, words)],
            env=environment, dimensions=(40, 120), timeout=WAIT, encoding="utf-8",
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


@contextmanager
def leaving(child: pexpect.spawn[str]) -> Iterator[None]:
    """What happens in the block ends the program."""
    yield
    child.expect(pexpect.EOF)
    child.close()


def test_without_a_terminal_the_summary_is_printed(run: Run, program: Program) -> None:
    assert run("definition", "use", "shop").exit_code == 0
    found = program()
    assert found.returncode == 0
    assert found.stdout == program("report", "summary").stdout


def test_without_a_terminal_and_without_a_store_it_says_how_to_start(program: Program, db: Path) -> None:
    found = program()
    assert (found.returncode, found.stdout) == (1, "")
    assert str(db) in found.stderr
    assert "activetui import" in found.stderr
    assert "activetui demo" in found.stderr
    assert not db.exists()


def test_a_terminal_that_cannot_place_the_cursor_gets_the_summary(run: Run, terminal: OpenTerminal) -> None:
    assert run("definition", "use", "shop").exit_code == 0
    child = terminal(TERM="dumb")
    with leaving(child):
        pass
    assert child.exitstatus == 0
    assert "\x1b" not in (child.before or "")


def test_in_a_terminal_the_app_opens_and_q_leaves_it(run: Run, terminal: OpenTerminal) -> None:
    assert run("definition", "use", "shop").exit_code == 0
    child = terminal()
    child.expect_exact("\x1b[?1049h")
    child.expect("Today")
    with leaving(child):
        child.send("q")
    assert child.exitstatus == 0


def test_interrupting_a_command_says_that_nothing_was_changed(terminal: OpenTerminal, tmp_path: Path) -> None:
    pipe = tmp_path / "never-written.toml"
    os.mkfifo(pipe)
    child = terminal("definition", "check", pipe)
    with leaving(child), pipe.open("w"):  # opens once the program reads
        child.sendintr()
        child.expect("nothing was changed")
    assert child.exitstatus == 1


def test_a_file_that_is_no_store_is_refused_in_words_and_the_terminal_is_left_in_order(
    terminal: OpenTerminal, db: Path
) -> None:
    db.write_text("customer_id,date\n1,2026-01-01\n" * 50)
    before = db.read_bytes()
    child = terminal()
    with leaving(child):
        pass
    said = child.before or ""
    assert child.exitstatus == 1
    assert str(db) in said
    assert "Traceback" not in said
    assert said.count("\x1b[?1049h") == said.count("\x1b[?1049l")
    assert db.read_bytes() == before


def test_the_demo_opens_as_an_app_and_leaves_nothing_behind(
    terminal: OpenTerminal, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    child = terminal("demo", TMPDIR=str(temporary))
    child.expect("Casa Verde")
    with leaving(child):
        child.send("q")
    assert child.exitstatus == 0
    assert list(temporary.iterdir()) == []


def test_the_start_of_the_app_loads_no_command_line(demo: Path) -> None:
    """It would take a fifth of the time until the first picture."""
    listing = (
        "import sys, activetui.cli.main as main, activetui.cli.app_command as command\n"
        "command.is_terminal = lambda: True\n"
        "command.run_app = lambda *words, **more: None\n"
        "main.run()\n"
        "print(*sys.modules)"
    )
    for words in ((), ("--db", str(demo))):
        found = subprocess.run(
            [sys.executable, "-c", listing, *words], capture_output=True, text=True, check=True, timeout=120,
            env={**os.environ, "ACTIVETUI_DB": str(demo), "ACTIVETUI_TODAY": TODAY},
        )
        assert not {"typer", "babel", "lark", "numpy"} & set(found.stdout.split())
