"""Work that takes long shows how far it is, and can be stopped."""

from __future__ import annotations

import threading
from pathlib import Path

from activetui.ledger.errors import OwnerError
from activetui.tui.flows.long_work import Progress, WorkDialog, do_long
from tests.tui.driving import Driver, driving


async def until_dialog(driver: Driver, shown: bool) -> None:
    """Wait until the dialog is there, or gone."""
    while isinstance(driver.app.screen, WorkDialog) is not shown:
        await driver.pilot.pause()


async def test_a_bar_appears_and_goes_with_the_work(shop: Path) -> None:
    go_on, came = threading.Event(), []

    def job(progress: Progress) -> str:
        progress(1, 4)
        go_on.wait(20)
        return "done"

    async with driving(shop) as driver:
        do_long(driver.app, "Counting beans", job, came.append, soon=0.001)
        await until_dialog(driver, True)
        assert "Counting beans" in driver.text()
        assert "Esc stops it" in driver.text()
        go_on.set()
        await until_dialog(driver, False)
        await driver.rest()
        assert came == ["done"]


async def test_escape_stops_the_work_where_it_next_tells_how_far_it_is(shop: Path) -> None:
    came: list[str] = []

    def job(progress: Progress) -> str:
        for done in range(1_000_000_000):
            progress(done, 1_000_000_000)
        return "done"

    async with driving(shop) as driver:
        do_long(driver.app, "Counting beans", job, came.append, soon=0.001)
        await until_dialog(driver, True)
        await driver.pilot.press("escape")
        await until_dialog(driver, False)
        await driver.rest()
        assert not came
        assert driver.toasts() == ["Stopped. Nothing was changed."]


async def test_work_that_fails_is_explained(shop: Path) -> None:
    def job(_progress: Progress) -> str:
        raise OwnerError("The beans are gone.", "Buy some.")

    async with driving(shop) as driver:
        do_long(driver.app, "Counting beans", job, print)
        await driver.rest()
        assert driver.toasts() == ["The beans are gone.\nBuy some."]
