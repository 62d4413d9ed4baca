"""`segments compare`, `changes` and `trend`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("demo")


def told(run: Run, *args: object) -> Any:
    result = run("segments", *args, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def ids(run: Run, query: str, *args: object) -> set[int]:
    return {row["id"] for row in json.loads(run("customers", query, "--format", "json", *args).stdout)}


def test_two_segments_stand_side_by_side(run: Run) -> None:
    found = told(run, "compare", "vip", "at risk")
    vip, at_risk = ids(run, "type:vip"), ids(run, "status:at_risk")
    assert found["a"]["name"] == "vip"
    assert (found["a"]["customers"], found["b"]["customers"]) == (len(vip), len(at_risk))
    assert found["both"]["customers"] == len(vip & at_risk)
    assert found["b"]["statuses"]["at_risk"] == len(at_risk)
    assert found["a"]["share"] == round(len(vip) / found["a"]["of"], 4)
    shown = run("segments", "compare", "vip", "at_risk").stdout
    assert "VIP" in shown
    assert f"{len(vip & at_risk)} in both" in shown
    assert "as known now" in shown


def test_queries_can_stand_side_by_side_too(run: Run) -> None:
    found = told(run, "compare", "-country:PT", "country:PT", "--as-of", "2026-06-30")
    assert found["both"]["customers"] == 0
    assert found["only_a"]["customers"] + found["only_b"]["customers"] == found["a"]["of"]
    assert found["as_of"] == "2026-06-30"


def test_changes_are_the_difference_of_two_lists(run: Run) -> None:
    found = told(run, "changes", "inactive")
    before, after = ids(run, "status:inactive", "--as-of", "2026-10-31"), ids(run, "status:inactive")
    assert (found["since"], found["as_of"]) == ("2026-10-31", "2026-11-22")
    moved = {side: {row["id"] for row in found["customers"] if row["change"] == side}
             for side in ("entered", "left")}
    assert moved == {"entered": after - before, "left": before - after}
    assert found["before"] + found["entered"] - found["left"] == found["after"] == len(after)
    assert all(row["reasons"] and row["conditions"] == ["status"] for row in found["customers"])
    assert found["left_by"] == [{"condition": "status", "customers": len(before - after)}]


def test_changes_since_a_day_of_choice(run: Run) -> None:
    found = told(run, "changes", "last>60d spend>100", "--since", "2026-11-15", "--limit", "2")
    assert found["since"] == "2026-11-15"
    assert len(found["customers"]) <= 4
    assert found["entered"] > 2
    refused = run("segments", "changes", "inactive", "--since", "2026-11-22")
    assert refused.exit_code == 2
    assert "must lie before" in refused.stderr


def test_changes_are_rows_for_spreadsheets_and_sentences_for_people(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("segments", "changes", "vip", "--format", "csv").stdout)))
    assert rows
    assert {row["change"] for row in rows} <= {"entered", "left"}
    shown = run("segments", "changes", "inactive").stdout
    assert "131 on 31 Oct 2026 + 12 entered − 34 left = 109 on 22 Nov 2026" in shown
    assert "became inactive on" in shown


@pytest.mark.parametrize("name", ["at_risk", "spend>500", "Good customers gone"])
def test_a_trend_is_what_was_found_on_each_day(run: Run, name: str) -> None:
    rows = told(run, "trend", name, "--months", "3")
    assert [row["date"] for row in rows] == ["2026-08-31", "2026-09-30", "2026-10-31", "2026-11-22"]
    segments = {row["name"]: row["query"] for row in told(run, "list")}
    for row in rows:
        assert row["customers"] == len(ids(run, segments.get(name, name), "--as-of", row["date"]))
    assert len(told(run, "trend", name)) == 13


def test_what_the_past_cannot_tell_is_not_told(run: Run) -> None:
    rows = told(run, "trend", "tag:vip", "--months", "2")
    assert [row["customers"] for row in rows[:-1]] == [None, None]
    assert rows[-1]["customers"] == len(ids(run, "tag:vip"))
    shown = run("segments", "trend", "tag:vip", "--months", "2").stdout
    assert "can't say" in shown
    assert "Nothing in this query has a date" in shown
    early = told(run, "trend", "at_risk", "--as-of", "2024-02-29", "--months", "6")
    assert early[0]["customers"] is None
    assert early[-1]["customers"] is not None


@pytest.mark.parametrize("command", [
    ("compare", "vip", "nosuch"), ("changes", "nosuch"), ("trend", "nosuch"),
])
def test_a_name_that_is_not_there_is_said(run: Run, command: tuple[str, ...]) -> None:
    refused = run("segments", *command)
    assert refused.exit_code == 1
    assert "nosuch" in refused.stderr


def test_a_query_that_cannot_be_read_is_pointed_at(run: Run) -> None:
    refused = run("segments", "trend", "spnd>500")
    assert refused.exit_code == 2
    assert "spend" in refused.stderr


def test_a_query_of_a_day_of_its_own_is_refused_in_words(run: Run) -> None:
    fixed = "as-of:2026-03-31 status:inactive"
    for command in (("changes", fixed), ("compare", fixed, "vip")):
        refused = run("segments", *command)
        assert refused.exit_code == 1, refused.stdout
        assert "day of its own" in refused.stderr
    rows = told(run, "trend", fixed, "--months", "2")
    assert [row["customers"] for row in rows] == [None, None, None]


def test_what_was_known_then_is_no_question_here(run: Run) -> None:
    assert run("segments", "trend", "vip", "--as-of", "2026-06-30", "--known", "then").exit_code == 2


def test_an_export_has_the_figures_of_the_day_that_its_query_names(run: Run, tmp_path: Path) -> None:
    done = run("export", "customers", tmp_path / "march.json", "as-of:2026-03-31 segment:at_risk")
    assert done.exit_code == 0, done.stderr
    assert "31 Mar 2026" in done.stdout
    listed = run("customers", "status:at_risk", "--as-of", "2026-03-31", "--format", "json").stdout
    assert json.loads((tmp_path / "march.json").read_text(encoding="utf-8")) == json.loads(listed)
