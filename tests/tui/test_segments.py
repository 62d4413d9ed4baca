"""Segments: what each comes to, who is in it, own ones saved and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.store import saved_segments
from activetui.store.file import open_store
from tests.store.building import TODAY
from tests.tui.driving import SIZES, driving


def saved(path: Path) -> dict[str, str]:
    conn = open_store(path, today=TODAY, read_only=True)
    found = {segment.name: segment.query for segment in saved_segments.list_segments(conn)}
    conn.close()
    return found


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_every_segment_has_its_customers_and_spend(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, screen="segments", size=size) as driver:
        assert "at risk" in driver.text()
        row = next(line for line in driver.text().split("\n") if line.strip().startswith("at risk"))
        assert "36" in row and "€33,962.28" in row


async def test_the_meaning_and_the_members_follow_the_cursor(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("j", "j", "j", "j")
        shown = driver.text()
        assert "Still active, but likely to slip away" in shown
        assert "status:at_risk" in shown
        assert "Afonso Araújo" in shown


async def test_enter_opens_the_segment_as_a_list(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("enter")
        assert "status:prospect" in driver.text()
        assert "13 of 402" in driver.text()


async def test_an_own_segment_is_saved_changed_deleted_and_brought_back(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("n")
        await driver.type("Big ones")
        await driver.press("enter")
        await driver.type("spend>1000")
        await driver.press("enter")
        assert saved(demo)["Big ones"] == "spend>1000"
        assert "Big ones" in driver.text()
        await driver.press("u")
        assert "Big ones" not in saved(demo)
        await driver.press("G", "x")
        assert len(saved(demo)) == 3
        await driver.press("u")
        assert len(saved(demo)) == 4


async def test_a_query_that_cannot_be_read_is_said_in_the_dialog(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("n")
        await driver.type("Odd")
        await driver.press("enter")
        await driver.type("stauts:lost")
        await driver.press("enter")
        assert "no field 'stauts'" in driver.problem()
        await driver.press("escape")
        assert "Odd" not in saved(demo)


async def test_a_built_in_segment_cannot_be_deleted(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("x")
        assert len(driver.toasts()) == 1
        assert "prospect" in driver.text()
