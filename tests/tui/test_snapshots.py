"""Screens as they looked when someone last looked at them and found them right.

Made anew by `pytest tests/tui/test_snapshots.py --snapshot-update`, and then looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from activetui.tui.app import ActiveApp
from tests.tui.driving import MADE_AT, TODAY, Driver

Compare = Callable[..., bool]


def app_on(path: Path) -> ActiveApp:
    return ActiveApp(path, today=TODAY, as_of=TODAY, made_at=lambda: MADE_AT)


def after(app: ActiveApp, *keys: str) -> Callable[[Pilot[None]], object]:
    async def press(pilot: Pilot[None]) -> None:
        driver = Driver(app, pilot)
        await driver.rest()
        await driver.press(*keys)

    return press


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        (("2", "down"), (120, 30)), (("2", "enter"), (80, 24)), (("2", "enter", "a"), (100, 30)),
        (("7", *["minus"] * 25, "m"), (120, 30)),
    ],
    ids=["customers", "timeline", "new-event", "definition"],
)
def test_the_screen_looks_as_before(
    shop: Path, keys: tuple[str, ...], size: tuple[int, int], snap_compare: Compare
) -> None:
    app = app_on(shop)
    assert snap_compare(app, terminal_size=size, run_before=after(app, *keys))
