"""Promise: the published figures of the models on CDNOW come out of the command that an owner would give."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from activetui.cli.program import app
from tests.importing.test_cdnow import cdnow_csv

Told = Callable[..., Any]
AT = ("--as-of", "1997-09-30", "--weeks", "39")

MODELS = [
    ("BG/NBD", {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, -9582.4292),
    ("Pareto/NBD", {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}, -9594.976),
    ("MBG/NBD", {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}, -9582.1357),
]
CUSTOMERS = [
    ("2,30.43,38.86", (0.7266, 1.226), (0.8691, 1.4551), 0.7061),
    ("1,1.71,38.86", (0.2122, 0.2033), (0.1679, 0.1710), 0.1708),
    ("0,0,38.86", (1, 0.1948), (0.2951, 0.1071), 0.3897),
    ("10,35,38.86", (0.8470, 6.1638), (0.9273, 6.4170), None),
]
AUC = [
    ("recency", "days_since_last_purchase", 0.7843, 0.7241),
    ("frequency", "purchase_days", 0.7683, None),
    ("BG/NBD", "expected", 0.7892, 0.7460),
    ("Pareto/NBD", "expected", 0.7942, 0.7454),
    ("MBG/NBD", "p_alive", 0.7241, None),
    ("Pareto/NBD", "p_alive", 0.7494, None),
    ("BG/NBD", "p_alive", 0.3351, None),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Runs `report forecast` on a store into which the purchases were imported by command."""
    folder = tmp_path_factory.mktemp("cdnow")
    path, purchases = folder / "cdnow.db", cdnow_csv(folder / "cdnow.csv")
    words = ["import", str(purchases), "--db", str(path), "--yes", "--currency", "USD"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output

    def told(*more: str, **environment: str) -> Any:
        words = ["report", "forecast", *more, "--db", str(path)]
        return CliRunner().invoke(app, words, env=environment)

    return told


@pytest.fixture(scope="module")
def at_the_cut(run: Told) -> dict[str, Any]:
    asked = [word for who, *_figures in CUSTOMERS for word in ("--like", who)]
    told = run(*AT, "--horizon", "90", "--customers", *asked, "--format", "json")
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def model(found: dict[str, Any], name: str) -> dict[str, Any]:
    [row] = [row for row in found["models"] if row["name"] == name]
    return dict(row)


def test_what_the_models_rest_on(at_the_cut: dict[str, Any]) -> None:
    data = at_the_cut["data"]
    assert (data["customers"], data["repeat_purchases"]) == (2357, 2457)
    assert (data["x_zero"], data["x_positive"], data["x_max"]) == (1411, 946, 29)
    assert round(100 * data["repeat_rate"], 2) == 40.14
    assert (round(data["t_min"], 2), round(data["t_max"], 2)) == (27.00, 38.86)


@pytest.mark.parametrize(("name", "parameters", "log_likelihood"), MODELS)
def test_the_published_parameters(
    name: str, parameters: dict[str, float], log_likelihood: float, at_the_cut: dict[str, Any]
) -> None:
    found = model(at_the_cut, name)
    assert {letter: round(value, 3) for letter, value in found["parameters"].items()} == parameters
    assert abs(found["log_likelihood"] - log_likelihood) < 0.001
    assert (found["usable"], found["why"]) == (True, None)


def test_the_published_model_of_spend(at_the_cut: dict[str, Any]) -> None:
    found = model(at_the_cut, "Gamma–Gamma")
    assert {letter: round(value, 2) for letter, value in found["parameters"].items()} == {
        "p": 6.25, "q": 3.74, "gamma": 15.44,
    }
    assert round(found["log_likelihood"], 2) == -4055.92
    assert found["customers"] == 946


@pytest.mark.parametrize(("who", "bg", "pareto", "mbg_alive"), CUSTOMERS)
def test_the_published_customers(
    who: str, bg: tuple[float, float], pareto: tuple[float, float], mbg_alive: float | None,
    at_the_cut: dict[str, Any],
) -> None:
    """To the digits printed; the last was printed from parameters rounded to four decimals."""
    x, t_x, t = map(float, who.split(","))
    [row] = [row for row in at_the_cut["like"] if (row["x"], row["t_x"], row["t"]) == (x, t_x, t)]
    slack = 1.5e-4 if x == 10 else 5.1e-5
    assert row["p_alive_bg_nbd"] == pytest.approx(bg[0], abs=slack)
    assert row["expected_bg_nbd"] == pytest.approx(bg[1], abs=5e-4 if bg[1] == 1.226 else slack)
    assert row["p_alive_pareto_nbd"] == pytest.approx(pareto[0], abs=slack)
    assert row["expected_pareto_nbd"] == pytest.approx(pareto[1], abs=slack)
    if mbg_alive is not None:
        assert row["p_alive_mbg_nbd"] == pytest.approx(mbg_alive, abs=slack)


def test_the_published_totals_and_what_came(at_the_cut: dict[str, Any]) -> None:
    assert round(model(at_the_cut, "BG/NBD")["expected_total"], 1) == 1653.4
    assert round(model(at_the_cut, "Pareto/NBD")["expected_total"], 1) == 1665.5
    assert at_the_cut["actual"] == {"purchase_days": 1882, "customers": 684}


@pytest.mark.parametrize(("name", "figure", "everyone", "repeaters"), AUC)
def test_the_published_rankings(
    name: str, figure: str, everyone: float, repeaters: float | None, at_the_cut: dict[str, Any]
) -> None:
    test = at_the_cut["test"]
    assert (test["as_of"], test["horizon_days"]) == ("1997-09-30", 90)
    assert (test["buyers"], test["of"]) == (398, 2357)
    [found] = [row for row in test["rankings"] if (row["name"], row["figure"]) == (name, figure)]
    assert round(found["auc"], 4) == everyone
    if repeaters is not None:
        assert round(found["auc_repeaters"], 4) == repeaters


def test_the_plain_figures_stand_beside_the_models(at_the_cut: dict[str, Any]) -> None:
    assert round(at_the_cut["recency_auc"], 4) == 0.7843
    assert round(at_the_cut["recency_auc_repeaters"], 4) == 0.7241
    assert round(at_the_cut["frequency_auc"], 4) == 0.7683
    assert round(model(at_the_cut, "BG/NBD")["auc"], 4) == 0.7892
    assert at_the_cut["best"] == "Pareto/NBD"
    assert [row["better_than_recency"] for row in at_the_cut["models"]] == [False, False, True, None]


def test_the_customers_add_up_to_the_total(at_the_cut: dict[str, Any]) -> None:
    rows = at_the_cut["customers"]
    assert len(rows) == len({row["id"] for row in rows}) == 2357
    assert at_the_cut["customers_model"] == "Pareto/NBD"
    total = model(at_the_cut, "Pareto/NBD")
    assert sum(row["expected"] for row in rows) == pytest.approx(total["expected_total"], abs=0.01)
    assert sum(row["x"] for row in rows) == 2457
    assert sum(float(row["expected_value"]) for row in rows) == pytest.approx(
        float(total["expected_value"]), abs=20
    )
    assert rows == sorted(rows, key=lambda row: -row["expected"])
    assert all(list(row)[:6] == ["id", "x", "t_x", "t", "p_alive", "expected"] for row in rows)


def test_the_model_of_the_customers_can_be_chosen(run: Told) -> None:
    told = run(*AT, "--model", "bg", "--customers", "--limit", "40", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert len(rows) == 40
    assert all(row["expected"] == row["expected_bg_nbd"] for row in rows)
    assert any(row["expected"] != row["expected_pareto_nbd"] for row in rows)


def test_an_owner_reads_what_to_trust(run: Told) -> None:
    told = run(*AT)
    assert told.exit_code == 0
    text = " ".join(told.stdout.split())
    for words in (
        "2,357 customers", "1,653.4", "1,882 purchase days of 684 customers", "398 of 2,357 customers did",
        "0.5 is a coin", "Pareto/NBD told who buys within 90 days better than", "cannot rank one-time buyers",
        "r 0.243, alpha 4.414, a 0.793, b 2.426",
    ):
        assert words in text, words
    assert max(map(len, told.stdout.splitlines())) <= 80


def test_the_language_changes_what_people_read_only(run: Told) -> None:
    words = (*AT, "--format", "json")
    assert run(*words, ACTIVETUI_LANG="fr").stdout == run(*words).stdout
    assert "0,794" in run(*AT, ACTIVETUI_LANG="fr").stdout


def test_programs_get_a_row_a_model(run: Told) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*AT, "--format", "csv").stdout)))
    assert [row["name"] for row in rows] == ["BG/NBD", "MBG/NBD", "Pareto/NBD", "Gamma–Gamma"]
    assert round(float(rows[0]["expected_total"]), 1) == 1653.4
    assert run(*AT, "--format", "markdown").stdout.startswith("| name | usable | why |")
