"""`customer show` and `customer edit`."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY, Run, contents

LIST_FIELDS = [
    "id", "key", "name", "email", "phone", "company", "country", "status", "status_since", "status_until",
    "active", "first_purchase", "last_purchase", "purchases", "spend", "currency", "types", "tags",
]
STATUSES = ["prospect", "new", "active", "reactivated", "at_risk", "inactive", "lost"]


def shown(run: Run, number: object, *words: str) -> dict[str, Any]:
    found = run("customer", "show", number, "--format", "json", *words)
    assert found.exit_code == 0, found.stderr
    page: dict[str, Any] = json.loads(found.stdout)
    return page


def one_of(run: Run, status: str) -> int:
    rows = json.loads(run("customers", f"status:{status}", "--limit", "1", "--format", "json").stdout)
    return int(rows[0]["id"])


@pytest.mark.parametrize("status", STATUSES)
def test_a_customer_is_shown_by_the_contract(status: str, demo: Path, run: Run) -> None:
    number = one_of(run, status)
    page = shown(run, number)
    listed = json.loads(run("customers", f"id:{number}", "--format", "json").stdout)
    assert {name: page[name] for name in LIST_FIELDS} == listed[0]
    receipt = page["receipt"]
    assert {"rule", "event", "threshold", "flips_on", "would_change", "definition", "version"} <= set(receipt)
    assert (receipt["status"], receipt["since"]) == (page["status"], page["status_since"])
    assert receipt["definition"] == "Casa Verde"
    assert receipt["flips_on"] == page["status_until"]
    for event in page["events"]:
        assert {"id", "date", "kind", "amount", "currency", "product"} <= set(event)
    if receipt["event"] is not None:
        assert receipt["event"] in page["events"]


@pytest.mark.parametrize("status", STATUSES)
def test_the_spans_have_no_gap_and_the_status_flips_on_the_day_that_is_told(
    status: str, demo: Path, run: Run
) -> None:
    number = one_of(run, status)
    page = shown(run, number)
    spans = page["spans"]
    assert spans[0]["start"] is None
    assert spans[-1]["end"] is None
    assert all(before["end"] == after["start"] for before, after in pairwise(spans))
    flips_on = page["receipt"]["flips_on"]
    if flips_on:
        eve = str(date.fromisoformat(flips_on) - timedelta(days=1))
        assert shown(run, number, "--as-of", eve)["status"] == status
        assert shown(run, number, "--as-of", flips_on)["status"] == page["receipt"]["next_status"] != status


def test_another_day_shows_what_was_known_then(demo: Path, run: Run) -> None:
    number = one_of(run, "lost")
    page = shown(run, number, "--as-of", "2024-12-31")
    assert page["as_of"] == "2024-12-31"
    assert all(event["date"] <= "2024-12-31" for event in page["events"] if event["kind"] != "booking")


@pytest.mark.parametrize("form", ["table", "csv", "markdown"])
def test_the_other_formats_tell_the_same_customer(form: str, demo: Path, run: Run) -> None:
    number = one_of(run, "at_risk")
    page = shown(run, number)
    found = run("customer", "show", number, "--format", form)
    assert found.exit_code == 0
    assert page["name"] in found.stdout
    assert page["receipt"]["definition"] in found.stdout


def test_json_is_the_same_in_every_language_and_people_read_their_own(demo: Path, run: Run) -> None:
    number = one_of(run, "active")
    words = ["customer", "show", number]
    english = run(*words, "--format", "json").stdout
    assert run(*words, "--format", "json", ACTIVETUI_LANG="pt").stdout == english
    assert "Nov 2026" in run(*words).stdout
    assert "Nov 2026" not in run(*words, ACTIVETUI_LANG="pt").stdout


def test_a_customer_is_found_by_number_key_email_phone_and_name(demo: Path, run: Run) -> None:
    page = shown(run, 5)
    for known_by in ("5", page["key"], page["email"], page["phone"], page["name"].upper()):
        assert shown(run, known_by)["id"] == 5


def test_a_name_that_fits_several_lists_them_and_shows_none(demo: Path, run: Run) -> None:
    found = run("customer", "show", "ana")
    assert (found.exit_code, found.stdout) == (1, "")
    numbers = [line.split()[0] for line in found.stderr.splitlines() if line.startswith("  ")]
    assert len(numbers) > 1
    assert "…" in numbers or len(numbers) <= 10


def test_nobody_is_an_error_with_a_hint(demo: Path, run: Run) -> None:
    found = run("customer", "show", "nobody-like-this")
    assert (found.exit_code, found.stdout) == (1, "")
    assert "activetui customers" in found.stderr


def test_an_edit_changes_what_was_given_and_nothing_else(demo: Path, run: Run) -> None:
    before = shown(run, 5)
    words = ["--name", "Sofia [red] Gomes", "--tag", "Choir", "--untag", "christmas", "--do-not-contact"]
    found = run("customer", "edit", 5, *words, "--consent", "no")
    assert found.exit_code == 0, found.stderr
    after = shown(run, 5)
    assert after["name"] == "Sofia [red] Gomes"
    assert after["tags"] == ["choir"]
    assert (after["do_not_contact"], after["consent"]) == (True, False)
    changed = {"name", "tags", "do_not_contact", "consent"}
    assert {name for name in before if before[name] != after[name]} == changed
    assert run("customer", "edit", 5, "--may-contact").exit_code == 0
    assert shown(run, 5)["do_not_contact"] is False


@pytest.mark.parametrize(
    ("words", "code"),
    [([], 2), (["--consent", "perhaps"], 2), (["--tag", " "], 1), (["--name", "Eva", "--tag", ""], 1)],
)
def test_an_edit_that_is_refused_changes_nothing(words: list[str], code: int, demo: Path, run: Run) -> None:
    before = contents(demo)
    assert run("customer", "edit", 5, *words).exit_code == code
    assert contents(demo) == before


def test_what_a_customer_is_called_cannot_act_on_the_terminal(demo: Path, run: Run) -> None:
    words = ["--name", "Eve\x1b[31m\u202e[/]\x07", "--note", "a\x1b]0;b\x07"]
    assert run("customer", "edit", 5, *words).exit_code == 0
    for form in ("table", "csv", "json", "markdown"):
        out = run("customer", "show", 5, "--format", form).stdout
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
    assert "Eve[/]" in run("customer", "show", 5).stdout


def test_the_day_of_the_store_is_today(demo: Path, run: Run) -> None:
    assert shown(run, 5)["as_of"] == TODAY


def test_what_is_bought_and_month_by_month_add_up_to_the_figures(demo: Path, run: Run) -> None:
    number = one_of(run, "at_risk")
    page = shown(run, number)
    assert sum(month["purchases"] for month in page["months"]) == page["purchases"]
    assert sum(Decimal(month["spend"]) for month in page["months"]) == Decimal(page["spend"])
    assert page["months"][0]["month"] == page["as_of"][:8] + "01"
    assert page["favourites"][0]["product"] in run("customer", "show", number).stdout
    assert max(one["last"] for one in page["favourites"]) <= page["last_purchase"]


def test_on_a_past_day_the_turn_that_came_is_told_without_a_doubt(demo: Path, run: Run) -> None:
    number = one_of(run, "lost")
    told = run("customer", "show", number, "--as-of", "2024-12-31", "--known", "now").stdout
    assert "unless something happens" not in told
