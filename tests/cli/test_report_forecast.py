"""`report forecast`: its contract where the models may not speak, and its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

KEYS = {"as_of", "definition", "version", "known", "observed_to", "models", "recency_auc", "actual", "advice"}


def test_a_small_shop_is_told_why_not_and_keeps_the_plain_figures(demo: Path, run: Run) -> None:
    told = run("report", "forecast", "--format", "json")
    assert told.exit_code == 0
    found = json.loads(told.stdout)
    assert set(found) >= KEYS
    assert 0 < found["data"]["customers"] < 500
    for model in found["models"]:
        assert not model["usable"]
        assert str(found["data"]["customers"]) in model["why"]
        assert "500" in model["why"]
        assert model["parameters"] is model["log_likelihood"] is model["expected_total"] is None
    assert 0.5 < found["recency_auc"] < 1
    assert found["best"] is None
    assert "days since the last purchase" in found["advice"]


def test_the_reason_is_said_once(demo: Path, run: Run) -> None:
    text = " ".join(run("report", "forecast").stdout.split())
    assert text.count("Not used:") == 1
    assert "BG/NBD, MBG/NBD, Pareto/NBD, Gamma–Gamma" in text
    assert "No model can be used here" in text


def test_customers_without_a_model_keep_what_is_known(demo: Path, run: Run) -> None:
    found = json.loads(run("report", "forecast", "--customers", "--format", "json").stdout)
    assert len(found["customers"]) == found["data"]["customers"]
    for row in found["customers"]:
        assert row["p_alive"] is row["expected"] is None
        assert 0 <= row["t_x"] <= row["t"]
    assert run("report", "forecast", "--customers", "--limit", 3).exit_code == 0


def test_an_empty_store_is_no_error(run: Run) -> None:
    assert run("definition", "use", "cafe").exit_code == 0
    found = json.loads(run("report", "forecast", "--format", "json").stdout)
    assert found["data"]["customers"] == 0
    assert found["recency_auc"] is found["test"] is found["actual"] is found["observed_to"] is None
    assert "Nobody had bought" in run("report", "forecast").stdout


@pytest.mark.parametrize(
    "past",
    ["", "1,2", "1,5,3", "-1,0,4", "1.5,2,4", "0,2,4", "2,0,4", "x,1,2", "1,nan,3", "inf,1,2", "1,1,inf"],
)
def test_a_past_that_nobody_can_have_is_wrong_usage(past: str, demo: Path, run: Run) -> None:
    told = run("report", "forecast", "--like", past)
    assert told.exit_code == 2
    assert "2,30.43,38.86" in told.stderr


@pytest.mark.parametrize("words", [("--weeks", "0"), ("--horizon", "0"), ("--model", "crystal")])
def test_wrong_options_are_wrong_usage(words: tuple[str, str], demo: Path, run: Run) -> None:
    assert run("report", "forecast", *words).exit_code == 2


def test_what_was_known_then_knows_no_outcome(demo: Path, run: Run) -> None:
    words = ("report", "forecast", "--as-of", "2026-03-31", "--format", "json")
    now, then = (json.loads(run(*words, "--known", known).stdout) for known in ("now", "then"))
    assert (now["known"], then["known"]) == ("now", "then")
    assert now["actual"] is not None
    assert then["actual"] is None
    assert now["test"]["as_of"] == "2026-03-31"
    assert then["test"]["as_of"] < "2026-03-31"
