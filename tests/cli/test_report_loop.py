"""`report loop`: the loop by stage, for people and for programs."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

from activetui.insights.loop import Stage
from tests.cli.conftest import Run

FIELDS = [
    "stage", "customers", "key_events", "alerts", "under_way", "due", "contacted", "won_back", "query",
    "event_query", "definition", "version", "known",
]


def test_programs_get_a_row_for_each_stage_with_the_queries_behind_it(demo: Path, run: Run) -> None:
    rows = json.loads(run("report", "loop", "--format", "json").stdout)
    assert [row["stage"] for row in rows] == [stage.value for stage in Stage]
    for row in rows:
        assert list(row) == FIELDS
        for figure, query in (("customers", "query"), ("key_events", "event_query")):
            assert len(json.loads(run("customers", row[query], "--format", "json").stdout)) == row[figure]
    sheet = list(csv.DictReader(StringIO(run("report", "loop", "--format", "csv").stdout)))
    assert [row["contacted"] for row in sheet] == [str(row["contacted"]) for row in rows]


def test_stages_and_statuses_add_up_on_any_day(demo: Path, run: Run) -> None:
    asked = ("--as-of", "2025-06-30", "--format", "json")
    rows = json.loads(run("report", "loop", *asked).stdout)
    summary = json.loads(run("report", "summary", *asked).stdout)
    assert sum(row["customers"] for row in rows) == summary["customers"] - summary["counts"]["unknown"]


def test_people_get_a_table_and_what_its_columns_mean(demo: Path, run: Run) -> None:
    text = run("report", "loop").stdout
    assert "slipped" in text
    assert "in the last 30 days" in " ".join(text.split())
    assert "Casa Verde, version 2 · as known now" in text
    then = run("report", "loop", "--as-of", "2025-04-04", "--known", "then").stdout
    assert "as known on 4 Apr 2025" in then
