"""Definition: changed with a view of what the change does; in force only once it is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.store import definitions
from activetui.store.definitions import SavedDefinition
from activetui.store.file import open_store
from activetui.tui.screens.definition_text import TomlArea
from tests.store.building import TODAY
from tests.tui.driving import SIZES, Driver, driving


def versions(path: Path) -> list[SavedDefinition]:
    conn = open_store(path, today=TODAY, read_only=True)
    found = definitions.history(conn)
    conn.close()
    return found


def in_force(path: Path) -> SavedDefinition:
    return next(version for version in versions(path) if version.in_force)


async def type_window(driver: Driver, days: str) -> None:
    """Change the window of the purchases in the TOML text."""
    area = driver.app.screen.query_one(TomlArea)
    area.focus()
    line = next(i for i in range(area.document.line_count) if "within_days" in area.document.get_line(i))
    at = area.document.get_line(line).index("within_days = ") + len("within_days = ")
    area.move_cursor((line, at))
    await driver.press("delete", "delete")
    await driver.type(days)


@pytest.mark.parametrize("size", [*SIZES, (100, 30)], ids=["small", "usual", "large", "middle"])
async def test_a_change_shows_its_effect_before_it_is_saved(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, screen="definition", size=size) as driver:
        assert "Active base 200 of 402 customers" in driver.text()
        await type_window(driver, "20")
        shown = driver.text()
        assert "draft, not saved" in shown
        assert "Active base 200 → 168 (−32) of 402 customers   82 get another status" in shown
        assert "103 → 56 (−47)" in shown
    assert in_force(demo).version == 2
