"""`checklist`: the day's calls in words and for programs, and what each command does to them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.reactivation.calling import CALLS, DEFINITION, opened, regular
from tests.store.building import TODAY, Building


@pytest.fixture
def shop(db: Path) -> Path:
    """Ana and Bea, who have not come since August, and Cross, whose complaint is open."""
    building = Building(db, definition=DEFINITION)
    building.event(building.customer("Oldest"), on="2023-11-01", amount=100)
    regular(building, "Ana", 3000, email="ana@example.org", consent=1)
    regular(building, "Bea", 1000)
    cross = regular(building, "Cross", 500)
    building.event(cross, "complaint", TODAY - 3)
    opened(building).close()
    return db


def listed(run: Run, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("checklist", "today", *more, "--format", "json").stdout)
    return found


def test_the_calls_of_the_day_are_told(run: Run, shop: Path) -> None:
    said = run("checklist", "today")
    assert said.exit_code == 0, said.stderr
    rows = said.stdout.splitlines()
    assert [row.split()[1] for row in rows[2:5]] == ["Cross", "Ana", "Bea"]
    assert "complaint on 19 Nov, not resolved" in rows[2] and "Say sorry" in rows[2]
    assert rows[3].endswith("€180.00")
    assert "0 of 5 done today." in said.stdout


def test_what_has_no_room_today_is_counted_and_shown_with_all(run: Run, shop: Path) -> None:
    run("config", "set", "calls-a-day", "1")
    assert "1 more could" not in run("checklist", "today").stdout
    assert "2 more could be called: activetui checklist today --all" in run("checklist", "today").stdout
    assert [row["group"] for row in listed(run)] == ["today"]
    assert [row["group"] for row in listed(run, "--all")] == ["today", "waiting", "waiting"]
    assert "waiting" in run("checklist", "today", "--all").stdout
    run("checklist", "done", "Cross")
    assert "Done for today.\n\n1 of 1 done today." in run("checklist", "today").stdout


def test_a_line_for_programs_keeps_its_names(run: Run, shop: Path) -> None:
    row = listed(run)[1]
    assert row == {
        "customer": 2, "name": "Ana", "status": "inactive", "playbook": "calls", "step": 1, "steps": 3,
        "channel": "phone", "title": "Call", "marketing": False, "template": None, "due": "2026-11-22",
        "group": "today", "why": "inactive since 10 Sept; bought 6 times", "reason": None,
        "at_stake": "180.00", "usual_year": "180.00", "by_subscription": "0.00",
        "chance_of_losing": None, "silences": 0,
        "silences_ended": 0, "worth_a_year": "180.00", "currency": "EUR", "email": "ana@example.org",
        "phone": None, "begun": None, "put_off_by": None, "task": None,
    }
    assert listed(run)[1] == json.loads(run(
        "checklist", "today", "--format", "json", ACTIVETUI_LANG="pt"
    ).stdout)[1]                # machine answers are never in another language


def test_a_line_is_shown_in_full(run: Run, shop: Path) -> None:
    said = run("checklist", "show", "Ana").stdout
    assert "Usually spends €180.00 a year." in said
    assert "▸ 22 Nov 2026: Call" in said
    assert "· after 7 days: Write (needs consent)" in said
    assert "Ask why they stayed away" in said
    whole = json.loads(run("checklist", "show", "Ana", "--format", "json").stdout)
    assert whole["asks_reason"] is True
    assert [step["channel"] for step in whole["playbook_steps"]] == ["phone", "email", "phone"]
    refused = run("checklist", "show", "Oldest")
    assert refused.exit_code == 1
    assert "not on the checklist: no playbook fits them now." in refused.stderr


def test_done_says_what_comes_next_and_asks_for_the_reason(run: Run, shop: Path) -> None:
    said = run("checklist", "done", "Ana", "--outcome", "thinking", "--note", "after Easter")
    assert said.exit_code == 0, said.stderr
    assert said.stdout.splitlines() == [
        "Done: Ana, Call", "Next, on 29 Nov 2026: Write",
        "Why they stayed away is not known yet: activetui checklist reason 2 WORD",
    ]
    assert run("checklist", "reason", "Ana", "price").stdout == "Written down: price\n"
    assert "price" in run("checklist", "show", "Ana").stdout
    assert json.loads(run("checklist", "reasons", "--format", "json").stdout) == [{
        "reason": "price", "customers": 1, "of": 1, "away": 1, "year_spend": "180.00", "currency": "EUR",
    }]
    assert "100% of 1" in run("checklist", "reasons").stdout
    assert run("checklist", "reason", "Ana", "none").exit_code == 0
    assert "not asked yet" in run("checklist", "reasons").stdout
    for _change in range(3):
        assert run("undo").exit_code == 0
    assert listed(run)[1]["task"] is None


def test_done_says_that_what_is_left_is_marketing_without_consent(run: Run, shop: Path) -> None:
    for outcome, name, words in (("wrong_contact", "Bea", True), ("wrong_contact", "Ana", False)):
        said = run("checklist", "done", name, "--outcome", outcome).stdout.splitlines()
        assert (said[1:] == [
            "Three steps: over for now.",
            f"What is left is marketing, and {name} has not agreed to that: Write",
            "If they have: activetui customer edit 3 --consent yes",
        ]) is words
    assert "marketing" not in run("checklist", "skip", "Cross").stdout


def test_a_contact_can_have_been_on_another_day(run: Run, shop: Path) -> None:
    assert "Next, on 26 Nov 2026" in run("checklist", "done", "Ana", "--on", "2026-11-19").stdout
    assert run("checklist", "done", "Bea", "--on", "2026-11-30").exit_code == 1


def test_a_step_is_put_off_by_days_or_until_a_day(run: Run, shop: Path) -> None:
    assert run("checklist", "snooze", "Ana").stdout == "Ana: again on 29 Nov 2026\n"
    assert run("checklist", "snooze", "Ana", "--until", "2026-12-24").stdout == "Ana: again on 24 Dec 2026\n"
    assert run("checklist", "snooze", "Bea", "--days", "2").stdout == "Bea: again on 24 Nov 2026\n"
    refused = run("checklist", "snooze", "Bea", "--days", "2", "--until", "2026-12-24")
    assert refused.exit_code == 2
    assert run("checklist", "snooze", "Bea", "--until", "2026-11-22").exit_code == 1
    assert "Ana" in [row["name"] for row in listed(run, "--as-of", "2026-12-24") if row["group"] == "today"]


def test_skipping_ends_the_playbook_or_leaves_out_a_step(run: Run, shop: Path) -> None:
    assert run("checklist", "skip", "Ana", "--step").stdout.splitlines() == [
        "Left out: Ana, Call", "Next, on 29 Nov 2026: Write",
    ]
    assert run("checklist", "skip", "Bea", "--reason", "moved").stdout == "Skipped: Bea\n"
    assert [row["name"] for row in listed(run)] == ["Cross"]
    again = run("checklist", "skip", "Bea")
    assert again.exit_code == 1 and "left in peace" in again.stderr


def test_an_outcome_is_told_later(run: Run, shop: Path) -> None:
    early = run("checklist", "outcome", "Ana", "reached")
    assert early.exit_code == 1 and "No step has been done" in early.stderr
    run("checklist", "done", "Ana")
    assert run("checklist", "outcome", "Ana", "no contact").stdout == "Written down: Call\n"
    assert json.loads(run("customer", "show", "Ana", "--format", "json").stdout)["tasks"][0]["outcome"] == (
        "no_contact"
    )
    assert "do not want to be contacted" in run("checklist", "done", "Ana").stderr


@pytest.mark.parametrize("words, hint", [
    (("done", "Ana", "--outcome", "well"), "put_right"), (("reason", "Ana", "weather"), "competitor"),
])
def test_a_word_that_is_not_known_is_refused_with_those_that_are(
    run: Run, shop: Path, words: tuple[str, ...], hint: str
) -> None:
    refused = run("checklist", *words)
    assert refused.exit_code == 2 and hint in refused.stderr


def test_a_playbook_that_is_passed_over_is_told_beside_the_answer(run: Run, shop: Path) -> None:
    run("segments", "save", "mine", "purchases>=1")
    own = shop.parent / "own.toml"
    own.write_text(CALLS.replace("status:inactive", "segment:mine"), encoding="utf-8")
    assert run("playbooks", "use", own).exit_code == 0
    with closing(sqlite3.connect(shop)) as conn, conn:     # the command keeps one that is asked for
        conn.execute("DELETE FROM segment")
    said = run("checklist", "today")
    assert said.exit_code == 0 and "Passed over" in said.stderr and "mine" in said.stderr
    assert run("checklist", "today").stderr == said.stderr
    assert len(listed(run)) == 3
