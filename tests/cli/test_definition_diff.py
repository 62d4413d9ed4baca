"""`definition diff`: who moves if another definition counted, in every form, and nothing is written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, contents
from tests.cli.small_shop import open_shop

MONTHS = 'name = "Months"\nactive = { event = "purchase", within_days = 90 }\n'
WEEK = 'name = "Week"\nactive = { event = "purchase", within_days = 7 }\n'


@pytest.fixture
def shop(db: Path, tmp_path: Path) -> Path:
    """The small shop, which counts 30 days; files with 90 days and with 7."""
    open_shop(db)
    (tmp_path / "months.toml").write_text(MONTHS)
    (tmp_path / "week.toml").write_text(WEEK)
    return tmp_path


def diff(run: Run, *words: object) -> dict[str, Any]:
    """The answer of `definition diff` as JSON."""
    found = run("definition", "diff", *words, "--format", "json")
    assert found.exit_code == 0, found.stderr
    answer: dict[str, Any] = json.loads(found.stdout)
    return answer


def test_the_definition_in_force_is_held_against_a_file(shop: Path, run: Run, db: Path) -> None:
    before = contents(db)
    found = diff(run, shop / "months.toml")
    assert contents(db) == before
    assert set(found) == {"as_of", "known", "before", "after", "counts", "active_base", "moves"}
    assert (found["as_of"], found["known"]) == ("2026-11-22", "now")
    assert found["before"] == {"name": "Neighbourhood shop", "version": 1}
    assert found["after"] == {"name": "Months", "version": None}
    # Ana had a complaint, Élio bought 63 days ago, Ivan bought for the first time this month
    assert found["moves"] == [
        {"before": was, "after": "active", "customers": 1, "year_spend": spend, "currency": "EUR"}
        for was, spend in (("at_risk", "120.50"), ("inactive", "10.00"), ("new", "9.99"))
    ]
    assert found["active_base"] == {"before": 2, "after": 3}
    assert found["counts"]["before"] == {
        "prospect": 1, "new": 1, "active": 0, "reactivated": 0, "at_risk": 1, "inactive": 2, "lost": 0,
        "unknown": 0,
    }
    assert found["counts"]["after"] == {
        "prospect": 1, "new": 0, "active": 3, "reactivated": 0, "at_risk": 0, "inactive": 1, "lost": 0,
        "unknown": 0,
    }


def test_two_named_definitions_are_held_against_each_other_on_any_day(shop: Path, run: Run) -> None:
    found = diff(run, shop / "week.toml", shop / "months.toml", "--as-of", "2026-11-01", "--customers")
    assert found["as_of"] == "2026-11-01"
    assert (found["before"]["name"], found["after"]["name"]) == ("Week", "Months")
    assert [(move["before"], move["after"]) for move in found["moves"]] == [("inactive", "active")]
    # by what they spent in the year until then
    assert found["moves"][0]["who"] == [
        {"id": 2, "key": "K1", "name": "Ana Silva"}, {"id": 4, "key": "K4", "name": "[red]Élio[/]"},
    ]


def test_the_difference_is_what_saving_it_then_does(demo: Path, run: Run) -> None:
    for name in ("salon", "donors"):
        told = diff(run, name)["counts"]
        for when, counts in told.items():
            if when == "after":
                assert run("definition", "use", name).exit_code == 0
            assert json.loads(run("report", "summary", "--format", "json").stdout)["counts"] == counts


@pytest.mark.parametrize("known", ["now", "then"])
def test_both_clocks_tell_the_counts_that_the_summary_tells(demo: Path, run: Run, known: str) -> None:
    day = ("--as-of", "2025-06-01", "--known", known)
    found = diff(run, "salon", *day)
    summary = json.loads(run("report", "summary", *day, "--format", "json").stdout)
    assert found["known"] == summary["known"] == known
    assert found["counts"]["before"] == summary["counts"]
    assert sum(found["counts"]["after"].values()) == summary["customers"]


def test_versions_are_named_by_their_number(demo: Path, run: Run) -> None:
    for first, second in (("1", "2"), ("v1", "V2")):
        found = diff(run, first, second)
        assert found["before"] == {"name": "Neighbourhood shop", "version": 1}
        assert found["after"] == {"name": "Casa Verde", "version": 2}
    assert diff(run, "2")["moves"] == []
    found = run("definition", "diff", "7")
    assert (found.exit_code, found.stdout) == (1, "")
    assert "1 to 2" in found.stderr


def test_people_read_the_counts_the_money_and_the_names(shop: Path, run: Run) -> None:
    text = run("definition", "diff", shop / "months.toml", "--customers").stdout
    for part in (
        "Neighbourhood shop, version 1 → Months · 22 Nov 2026 · as known now",
        "active: a purchase within 90 days instead of a purchase within 30 days",
        "active base    2 → 3 (+1)",
        "3 of 5 customers get another status.",
        "Into the active base: 1, worth €10.00 a year.",
        "inactive  active          1        €10.00",
        "[red]Élio[/]        €10.00",
    ):
        assert part in text
    assert "Out of the active base" not in text
    assert "Ana Silva" not in run("definition", "diff", shop / "months.toml").stdout


def test_tables_for_programs_have_a_row_a_move_or_a_customer(shop: Path, run: Run) -> None:
    def rows(*more: str) -> list[dict[str, str]]:
        found = run("definition", "diff", shop / "months.toml", "--format", "csv", *more)
        return list(csv.DictReader(io.StringIO(found.stdout)))

    moves, customers = rows(), rows("--customers")
    assert [row["customers"] for row in moves] == ["1", "1", "1"]
    assert [row["name"] for row in customers] == ["Ana Silva", "[red]Élio[/]", "Иван Петров"]
    assert [row["year_spend"] for row in moves] == [row["year_spend"] for row in customers]
    shown = run("definition", "diff", shop / "months.toml", "--format", "markdown").stdout
    assert shown.splitlines()[0] == "| before | after | customers | year_spend | currency |"
    nobody = run("definition", "diff", "1", "--format", "csv").stdout
    assert nobody.splitlines() == ["before,after,customers,year_spend,currency"]


def test_mistakes_are_told_with_their_place(shop: Path, run: Run) -> None:
    wrong = shop / "wrong.toml"
    wrong.write_text(MONTHS.replace("within_days", "within_day"))
    found = run("definition", "diff", "shop", wrong)
    assert (found.exit_code, found.stdout) == (1, "")
    assert f"{wrong}:2:" in found.stderr
    assert "did you mean within_days?" in found.stderr


def test_nobody_moves_where_nobody_is(run: Run) -> None:
    assert run("definition", "use", "cafe").exit_code == 0
    found = run("definition", "diff", "salon")
    assert found.exit_code == 0
    assert "nobody moves" in found.stdout
    assert diff(run, "salon")["moves"] == []
