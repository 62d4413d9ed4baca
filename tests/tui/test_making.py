"""Another day that takes long: the banner says how far it is, the screens stay usable, Esc stops it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from activetui.tui import lanes, making
from tests.tui.driving import Driver, driving


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Lock]:
    """Held, it keeps a view that is not there yet from being made; what takes long is told at once."""
    monkeypatch.setattr(making, "_SOON", 0.001)
    yield lanes._opening
    if lanes._opening.locked():
        lanes._opening.release()


async def until(driver: Driver, words: str) -> str:
    """The banner, once it says these words; the view is made in another thread, which `rest` would await."""
    for _turn in range(200):
        await driver.pilot.pause(0.01)
        if words in driver.line(1):
            return driver.line(1)
    raise AssertionError(driver.line(1))


async def begin(driver: Driver, opening: threading.Lock, day: str = "-60d") -> None:
    opening.acquire()
    await driver.press("d")
    await driver.type(day)
    await driver.pilot.press("enter")


async def test_the_screens_stay_as_they_are_until_the_other_day_is_there(
    shop: Path, opening: threading.Lock
) -> None:
    async with driving(shop) as driver:
        await begin(driver, opening)
        banner = await until(driver, "Working out 23 September 2026: 0%")
        assert "Esc stops it" in banner
        assert "until then as of today" in banner
        assert "◌ prospect 1" in driver.text(), "Clara has bought by today"
        await driver.pilot.press("down")
        await driver.pilot.pause()
        assert driver.app.session.customer == 2, "the list can be used meanwhile"
        opening.release()
        await driver.rest()
        assert "As of 23 September 2026" in driver.line(1)
        assert "◌ prospect 2" in driver.text()


async def test_esc_stops_it_and_the_day_stays(shop: Path, opening: threading.Lock) -> None:
    async with driving(shop) as driver:
        await begin(driver, opening)
        await until(driver, "Working out")
        await driver.pilot.press("escape")
        await driver.pilot.pause()
        opening.release()
        await driver.rest()
        assert "As of" not in driver.line(1)
        assert "Working out" not in driver.line(1)
        assert any("Stopped. You look from 22 Nov 2026." in toast for toast in driver.toasts())
        await driver.press("slash")
        await driver.type("x")
        await driver.press("escape")
        assert driver.app.session.day == driver.app.session.today, "Esc means what it did before"


async def test_another_day_gives_the_one_before_up(shop: Path, opening: threading.Lock) -> None:
    async with driving(shop) as driver:
        await begin(driver, opening)
        await until(driver, "Working out 23 September")
        await driver.pilot.press("d")
        await driver.pilot.pause()
        await driver.pilot.press("minus", *"30d", "enter")
        await until(driver, "Working out 23 October")
        opening.release()
        await driver.rest()
        assert "As of 23 October 2026" in driver.line(1)
