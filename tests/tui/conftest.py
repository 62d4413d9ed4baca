"""Stores for the app's tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.tui.driving import hostile_shop, little_shop

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Four customers."""
    return little_shop(tmp_path / "shop.db")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A copy of the demo."""
    return Path(shutil.copy(ROOT / "demo.db", tmp_path / "demo.db"))


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A store whose every text is out to break the screen."""
    return hostile_shop(tmp_path / "hostile.db")
