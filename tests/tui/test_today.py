"""Today: figures that are doors, calls that are done with two keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from activetui.store import tasks
from activetui.store.opening.file import open_store
from tests.store.building import TODAY
from tests.tui.driving import SIZES, Driver, driving


def waiting(driver: Driver) -> int:
    """How many could be called, as the heading says."""
    found = re.search(r"Call today \(5 of (\d+)\)", driver.text())
    assert found is not None
    return int(found[1])


async def test_the_figures_of_the_day_stand_there(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        shown = driver.text()
        assert "200 active of 402 customers" in shown
        assert "166 + 14 new + 35 back − 15 lapsed = 200" in shown
        assert waiting(driver) > 100
        assert "Turning inactive in the next 7 days: 12" in shown
        assert "Active base, the last 24 months" in shown


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_what_matters_is_seen_at_every_size(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, screen="today", size=size) as driver:
        shown = driver.text()
        for words in ("200 active", "This month", "At stake", "Call today", "Turning", "Usually here"):
            assert words in shown
        assert "Νίκος Παπαδόπουλος" in shown


async def test_a_figure_opens_the_customers_behind_it(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        driver.app.screen.query_one("#stake").focus()
        await driver.press("enter")
        assert "status:at_risk" in driver.text()
        assert "36 of 402" in driver.text()


async def test_enter_opens_the_customer_of_a_call(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        await driver.press("down", "enter")
        assert "3 Timeline" in driver.text()
        assert driver.line(1).startswith(" Thibault Lefèvre")


async def test_a_call_is_done_with_two_keys_and_undone_with_one(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        before = waiting(driver)
        await driver.press("down", "c")
        assert "What came of it? Thibault Lefèvre" in driver.text()
        await driver.press("enter", "escape")
        assert driver.toasts() == ["Contacted: Thibault Lefèvre. u takes it back."]
        assert f"Call today (4 of {before - 1})" in driver.text()
        conn = open_store(demo, today=TODAY, read_only=True)
        done = [task for task in tasks.tasks_of(conn, 140) if task.state == "done"][-1]
        conn.close()
        assert (done.closed, done.outcome) == (TODAY, "reached")
        await driver.press("u")
        assert f"Call today (5 of {before})" in driver.text()


async def test_a_call_can_be_put_off_or_skipped(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        before = waiting(driver)
        await driver.press("z")
        assert f"(5 of {before - 1})" in driver.text()
        await driver.press("x")
        assert f"(5 of {before - 2})" in driver.text()


async def test_another_day_has_other_figures(demo: Path) -> None:
    async with driving(demo, screen="today", as_of="2025-06-30") as driver:
        shown = driver.text()
        assert "30 Jun 2025" in shown
        assert "200 active" not in shown


async def test_with_nobody_to_call_the_keys_for_calls_are_not_offered(shop: Path) -> None:
    async with driving(shop, screen="today", as_of="2026-09-20") as driver:
        assert "Nobody needs a call today" in driver.text()
        assert "snooze" not in driver.text().split("\n")[-1]
        await driver.press("c", "z", "x")
        assert driver.toasts() == []
