"""`definition suggest`, `definition backtest`, `report returns`: contracts, refusals, what people read."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.days import from_iso, iso
from tests.cli.conftest import Run, contents
from tests.cli.small_shop import open_shop

ROW = ["window_days", "active", "tp", "fp", "fn", "tn", "precision", "recall", "accuracy", "cost"]


def answer(run: Run, *words: object) -> Any:
    """What a command says as JSON."""
    told = run(*words, "--format", "json")
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)


def test_the_backtest_keeps_its_contract(demo: Path, run: Run) -> None:
    found = answer(run, "definition", "backtest", "--as-of", "2026-06-01", "--windows", "30,60,90")
    assert list(found)[:2] == ["as_of", "horizon_days"]
    assert found["as_of"] == "2026-06-01"
    assert found["horizon_days"] == 90
    assert list(found["outcome"]) == ["buyers", "of"]
    assert [row["window_days"] for row in found["rows"]] == [30, 60, 90]
    for row in [*found["rows"], found["definition_row"]]:
        assert list(row) == ROW
        assert row["tp"] + row["fp"] == row["active"]
        assert row["tp"] + row["fn"] == found["outcome"]["buyers"]
        assert row["tp"] + row["fp"] + row["fn"] + row["tn"] == found["outcome"]["of"]
    assert 0.5 < found["auc"] < 1
    in_force = answer(run, "definition", "show")
    assert (found["definition"], found["version"]) == (in_force["name"], in_force["version"])
    assert [found[name] for name in ("cheapest", "rounds", "spread", "false_alarms", "misses")] == [None] * 5


def test_the_definition_calls_active_whom_the_lists_call_active(demo: Path, run: Run) -> None:
    found = answer(run, "definition", "backtest", "--as-of", "2026-06-01", "--names")
    listed = answer(run, "customers", "--as-of", "2026-06-01")
    known = {row["id"]: row for row in listed if row["purchases"]}
    assert found["outcome"]["of"] == len(known)
    assert found["definition_row"]["active"] == sum(row["active"] for row in known.values())
    assert len(found["false_alarms"]) == found["definition_row"]["fn"]
    assert len(found["misses"]) == found["definition_row"]["fp"]
    for person in found["false_alarms"]:
        assert not known[person["id"]]["active"]
        assert "2026-06-01" < person["bought_on"] <= "2026-08-30"
    for person in found["misses"]:
        assert known[person["id"]]["active"]
        assert person["bought_on"] is None
    for person in [*found["false_alarms"], *found["misses"]]:
        assert person["name"] == known[person["id"]]["name"]
        assert person["last_purchase"] == known[person["id"]]["last_purchase"]
        assert iso(from_iso(person["last_purchase"]) + person["silent_days"]) == "2026-06-01"


def test_a_preset_is_tested_without_being_put_in_force(demo: Path, run: Run) -> None:
    before = contents(demo)
    found = answer(run, "definition", "backtest", "cafe")
    assert (found["definition"], found["version"]) == ("Café or restaurant", None)
    assert found["definition_row"] != answer(run, "definition", "backtest")["definition_row"]
    assert contents(demo) == before


def test_without_a_day_the_latest_is_tested_and_a_later_one_is_refused(demo: Path, run: Run) -> None:
    last = max(row["last_purchase"] or "" for row in answer(run, "customers"))
    latest = iso(from_iso(last) - 90)
    assert answer(run, "definition", "backtest")["as_of"] == latest
    assert answer(run, "--as-of", latest, "definition", "backtest")["as_of"] == latest
    refused = run("definition", "backtest", "--as-of", iso(from_iso(last) - 89))
    assert refused.exit_code == 1
    assert "have not passed yet" in refused.output


def test_a_test_cannot_be_asked_to_know_only_what_was_known_then(demo: Path, run: Run) -> None:
    assert run("definition", "backtest", "--known", "then").exit_code == 2
    refused = run("--as-of", "2026-06-01", "--known", "then", "definition", "backtest")
    assert refused.exit_code == 2
    assert "came after" in refused.output


def test_the_costs_choose_a_window(demo: Path, run: Run) -> None:
    words = ("definition", "backtest", "--cost-alarm", "2.50", "--cost-miss", "40")
    found = answer(run, *words)
    assert (found["cost_alarm"], found["cost_miss"], found["currency"]) == ("2.50", "40.00", "EUR")
    costs = [float(row["cost"]) for row in found["rows"]]
    assert float(found["cheapest"]["cost"]) <= min(costs)
    assert costs == [2.5 * row["fn"] + 40 * row["fp"] for row in found["rows"]]
    patient = answer(run, "definition", "backtest", "--cost-alarm", "40", "--cost-miss", "2.50")
    assert patient["cheapest"]["window_days"] > found["cheapest"]["window_days"]


def test_several_days_are_tested_and_their_spread_told(demo: Path, run: Run) -> None:
    found = answer(run, "definition", "backtest", "--rounds", 3, "--horizon", 60, "--windows", "30")
    days = [from_iso(each["as_of"]) for each in found["rounds"]]
    assert [days[0] - day for day in days] == [0, 60, 120]
    assert found["rounds"][0]["rows"] == found["rows"]
    precision = [each["rows"][0]["precision"] for each in found["rounds"]]
    spread = found["spread"]["rows"][0]["precision"]
    assert (spread["low"], spread["high"], spread["n"]) == (min(precision), max(precision), 3)
    assert spread["mean"] == pytest.approx(sum(precision) / 3, abs=1e-5)


@pytest.mark.parametrize(
    "words",
    [
        ("--windows", "30,x"), ("--windows", "30,,60"), ("--windows", "-1"), ("--windows", "99999"),
        ("--cost-alarm", "3"), ("--cost-miss", "3"), ("--cost-alarm", "1", "--cost-miss", "-3"),
        ("--cost-alarm", "1,234.5", "--cost-miss", "3"), ("--horizon", "0"), ("--rounds", "0"),
    ],
)
def test_wrong_words_are_usage_errors(demo: Path, run: Run, words: tuple[str, ...]) -> None:
    assert run("definition", "backtest", *words).exit_code == 2


def test_rows_for_a_spreadsheet(demo: Path, run: Run) -> None:
    told = run("definition", "backtest", "--rounds", 2, "--windows", "30,60", "--format", "csv").stdout
    rows = list(csv.DictReader(told.splitlines()))
    assert [row["window_days"] for row in rows] == ["", "30", "60"] * 2
    assert {row["definition"] for row in rows if not row["window_days"]} == {"Casa Verde"}
    named = run("definition", "backtest", "--names", "--format", "csv").stdout
    assert {row["error"] for row in csv.DictReader(named.splitlines())} == {"false_alarm", "miss"}


def test_people_read_the_errors_by_name(demo: Path, run: Run) -> None:
    found = answer(run, "definition", "backtest", "--names")
    told = run("definition", "backtest", "--names").stdout
    assert f"False alarms: called inactive, bought all the same: {len(found['false_alarms'])}" in told
    assert f"Misses: called active, did not buy: {len(found['misses'])}" in told
    assert all(person["name"] in told for person in found["misses"] if person["name"])


def test_the_suggestion_keeps_its_contract(demo: Path, run: Run) -> None:
    found = answer(run, "definition", "suggest")
    assert found["enough"] is True
    assert found["why"] is None
    assert found["at_risk_days"] < found["window_days"] < found["lost_silence_days"]
    assert found["window_low"] <= found["window_days"] <= found["window_high"]
    assert found["lost_days"] >= found["window_days"]
    shares = [point["share_without"] for point in found["curve"]]
    assert shares == sorted(shares, reverse=True)
    points = {point["days"]: point["share_without"] for point in found["curve"]}
    assert points[found["window_days"]] == pytest.approx(1 - found["window_share"])
    in_force = answer(run, "definition", "show")
    assert (found["definition"], found["version"]) == (in_force["name"], in_force["version"])
    assert 0 < found["present_window_share"] < 1
    assert found["regularity"]["regular"] is True


def test_the_suggestion_can_be_put_in_force(demo: Path, run: Run, tmp_path: Path) -> None:
    assert run("definition", "use", "cafe").exit_code == 0
    found = answer(run, "definition", "suggest")
    assert found["window_days"] != found["present_window_days"] == 21
    definition = tmp_path / "suggested.toml"
    definition.write_text(run("definition", "suggest", "--toml").stdout, encoding="utf-8")
    assert f"window_used = {found['window_used']}" in definition.read_text(encoding="utf-8")
    assert run("definition", "use", definition).exit_code == 0
    assert answer(run, "definition", "suggest")["present_window_days"] == found["window_days"]


def test_people_see_the_curve_with_its_marks(demo: Path, run: Run) -> None:
    found = answer(run, "definition", "suggest")
    told = run("definition", "suggest", COLUMNS="80").stdout
    assert f"within_days = {found['window_days']}" in told
    assert f"window_used = {found['window_used']}" in told
    assert f"[lost] days = {found['lost_days']}" in told
    assert max(map(len, told.splitlines())) <= 80
    [axis] = [line for line in told.splitlines() if "└" in line]
    assert axis.count("┬") == 3


def test_the_past_knows_nothing_of_later_purchases(demo: Path, run: Run) -> None:
    early = answer(run, "definition", "suggest", "--as-of", "2025-06-30")
    assert early["end"] <= "2025-06-30"
    assert early["purchase_days"] < answer(run, "definition", "suggest")["purchase_days"]
    [row] = answer(run, "report", "returns", "--as-of", "2025-06-30", "--silent", 30)
    [later] = answer(run, "report", "returns", "--silent", 30)
    assert row["n"] < later["n"]


def test_returns_keep_their_contract(demo: Path, run: Run) -> None:
    found = answer(run, "report", "returns", "--horizon", 60)
    for row in found:
        assert list(row) == [
            "silent_days", "n", "returned", "share", "horizon_days", "end", "definition", "version", "known",
        ]
        assert row["share"] == pytest.approx(row["returned"] / row["n"], abs=1e-6)
        assert row["horizon_days"] == 60
    assert [row["n"] for row in found] == sorted((row["n"] for row in found), reverse=True)
    assert "Bought within 60 days" in run("report", "returns", "--horizon", 60).stdout
    assert run("report", "returns", "--silent", "soon").exit_code == 2


def test_a_small_shop_is_told_that_its_data_are_too_few(run: Run, db: Path) -> None:
    open_shop(db)
    found = answer(run, "definition", "suggest")
    assert found["enough"] is False
    assert "it takes 30" in found["why"]
    assert found["sentences"] == [found["why"]]
    assert found["window_days"] is None
    assert found["regularity"]["regular"] is None
    told = run("definition", "suggest")
    assert told.exit_code == 0
    assert "it takes 30" in told.stdout
    refused = run("definition", "suggest", "--toml")
    assert (refused.exit_code, refused.stdout) == (1, "")


def test_a_store_without_purchases_says_so(run: Run) -> None:
    assert run("definition", "use", "cafe").exit_code == 0
    assert "holds no purchases" in run("definition", "suggest").stdout
    assert "holds no purchases" in run("report", "returns").stdout
    assert answer(run, "definition", "suggest")["end"] is None
    assert all(row["share"] is None for row in answer(run, "report", "returns"))
    refused = run("definition", "backtest")
    assert refused.exit_code == 1
    assert "purchases" in refused.output


def test_sentences_for_programs_are_english(demo: Path, run: Run) -> None:
    told = run("definition", "suggest", "--format", "json", ACTIVETUI_LANG="ru").stdout
    assert json.loads(told)["sentences"] == answer(run, "definition", "suggest")["sentences"]
