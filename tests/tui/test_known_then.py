"""A past day in the app: as it is known now, or as it was known then, which can only be looked at."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.store.copies.demo_copy import demo_file
from activetui.tui.screens import SCREENS
from tests.tui.driving import SIZES, driving

DAY = "2025-04-04"
CHIARA = 184
"""She bought on 26 March 2025 and gave it back later."""


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(demo_file(), tmp_path / "demo.db"))


async def test_one_key_changes_between_the_two_clocks(demo: Path) -> None:
    async with driving(demo, as_of=DAY) as driver:
        assert "As of 4 April 2025" in driver.line(1) and "as known now · K known then" in driver.line(1)
        driver.app.show_customer(CHIARA)
        await driver.rest()
        assert "inactive since 30 Mar" in driver.text()
        await driver.press("K")
        assert "as known then · K known now" in driver.line(1)
        assert "active since 26 Mar" in driver.text() and "inactive since" not in driver.text()
        await driver.press("2")
        assert "247 customers" in driver.text(), "others had not been entered yet"
        await driver.press("K")
        assert "as known now" in driver.line(1)
        assert "402 customers" in driver.text()


async def test_the_clock_goes_along_to_another_past_day_and_ends_with_today(demo: Path) -> None:
    async with driving(demo, as_of=DAY) as driver:
        await driver.press("K", "d")
        await driver.type("2024-06-01")
        await driver.press("enter")
        assert "As of 1 June 2024" in driver.line(1) and "as known then" in driver.line(1)
        assert "113 customers" in driver.text()
        await driver.press("D")
        assert "As of" not in driver.text()
        await driver.press("K")
        assert "402 customers" in driver.text(), "today there is one clock only"
        await driver.press("d")
        await driver.type("+30d")
        await driver.press("enter")
        assert "as known" not in driver.line(1), "nor is there another one for a day to come"


async def test_a_day_before_the_first_entry_is_refused_and_the_view_stays(demo: Path) -> None:
    async with driving(demo, as_of="2020-01-01") as driver:
        await driver.press("K")
        assert any("first entry is of 24 Nov 2023" in toast for toast in driver.toasts())
        assert "as known now" in driver.line(1)
        assert "402 customers" in driver.text()


async def test_what_was_known_then_cannot_be_changed(demo: Path) -> None:
    async with driving(demo, as_of=DAY) as driver:
        driver.app.show_customer(CHIARA)
        await driver.rest()
        assert "add event" in driver.line(-1) and "undo" in driver.line(-1)
        await driver.press("K")
        assert "add event" not in driver.line(-1) and "undo" not in driver.line(-1)
        before = contents(demo)
        for screen, keys in (("3", "ax"), ("4", "nex"), ("5", "czx"), ("1", "czxu")):
            await driver.press(screen, *keys)
            assert len(driver.app.screen_stack) == 1, (screen, "no dialog has opened")
        assert contents(demo) == before


async def test_a_change_that_comes_all_the_same_is_refused(demo: Path) -> None:
    async with driving(demo, as_of=DAY) as driver:
        await driver.press("K")
        screen = driver.app.base_screens()[0]
        screen.change(lambda conn: conn.execute("DELETE FROM tag"), lambda _none: None)
        await driver.rest()
        assert any("only be looked at" in toast for toast in driver.toasts())


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_shows_what_was_known_then(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, as_of=DAY, size=size) as driver:
        await driver.press("K")
        for entry in SCREENS:
            await driver.press(entry.key)
            assert "as known then · K known now" in driver.line(1), entry.mode
            assert not driver.toasts(), entry.mode


async def test_the_app_can_begin_with_what_was_known_then(demo: Path) -> None:
    async with driving(demo, as_of=DAY, known_then=True) as driver:
        assert "as known then" in driver.line(1)
        assert "247 customers" in driver.text()


def contents(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as conn:
        return list(conn.iterdump())


async def test_at_80_columns_the_banner_still_says_the_way_back(demo: Path) -> None:
    async with driving(demo, as_of=DAY, size=(80, 24)) as driver:
        for words in ("as known now", "K known then", "D today", "d another day"):
            assert words in driver.line(1)
