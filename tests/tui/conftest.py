"""Stores for the app's tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.tui.driving import HOSTILE, Building, little_shop

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
    """A store whose every text is out to break the screen, past the cleaning that an import does."""
    shop = Building(tmp_path / "hostile.db")
    shop.setting("business", HOSTILE[0] + HOSTILE[6])
    for number, text in enumerate(HOSTILE):
        everywhere = dict.fromkeys(("email", "phone", "company", "city", "note"), text)
        customer = shop.customer(text, tags=[text], **everywhere)
        for day in ("2026-08-01", "2026-10-01", "2026-11-01"):
            shop.event(customer, "purchase", day, amount=1000 + number, product=text, note=text, channel=text)
        shop.event(customer, "contact", "2026-11-02", action="out", channel=text, note=text)
    shop.conn.execute("INSERT INTO kind VALUES (100, ?)", (HOSTILE[0] + HOSTILE[7],))
    own = shop.event(1, "note", "2026-11-03")
    shop.conn.execute("UPDATE event SET kind = 100 WHERE id = ?", (own,))
    return shop.close()
