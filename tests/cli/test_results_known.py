"""`checklist results`: what is not imported yet is not known, whatever was written down by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

HEADING = "customer_id,name,email,date,amount,currency\n"


def known(run: Run, day: str) -> tuple[str, int]:
    """The last day of which sales are known, and of how many it is too early to say."""
    found: dict[str, Any] = json.loads(
        run("report", "winback", "--format", "json", ACTIVETUI_TODAY=day).stdout
    )
    return found["sales_known_to"], found["whole"]["too_early"]


@pytest.fixture
def shop(run: Run, tmp_path: Path) -> None:
    """A regular who has stopped coming and was called on 22 November; sales are imported up to the 21st."""
    rows = [f"C,Ana,ana@example.org,2026-{month:02d}-10,10.00,EUR" for month in range(3, 9)]
    rows += ["Z,Old,old@example.org,2023-01-01,5.00,EUR", "Z,Old,old@example.org,2026-11-21,5.00,EUR"]
    file = tmp_path / "orders.csv"
    file.write_text(HEADING + "\n".join(rows) + "\n", encoding="utf-8")
    assert run("import", file, "--yes").exit_code == 0
    assert run("checklist", "done", "Ana").exit_code == 0


def test_a_sale_written_by_hand_does_not_tell_who_else_has_bought(run: Run, shop: None) -> None:
    day = "2027-02-21"
    assert run("log", "Old", "purchase", "--amount", "5", ACTIVETUI_TODAY=day).exit_code == 0
    assert known(run, "2027-02-22") == ("2026-11-21", 1)


def test_who_writes_all_sales_by_hand_is_believed_in_time(run: Run, shop: None) -> None:
    day = "2027-03-21"
    assert run("log", "Old", "purchase", "--amount", "5", ACTIVETUI_TODAY=day).exit_code == 0
    assert known(run, "2027-03-22") == ("2027-03-21", 0)


def test_of_a_round_without_hold_out_nobody_is_said_to_have_come_in_later(run: Run, shop: None) -> None:
    assert run("undo").exit_code == 0
    assert run("checklist", "round", "start", "regular", "--hold-out", "0", "--yes").exit_code == 0
    said = run("checklist", "round", "show", "1").stdout
    assert "To contact: 1 drawn" in said and "nobody left in peace to compare with" in said
    assert "came in later" not in said
