"""`segments`: list, show, save, delete, fields."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.small_shop import open_shop


@pytest.fixture(autouse=True)
def shop(db: Path) -> Path:
    """A store of five customers."""
    open_shop(db)
    return db


def listed(run: Run, *args: object) -> dict[str, dict[str, object]]:
    """The segments by name."""
    result = run("segments", "list", "--format", "json", *args)
    assert result.exit_code == 0, result.stderr
    return {row["name"]: row for row in json.loads(result.stdout)}


def test_every_segment_is_listed_with_its_figures(run: Run) -> None:
    segments = listed(run)
    assert segments["one_time"] == {
        "name": "one_time", "title": "one-time buyers", "query": "purchases:1", "built_in": True,
        "meaning": segments["one_time"]["meaning"], "why": segments["one_time"]["why"],
        "customers": 2, "of": 5, "share": 0.4,
        "revenue": "19.99", "year_revenue": "19.99", "by_subscription": "0.00", "currency": "EUR",
        "problem": None,
    }
    assert {"prospect", "at_risk", "lost", "loyal", "vip", "won_back", "renewal_due"} <= set(segments)


def test_the_statuses_of_the_list_are_those_of_the_summary(run: Run) -> None:
    counts = json.loads(run("report", "summary", "--format", "json").stdout)["counts"]
    segments = listed(run)
    for status, number in counts.items():
        assert segments["cant_say_yet" if status == "unknown" else status]["customers"] == number


def test_the_figures_are_those_of_the_day(run: Run) -> None:
    assert listed(run, "--as-of", "2026-01-15")["one_time"]["customers"] == 1


def test_share_carries_its_n(run: Run) -> None:
    line = next(line for line in run("segments", "list").stdout.splitlines() if line.startswith("one_time"))
    assert "40% of 5" in line
    assert "€19.99" in line


def test_show_gives_the_members_as_customers_does(run: Run) -> None:
    shown = run("segments", "show", "one_time", "--sort", "spend", "--format", "json").stdout
    assert shown == run("customers", "purchases:1", "--sort", "spend", "--format", "json").stdout
    assert len(json.loads(shown)) == 2


def test_show_tells_a_person_what_it_means(run: Run) -> None:
    shown = run("segments", "show", "Complained while active").stdout
    assert "active:yes complaint:open" in shown
    assert "customers of the active base with an open complaint" in shown
    assert "Repair first" in shown
    assert "Ana Silva" in shown


def test_show_tells_what_an_own_segment_is_for(run: Run) -> None:
    assert run("segments", "save", "Few", "purchases:1", "--note", "to be thanked").exit_code == 0
    lines = run("segments", "show", "few").stdout.splitlines()
    assert lines[:4] == ["Few · purchases:1", "customers who bought once", "to be thanked", ""]
    assert run("segments", "save", "Few", "purchases:1").exit_code == 0
    assert run("segments", "show", "few").stdout.splitlines()[1:3] == ["customers who bought once", ""]


def test_save_show_delete(run: Run) -> None:
    saved = run("segments", "save", "Gone", "last>60d spend>500")
    assert saved.stdout == "Saved Gone: customers who last bought more than 60 days ago, spent over €500.00\n"
    members = json.loads(run("segments", "show", "gone", "--format", "json").stdout)
    assert [row["name"] for row in members] == ["Bento Dias"]
    assert listed(run)["Gone"]["customers"] == 1
    assert run("segments", "save", "gone", "-tag:vip").stdout.startswith("Replaced Gone: ")
    assert listed(run)["Gone"]["customers"] == 4
    assert run("segments", "delete", "Gone").exit_code == 0
    assert "Gone" not in listed(run)


@pytest.mark.parametrize(("args", "code", "says"), [
    (("show", "nobody"), 1, "There is no segment 'nobody'."),
    (("show", "prospcet"), 1, "Did you mean prospect?"),
    (("delete", "lost"), 1, "built in"),
    (("delete", "nobody"), 1, "There is no segment"),
    (("save", "lost", "spend>5"), 1, "built in"),
    (("save", "", "spend>5"), 1, "cannot be the name"),
    (("save", "Bad", "spnd>5"), 2, "^^^^"),
])
def test_what_cannot_be_done_is_refused(run: Run, args: tuple[str, ...], code: int, says: str) -> None:
    result = run("segments", *args)
    assert result.exit_code == code
    assert says in result.stderr
    assert result.stdout == ""


def test_rename(run: Run) -> None:
    run("segments", "save", "Gone", "last>60d spend>500")
    run("segments", "save", "Gone vips", "segment:gone tag:vip or segment:Gone country:ES")
    assert run("segments", "rename", "gone", "Away").stdout == "The segment is called Away now.\n"
    segments = listed(run)
    assert "Gone" not in segments
    assert segments["Gone vips"]["query"] == "segment:Away tag:vip or segment:Away country:ES"
    assert segments["Gone vips"]["problem"] is None
    assert run("undo").exit_code == 0
    assert listed(run)["Gone vips"]["query"] == "segment:gone tag:vip or segment:Gone country:ES"


def test_a_query_can_name_its_day(run: Run) -> None:
    named = run("customers", "status:inactive as-of:2026-06-01", "--format", "json").stdout
    assert named == run("customers", "status:inactive", "--as-of", "2026-06-01", "--format", "json").stdout
    assert [row["name"] for row in json.loads(named)] == ["Bento Dias"]
    assert "1 Jun 2026" in run("customers", "as-of:2026-06-01").stdout.splitlines()[-1]


def test_a_segment_of_its_own_day_is_shown_and_counted_there(run: Run) -> None:
    run("segments", "save", "Spring", "active:yes as-of:2026-03-01")
    assert listed(run)["Spring"]["customers"] == 1
    assert [row["name"] for row in json.loads(run("segments", "show", "Spring", "--format", "json").stdout)]
    refused = run("customers", "segment:spring")
    assert refused.exit_code == 2
    assert "a day of its own" in refused.stderr


def test_a_segment_that_others_ask_for_is_not_deleted(run: Run) -> None:
    run("segments", "save", "Gone", "last>60d")
    run("segments", "save", "Gone vips", "segment:gone tag:vip")
    refused = run("segments", "delete", "Gone")
    assert refused.exit_code == 1
    assert "Gone vips" in refused.stderr


def test_a_wrong_query_saves_nothing(run: Run) -> None:
    run("segments", "save", "Bad", "spnd>5")
    assert "Bad" not in listed(run)


def test_the_fields_are_listed_with_examples_that_work(run: Run) -> None:
    rows = json.loads(run("segments", "fields", "--format", "json").stdout)
    assert {
        name: rows[0][name] for name in ("field", "example", "finds")
    } == {"field": "status", "example": "status:at_risk", "finds": "customers at risk"}
    for row in rows:
        assert run("customers", row["example"]).exit_code == 0
