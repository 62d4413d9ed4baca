"""`--known`: a past day as it is known now, or as it was known then; every report says which."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.house.pages import commands, help_of

THEN = ("--as-of", "2025-04-04", "--known", "then")
NOW = ("--as-of", "2025-04-04")
CHIARA = 184
"""She bought on 26 March 2025 and gave it back later."""
OF_MANY_DAYS = {("definition", "backtest"), ("segments", "changes"), ("segments", "trend")}
"""What looks at several days cannot look at what was known on one of them."""


def found(run: Run, *words: object) -> Any:
    done = run(*words, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_every_command_that_takes_a_day_takes_a_clock_unless_it_looks_at_many_days() -> None:
    helps = {words: help_of(words) for words in commands()}
    with_day = {words for words, text in helps.items() if "--as-of DATE" in text}
    assert {words for words, text in helps.items() if "--known then|now" in text} == with_day - OF_MANY_DAYS
    assert with_day > OF_MANY_DAYS and len(with_day) > 10


def test_a_purchase_that_was_given_back_later_still_counted_then(demo: Path, run: Run) -> None:
    now = found(run, "customer", "show", CHIARA, *NOW)
    then = found(run, "customer", "show", CHIARA, *THEN)
    assert (now["status"], then["status"]) == ("inactive", "active")
    assert (now["known"], then["known"]) == ("now", "then")
    assert then["receipt"]["event"]["date"] == "2025-03-26" != now["receipt"]["event"]["date"]
    assert {event["entered"] for event in then["events"]} == {event["recorded"] for event in then["events"]}


def test_lists_counts_and_reports_of_then_agree(demo: Path, run: Run) -> None:
    listed = found(run, "customers", *THEN)
    summary = found(run, "report", "summary", *THEN)
    bridge = found(run, "report", "bridge", *THEN)
    trend = found(run, "report", "trend", "--months", 1, *THEN)
    active = found(run, "customers", "active:yes", *THEN)
    assert len(listed) == summary["customers"] < 402, "most were not known yet"
    assert len(active) == summary["active_base"] == bridge["end"] == trend[-1]["active_base"]
    assert bridge["start"] + bridge["new"] + bridge["reactivated"] - bridge["lapsed"] == bridge["end"]
    mark = ("definition", "version", "known")
    marks = [{name: row[name] for name in mark} for row in (summary, bridge, *trend)]
    assert marks == [{"definition": "Casa Verde", "version": 2, "known": "then"}] * 4


def test_the_alerts_of_then_lead_from_one_days_list_to_the_others(demo: Path, run: Run) -> None:
    alerts = found(run, "alerts", "--since", "2025-03-25", *THEN)
    listed = found(run, "customers", *THEN)
    status = {row["id"]: row["status"] for row in listed}
    latest = {alert["customer"]: alert["to_status"] for alert in reversed(alerts)}
    assert latest[CHIARA] == "active"
    assert {number: status[number] for number in latest} == latest


def test_an_export_of_then_has_the_customers_of_then(demo: Path, run: Run, tmp_path: Path) -> None:
    done = run("export", "customers", tmp_path / "then.csv", "", *THEN)
    assert "as known on 4 Apr 2025" in done.stdout
    listed = found(run, "customers", *THEN)
    rows = (tmp_path / "then.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(listed) + 1


@pytest.mark.parametrize(
    "words",
    [
        "customers", "customers zzz", "customer show 184", "segments list", "segments show loyal", "alerts",
        "checklist today", "report summary", "report bridge", "report trend",
    ],
)
def test_every_report_for_people_says_day_definition_and_clock(demo: Path, run: Run, words: str) -> None:
    for asked, clock in ((NOW, "as known now"), (THEN, "as known on 4 Apr 2025")):
        text = run(*words.split(), *asked).stdout
        assert clock in text
        assert "4 Apr 2025" in text and "Casa Verde, version 2" in text


def test_today_and_tomorrow_are_known_now_whatever_is_asked(demo: Path, run: Run) -> None:
    for day in ("2026-11-22", "2027-01-31"):
        asked = found(run, "report", "summary", "--as-of", day, "--known", "then")
        assert asked == found(run, "report", "summary", "--as-of", day)


def test_nothing_known_yet_is_no_empty_list(demo: Path, run: Run) -> None:
    done = run("report", "summary", "--as-of", "2020-01-01", "--known", "then")
    assert done.exit_code == 1 and done.stdout == ""
    assert "the first entry is of 24 Nov 2023" in done.stderr


def test_a_clock_that_there_is_not_is_refused(demo: Path, run: Run) -> None:
    done = run("customers", "--known", "later")
    assert done.exit_code == 2
    assert "then or now" in done.stderr


def test_what_cannot_be_told_is_told_from_when_on(demo: Path, run: Run) -> None:
    summary = found(run, "report", "summary", "--as-of", "2023-12-01")
    assert summary["counts"]["unknown"] > 300 and summary["known_from"] == "2026-12-15"
    text = run("report", "summary", "--as-of", "2023-12-01").stdout
    assert "from 1 Jan 2024 on, the last of them from 15 Dec 2026 on" in text
    someone = found(run, "customers", "status:unknown", "--as-of", "2026-11-22")
    shown = found(run, "customer", "show", someone[0]["id"])
    assert shown["receipt"]["known_from"] == "2026-12-15"
    assert "from 15 Dec 2026 on" in run("customer", "show", someone[0]["id"]).stdout
    told = found(run, "report", "summary", "--as-of", "2026-12-15")
    assert told["counts"]["unknown"] == 0 and told["known_from"] is None
