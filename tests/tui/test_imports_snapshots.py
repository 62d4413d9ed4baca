"""The imports as they looked when someone last looked at them and found them right.

Made anew by `pytest tests/tui/test_imports_snapshots.py --snapshot-update`, and then looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from activetui.tui.app import ActiveApp
from tests.tui.driving import Driver
from tests.tui.test_imports import give
from tests.tui.test_snapshots import Compare, app_on

HAND_MADE = Path(__file__).parents[1] / "data" / "csv" / "hand_it_cp1252.csv"


def giving(app: ActiveApp, *keys: str) -> Callable[[Pilot[None]], object]:
    async def run(pilot: Pilot[None]) -> None:
        driver = Driver(app, pilot)
        await driver.rest()
        await give(driver, HAND_MADE)
        await driver.press(*keys)

    return run


@pytest.mark.parametrize(
    ("keys", "size"),
    [(("c", "down"), (80, 24)), (("f", "down", "down", "down", "enter"), (80, 24))],
    ids=["columns", "reading"],
)
def test_a_file_looks_as_before(
    shop: Path, keys: tuple[str, ...], size: tuple[int, int], snap_compare: Compare
) -> None:
    app = app_on(shop)
    assert snap_compare(app, terminal_size=size, run_before=giving(app, *keys))
