"""Promise: published figures of CDNOW come out of the commands that an owner would give.

Active base "bought within W days" on 1997-09-30, computed from the Fader & Hardie sample of 2,357 customers.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from activetui.cli.program import app
from tests.importing.test_cdnow import cdnow_csv

WITHIN = {30: 175, 60: 300, 90: 411, 120: 530, 180: 721}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store into which the purchases were imported by command."""
    folder = tmp_path_factory.mktemp("cdnow")
    path, purchases = folder / "cdnow.db", cdnow_csv(folder / "cdnow.csv")
    words = ["import", str(purchases), "--db", str(path)]
    [file] = json.loads(CliRunner().invoke(app, [*words, "--dry-run", "--format", "json"]).stdout)
    assert (file["found"]["customers"], file["found"]["purchases"]) == (2357, 6919)
    assert file["total"] == "244091.94"
    done = CliRunner().invoke(app, [*words, "--yes"])
    assert done.exit_code == 0, done.output
    return path


@pytest.mark.parametrize(("days", "active"), WITHIN.items())
def test_the_active_base_by_window(store: Path, tmp_path: Path, days: int, active: int) -> None:
    definition = tmp_path / "window.toml"
    definition.write_text(
        f'name = "Window"\n[active]\nany = [ {{ event = "purchase", within_days = {days} }} ]\n'
    )
    used = CliRunner().invoke(app, ["definition", "use", str(definition), "--db", str(store)])
    assert used.exit_code == 0, used.output
    told = CliRunner().invoke(
        app, ["report", "summary", "--as-of", "1997-09-30", "--format", "json", "--db", str(store)]
    )
    summary = json.loads(told.stdout)
    assert summary["active_base"] == active
    assert summary["customers"] == sum(summary["counts"].values()) == 2357
