"""`definition`: show, choose, check, look back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from activetui.activity.presets import PRESETS, preset_text
from tests.cli.conftest import Run, contents

FOUR_WEEKS = """name = "Four weeks"
[active]
any = [{ event = "purchase", within_days = 28 }]
[new]
days = 14
[reactivated]
days = 14
[at_risk]
any = [{ window_used = 0.8 }]
[lost]
days = 200
"""
WRONG = FOUR_WEEKS.replace("purchase", "purchas").replace("[lost]", "[lots]")


@pytest.fixture
def four_weeks(tmp_path: Path) -> Path:
    path = tmp_path / "four weeks.toml"
    path.write_text(FOUR_WEEKS)
    return path


def test_the_presets_are_listed_with_their_meaning(run: Run) -> None:
    rows = json.loads(run("definition", "presets", "--format", "json").stdout)
    assert [row["name"] for row in rows] == [preset.key for preset in PRESETS]
    assert all(row["title"] and row["summary"] for row in rows)


def test_the_definition_in_force_is_shown_in_words_and_as_toml(demo: Path, run: Run) -> None:
    found = json.loads(run("definition", "show", "--format", "json").stdout)
    assert (found["name"], found["version"]) == ("Casa Verde", 2)
    assert "a purchase within 35 days" in found["in_words"]
    text = run("definition", "show").stdout
    assert found["in_words"] in text
    assert "within_days = 35" in text


@pytest.mark.parametrize("preset", [preset.key for preset in PRESETS])
def test_every_preset_can_be_used_before_there_is_a_store(preset: str, run: Run) -> None:
    assert run("definition", "check", preset).exit_code == 0
    found = run("definition", "use", preset)
    assert found.exit_code == 0, found.stderr
    assert json.loads(run("definition", "show", "--format", "json").stdout)["toml"] == preset_text(preset)


def test_using_a_file_says_what_changes_and_everyone_is_worked_out_anew(
    demo: Path, run: Run, four_weeks: Path
) -> None:
    def counts() -> dict[str, int]:
        found: dict[str, int] = json.loads(run("report", "summary", "--format", "json").stdout)["counts"]
        return found

    before = counts()
    found = run("definition", "use", four_weeks, "--note", "agreed with Eva")
    assert found.exit_code == 0, found.stderr
    after = counts()
    assert before != after
    assert "Four weeks is in force (version 3)" in found.stdout
    for status in ("active", "inactive", "lost"):
        told = next(line for line in found.stdout.splitlines() if line.startswith(f"  {status}  "))
        assert told.split()[1:4] == [str(before[status]), "→", str(after[status])]
    history = json.loads(run("definition", "history", "--format", "json").stdout)
    assert [(row["version"], row["in_force"]) for row in history] == [(3, True), (2, False), (1, False)]
    assert history[0]["note"] == "agreed with Eva"
    assert run("doctor").exit_code == 0


def test_using_what_is_in_force_makes_no_new_version(run: Run, four_weeks: Path) -> None:
    assert run("definition", "use", four_weeks).exit_code == 0
    found = run("definition", "use", four_weeks)
    assert found.exit_code == 0
    assert "already" in found.stdout
    assert len(json.loads(run("definition", "history", "--format", "json").stdout)) == 2


@pytest.mark.parametrize("command", ["use", "check"])
def test_mistakes_are_told_with_file_line_and_column_and_nothing_changes(
    command: str, demo: Path, run: Run, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(WRONG)
    before = contents(demo)
    found = run("definition", command, wrong)
    assert (found.exit_code, found.stdout) == (1, "")
    assert f"{wrong}:3:18:" in found.stderr
    assert "purchase?" in found.stderr
    assert f"{wrong}:10:" in found.stderr
    assert contents(demo) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.toml", None), ("folder", "folder"), ("binary.toml", b"\xff\xfe\x00"), ("big.toml", "big")],
)
def test_what_is_no_definition_file_is_refused(
    name: str, content: object, run: Run, db: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content == "big":
        path.write_bytes(b"#" * 1_000_001)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    for command in ("use", "check"):
        found = run("definition", command, path)
        assert (found.exit_code, found.stdout) == (1, "")
        assert name in found.stderr
    assert not db.exists()


def test_a_misspelt_preset_gets_the_list(run: Run) -> None:
    found = run("definition", "use", "caffe")
    assert found.exit_code == 1
    assert "cafe" in found.stderr
