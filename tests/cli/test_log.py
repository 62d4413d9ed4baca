"""`log`: an event by hand and what it does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.kinds import Kind
from tests.cli.conftest import Run, contents


def page(run: Run, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("customer", "show", number, "--format", "json").stdout)
    return found


def one_of(run: Run, status: str) -> int:
    rows = json.loads(run("customers", f"status:{status}", "--limit", "1", "--format", "json").stdout)
    return int(rows[0]["id"])


def test_a_purchase_brings_an_inactive_customer_back_and_says_so(demo: Path, run: Run) -> None:
    number = one_of(run, "inactive")
    before = page(run, number)
    found = run("log", number, "purchase", "--amount", "12,50", "--product", "Tea", "--note", "here")
    assert found.exit_code == 0, found.stderr
    assert "inactive → reactivated" in found.stdout
    after = page(run, number)
    assert after["status"] == "reactivated"
    assert after["purchases"] == before["purchases"] + 1
    assert float(after["spend"]) == pytest.approx(float(before["spend"]) + 12.50)
    newest = after["events"][0]
    assert (newest["kind"], newest["amount"], newest["date"]) == ("purchase", "12.50", "2026-11-22")
    assert (newest["product"], newest["note"], newest["source"]) == ("Tea", "here", "hand")
    assert f"event {newest['id']}." in found.stdout, "so that it can be corrected"


def test_an_event_can_lie_in_the_past(demo: Path, run: Run) -> None:
    assert run("log", 5, "visit", "--on", "2026-10-01").exit_code == 0
    dates = [event["date"] for event in page(run, 5)["events"] if event["kind"] == "visit"]
    assert "2026-10-01" in dates


def test_a_booking_lies_ahead_and_keeps_the_customer_active(demo: Path, run: Run) -> None:
    number = one_of(run, "lost")
    assert run("log", number, "booking", "--on", "2026-12-24").exit_code == 0
    after = page(run, number)
    assert after["active"] is True
    assert after["events"][0]["date"] == "2026-12-24"


@pytest.mark.parametrize("kind", [kind.word for kind in Kind])
def test_every_kind_can_be_written_down(kind: str, demo: Path, run: Run) -> None:
    found = run("log", 5, kind)
    assert found.exit_code == 0, found.stderr
    assert page(run, 5)["events"][0]["kind"] == kind


def test_what_details_an_event_is_kept(demo: Path, run: Run) -> None:
    words = ["--action", "renewal", "--until", "2027-11-21", "--product", "Cheese club", "--amount", "120"]
    assert run("log", 5, "subscription", *words).exit_code == 0
    newest = page(run, 5)["events"][0]
    assert (newest["action"], newest["until"], newest["product"]) == ("renewal", "2027-11-21", "Cheese club")
    assert run("log", 5, "contact", "--action", "in", "--channel", "phone").exit_code == 0
    newest = page(run, 5)["events"][0]
    assert (newest["action"], newest["channel"]) == ("in", "phone")
    assert run("log", 5, "review", "--rating", "4").exit_code == 0
    assert page(run, 5)["events"][0]["rating"] == 4


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["5", "purchse"], 2, "purchase"),
        (["5", "dance"], 2, "complaint_resolved"),
        (["5", "purchase", "--amount", "1.250"], 2, "1.250"),
        (["5", "purchase", "--amount", "12 EUR"], 2, "12 EUR"),
        (["5", "purchase", "--on", "2027-01-01"], 1, "booking"),
        (["5", "purchase", "--on", "22/11/2026"], 2, "2026-11-22"),
        (["5", "review", "--rating", "9"], 2, "1 to 5"),
        (["5", "visit", "--rating", "3"], 2, "rating"),
        (["5", "review", "--rating", "many"], 2, "1 to 5"),
        (["5", "visit", "--until", "2027-01-01"], 2, "last day"),
        (["5", "subscription", "--until", "2026-11-01"], 2, "before it starts"),
        (["5", "subscription", "--action", "restart"], 2, "renewal"),
        (["5", "visit", "--action", "in"], 2, "no action"),
        (["99999", "visit"], 1, "99999"),
        (["ana", "visit"], 1, "several"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    words: list[str], code: int, said: str, demo: Path, run: Run
) -> None:
    before = contents(demo)
    found = run("log", *words)
    assert (found.exit_code, found.stdout) == (code, "")
    assert said in found.stderr
    assert contents(demo) == before
