"""The Timeline screen, as a person uses it."""

from __future__ import annotations

from pathlib import Path

from activetui.tui.screens.timeline import TimelineScreen
from activetui.tui.widgets.virtual_list import VirtualList
from tests.tui.driving import driving


async def test_enter_opens_the_story_of_the_customer(shop: Path) -> None:
    async with driving(shop, size=(200, 40)) as driver:
        await driver.press("enter")
        assert isinstance(driver.app.screen, TimelineScreen)
        text = driver.text()
        assert "Ana Sousa" in driver.line(1)
        assert "● active since" in driver.line(1)
        assert "ana@example.org" in driver.line(2)
        assert "2026 " in driver.line(3)
        assert "6 purchases €150.00 since 1 Sept 2026" in text
        assert "usually every 14 days · next expected 24 Nov 2026 (in 2 days)" in text
        assert "purchase within 30 days" in text
        assert "7 events" in text
        assert "from us" in text
        assert "“asked about the box”" in text
        await driver.press("escape")
        assert "4 customers" in driver.text()


async def test_the_band_shows_what_will_happen_after_the_day(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter")
        band = driver.line(3)
        past, future = band.split("┊")
        assert "●" in past
        assert "○" in future, "inactive from 11 December unless she buys"


async def test_from_an_earlier_day_nothing_later_is_seen(shop: Path) -> None:
    async with driving(shop, as_of="2026-09-20") as driver:
        await driver.press("enter")
        text = driver.text()
        assert "As of 20 September 2026" in text
        assert "2 events" in text
        assert "2 purchases €50.00" in text


async def test_events_are_filtered_by_kind(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "f")
        assert "Which events?" in driver.text()
        await driver.press("j", "j", "enter")
        assert "contact: 1 of 7 events" in driver.text()
        assert driver.app.screen.query_one("#events", VirtualList).total == 1


async def test_an_event_is_seen_whole(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "enter")
        assert "contact, from us, Thursday, 12 November 2026" in driver.text()
        await driver.press("escape", "escape")
        assert "4 customers" in driver.text()


async def test_writing_an_event_down_changes_the_status_and_u_takes_it_back(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("down", "enter")
        assert "○ inactive" in driver.line(1)
        await driver.press("a")
        assert "New event of Bruno Costa" in driver.text()
        await driver.press("tab", "tab")
        await driver.type("12,50")
        await driver.press("enter")
        assert "↺ reactivated" in driver.line(1)
        assert "€12.50" in driver.text()
        assert any("u takes it back" in toast for toast in driver.toasts())
        await driver.press("u")
        assert "○ inactive" in driver.line(1)
        assert any("Undone: purchase of Bruno Costa" in toast for toast in driver.toasts())
        await driver.press("u")
        assert driver.toasts()[-1] == "There is nothing to undo."
        await driver.press("escape")
        assert "○ inactive 1" in driver.text(), "the list knows it too"


async def test_a_wrong_event_is_explained_in_the_form_and_nothing_is_written(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "a", "tab")
        await driver.type("2030-01-01")
        await driver.press("enter")
        assert "has not come yet" in driver.text()
        await driver.press("escape")
        assert "7 events" in driver.text()


async def test_an_event_is_deleted_and_brought_back(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "j", "x")
        assert "6 events" in driver.text()
        await driver.press("u")
        assert "7 events" in driver.text()


async def test_without_a_customer_it_shows_the_way(shop: Path) -> None:
    async with driving(shop, screen="timeline") as driver:
        assert "No customer chosen" in driver.text()
        await driver.press("2")
        assert "4 customers" in driver.text()


async def test_a_prospect_has_a_story_too(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("end", "enter")
        assert "No purchase yet." in driver.text()
        assert "◌ prospect" in driver.line(1)
