"""Segments: what each comes to, who is in it, own ones saved, renamed and taken back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from activetui.store import saved_segments
from activetui.store.opening.file import open_store
from activetui.tui.screens.segments.screen import SegmentsScreen
from tests.store.building import TODAY
from tests.tui.driving import SIZES, Driver, driving


def saved(path: Path) -> dict[str, str]:
    conn = open_store(path, today=TODAY, read_only=True)
    found = {segment.name: segment.query for segment in saved_segments.list_segments(conn)}
    conn.close()
    return found


def row(driver: Driver, name: str) -> str:
    """The line of the list that begins with a segment's name."""
    return next(line for line in driver.text().split("\n") if line.strip(" ✓").startswith(name))


async def go_to(driver: Driver, name: str) -> None:
    """Put the cursor on a segment."""
    screen = driver.app.screen
    assert isinstance(screen, SegmentsScreen)
    assert screen.known is not None
    screen.segments.focus()
    screen.segments.cursor = [worth.segment.name for worth in screen.known.worths].index(name)
    await driver.rest()


def current(driver: Driver) -> str:
    """The name of the segment under the cursor."""
    screen = driver.app.screen
    assert isinstance(screen, SegmentsScreen)
    assert screen.current is not None
    return screen.current.name


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_every_segment_has_its_customers_revenue_and_trend(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, screen="segments", size=size) as driver:
        at_risk = row(driver, "at risk")
        assert "36" in at_risk
        assert "€33,962.28" in at_risk
        assert "▁▃▄▄▃▃▃▃█▆▂▃█" in at_risk


async def test_with_room_beside_no_name_of_a_segment_is_cut(demo: Path) -> None:
    async with driving(demo, screen="segments", size=(160, 50)) as driver:
        names = [line[:32] for line in driver.text().split("\n")[2:-1]]
        assert "RFM: could become regulars" in "\n".join(names)
        assert not any("…" in name for name in names)


async def test_the_meaning_and_the_members_follow_the_cursor(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await go_to(driver, "at_risk")
        shown = driver.text()
        assert "Still active, but likely to slip away" in shown
        assert "status:at_risk" in shown
        assert "Afonso Araújo" in shown


async def test_what_is_paid_by_subscription_stands_beside_the_revenue(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await go_to(driver, "service_subscriber")
        shown = " ".join(driver.text().split())
        assert "Beside the revenue:" in shown
        await go_to(driver, "prospect")
        assert "Beside the revenue" not in driver.text()


async def test_enter_opens_the_segment_as_a_list_and_a_member_its_story(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("enter")
        assert "status:prospect" in driver.text()
        await driver.press("4")
        await go_to(driver, "at_risk")
        await driver.press("m", "enter")
        assert "Simão Araújo" in driver.text()
        assert driver.app.current_mode == "timeline"


async def test_an_own_segment_is_saved_changed_deleted_and_brought_back(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("n")
        await driver.type("Big ones")
        await driver.press("enter")
        await driver.type("spend>1000")
        assert "customers who spent over €1,000.00" in driver.text()
        await driver.press("enter")
        assert saved(demo)["Big ones"] == "spend>1000"
        assert current(driver) == "Big ones"
        await driver.press("u")
        assert "Big ones" not in saved(demo)
        await go_to(driver, "Call this week")
        await driver.press("x")
        assert len(saved(demo)) == 3
        await driver.press("u")
        assert len(saved(demo)) == 4


async def test_what_a_segment_is_for_stays_when_its_query_changes_and_goes_when_it_is_replaced(
    demo: Path,
) -> None:
    async with driving(demo, screen="segments") as driver:
        name = "Restaurants and offices"
        await go_to(driver, name)
        await driver.press("e")
        assert f"Change the segment {name}" in driver.text()
        await driver.press("tab", "ctrl+u")
        await driver.type("for the big orders")
        await driver.press("shift+tab", "end", *" spend>1", "enter")
        assert saved(demo)[name].endswith(" spend>1")
        assert "for the big orders" in driver.text()
        assert driver.toasts()[-1] == f"Changed: {name}. u takes it back."
        await driver.press("n")
        await driver.type(name.upper())
        await driver.press("enter")
        await driver.type("spend>2")
        await driver.press("enter")
        assert driver.toasts()[-1].startswith(f"Replaced: {name}, which was there before")
        assert "for the big orders" not in driver.text()


async def test_an_own_segment_is_renamed_and_a_built_in_one_is_not(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("r")
        assert "built in" in driver.toasts()[0]
        old = "Restaurants and offices"
        await go_to(driver, old)
        await driver.press("r", "ctrl+u")
        await driver.type("Wholesale")
        await driver.press("enter")
        assert "Wholesale" in saved(demo)
        assert old not in saved(demo)
        assert "Wholesale" in row(driver, "Wholesale")
        await driver.press("u")
        assert old in saved(demo)


async def test_while_a_query_is_typed_each_condition_says_how_many_it_leaves_alone(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("n", "tab")
        await driver.type("status:at_risk")
        assert "36 of 402 customers" in driver.text()
        assert "each alone" not in driver.text()
        await driver.type(" city:Paris")
        assert "0 of 402 customers" in driver.text()
        assert "each alone: status 36 · city 0" in driver.text()
        await driver.type("x spnd>5")
        assert "each alone" not in driver.text()


async def test_what_cannot_be_saved_is_said_in_the_dialog(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("n")
        await driver.type("VIP")
        await driver.press("enter")
        await driver.type("stauts:lost")
        assert "no field 'stauts'" in driver.text()
        await driver.press("enter")
        assert "stauts" in driver.problem() or "built in" in driver.problem()
        await driver.press("ctrl+u")
        await driver.type("spend>5")
        await driver.press("enter")
        assert "built in" in driver.problem()
        await driver.press("escape")
        assert "VIP" not in saved(demo)


async def test_a_built_in_segment_cannot_be_deleted(demo: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await driver.press("x")
        assert len(driver.toasts()) == 1
        assert "prospect" in driver.text()


async def test_the_customers_of_a_segment_are_written_to_a_file(demo: Path, tmp_path: Path) -> None:
    async with driving(demo, screen="segments") as driver:
        await go_to(driver, "at_risk")
        await driver.press("w", "ctrl+u")
        await driver.type(str(tmp_path / "out.txt"))
        await driver.press("enter")
        assert "does not say what to write" in driver.problem()
        await driver.press("backspace", "backspace", "backspace")
        await driver.type("csv")
        await driver.press("enter")
        assert "36 customers written" in driver.toasts()[-1]
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert {each["status"] for each in csv.DictReader(file)} == {"at_risk"}
