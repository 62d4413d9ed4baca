"""`report` and `alerts`: figures that add up, under the names of the contract."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from activetui.activity.status import ACTIVE_BASE, Status
from tests.cli.conftest import Run

DAYS = ["2024-06-30", "2025-12-31", "2026-11-22", "2027-02-01"]


@pytest.mark.parametrize("day", DAYS)
def test_the_summary_keeps_its_contract_and_adds_up(day: str, demo: Path, run: Run) -> None:
    found = json.loads(run("report", "summary", "--as-of", day, "--format", "json").stdout)
    assert list(found) == [
        "as_of", "definition", "version", "customers", "counts", "active_base", "known", "known_from"
    ]
    assert found["as_of"] == day
    assert list(found["counts"]) == [status.word for status in Status]
    assert sum(found["counts"].values()) == found["customers"]
    assert found["active_base"] == sum(found["counts"][status.word] for status in ACTIVE_BASE)


@pytest.mark.parametrize("day", DAYS)
def test_the_summary_counts_what_the_list_shows(day: str, demo: Path, run: Run) -> None:
    summary = json.loads(run("report", "summary", "--as-of", day, "--format", "json").stdout)
    listed = json.loads(run("customers", "--as-of", day, "--format", "json").stdout)
    statuses = [row["status"] for row in listed]
    assert {word: statuses.count(word) for word in summary["counts"]} == summary["counts"]
    assert sum(row["active"] for row in listed) == summary["active_base"]


def test_the_summary_for_people_has_its_numbers_in_columns(demo: Path, run: Run) -> None:
    lines = run("report", "summary").stdout.splitlines()
    assert "Casa Verde" in lines[0]
    assert len({len(line) for line in lines[2 : 2 + len(Status)]}) == 1


def test_an_empty_store_shows_the_way(run: Run) -> None:
    assert run("definition", "use", "cafe").exit_code == 0
    found = run("report", "summary")
    assert found.exit_code == 0
    assert "activetui import" in found.stdout


def test_what_the_alerts_tell_leads_from_one_days_list_to_the_others(demo: Path, run: Run) -> None:
    def listed(day: str) -> dict[int, str]:
        rows = json.loads(run("customers", "--as-of", day, "--format", "json").stdout)
        return {row["id"]: row["status"] for row in rows}

    words = ["alerts", "--since", "2026-11-02", "--as-of", "2026-11-22", "--format", "json"]
    told = json.loads(run(*words).stdout)
    statuses = listed("2026-11-01")
    for alert in reversed(told):
        assert statuses[alert["customer"]] == alert["from_status"]
        statuses[alert["customer"]] = alert["to_status"]
    assert statuses == listed("2026-11-22")
    assert [alert["date"] for alert in told] == sorted((alert["date"] for alert in told), reverse=True)


def test_alerts_of_a_day_yet_to_come_are_those_of_time_alone(demo: Path, run: Run) -> None:
    told = json.loads(
        run("alerts", "--since", "2026-11-23", "--as-of", "2026-12-31", "--format", "json").stdout
    )
    assert told
    assert {alert["to_status"] for alert in told} <= {
        "active", "at_risk", "inactive", "lost", "prospect",
    }


def test_alerts_need_days_in_order(demo: Path, run: Run) -> None:
    assert run("alerts", "--since", "2026-11-23").exit_code == 2


@pytest.mark.parametrize(("since", "until"), [("2026-11-01", "2026-11-22"), ("2024-01-01", "2026-12-31")])
def test_the_bridge_reconciles_with_the_summaries_of_both_ends(
    since: str, until: str, demo: Path, run: Run
) -> None:
    def base(day: str) -> int:
        found = json.loads(run("report", "summary", "--as-of", day, "--format", "json").stdout)
        return int(found["active_base"])

    words = ["report", "bridge", "--since", since, "--as-of", until, "--format", "json"]
    found = json.loads(run(*words).stdout)
    assert found["start"] + found["new"] + found["reactivated"] - found["lapsed"] == found["end"]
    eve = str(date.fromisoformat(since) - timedelta(days=1))
    assert (found["start"], found["end"]) == (base(eve), base(until))
    assert str(found["end"]) in run("report", "bridge", "--since", since, "--as-of", until).stdout


def test_the_bridge_is_of_the_month_unless_told_otherwise(demo: Path, run: Run) -> None:
    found = json.loads(run("report", "bridge", "--format", "json").stdout)
    assert (found["first"], found["last"]) == ("2026-11-01", "2026-11-22")
    assert run("report", "bridge", "--since", "2027-01-01").exit_code == 2


def test_the_trend_has_the_summaries_of_its_days(demo: Path, run: Run) -> None:
    rows = json.loads(run("report", "trend", "--months", "3", "--format", "json").stdout)
    assert [row["date"] for row in rows] == ["2026-08-31", "2026-09-30", "2026-10-31", "2026-11-22"]
    for row in rows:
        words = ["report", "summary", "--as-of", row["date"], "--format", "json"]
        summary = json.loads(run(*words).stdout)
        mark = {name: summary[name] for name in ("definition", "version", "known")}
        assert row == {
            "date": row["date"], "active_base": summary["active_base"], **summary["counts"], **mark
        }
