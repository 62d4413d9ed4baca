"""The alerts on Today: opened, seen, done, answered, one by one or all of a rule."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from activetui.reactivation.alerts.inbox import inbox
from activetui.reactivation.alerts.known import State
from activetui.store import tasks
from activetui.store.opening.file import open_store
from activetui.store.rule_texts import Sort, save_text
from activetui.tui.dialogs.confirm import ConfirmDialog
from activetui.tui.screens.today.alert_rows import alert_rows, heading
from activetui.tui.screens.today.alerts import AlertList
from activetui.tui.widgets.virtual_list import VirtualList
from tests.store.building import MADE_AT, TODAY, Building
from tests.tui.driving import Driver, driving

FRESH = 5


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    """A store with a complaint of yesterday, a best review, and some first purchases."""
    shop = Building(tmp_path / "busy.db")
    ana = shop.customer("Ana Sousa", phone="+351912345678")
    for day in ("2026-08-20", "2026-09-20", "2026-10-20", "2026-11-10"):
        shop.event(ana, on=day, amount=2500)
    shop.event(ana, "complaint", "2026-11-21")
    bruno = shop.customer("Bruno Costa")
    for day in ("2026-07-20", "2026-11-02"):
        shop.event(bruno, on=day, amount=900)
    shop.event(bruno, "review", "2026-11-19", rating=5)
    for number in range(FRESH):
        shop.event(shop.customer(f"Fresh {number}", consent=1), on="2026-11-15", amount=500)
    return shop.close()


@asynccontextmanager
async def at_alerts(path: Path, **how: object) -> AsyncIterator[tuple[Driver, AlertList]]:
    """Today, the keys in the list of alerts, at its first line."""
    async with driving(path, screen="today", **how) as driver:  # type: ignore[arg-type]
        alerts = driver.app.screen.query_one(AlertList)
        alerts.focus()
        await driver.press("home")
        yield driver, alerts


def states(path: Path) -> dict[str, set[str]]:
    """What became of the alerts of each rule, as the store says."""
    with closing(open_store(path, today=TODAY, read_only=True)) as conn:
        found: dict[str, set[str]] = {}
        for alert in inbox(conn, TODAY, states=tuple(State)).alerts:
            found.setdefault(alert.rule.key, set()).add(alert.state.value)
        return found


def to_rule(alerts: AlertList, key: str) -> None:
    """Put the cursor on the first line of a rule."""
    rows = [alerts.row_at(place) for place in range(alerts.total)]
    alerts.cursor = next(place for place, row in enumerate(rows) if row and row.rule.key == key)


async def test_the_inbox_stands_there_in_its_order_with_many_of_a_rule_as_one(busy: Path) -> None:
    async with at_alerts(busy) as (driver, alerts):
        shown = driver.text()
        assert f"Alerts: {2 + FRESH} new" in shown
        assert "! Ana Sousa complained" in shown
        assert f"+ First purchase: {FRESH} · Fresh" in shown
        rules = [row.rule.key for place in range(alerts.total) if (row := alerts.row_at(place))]
        assert rules == ["complaint", "first_purchase", "good_review"]
        await driver.press("enter")
        assert driver.app.session.customer == 1
        assert "Ana Sousa" in driver.line(1)


async def test_seen_goes_below_what_is_new_and_undo_brings_it_back(busy: Path) -> None:
    async with at_alerts(busy) as (driver, alerts):
        await driver.press("s")
        assert states(busy)["complaint"] == {"seen"}
        assert f"Alerts: {1 + FRESH} new, 1 seen" in driver.text()
        last = alerts.row_at(alerts.total - 1)
        assert last is not None
        assert last.rule.key == "complaint"
        assert alerts.current is not None
        assert alerts.current.rule.key == "first_purchase"      # on with the next one that is new
        assert driver.toasts()[-1].endswith("u takes it back.")
        await driver.press("u")
        assert states(busy)["complaint"] == {"new"}


async def test_done_leaves_the_list_until_those_that_are_done_are_wanted(busy: Path) -> None:
    async with at_alerts(busy) as (driver, alerts):
        await driver.press("x")
        assert states(busy)["complaint"] == {"done"}
        assert "! Ana Sousa complained" not in driver.text()
        await driver.press("w")
        to_rule(alerts, "complaint")
        await driver.press("n")
        assert states(busy)["complaint"] == {"new"}
        assert "! Ana Sousa complained" in driver.text()


async def test_a_line_of_many_opens_all_unfolds_and_is_marked_at_once(busy: Path) -> None:
    async with at_alerts(busy) as (driver, alerts):
        to_rule(alerts, "first_purchase")
        await driver.press("space")
        assert alerts.total == 3 + FRESH
        await driver.press("down", "x")
        assert states(busy)["first_purchase"] == {"new", "done"}
        to_rule(alerts, "first_purchase")
        await driver.press("space", "s")
        assert states(busy)["first_purchase"] == {"seen"}
        await driver.press("u", "u")
        assert states(busy)["first_purchase"] == {"new"}
        to_rule(alerts, "first_purchase")
        await driver.press("enter")
        assert f"{FRESH} of {2 + FRESH}" in driver.text()


async def test_an_answer_begins_the_playbook_and_then_leads_to_its_line_on_the_checklist(busy: Path) -> None:
    async with at_alerts(busy) as (driver, alerts):
        to_rule(alerts, "first_purchase")
        await driver.press("space", "down", "down", "a")
        row = alerts.current
        assert row is not None
        assert row.person is not None
        with closing(open_store(busy, today=TODAY, read_only=True)) as conn:
            assert [each.playbook for each in tasks.enrolments_of(conn, row.person.id)] == ["second_purchase"]
        assert row.busy
        assert re.search(rf"{row.person.name} bought for the first time.*new ✓", driver.text())
        assert driver.toasts()[-1].endswith("u takes it back.")
        await driver.press("a")
        assert driver.app.current_mode == "checklist"
        lines = driver.app.screen.query_one("#calls", VirtualList)
        assert lines.cursor > 0
        assert lines.current is not None
        assert lines.current.person.id == row.person.id
        await driver.press("1", "u")
        with closing(open_store(busy, today=TODAY, read_only=True)) as conn:
            assert tasks.enrolments_of(conn, row.person.id) == []


async def test_an_answer_for_many_is_asked_for_first(busy: Path) -> None:
    async with at_alerts(busy) as (driver, alerts):
        to_rule(alerts, "first_purchase")
        await driver.press("a")
        assert isinstance(driver.app.screen, ConfirmDialog)
        await driver.press("n")
        with closing(open_store(busy, today=TODAY, read_only=True)) as conn:
            assert tasks.open_enrolments(conn) == []
        await driver.press("a", "y")
        with closing(open_store(busy, today=TODAY, read_only=True)) as conn:
            assert len(tasks.open_enrolments(conn)) == FRESH


async def test_what_was_known_then_can_only_be_looked_at(busy: Path) -> None:
    async with at_alerts(busy, as_of="2026-11-21", known_then=True) as (driver, alerts):
        assert alerts.total
        await driver.press("s", "x", "a")
        assert set().union(*states(busy).values()) == {"new"}
        assert "seen" not in driver.text().split("\n")[-1]


async def test_a_rule_that_cannot_be_read_is_told_once_with_what_to_do(busy: Path) -> None:
    with closing(open_store(busy, today=TODAY)) as conn:
        wrong = 'title = "Mine"\ntone = "prblem"\n'
        save_text(conn, Sort.ALERT, "mine", wrong, in_use=True, what="on", made_at=MADE_AT)
    async with at_alerts(busy) as (driver, alerts):
        assert alerts.total == 3
        told = [toast for toast in driver.toasts() if "mine" in toast]
        assert len(told) == 1
        assert "activetui alerts rules list" in told[0]
        await driver.press("s")
        assert len([toast for toast in driver.toasts() if "alerts rules list" in toast]) == 1


def test_what_is_new_comes_first_and_the_heading_counts(busy: Path) -> None:
    with closing(open_store(busy, today=TODAY)) as conn:
        found = inbox(conn, TODAY)
    rows = alert_rows(found, unfolded={"first_purchase"}, busy={1})
    assert [row.inner for row in rows] == [False, False, *[True] * FRESH, False]
    assert [row.busy for row in rows if row.person is not None and row.person.id == 1] == [True]
    assert len({row.place for row in rows}) == len(rows)
    assert heading(found) == f"Alerts: {2 + FRESH} new"
