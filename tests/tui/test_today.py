"""Today: figures that are doors, calls that are done with two keys."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from activetui.insights import loop, today
from activetui.insights.bridge import bridge
from activetui.ledger.days import month_start
from activetui.reactivation.checklist.checklist import Item
from activetui.store import tasks
from activetui.store.opening.file import open_store
from activetui.tui.widgets.figures import Figures
from activetui.tui.widgets.virtual_list import VirtualList
from tests.store.building import TODAY, Building
from tests.tui.driving import SIZES, Driver, driving


def waiting(driver: Driver) -> int:
    """How many could be called, as the heading says."""
    found = re.search(r"Call today \(\d of (\d+)\)", driver.text())
    assert found is not None
    return int(found[1])


def first_calls(driver: Driver) -> list[Item]:
    """The lines of the list of calls."""
    calls: VirtualList[Item] = driver.app.screen.query_one("#calls", VirtualList)
    rows = [calls.row_at(place) for place in range(calls.total)]
    return [row for row in rows if row is not None]


def listed(driver: Driver) -> int:
    """How many customers the list of customers has found."""
    found = re.search(r"(\d+) of \d+", driver.text())
    assert found is not None
    return int(found[1])


def focus(driver: Driver, name: str) -> Figures:
    """Let the keys go to some figures."""
    figures = driver.app.screen.query_one(f"#{name}", Figures)
    figures.focus()
    return figures


async def test_the_figures_of_the_day_stand_there(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        shown = driver.text()
    with closing(open_store(demo, today=TODAY, read_only=True)) as conn:
        figures, ahead = today.look_at(conn, TODAY), today.ahead(conn, TODAY)
        month = bridge(conn, month_start(TODAY), TODAY)
    assert figures.month is not None
    assert figures.year is not None
    assert f"{figures.summary.active_base} active of {figures.summary.customers} customers" in shown
    assert f"{figures.month.change:+d} since 31 Oct" in shown
    assert f"{figures.year.change:+d} since 22 Nov 2025" in shown
    sums = f"{month.start} + {month.new} new + {month.reactivated} back − {month.lapsed} lapsed = {month.end}"
    assert sums in shown
    assert f"Turning inactive in 7 days: {ahead.customers}" in shown
    assert "Active base, the last 24 months" in shown


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_what_matters_is_seen_at_every_size(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, screen="today", size=size) as driver:
        shown = driver.text()
        for words in (
            " active of ", "This month", "At stake", "Call today", "Alerts: ", "Turning", "Usually here",
        ):
            assert words in shown
        assert first_calls(driver)[4].person.name[:12] in shown
        assert ("Stage → key event" in shown) is (size == SIZES[2])
        assert ("Active base, the last" in shown) is (size != SIZES[0])


async def test_every_figure_of_the_bridge_opens_the_customers_behind_it(demo: Path) -> None:
    with closing(open_store(demo, today=TODAY, read_only=True)) as conn:
        month = bridge(conn, month_start(TODAY), TODAY)
    async with driving(demo, screen="today") as driver:
        focus(driver, "figures")
        await driver.press("down")
        for name, query in month.queries.items():
            await driver.press("enter")
            assert query in driver.text()
            assert listed(driver) <= getattr(month, name)
            if name in ("start", "end"):
                assert listed(driver) == getattr(month, name)
            await driver.press("backspace", "right")


async def test_the_change_of_a_year_opens_those_who_were_active_then(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        focus(driver, "figures")
        await driver.press("end", "home", "right", "right", "enter")
        assert "active:yes as-of:2025-11-22" in driver.text()


async def test_the_arrows_lead_on_from_the_last_figure_and_back(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        figures = focus(driver, "figures")
        await driver.press("down", "down")
        assert figures.cursor_part is not None
        assert figures.cursor_part.query == "status:at_risk"
        await driver.press("down")
        assert driver.app.focused is driver.app.screen.query_one("#calls")
        focus(driver, "turning")
        await driver.press("home", "up")
        assert driver.app.focused is driver.app.screen.query_one("#alerts")


async def test_the_days_ahead_and_the_names_are_doors(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        focus(driver, "turning")
        await driver.press("down", "enter")
        assert re.search(r"turns:inactive until:2026-11-2\d", driver.text())
        await driver.press("backspace")
        focus(driver, "usual")
        await driver.press("home", "down", "enter")
        assert "3 Timeline" in driver.text()
        with closing(open_store(demo, today=TODAY, read_only=True)) as conn:
            assert driver.app.session.customer == today.missed(conn, TODAY).first[0].person.id


async def test_the_trend_is_a_table_too(demo: Path) -> None:
    async with driving(demo, screen="today", size=(80, 24)) as driver:
        await driver.press("t")
        shown = driver.text()
        assert "Call today" not in shown
        with closing(open_store(demo, today=TODAY, read_only=True)) as conn:
            trend = today.look_at(conn, TODAY).trend
        (_before, was), (_last, number) = trend[-3:-1]
        assert re.search(rf"31 Oct 2026 +{number} +[+−]{abs(number - was)}", shown)
        await driver.press("end")
        assert "Nov 2024" in driver.text()
        await driver.press("home", "down", "enter")
        assert "active:yes as-of:2026-10-31" in driver.text()
        assert listed(driver) == number
        await driver.press("backspace", "escape")
        assert "Call today" in driver.text()


async def test_the_loop_by_stage_has_a_key_where_there_is_no_room(demo: Path) -> None:
    async with driving(demo, screen="today", size=(80, 24)) as driver:
        await driver.press("L")
        shown = driver.text()
        with closing(open_store(demo, today=TODAY)) as conn:
            rows = loop.loop(conn, TODAY)
        for row in rows:
            assert re.search(rf"{row.stage.value.replace('_', ' ')} +{row.customers.number} ", shown)
        await driver.press("right", "enter")
        assert rows[0].stage.event_query in driver.text()
        assert listed(driver) == rows[0].events.number
        await driver.press("backspace", "L")
        assert "Call today" in driver.text()


async def test_the_stake_of_the_line_under_the_cursor_is_explained(demo: Path) -> None:
    async with driving(demo, screen="today", size=(200, 60)) as driver:
        for item in first_calls(driver)[:2]:
            assert item.worth.sentence in driver.text()
            await driver.press("down")


async def test_enter_opens_the_customer_of_a_call(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        name = first_calls(driver)[1].person.name
        await driver.press("down", "enter")
        assert "3 Timeline" in driver.text()
        assert driver.line(1).startswith(f" {name[:40]}")


async def test_a_call_is_done_with_two_keys_and_undone_with_one(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        before, item = waiting(driver), first_calls(driver)[1]
        await driver.press("down", "c")
        assert "What came of it?" in driver.text()
        assert item.person.name[:20] in driver.text()
        await driver.press("enter", "escape")
        assert f"Call today (4 of {before - 1}) · 1 of 5 done" in driver.text()
        with closing(open_store(demo, today=TODAY, read_only=True)) as conn:
            done = [task for task in tasks.tasks_of(conn, item.person.id) if task.state == "done"][-1]
        assert (done.closed, done.outcome) == (TODAY, "reached")
        await driver.press("u")
        assert f"Call today (5 of {before})" in driver.text()


async def test_a_call_can_be_put_off_or_skipped(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        before = waiting(driver)
        await driver.press("z")
        assert f"(5 of {before - 1})" in driver.text()
        await driver.press("x", "escape")
        assert waiting(driver) <= before - 1


async def test_the_keys_for_calls_do_nothing_while_the_cursor_is_elsewhere(demo: Path) -> None:
    async with driving(demo, screen="today") as driver:
        before = waiting(driver)
        focus(driver, "figures")
        await driver.press("z", "x", "c")
        assert waiting(driver) == before
        assert "snooze" not in driver.text().split("\n")[-1]


async def test_the_table_has_its_key_in_the_demo_too_and_there_is_a_way_back(tmp_path: Path) -> None:
    path = Building(tmp_path / "own.db").close()
    async with driving(path, screen="today") as driver:
        await driver.press("t")
        assert "T goes back to your own file" in driver.toasts()[-1]
        await driver.press("t")
        assert "Active base, the last 24 months" in driver.line(1)
        await driver.press("T")
        assert "No customers yet" in driver.text()


async def test_another_day_has_other_figures(demo: Path) -> None:
    async with driving(demo, screen="today", as_of="2025-06-30") as driver:
        shown = driver.text()
        assert "30 Jun 2025" in shown
        assert "since 31 May" in shown
        assert " since 30 Jun 2024" in shown
        assert "200 active" not in shown


async def test_with_nobody_to_call_the_keys_for_calls_are_not_offered(shop: Path) -> None:
    async with driving(shop, screen="today", as_of="2026-09-20") as driver:
        assert "Nobody needs a call today" in driver.text()
        assert "snooze" not in driver.text().split("\n")[-1]
        await driver.press("c", "z", "x")
        assert driver.toasts() == []


async def test_with_sales_of_nobody_it_says_so_and_what_to_import(tmp_path: Path) -> None:
    building = Building(tmp_path / "own.db")
    building.event(None, amount=1_250)
    async with driving(building.close(), screen="today") as driver:
        assert "1 sale, €12.50, names no customer" in " ".join(driver.text().split())
        assert "import a file" in driver.text()


@pytest.mark.parametrize("size", [SIZES[0], (160, 50)])
async def test_with_people_of_whom_nothing_is_known_no_figure_stands_over_nothing(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    building = Building(tmp_path / "own.db")
    building.customer("Ana")
    async with driving(building.close(), screen="today", size=size) as driver:
        shown = " ".join(driver.text().split())
        assert "Nothing is known yet that makes a customer active" in shown and "i imports more." in shown
        assert "b chooses another business, 2 shows your customers." in shown
        for over_nothing in (
            "Call today", "0 of 0", "shows what is coming", "State", "Alerts", "At stake", "This month",
            "Turning inactive", "Usually here", "Stage", "Nobody needs a call", "in the last two years",
        ):
            assert over_nothing not in shown
        await driver.press("5")
        assert "Nothing is known yet that makes a customer active" in " ".join(driver.text().split())


async def test_an_alert_is_shown_where_nothing_else_is_known(tmp_path: Path) -> None:
    building = Building(tmp_path / "own.db")
    building.event(building.customer("Ana"), "review", TODAY - 1, rating=1)
    async with driving(building.close(), screen="today") as driver:
        shown = driver.text()
        assert "Nothing is known yet" in shown and "Alerts: 1 new" in shown and "Turning" not in shown


async def test_of_a_ledger_of_one_day_nothing_is_said_of_the_years_before(tmp_path: Path) -> None:
    building = Building(tmp_path / "own.db")
    building.event(building.customer("Ana"), on=TODAY, amount=1_250)
    async with driving(building.close(), screen="today", size=(80, 24)) as driver:
        shown = driver.text()
        assert "1 active of 1 customer" in shown and "since 31 Oct" not in shown
        assert "·" * 24 + "• since Nov 2024" in shown
