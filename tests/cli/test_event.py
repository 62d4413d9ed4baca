"""`event show`, `correct` and `delete`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, contents
from tests.cli.small_shop import open_shop


@pytest.fixture
def shop(db: Path) -> Path:
    open_shop(db)
    return db


def shown(run: Run, number: int) -> dict[str, Any]:
    found = run("event", "show", number, "--format", "json")
    assert found.exit_code == 0, found.stderr
    event: dict[str, Any] = json.loads(found.stdout)
    return event


def first_of(run: Run, name: str) -> int:
    page = json.loads(run("customer", "show", name, "--format", "json").stdout)
    return int(page["events"][-1]["id"])


def test_an_event_is_corrected_and_says_what_it_was(shop: Path, run: Run) -> None:
    number = first_of(run, "ana@example.com")
    found = run(
        "event", "correct", number, "--amount", "12.50", "--on", "2026-09-03", "--note", "gift",
        "--time", "9:05",
    )
    assert found.exit_code == 0, found.stderr
    assert "€30.00 → €12.50" in found.stdout
    assert "Status" in found.stdout
    event = shown(run, number)
    assert (event["amount"], event["date"], event["note"], event["time"]) == (
        "12.50", "2026-09-03", "gift", "09:05"
    )
    assert event["corrected"][0]["amount"] == {"before": "30.00", "after": "12.50"}
    told = run("event", "show", number).stdout
    assert "Ana Silva" in told
    assert "amount: €30.00 → €12.50" in told


def test_a_correction_is_taken_back_by_undo(shop: Path, run: Run) -> None:
    number = first_of(run, "ana@example.com")
    before = contents(shop)["event"]
    run("event", "correct", number, "--kind", "visit", "--customer", "K2")
    assert contents(shop)["event"] != before
    assert run("undo").exit_code == 0
    assert contents(shop)["event"] == before


def test_an_empty_text_clears_and_nobody_is_a_walk_in(shop: Path, run: Run) -> None:
    number = first_of(run, "ana@example.com")
    assert run("event", "correct", number, "--product", "", "--customer", "", "--amount", "").exit_code == 0
    event = shown(run, number)
    assert (event["product"], event["customer_id"], event["amount"]) == (None, None, None)


def test_what_is_so_already_is_said_and_writes_nothing(shop: Path, run: Run) -> None:
    number = first_of(run, "ana@example.com")
    before = contents(shop)
    assert "so already" in run("event", "correct", number, "--amount", "30").stdout
    assert contents(shop) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2), (("--amount", "1.234"), 2), (("--kind", "purchas"), 2), (("--state", "maybe"), 2),
        (("--on", "2027-01-01"), 1), (("--customer", "nobody"), 1), (("--rating", "3"), 2),
        (("--until", "soon"), 2), (("--currency", "euro"), 2), (("--quantity", "0"), 2),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(
    shop: Path, run: Run, words: tuple[str, ...], code: int
) -> None:
    number = first_of(run, "ana@example.com")
    before = contents(shop)
    found = run("event", "correct", number, *words)
    assert found.exit_code == code
    assert found.stderr
    assert "Traceback" not in found.stderr
    assert contents(shop) == before


def test_an_event_is_deleted_and_can_be_brought_back(shop: Path, run: Run) -> None:
    number = first_of(run, "ana@example.com")
    found = run("event", "delete", number)
    assert "Deleted: purchase" in found.stdout
    assert run("event", "show", number).exit_code == 1
    run("undo")
    assert shown(run, number)["amount"] == "30.00"


def test_every_attribute_can_be_written_down(shop: Path, run: Run) -> None:
    found = run(
        "log", "K2", "purchase", "--amount", "9.90", "--quantity", "1,5", "--state", "unpaid",
        "--time", "18:30", "--order", "A-7", "--nature", "service", "--product", "Repair",
        "--currency", "usd",
    )
    assert found.exit_code == 0, found.stderr
    page = json.loads(run("customer", "show", "K2", "--format", "json").stdout)
    event = page["events"][0]
    assert (event["amount"], event["currency"], event["quantity"], event["state"]) == (
        "9.90", "USD", 1.5, "unpaid"
    )
    assert (event["time"], event["order_id"], event["nature"], event["counts"]) == (
        "18:30", "A-7", "service", False
    )


def test_a_kind_of_ones_own_can_be_written_down(shop: Path, run: Run) -> None:
    assert run("log", "K2", "tasting").exit_code == 2
    assert run("log", "K2", "tasting", "--new-kind").exit_code == 0
    assert run("log", "K2", "tasting").exit_code == 0
