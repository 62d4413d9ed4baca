"""Segments over time and beside each other: changes with reasons, trends, comparison, set operations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import SIZES, driving
from tests.tui.test_segments import go_to, row, saved


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_who_entered_and_left_is_told_with_the_reasons(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, screen="segments", size=size) as driver:
        await go_to(driver, "at_risk")
        await driver.press("c")
        assert "14 on 31 Oct + 30 entered − 8 left = 36" in driver.text()
        assert "became at risk on 16 Nov" in driver.text()
        await driver.press("G")
        assert "became inactive on" in driver.text()
        await driver.press("enter")
        assert driver.app.current_mode == "timeline"


async def test_changes_can_be_told_since_another_day(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await go_to(driver, "at_risk")
        await driver.press("s")
        await driver.type("2027-01-01")
        await driver.press("enter")
        assert "must lie before" in driver.problem()
        await driver.press("ctrl+u")
        await driver.type("-7d")
        await driver.press("enter")
        assert "on 15 Nov + " in driver.text()


async def test_a_month_of_the_trend_opens_the_list_of_that_day(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await go_to(driver, "at_risk")
        await driver.press("h", "j")
        assert "31 Oct 2026" in driver.text()
        await driver.press("enter")
        assert "as-of:2026-10-31 segment:at_risk" in driver.text()
        assert "14" in driver.text()


async def test_what_has_no_date_has_no_trend(demo: Path) -> None:
    async with driving(demo, screen="segments", size=(200, 60)) as driver:
        assert "·" * 12 in row(driver, "Restaurants")
        await go_to(driver, "Restaurants and offices")
        await driver.press("h")
        assert "Nothing in this query has a date" in driver.text()
        assert driver.text().count("can't say") >= 12


async def test_two_segments_stand_side_by_side(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await go_to(driver, "at_risk")
        await driver.press("v")
        assert "all customers" in driver.text()
        await driver.press("escape", "space")
        await go_to(driver, "vip")
        assert "VIP" in driver.text()
        shown = driver.text()
        assert "only at risk" in shown
        line = next(line for line in shown.split("\n") if "in both" in line)
        assert " 4 " in line
        await driver.press("N", "escape")
        assert "✓" not in driver.text()


async def test_marked_segments_are_put_together_shown_and_saved(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("o")
        assert "Mark two segments" in driver.toasts()[0]
        await go_to(driver, "at_risk")
        await driver.press("space")
        await go_to(driver, "vip")
        await driver.press("space", "o")
        assert "in any of them" in driver.text()
        assert "VIP, not at risk" in driver.text()
        await driver.press("j", "j", "s")
        await driver.type("Risky")
        await driver.press("enter")
        assert saved(demo)["Risky"] == "segment:at_risk -segment:vip"
        assert "32" in row(driver, "Risky")
        await driver.press("o", "j", "enter")
        assert "segment:at_risk segment:vip" in driver.text()


async def test_what_was_known_then_has_no_past(demo: Path) -> None:
    async with driving(demo, screen="segments", as_of="2026-06-30", known_then=True) as driver:
        await driver.press("c")
        assert "Changes are told from what is known now" in driver.text()
        await driver.press("h")
        assert "The trend is told from what is known now" in driver.text()


async def test_segments_of_another_day_have_their_own_past(demo: Path) -> None:
    async with driving(demo, screen="segments", as_of="2026-06-30") as driver:
        await go_to(driver, "at_risk")
        await driver.press("c")
        line = next(line for line in driver.text().split("\n") if "14 on 31 May + " in line)
        assert line.endswith("= 13")


async def test_hostile_names_stay_text(hostile: Path) -> None:
    async with driving(hostile, screen="segments", size=(80, 24)) as driver:
        await driver.press("n")
        await driver.type("[red]x[/red] [/]")
        await driver.press("enter")
        await driver.type("spend>0")
        await driver.press("enter", "c", "h", "v", "escape", "space", "k", "o")
        assert "[red]x[/red] [/]" in driver.text()
