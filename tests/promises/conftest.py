"""The promises are held on a private copy of the demo, on the day for which it was made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from activetui.ledger.days import iso
from tests.store.building import TODAY

PACKAGED = Path(__file__).parents[2] / "demo.db"


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packaged demo: commands open what they are given for writing too."""
    return Path(shutil.copyfile(PACKAGED, tmp_path_factory.mktemp("demo") / "demo.db"))


@pytest.fixture(autouse=True)
def _that_day(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIVETUI_TODAY", str(iso(TODAY)))
