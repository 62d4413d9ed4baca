"""What is done about customers is done today: no command that does something looks from another day."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.ledger.errors import Exit
from tests.cli.conftest import Run
from tests.reactivation.calling import DEFINITION, opened, regular
from tests.store.building import Building, everything


@pytest.mark.parametrize("command", [
    ("checklist", "done", "Ana"),
    ("checklist", "snooze", "Ana"),
    ("checklist", "skip", "Ana"),
    ("checklist", "reason", "Ana", "price"),
    ("checklist", "round", "start", "calls", "--yes"),
    ("alerts", "done", "--all"),
])
def test_a_deed_is_not_of_another_day(run: Run, db: Path, command: tuple[str, ...]) -> None:
    building = Building(db, definition=DEFINITION)
    building.event(building.customer("Oldest"), on="2023-11-01", amount=100)
    regular(building, "Ana", 3000)
    with opened(building) as conn:
        before = everything(conn)
    said = run("--as-of", "2026-06-15", *command)
    assert said.exit_code == Exit.USAGE
    assert "done today" in said.stderr
    with building.ready() as conn:
        assert everything(conn) == before
