"""`bulk`: one change of all whom a query finds, told before it is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program, Run


def ids(run: Run, query: str) -> list[int]:
    found = run("customers", query, "--format", "json")
    assert found.exit_code == 0, found.stderr
    return [row["id"] for row in json.loads(found.stdout)]


def test_whoever_is_found_is_tagged_in_one_change_that_can_be_taken_back(demo: Path, run: Run) -> None:
    wanted = ids(run, "status:inactive spend>500")
    found = run("bulk", "tag", "Autumn", "status:inactive spend>500", "--yes")
    assert found.exit_code == 0, found.stderr
    assert f"{len(wanted)} of 402 customers: inactive customers" in found.stdout
    assert ids(run, "tag:autumn") == wanted
    assert run("undo").exit_code == 0
    assert ids(run, "tag:autumn") == []


def test_without_a_terminal_and_without_yes_nothing_is_changed(demo: Path, program: Program) -> None:
    found = program("bulk", "tag", "autumn", "status:lost")
    assert found.returncode == 3
    assert "70 of 402 customers" in found.stdout
    assert "--yes" in found.stderr
    assert program("customers", "tag:autumn", "--format", "json").stdout.strip() == "[]"


def test_everyone_must_be_said(demo: Path, run: Run) -> None:
    assert run("bulk", "tag", "autumn", "--yes").exit_code == 2
    assert run("bulk", "tag", "autumn", "status:lost", "--everyone", "--yes").exit_code == 2
    assert "402 of 402 customers" in run("bulk", "tag", "autumn", "--everyone", "--yes").stdout


def test_a_query_may_begin_with_a_minus_and_ask_of_another_day(demo: Path, run: Run) -> None:
    assert run("bulk", "tag", "then", "-status:inactive as-of:2025-06-01", "--yes").exit_code == 0
    assert ids(run, "tag:then") == ids(run, "-status:inactive as-of:2025-06-01")


def test_an_event_is_written_down_for_each(demo: Path, run: Run) -> None:
    wanted = ids(run, "tag:vip")
    found = run("bulk", "log", "contact", "tag:vip", "--channel", "phone", "--note", "autumn box", "--yes")
    assert found.exit_code == 0, found.stderr
    assert set(wanted) <= set(ids(run, "contacted<=0d"))


def test_enrolling_says_who_was_left_out(demo: Path, run: Run) -> None:
    assert run("bulk", "enrol", "regular", "tag:vip", "--yes").exit_code == 0
    assert run("bulk", "contact", "never", "country:PT", "--yes").exit_code == 0
    found = run("bulk", "enrol", "regular", "--everyone", "--yes")
    assert found.exit_code == 0, found.stderr
    assert "in a playbook already" in found.stdout
    assert "want no contact" in found.stdout


def test_consent_is_kept(demo: Path, run: Run) -> None:
    before = ids(run, "consent:yes")
    assert run("bulk", "consent", "no", "consent:yes", "--yes").exit_code == 0
    assert ids(run, "consent:yes") == []
    run("undo")
    assert ids(run, "consent:yes") == before


@pytest.mark.parametrize("words", [
    ("consent", "maybe", "tag:vip"), ("log", "lunch", "tag:vip"), ("contact", "no", "tag:vip"),
    ("log", "purchase", "tag:vip", "--on", "2027-01-01"), ("enrol", "magic", "tag:vip"),
    ("tag", "autumn", "spend>"), ("tag", " , ", "tag:vip"),
])
def test_what_cannot_be_is_refused_in_words(demo: Path, run: Run, words: tuple[str, ...]) -> None:
    found = run("bulk", *words, "--yes")
    assert found.exit_code in (1, 2)
    assert found.stderr.strip()
    assert "Traceback" not in found.output


def test_where_nobody_is_found_nothing_is_asked(demo: Path, run: Run) -> None:
    found = run("bulk", "tag", "autumn", "tag:nobody-has-this")
    assert found.exit_code == 0
    assert "Nothing was changed" in found.stdout
