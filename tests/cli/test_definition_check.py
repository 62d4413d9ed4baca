"""`definition check`: what makes no sense, with the own figures, and what only the owner can decide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from activetui.activity.presets import preset_text
from tests.cli.conftest import Run, contents

SHOP = preset_text("shop")
FIELDS = ["code", "severity", "message", "advice", "figure"]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.toml"


def checked(run: Run, *words: object) -> dict[str, dict[str, Any]]:
    """The first row of each code."""
    found = run("definition", "check", *words, "--format", "json")
    assert found.exit_code == 0, found.stderr
    rows = json.loads(found.stdout)
    assert all(list(row) == FIELDS for row in rows)
    return {row["code"]: row for row in reversed(rows)}


def test_findings_carry_the_figures_of_the_own_ledger(demo: Path, run: Run, mine: Path) -> None:
    hasty = SHOP.replace("within_days = 30 }", "within_days = 4 }", 1).replace("days = 365", "days = 1")
    mine.write_text(hasty)
    before = contents(demo)
    found = checked(run, mine)
    assert contents(demo) == before
    assert {"C09", "C16", "C30"} <= set(found)
    assert found["C09"]["severity"] == "mistake"
    assert found["C16"]["severity"] == "warning"
    customers = found["C16"]["message"].split(" customers")[0].split()
    assert 0 < int(customers[0]) <= int(customers[-1])
    assert f"{found['C16']['figure']:g} days" in found["C16"]["message"]


def test_the_definition_in_force_is_checked_without_a_name(demo: Path, run: Run) -> None:
    found = checked(run)
    assert not [row for row in found.values() if row["severity"] == "mistake"]
    assert [code for code in found if code.startswith("Q")] == ["Q5", "Q4", "Q3", "Q2", "Q1"]
    assert found == checked(run, "v2")


def test_a_question_says_whom_the_other_answer_would_move(demo: Path, run: Run, mine: Path) -> None:
    mine.write_text(SHOP)
    question = checked(run, mine)["Q1"]
    assert question["severity"] == "question"
    mine.write_text(SHOP.replace('"purchase", within_days = 30', '"purchase", count = 2, within_days = 60'))
    shop = json.loads(run("definition", "diff", "shop", mine, "--format", "json").stdout)
    assert question["figure"] == sum(move["customers"] for move in shop["moves"]) > 0
    assert "Now: one is enough (a purchase within 30 days)." in question["message"]
    assert f"It would move {question['figure']} of 402 customers" in question["advice"]


def test_settled_questions_are_not_asked(demo: Path, run: Run, mine: Path) -> None:
    mine.write_text('agreed = ["Q1", "Q2", "Q3", "Q4"]\n' + SHOP)
    assert [code for code in checked(run, mine) if code.startswith("Q")] == ["Q5"]


def test_without_the_events_that_an_answer_needs_nobody_would_move(
    run: Run, mine: Path, tmp_path: Path
) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text("customer_id,date,amount,currency\n1,2026-11-01,10,EUR\n2,2026-11-20,10,EUR\n")
    assert run("import", orders, "--yes").exit_code == 0
    found = checked(run, "shop")
    assert found["Q3"]["figure"] == 0
    assert "holds no such events" in found["Q3"]["advice"]
    assert found["C15"]["severity"] == "note"
    assert "complaint" in found["C15"]["message"]
    assert checked(run, "gym")["C15"]["severity"] == "note"
    assert checked(run, "subscription")["C15"]["severity"] == "mistake"


def test_another_day_is_looked_at_with_what_had_happened_by_then(demo: Path, run: Run) -> None:
    now, then = checked(run), checked(run, "--as-of", "2024-02-01")
    assert "C37" not in now
    assert 0 < then["C37"]["figure"] < 365
    assert f"{then['C37']['figure']} days" in then["C37"]["message"]
    assert then["Q1"]["figure"] != now["Q1"]["figure"]


def test_people_read_the_heaviest_first_and_the_questions_last(demo: Path, run: Run) -> None:
    found = run("definition", "check", "trade")
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert "warnings" in lines[0] and "5 questions" in lines[0]
    marks = [line[0] for line in lines[1:] if line[:1] in "✗!·?" and line]
    assert marks == sorted(marks, key="✗!·?".index)
    assert 'agreed = ["Q1", "Q2", "Q3", "Q4", "Q5"]' in lines[-1]


def test_before_there_is_a_store_a_definition_is_checked_by_itself(run: Run, db: Path) -> None:
    found = run("definition", "check", "shop")
    assert found.exit_code == 0
    assert found.stdout.startswith("The definition makes sense.")
    assert "customers" not in found.stdout.split("Q1", 1)[1].split("Q2")[0].split("The other answer")[1]
    assert not db.exists()


def test_programs_read_english_whatever_the_language(demo: Path, run: Run) -> None:
    english = run("definition", "check", "trade", "--format", "json")
    other = run("definition", "check", "trade", "--format", "json", ACTIVETUI_LANG="pt")
    assert other.stdout == english.stdout


def test_csv_has_the_same_fields(demo: Path, run: Run) -> None:
    rows = run("definition", "check", "trade", "--format", "csv").stdout.splitlines()
    assert rows[0] == ",".join(FIELDS)
    assert rows[1].startswith("C")
