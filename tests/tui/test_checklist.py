"""Checklist: every step that waits, with its playbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.building import Building
from tests.tui.driving import SIZES, driving


async def test_late_ones_first_then_the_dearest(demo: Path) -> None:
    async with driving(demo, screen="checklist") as driver:
        assert driver.line(1).strip().startswith("late 5 · waiting ")
        rows = driver.text().split("\n")[3:9]
        assert [" late " in row for row in rows] == [True] * 5 + [False]
        assert " waiting " in rows[5]


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_the_playbook_of_the_line_stands_below(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, screen="checklist", size=size) as driver:
        await driver.press("j", "j", "j")
        shown = driver.text()
        assert "Inactive regular" in shown
        assert "▸ e-mail, after 7 days: Offer that answers the reason" in shown
        assert "inactive since 11 Jul; bought 39 times" in shown


async def test_a_step_that_is_done_gives_way_to_the_next(demo: Path) -> None:
    async with driving(demo, screen="checklist") as driver:
        await driver.press("j", "c", "enter", "enter")
        assert "late 4 · waiting" in driver.text()
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
