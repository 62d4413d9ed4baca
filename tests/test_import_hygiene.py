"""Nothing heavy is loaded before it is needed: the start of every command stays quick."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from activetui.cli.commands import table

HEAVY = {
    "textual", "sqlite_utils", "numpy", "rich.console", "babel", "lark", "phonenumbers", "charset_normalizer",
    "pydantic", "asyncio",
}
"""None of these for help; those that a reading command may load are named in its test."""

LISTING = """
import sys
from activetui.cli.main import run
sys.argv = ["activetui", *sys.argv[1:]]
try:
    run()
except SystemExit as left:
    code = left.code
else:
    code = 0
print("\\x00".join(["", str(code or 0), *sys.modules]))
"""


def loaded_by(*words: str, db: Path | None = None) -> set[str]:
    """The modules that a command has loaded by its end; it must end well."""
    environment = {**os.environ, "ACTIVETUI_TODAY": "2026-11-22"}
    if db is not None:
        environment["ACTIVETUI_DB"] = str(db)
    found = subprocess.run(
        [sys.executable, "-c", LISTING, *words],
        env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=True,
    )
    code, *modules = found.stdout.rstrip("\n").split("\x00")[1:]
    assert code == "0", found.stderr
    return set(modules)


def test_the_package_alone_loads_nothing() -> None:
    script = "import sys, activetui; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True
    )
    assert not (HEAVY | {"typer", "sqlite3"}) & set(found.stdout.split())


def test_the_version_needs_not_even_the_command_line() -> None:
    assert not (HEAVY | {"typer", "sqlite3"}) & loaded_by("--version")


def test_the_help_of_the_program_loads_no_command() -> None:
    modules = loaded_by("--help")
    assert not HEAVY & modules
    assert not {f"activetui.cli.{entry.target.partition(':')[0]}" for entry in table().values()} & modules


@pytest.mark.parametrize("name", list(table()))
def test_the_help_of_a_command_loads_nothing_heavy(name: str) -> None:
    assert not HEAVY & loaded_by(name, "--help")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose facts are of today, and whose chances of this month have been asked for before."""
    path = tmp_path_factory.mktemp("store") / "shop.db"
    loaded_by("demo", "--keep", str(path))
    loaded_by("checklist", "today", db=path)
    return path


@pytest.mark.parametrize(
    "words",
    [
        "customers", "customers status:active", "customers spend>100 --format json", "report summary",
        "report summary --as-of 2025-01-31", "segments list", "definition show",
        "definition history", "checklist today", "imports list", "",
    ],
)
def test_reading_a_store_of_today_needs_no_arrays_and_no_screen(words: str, demo: Path) -> None:
    heavy = {
        "textual", "sqlite_utils", "numpy", "rich.console", "phonenumbers", "charset_normalizer", "asyncio"
    }
    assert not heavy & loaded_by(*words.split(), db=demo)


def test_alerts_are_worked_out_of_events_but_need_no_screen(demo: Path) -> None:
    assert not (HEAVY - {"numpy", "babel"}) & loaded_by("alerts", db=demo)


@pytest.mark.parametrize("words", ["customers", "report summary", "imports list"])
def test_output_for_programs_needs_no_languages_either(words: str, demo: Path) -> None:
    assert "babel" not in loaded_by(*words.split(), "--format", "json", db=demo)
