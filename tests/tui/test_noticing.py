"""What another program changes is seen without asking for it."""

from __future__ import annotations

from pathlib import Path

from activetui.store import customers
from activetui.store.opening.file import open_store
from tests.store.building import MADE_AT, TODAY, day_of
from tests.tui.driving import driving


def rename(path: Path, old: str, new: str) -> None:
    """What `customer edit` does in another window."""
    conn = open_store(path, today=day_of(TODAY))
    try:
        number = customers.find(conn, old)[0]
        customers.edit(conn, number, {"name": new}, made_at=MADE_AT, today=day_of(TODAY))
    finally:
        conn.close()


async def test_what_another_program_changes_is_seen_and_said(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("down", "enter")
        assert "Bruno Costa" in driver.text()
        driver.app._keep_up()
        await driver.rest()
        rename(shop, "Bruno Costa", "Bruno da Costa")
        driver.app._keep_up()
        await driver.rest()
        assert "Bruno da Costa" in driver.text()
        assert driver.toasts() == ["Another program has changed the data; you see it as it is now."]


async def test_ones_own_changes_are_nobody_elses(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "e")
        await driver.type("X")
        await driver.press("enter", "u")
        driver.app._keep_up()
        await driver.rest()
        assert len(driver.toasts()) == 2
        assert not any("Another program" in words for words in driver.toasts())
