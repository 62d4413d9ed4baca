"""Two records of one person, by command: proposed, merged, taken apart, told to be different."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SHOP = (
    "customer_id,name,email,phone,date,amount\n"
    "S1,Ana Lopes,ana@example.com,+351912345678,2026-10-01,10.00\n"
)
TILL = "customer_id,name,phone,date,amount\nT9,Ana M. Lopes,+351 912 345 678,2026-10-20,5.00\n"


@pytest.fixture
def two(run: Run, tmp_path: Path) -> Run:
    """A shop and a till that know the same person, each under an id of its own."""
    (tmp_path / "shop.csv").write_text(SHOP)
    (tmp_path / "till.csv").write_text(TILL.replace("+351 912 345 678", "+351 912 345 679"))
    assert run("import", tmp_path / "shop.csv", "--yes", "--source", "shop").exit_code == 0
    assert run("import", tmp_path / "till.csv", "--yes", "--source", "till").exit_code == 0
    return run


def _people(run: Run) -> list[tuple[str, int]]:
    rows = json.loads(run("customers", "--format", "json", "--sort", "id").stdout)
    return [(row["name"], row["purchases"]) for row in rows]


def test_merged_customers_are_one_until_they_are_taken_apart(two: Run, tmp_path: Path) -> None:
    before = _people(two)
    assert len(before) == 2
    assert two("customer", "merge", "S1", "T9").exit_code == 0
    assert _people(two) == [("Ana Lopes", 2)]
    shown = json.loads(two("customer", "show", "S1", "--format", "json").stdout)
    assert shown["purchases"] == 2
    assert [(one["id"], one["name"]) for one in shown["merged"]] == [(2, "Ana M. Lopes")]
    assert "unmerge 2" in two("customer", "show", "S1").stdout
    (event, _other) = shown["events"]
    row = json.loads(two("imports", "row", event["import"], event["line"], "--format", "json").stdout)
    assert [cell["cell"] for cell in row["cells"]][:2] == ["T9", "Ana M. Lopes"]
    (tmp_path / "till.csv").write_text(TILL.replace("2026-10-20", "2026-11-02"))
    assert two("import", tmp_path / "till.csv", "--yes", "--source", "till").exit_code == 0
    assert _people(two) == [("Ana Lopes", 3)]
    assert two("customer", "unmerge", "2").exit_code == 0
    assert _people(two) == [("Ana Lopes", 1), ("Ana M. Lopes", 2)]


def test_undo_takes_the_merge_back(two: Run) -> None:
    before = _people(two)
    two("customer", "merge", "S1", "T9")
    assert two("undo").exit_code == 0
    assert _people(two) == before


def test_who_may_be_the_same_is_proposed_with_the_reason_until_told_otherwise(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(
        "customer_id,name,email,postcode,date\n"
        "1,Rui Manuel Dias,rui@example.com,1000-001,2026-10-01\n"
        "2,Dias Rui Manuel,r.dias@example.org,1000-001,2026-10-02\n"
        "3,Rui Manuel Dias,other@example.net,4000-123,2026-10-02\n"
    )
    assert run("import", tmp_path / "people.csv", "--yes", "--source", "x").exit_code == 0
    (found,) = json.loads(run("customer", "duplicates", "--format", "json").stdout)
    assert {found["id"], found["other_id"]} == {1, 2}
    assert found["reason"] and 0 < found["strength"] <= 1
    assert run("customer", "different", found["id"], found["other_id"]).exit_code == 0
    assert json.loads(run("customer", "duplicates", "--format", "json").stdout) == []


@pytest.mark.parametrize("words", [("merge", "S1", "S1"), ("merge", "S1", "nobody"), ("unmerge", "77")])
def test_what_cannot_be_merged_is_said(two: Run, words: tuple[str, ...]) -> None:
    before = _people(two)
    result = two("customer", *words)
    assert result.exit_code == 1 and "Traceback" not in result.stderr
    assert _people(two) == before
