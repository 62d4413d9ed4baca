"""Checklist: every step that waits, with its playbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.building import Building
from tests.tui.driving import SIZES, driving


async def test_late_ones_first_then_the_dearest(demo: Path) -> None:
    async with driving(demo, screen="checklist") as driver:
        assert driver.line(2).strip().startswith("0 of 5 done today · late 5 · waiting ")
        rows = driver.text().split("\n")[4:10]
        assert [" late " in row for row in rows] == [True] * 5 + [False]
        assert " waiting " in rows[5]


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_the_line_under_the_cursor_is_explained_at_every_size(
    demo: Path, size: tuple[int, int]
) -> None:
    async with driving(demo, screen="checklist", size=size) as driver:
        await driver.press("j")
        shown = " ".join(driver.text().split())
        assert "Usually spends €1,152.27 a year." in shown
        assert "Step 2 of 3: e-mail: " in shown
        await driver.press("tab", "end")
        assert "· 3 in person: Call on them, or meet, 14 days after this one" in " ".join(driver.text().split())


async def test_a_step_that_is_done_gives_way_to_the_next(demo: Path) -> None:
    async with driving(demo, screen="checklist") as driver:
        await driver.press("j", "c", "4")
        assert "1 of 5 done today · late 4 · waiting" in driver.text()
        await driver.press("u")
        assert "late 5 · waiting" in driver.text()


async def test_nobody_to_win_back_says_so(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    shop.event(shop.customer("Ana"), amount=100)
    async with driving(shop.close(), screen="checklist") as driver:
        assert "Nobody needs to be won back" in driver.text()


async def test_hostile_names_do_no_harm(hostile: Path) -> None:
    for screen in ("checklist", "today", "segments"):
        async with driving(hostile, screen=screen, size=(80, 24)) as driver:
            await driver.press("j", "j", "G", "g")
            assert "\x1b" not in driver.text()
            assert "22 Nov 2026" in driver.text()
