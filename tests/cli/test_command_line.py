"""Wrong words, help, the ways to name the store, and how a command ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui import __version__
from activetui.cli import errors
from activetui.cli.clock import today
from activetui.cli.commands import table
from activetui.ledger.days import from_iso
from activetui.ledger.errors import NeedsAnswer, OwnerError, UsageError
from tests.cli.conftest import TODAY, Program, Run


def test_version(program: Program) -> None:
    assert program("--version").stdout == f"activetui {__version__}\n"


def test_version_also_among_other_options(run: Run) -> None:
    assert run("--db", "x.db", "--version").stdout == f"activetui {__version__}\n"


def test_help_lists_every_command_with_what_it_does(run: Run) -> None:
    found = run("--help")
    assert found.exit_code == 0
    for name, entry in table().items():
        assert any(line.split()[:1] == [name] for line in found.stdout.splitlines()), name
        assert entry.help.split()[0] in found.stdout


@pytest.mark.parametrize("name", list(table()))
def test_every_command_has_help_and_takes_the_store_after_its_name(name: str, run: Run) -> None:
    found = run(name, "--help")
    assert found.exit_code == 0, found.stderr
    assert "--db FILE" in found.stdout


def test_a_wrong_command_gets_a_proposal_and_exit_2(run: Run) -> None:
    found = run("custmers")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "customers" in found.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--colour"], "--colour"),
        (["locate", "--colour"], "--colour"),
        (["locate", "too", "much"], "too much"),
        (["locate", "--format", "xml"], "table, csv, json, markdown"),
        (["--as-of", "tomorrowish"], "2026-11-22"),
        (["--as-of", "2026-02-30"], "2026-02-30"),
        (["log"], "ID"),
        (["report", "trend", "--months", "many"], "whole number"),
        (["backup"], "FILE"),
        (["customer", "shwo", "1"], "show"),
        (["--db"], "--db"),
    ],
)
def test_wrong_usage_says_what_is_wrong_and_exits_2(words: list[str], said: str, run: Run, db: Path) -> None:
    found = run(*words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert said in found.stderr
    assert "Traceback" not in found.stderr
    assert not db.exists()


def test_a_group_alone_shows_its_commands(run: Run) -> None:
    found = run("definition")
    assert found.exit_code == 2
    assert "presets" in found.stderr


def test_help_speaks_the_language_of_the_environment(program: Program) -> None:
    assert program("--help", LC_ALL="xx_YY.UTF-8").returncode == 0


def test_the_store_is_named_before_or_after_the_command_or_outside(run: Run, tmp_path: Path) -> None:
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    assert str(before) in run("--db", before, "locate").stdout
    assert str(after) in run("--db", before, "locate", "--db", after).stdout
    assert str(tmp_path / "shop.db") in run("locate").stdout


def test_without_a_word_the_store_is_in_the_data_folder(run: Run, alone: Path) -> None:
    assert str(alone / "data" / "activetui" / "activetui.db") in run("locate", ACTIVETUI_DB="").stdout


def test_one_command_forgets_what_the_one_before_was_told(run: Run, tmp_path: Path) -> None:
    run("--db", tmp_path / "other.db", "locate")
    assert "other.db" not in run("locate").stdout


def test_the_day_can_be_set_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIVETUI_TODAY", TODAY)
    assert today() == from_iso(TODAY)
    monkeypatch.setenv("ACTIVETUI_TODAY", "soon")
    with pytest.raises(UsageError):
        today()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OwnerError("what happened", "what to do"), 1),
        (UsageError("what happened", "what to do"), 2),
        (NeedsAnswer("what happened", ("--date-order dmy",), "what to do"), 3),
        (KeyboardInterrupt(), 1),
        (BrokenPipeError(), 1),
        (OSError(28, "No space left on device"), 1),
        (ValueError("anna@example.org"), 1),
    ],
)
def test_every_ending_has_its_exit_code_and_no_traceback(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left, errors.ending(["customers", "anna@example.org"]):
        raise error
    assert left.value.code == code
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "anna" not in said.err
    if isinstance(error, OwnerError):
        assert said.err.splitlines()[:2] == ["what happened", "what to do"]
    if code == 3:
        assert "--date-order dmy" in said.err


def test_a_mistake_of_ours_leaves_a_log_without_customers_data(
    alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def inner(email: str) -> None:
        raise ValueError(f"cannot read {email}")

    with pytest.raises(SystemExit), errors.ending(["customers", "anna@example.org"]):
        inner("anna@example.org")
    logs = list(alone.rglob("mistakes.log"))
    assert len(logs) == 1
    assert str(logs[0]) in capsys.readouterr().err
    written = logs[0].read_text()
    assert "ValueError" in written
    assert "in inner" in written
    assert "command customers" in written
    assert "anna" not in written
    assert logs[0].stat().st_mode & 0o777 == 0o600


def test_an_error_message_cannot_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    errors.report(OwnerError("bad \x1b[31mname\x07", "  try \u202eit"))
    assert capsys.readouterr().err == "bad name\n  try it\n"
