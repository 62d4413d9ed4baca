"""`checklist`: customers of whom only an address is known are called by it, everywhere alike."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.reactivation.calling import DEFINITION, opened, regular
from tests.store.building import Building


def test_who_has_no_name_is_called_by_the_address(run: Run, db: Path) -> None:
    building = Building(db, definition=DEFINITION)
    building.event(building.customer("Oldest"), on="2023-11-01", amount=100)
    regular(building, "", 3000, email="ana@example.org")
    opened(building).close()
    assert "ana@example.org" in run("checklist", "today").stdout
    assert json.loads(run("checklist", "today", "--format", "json").stdout)[0]["name"] is None
    assert run("checklist", "show", "2").stdout.startswith("ana@example.org")
    assert run("checklist", "done", "2").stdout.startswith("Done: ana@example.org, Call")
    assert run("undo").stdout == "Taken back: Contacted ana@example.org\n"
