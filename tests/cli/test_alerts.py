"""`alerts`: the inbox, what is new since the last look, marking, and rules that the owner changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Program, Run, contents
from tests.cli.small_shop import open_shop

RULE = """title = "Silent prospect"
says = "{name} has not bought"
tone = "opportunity"
status = "prospect"
"""
TASTING = """title = "Bought oil"
says = "{name} bought {product}"
tone = "opportunity"
within_days = 10
[each]
event = "purchase"
product = "Olive oil"
"""


@pytest.fixture
def shop(db: Path) -> Path:
    """A small shop: Ana, a VIP, complained two days ago; Иван bought for the first time."""
    open_shop(db)
    return db


def found(run: Run, *words: object) -> Any:
    done = run(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def names(run: Run, *words: object) -> list[str]:
    return [row["alert"] for row in found(run, "alerts", *words)]


def test_the_inbox_says_what_wants_an_answer(shop: Path, run: Run) -> None:
    rows = found(run, "alerts")
    by_rule = {row["rule"]: row for row in rows}
    complaint = by_rule["complaint"]
    assert complaint["alert"] == f"complaint:{complaint['customer']}"
    assert complaint["name"] == "Ana Silva"
    assert (complaint["tone"], complaint["state"], complaint["playbook"]) == ("problem", "new", "complaint")
    assert (complaint["date"], complaint["spend_year"]) == ("2026-11-20", "120.50")
    assert complaint["stage"] == complaint["from_status"] == complaint["to_status"]
    [customer] = found(run, "customers", complaint["query"])
    assert customer["id"] == complaint["customer"]
    assert list(rows[0]) == [
        "date", "alert", "rule", "tone", "title", "text", "state", "customer", "name", "stage", "from_status",
        "to_status", "playbook", "spend_year", "currency", "event", "query",
    ]


def test_people_read_a_table_with_a_sign_and_how_to_go_on(shop: Path, run: Run) -> None:
    shown = run("alerts").stdout
    assert "!  Ana Silva complained; not put right yet" in shown
    assert "activetui alerts done complaint:" in shown


def test_done_and_seen_and_reopen_and_undo(shop: Path, run: Run) -> None:
    [name] = names(run, "--rule", "complaint")
    assert run("alerts", "done", name).stdout == "Marked: 1 alert\n"
    assert name not in names(run)
    assert name in names(run, "--all")
    assert run("undo").exit_code == 0
    assert name in names(run)
    run("alerts", "seen", "complaint:Ana Silva")
    [row] = found(run, "alerts", "--rule", "complaint")
    assert row["state"] == "seen"
    run("alerts", "reopen", name)
    [row] = found(run, "alerts", "--rule", "complaint")
    assert row["state"] == "new"
    assert run("alerts", "done", "--all").exit_code == 0
    assert names(run) == []
    assert "nothing was changed" in run("alerts", "done", name).stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("done",), 2), (("done", "complaint", "--all"), 2), (("done", "nothing:1"), 1),
        (("done", "complaint:Nobody"), 1), (("--rule", "nothing"), 1), (("--since", "2026-11-23"), 2),
        (("--since", "yesteryear"), 2), (("--since", "last", "--as-of", "2026-11-01"), 2),
        (("rules", "show", "complaints"), 1), (("rules", "off", "nothing"), 1),
        (("rules", "use", "no such file"), 1), (("rules", "edit", "complaint"), 3),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    shop: Path, run: Run, words: tuple[str, ...], code: int
) -> None:
    before = contents(shop)
    done = run("alerts", *words)
    assert done.exit_code == code and done.stdout == ""
    assert "Traceback" not in done.stderr and done.stderr
    assert contents(shop) == before


def test_cron_is_told_each_thing_once_and_hears_by_the_exit_code(shop: Path, program: Program) -> None:
    first = program("alerts", "--since", "last", "--exit-code")
    assert first.returncode == 4
    assert "Ana Silva complained" in first.stdout
    again = program("alerts", "--since", "last", "--exit-code")
    assert (again.returncode, again.stderr) == (0, "")
    assert "Nothing new." in again.stdout
    program("log", "K2", "referral")
    third = program("alerts", "--since", "last", "--exit-code", "--format", "json")
    assert third.returncode == 4
    assert [row["name"] for row in json.loads(third.stdout)] == ["Bento Dias"]
    assert program("alerts", "--exit-code").returncode == 4, "told is not seen: the inbox still has them"
    assert program("alerts").returncode == 0
    assert program("alerts", "--since", "last", "--exit-code", "--rule", "nothing").returncode == 1


def test_what_was_told_is_no_change_that_undo_would_take_back(shop: Path, run: Run) -> None:
    run("alerts", "--since", "last")
    done = run("undo")
    assert done.exit_code == 1 or "alert" not in done.stdout
    assert found(run, "alerts", "--since", "last") == []


def test_since_a_day_tells_changes_of_status_as_it_always_did(demo: Path, run: Run) -> None:
    rows = found(run, "alerts", "--since", "2026-11-10")
    flips = [row for row in rows if row["from_status"] != row["to_status"]]
    assert len(flips) > 20
    for row in rows:
        assert {"date", "customer", "name", "from_status", "to_status", "spend_year", "currency"} <= set(row)
        assert row["customer"] is not None and row["from_status"] and row["to_status"]
    assert len({(row["customer"], row["date"]) for row in flips}) == len(flips)
    slipped = [row for row in rows if row["rule"] == "vip_slips"]
    assert slipped and all(row["to_status"] in ("at_risk", "inactive") for row in slipped)
    assert all(row["from_status"] != row["to_status"] for row in slipped)


def test_another_day_is_answered_from_the_ledger_alone(demo: Path, run: Run) -> None:
    words = ("--as-of", "2026-03-15")
    rows = found(run, "alerts", *words)
    assert rows and all(row["date"] <= "2026-03-15" for row in rows)
    assert {row["state"] for row in rows} == {"new"}
    before = contents(demo)
    assert found(run, "alerts", *words) == rows
    assert contents(demo) == before, "to look is no change"


def test_the_text_for_programs_is_english_in_any_language(demo: Path, run: Run) -> None:
    assert found(run, "alerts") == json.loads(run("alerts", "--format", "json", LANG="pt_PT.UTF-8").stdout)


def test_the_table_is_short_where_a_rule_has_very_many(demo: Path, run: Run) -> None:
    table = run("alerts").stdout
    assert "activetui alerts --rule" not in table
    assert len(found(run, "alerts")) == table.count(" new ")


# -- rules ------------------------------------------------------------------------------------------------


def test_the_rules_are_listed_with_what_they_come_to(demo: Path, run: Run) -> None:
    rows = {row["rule"]: row for row in found(run, "alerts", "rules", "list")}
    assert rows["complaint"]["alerts"] == len(names(run, "--rule", "complaint"))
    assert {row["origin"] for row in rows.values()} == {"program"}
    assert all(row["in_use"] for row in rows.values())


def test_a_rule_is_shown_in_words_and_as_text_to_begin_with(shop: Path, run: Run, tmp_path: Path) -> None:
    words = run("alerts", "rules", "show", "bad_review").stdout
    assert "Set off by: every time: a review (rated 2 or less)" in words
    file = tmp_path / "mine.toml"
    file.write_text(run("alerts", "rules", "show", "bad_review", "--toml").stdout, encoding="utf-8")
    assert run("alerts", "rules", "check", file).exit_code == 0
    assert found(run, "alerts", "rules", "show", "bad_review")["toml"] == file.read_text(encoding="utf-8")


def test_a_rule_is_tried_before_it_is_used(shop: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "oil.toml"
    file.write_text(TASTING, encoding="utf-8")
    before = contents(shop)
    tried = run("alerts", "rules", "check", file)
    assert tried.exit_code == 0
    assert "It tells of 1 thing today:\n  Ana Silva bought Olive oil\n" in tried.stdout
    assert contents(shop) == before
    assert run("alerts", "rules", "use", file).exit_code == 0
    assert len(names(run, "--rule", "oil")) == 1
    assert run("undo").exit_code == 0
    assert run("alerts", "--rule", "oil").exit_code == 1


def test_a_rule_with_mistakes_is_refused_and_the_others_go_on(
    shop: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(TASTING.replace("within_days = 10", "within_dys = 10"), encoding="utf-8")
    before = contents(shop)
    for command in ("check", "use"):
        refused = run("alerts", "rules", command, file)
        assert refused.exit_code == 1 and refused.stdout == ""
        assert f"{file}:4:1: within_dys is not known here; did you mean within_days?" in refused.stderr
    assert contents(shop) == before
    assert "complaint" in {row["rule"] for row in found(run, "alerts")}


def test_a_rule_of_the_program_is_replaced_switched_off_and_brought_back(
    shop: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "complaint.toml"
    file.write_text(TASTING, encoding="utf-8")
    run("alerts", "rules", "use", file)
    [row] = found(run, "alerts", "--rule", "complaint")
    assert row["title"] == "Bought oil"
    assert "Alert rule off: Bought oil" in run("alerts", "rules", "off", "complaint").stdout
    assert "complaint" not in {row["rule"] for row in found(run, "alerts")}
    assert "already" in run("alerts", "rules", "off", "complaint").stdout
    run("alerts", "rules", "on", "complaint")
    assert "Alert rule as it came: " in run("alerts", "rules", "forget", "complaint").stdout
    [row] = found(run, "alerts", "--rule", "complaint")
    assert row["title"] == "Complaint from an active customer"
    again = run("alerts", "rules", "forget", "complaint")
    assert again.exit_code == 1 and "you have changed nothing of it" in again.stderr


def test_a_rule_about_a_playbook_that_is_not_there_says_so(shop: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(RULE + 'playbook = "gone"\n', encoding="utf-8")
    assert "There is no playbook gone in use" in run("alerts", "rules", "check", file).stdout
    file.write_text(RULE + 'playbook = "complant"\n', encoding="utf-8")
    assert "answers it; did you mean complaint?" in run("alerts", "rules", "check", file).stdout


def test_a_store_without_customers_has_no_alerts(run: Run) -> None:
    assert run("definition", "use", "cafe").exit_code == 0
    done = run("alerts", "--exit-code")
    assert done.exit_code == 0
    assert "Nothing new." in done.stdout
