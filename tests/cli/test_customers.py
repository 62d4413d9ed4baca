"""`customers`: the JSON contract, what a wrong query gets, what a person reads."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program, Run
from tests.cli.small_shop import open_shop

FIELDS = [
    "id", "key", "name", "email", "phone", "company", "country", "status", "status_since", "status_until",
    "active", "first_purchase", "last_purchase", "purchases", "spend", "currency", "types", "tags",
]


@pytest.fixture(autouse=True)
def shop(db: Path) -> Path:
    """A store of five customers."""
    open_shop(db)
    return db


def names(run: Run, *args: object) -> list[str]:
    """The names that a query finds, in their order."""
    result = run("customers", *args, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return [row["name"] for row in json.loads(result.stdout)]


def test_json_is_the_contract(run: Run) -> None:
    rows = json.loads(run("customers", "--format", "json").stdout)
    assert all(list(row) == FIELDS for row in rows)
    ana = next(row for row in rows if row["id"] == 2)
    assert ana == {
        "id": 2, "key": "K1", "name": "Ana Silva", "email": "ana@example.com", "phone": None,
        "company": None, "country": "PT", "status": "at_risk", "status_since": "2026-11-20",
        "status_until": "2026-12-18", "active": True, "first_purchase": "2026-09-02",
        "last_purchase": "2026-11-17", "purchases": 4, "spend": "120.50", "currency": "EUR",
        "types": ["recent_buyer", "support_service", "vip"], "tags": ["vip"],
    }
    nobody = next(row for row in rows if row["name"] == "Carla Prospect")
    assert nobody["last_purchase"] is None
    assert nobody["status"] == "prospect"
    assert nobody["spend"] == "0.00"


def test_every_customer_is_listed_by_name(run: Run) -> None:
    assert names(run) == ["[red]Élio[/]", "Ana Silva", "Bento Dias", "Carla Prospect", "Иван Петров"]


def test_a_query_finds_some(run: Run) -> None:
    assert names(run, "tag:vip") == ["Ana Silva"]
    assert names(run, "-has:email last>64d") == ["Bento Dias"]
    assert names(run, "иван") == ["Иван Петров"]
    assert names(run, "elio") == ["[red]Élio[/]"]
    assert names(run, "nobody at all") == []


@pytest.mark.parametrize("query", ["-tag:vip", "-ana"])
def test_a_query_may_begin_with_a_minus(run: Run, query: str) -> None:
    assert "Ana Silva" not in names(run, query)
    assert len(names(run, query, "--limit", 3)) == 3


def test_sorted_and_limited(run: Run) -> None:
    assert names(run, "--sort", "spend", "--desc", "--limit", 2) == ["Bento Dias", "Ana Silva"]
    assert names(run, "--sort", "last_purchase") == [
        "Bento Dias", "[red]Élio[/]", "Иван Петров", "Ana Silva", "Carla Prospect",
    ]


def test_as_of_another_day(run: Run) -> None:
    assert names(run, "active:yes bento", "--as-of", "2026-03-01") == ["Bento Dias"]
    assert names(run, "active:yes bento") == []
    assert names(run, "first<=2026-03-01", "--as-of", "2026-03-01") == ["Bento Dias"]
    assert names(run, "until<=30d tag:vip", "--as-of", "2026-11-20") == ["Ana Silva"]


def test_csv_has_the_same_fields_and_guards_spreadsheets(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(run("customers", "--format", "csv").stdout)))
    assert rows[0] == FIELDS
    assert len(rows) == 6


def test_nothing_found_is_said(run: Run) -> None:
    assert run("customers", "zzz").stdout.splitlines()[0] == "No customer is found."
    assert run("customers", "zzz", "--format", "json").stdout == "[]\n"


def test_a_person_is_told_how_many(run: Run) -> None:
    assert run("customers", "has:email").stdout.splitlines()[-2] == "3 of 5 customers"
    assert run("customers", "--limit", 2).stdout.splitlines()[-2] == (
        "5 of 5 customers · the first 2 are shown"
    )


def test_names_are_shown_as_they_are_written(run: Run) -> None:
    assert "[red]Élio[/]" in run("customers").stdout


@pytest.mark.parametrize(("query", "shown"), [
    ("ana spnd>5", ["There is no field 'spnd'.", "ana spnd>5", "    ^^^^", "Did you mean spend?"]),
    ("last>60x", ["'60x' is no day.", "last>60x", "     ^^^"]),
    ("spend>5usd", ["The amounts here are in EUR, not in USD.", "spend>5usd", "^^^^^^^^^^"]),
])
def test_a_wrong_query_is_wrong_usage_with_the_place(run: Run, query: str, shown: list[str]) -> None:
    result = run("customers", query)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[: len(shown)] == shown


def test_a_query_that_would_run_away_is_refused(run: Run) -> None:
    result = run("customers", "(" * 10_000)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert len(result.stderr) < 1_000


def test_an_unknown_sort_is_wrong_usage(run: Run) -> None:
    result = run("customers", "--sort", "age")
    assert result.exit_code == 2
    assert "last_purchase" in result.stderr


def test_a_mistyped_option_is_not_taken_for_a_query(run: Run) -> None:
    result = run("customers", "--limt", 5)
    assert result.exit_code == 2
    assert "--limit" in result.stderr


def test_the_table_fits_into_eighty_columns(program: Program, db: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "ACTIVETUI_DB": str(db), "ACTIVETUI_TODAY": "2026-11-22", "COLUMNS": "80"}
    with subprocess.Popen(
        [sys.executable, "-m", "activetui", "customers"], env=environment, stdin=subprocess.DEVNULL,
        stdout=theirs, stderr=theirs,
    ) as process:
        assert process.wait(60) == 0
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as screen:
        lines = screen.read(65_536).decode().splitlines()
    assert max(map(len, lines)) <= 80
    assert any("Ana Silva" in line and "€120.50" in line for line in lines)


def test_a_query_that_finds_nobody_says_how_it_was_read_and_what_each_condition_finds(run: Run) -> None:
    said = run("customers", "status:at_risk city:Porto")
    assert said.stdout.splitlines()[:3] == [
        "No customer is found.",
        "It was read as: customers at risk with 'Porto' in the city.",
        "each alone: status 1 · city 0",
    ]
    [one] = [row for row in run("customers", "spnd").stdout.splitlines() if "read as" in row]
    assert "spnd" in one and "each alone" not in run("customers", "spnd").stdout
    assert json.loads(run("customers", "spnd", "--format", "json").stdout) == []
    assert "read as" not in run("customers", "ana").stdout
