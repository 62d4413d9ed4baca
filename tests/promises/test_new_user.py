"""Somebody who has read nothing finds customers, keeps the search, sees why, notes a call, takes it back."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.promises.newcomer import Newcomer

DEMO = Path(__file__).parents[2] / "demo.db"
TODAY = "2026-11-22"
QUERY = "city:Lisboa spend>500 last>60d"
CALL = "red or white?"
NAME = "Lisbon regulars gone quiet"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one's own with the customers of the demo, and no settings yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return Path(shutil.copyfile(DEMO, tmp_path / "shop.db"))


def said(store: Path, *words: str) -> Any:
    """What a command answers, as data."""
    command = [sys.executable, "-m", "activetui", "--db", str(store), *words, "--format", "json"]
    environment = {**os.environ, "ACTIVETUI_TODAY": TODAY}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("size", [(24, 80), (40, 120)], ids=["small", "usual"])
def test_all_of_it_by_what_the_screen_says(store: Path, size: tuple[int, int]) -> None:
    expected = said(store, "customers", QUERY)
    first = said(store, "customer", "show", str(expected[0]["id"]))
    rows, columns = size
    with Newcomer(store, TODAY, rows=rows, columns=columns) as newcomer:
        newcomer.goes_to("Customers")
        newcomer.waits_for("402 customers", "spend>500")

        newcomer.presses("filter")
        newcomer.types("city:Lis")
        newcomer.waits_for("city:Lisboa")
        newcomer.presses("complete")
        newcomer.waits_for("customers with 'Lisboa' in the city")
        newcomer.types("spend>500 la")
        newcomer.waits_for("last>")
        newcomer.types("st>60d")
        newcomer.waits_for(f"{len(expected)} of 402")
        newcomer.presses("to the list")
        newcomer.waits_for("spend 156")

        newcomer.presses("save")
        newcomer.waits_for("Save a segment", "name")
        newcomer.types(NAME)
        newcomer.confirms()
        newcomer.waits_for("Saved")

        newcomer.presses("open")
        screen = newcomer.waits_for("no longer: a purchase within 35", "inactive since")
        assert first["name"][:20] in screen
        assert re.search(r"lost\s+on\s+11\s+Jul\s+2027", screen)

        newcomer.presses("add event")
        newcomer.waits_for("New event of", "Kind", "Enter saves")
        newcomer.confirms()
        newcomer.waits_for("complaint resolved")
        newcomer.types("con")
        newcomer.confirms()
        newcomer.waits_for("How")
        newcomer.types("\t\t\t")
        newcomer.confirms()
        newcomer.waits_for("in person")
        newcomer.types("phone")
        newcomer.confirms()
        newcomer.types("\t\t")
        newcomer.types(CALL)
        newcomer.waits_for(CALL)
        newcomer.confirms()
        newcomer.waits_for("Events 42", CALL)
        after = said(store, "customer", "show", str(first["id"]))
        [call] = [event for event in after["events"] if event not in first["events"]]
        told = [call[each] for each in ("kind", "channel", "date", "note")]
        assert told == ["contact", "phone", TODAY, CALL]

        newcomer.presses("undo")
        newcomer.waits_until_gone(CALL)
        assert newcomer.leaves() == 0
    assert said(store, "customer", "show", str(first["id"])) == first
    kept = {each["name"]: each["query"] for each in said(store, "segments", "list")}
    assert kept[NAME] == QUERY
