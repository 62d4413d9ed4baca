"""Checklist: every step that waits, the line under the cursor explained, and what its keys do."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.reactivation.checklist.checklist import Checklist, checklist
from activetui.store import tasks
from activetui.store.opening.connection import connect_again
from tests.store.building import TODAY, Building, day_of
from tests.tui.driving import SIZES, Driver, driving

DAY = day_of(TODAY)


def two_to_call(path: Path) -> Path:
    """Two inactive regulars, one of them dear, and a customer who still comes."""
    shop = Building(path)
    shop.setting("business", "Padaria Sol")
    for name, amount in (("Ana", 9000), ("Bruno", 1000)):
        who = shop.customer(name, email=f"{name.lower()}@example.org", language="en", consent=1)
        for day in ("2026-03-01", "2026-03-15", "2026-03-29", "2026-04-12"):
            shop.event(who, "purchase", day, amount=amount, product="Olive oil")
    shop.event(shop.customer("Clara"), "purchase", "2026-11-20", amount=700)
    return shop.close()


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Ana, then Bruno."""
    return two_to_call(tmp_path / "calls.db")


def listed(path: Path, day: int = DAY) -> Checklist:
    """The checklist as the store has it."""
    conn = connect_again(path, read_only=True)
    try:
        return checklist(conn, day)
    finally:
        conn.close()


def steps_of(path: Path, customer: int = 1) -> list[tuple[str, str, int]]:
    """State, outcome and due day of every step given to a customer."""
    conn = connect_again(path, read_only=True)
    try:
        return [(task.state, task.outcome, task.due - DAY) for task in tasks.tasks_of(conn, customer)]
    finally:
        conn.close()


def flat(driver: Driver) -> str:
    """What stands on the screen, without line ends."""
    return " ".join(driver.text().split())


async def test_late_ones_first_then_the_dearest(demo: Path) -> None:
    async with driving(demo, screen="checklist") as driver:
        found = listed(demo)
        late = sum(item.group.name == "LATE" for item in found.items)
        assert f"{found.done} of {found.capacity} done today · late {late} · waiting " in driver.line(2)
        rows = driver.text().split("\n")[4 : 4 + late + 1]
        assert [" late " in row for row in rows] == [True] * late + [False]


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_the_line_under_the_cursor_is_explained_at_every_size(
    calls: Path, size: tuple[int, int]
) -> None:
    async with driving(calls, screen="checklist", size=size) as driver:
        shown = flat(driver)
        item = listed(calls).items[0]
        assert item.person.name == "Ana"
        assert item.worth.sentence in shown
        assert "Step 1 of 3: phone: Call: ask openly why" in shown
        await driver.press("tab", "end")
        shown = flat(driver)
        assert "Reason not known: asked at the contact" in shown or size == (80, 24)
        assert "· 2 e-mail: Offer that answers the reason, 7 days after this one" in shown


async def test_a_contact_is_two_keys_and_the_reason_a_third(calls: Path) -> None:
    async with driving(calls, screen="checklist") as driver:
        await driver.press("c", "4")
        assert "Why did they stay away?" in driver.text()
        await driver.press("2")
        assert steps_of(calls) == [("done", "thinking", 0), ("open", "", 7)]
        assert "1 of 5 done today" in driver.text()
        assert "next on 29 Nov: Offer that answers the reason" in driver.toasts()[-1]
        await driver.press("j")
        shown = flat(driver)
        assert "Reason it was too expensive" in shown or "Reason price" in shown
        assert "✓ 1 phone: Call: ask openly why" in shown
        assert "done on 22 Nov: is thinking about it" in shown


@pytest.mark.parametrize(
    ("keys", "steps"),
    [
        (["n"], [("done", "no_answer", 0), ("open", "", 2)]),
        (["c", "1", "escape"], [("done", "reached", 0), ("open", "", 7)]),
        (["z"], [("open", "", 7)]),
        (["Z", "1"], [("open", "", 1)]),
        (["Z", "4", *"+10d", "enter"], [("open", "", 10)]),
        (["x"], [("skipped", "", 0)]),
        (["X"], [("skipped", "", 0), ("open", "", 7)]),
    ],
    ids=["no answer", "reason not known", "a week", "tomorrow", "a day", "in peace", "step left out"],
)
async def test_every_action_is_written_at_once_and_taken_back_by_one_key(
    calls: Path, keys: list[str], steps: list[tuple[str, str, int]]
) -> None:
    before = listed(calls)
    async with driving(calls, screen="checklist") as driver:
        await driver.press(*[{"+": "plus"}.get(key, key) for key in keys])
        assert steps_of(calls) == steps
        assert "takes it back" in driver.toasts()[-1]
        await driver.press("u")
    assert steps_of(calls) == []
    assert listed(calls) == before


async def test_nothing_is_done_on_another_day_as_by_the_commands(calls: Path) -> None:
    refused = "What you do is done today; another day is for looking. D looks from today."
    async with driving(calls, screen="checklist", as_of="2026-11-20") as driver:
        for key in ("c", "n", "z", "Z", "x", "X", "o", "w"):
            await driver.press(key)
            assert driver.toasts()[-1] == refused, key
        await driver.press("R", "n")
        assert driver.toasts()[-1] == refused
        await driver.press("escape", "1", "c")
        assert driver.toasts()[-1] == refused
        await driver.press("D", "5", "z")
        assert steps_of(calls) == [("open", "", 7)]


async def test_what_comes_of_a_step_and_why_can_be_written_down_later(calls: Path) -> None:
    async with driving(calls, screen="checklist") as driver:
        await driver.press("w")
        assert "the reason is asked at the first contact" in driver.toasts()[-1]
        await driver.press("c", "1", "escape", "j", "o", "3", "escape", "w", "7")
        assert steps_of(calls)[0] == ("done", "coming_back", 0)
        assert "Reason moved away" in flat(driver)
        await driver.press("w", "c")        # the last choice: take it back
        assert "Reason not known" in flat(driver)


async def test_after_an_action_the_cursor_is_on_the_next_call(demo: Path) -> None:
    async with driving(demo, screen="checklist") as driver:
        second = listed(demo).items[1].person.name
        await driver.press("z")
        assert second in flat(driver).partition("Customer ")[2].partition("At stake Usually")[0]
        await driver.press("2", "5")
        assert second in flat(driver).rpartition("Customer ")[2]


async def test_one_playbook_at_a_time(demo: Path) -> None:
    async with driving(demo, screen="checklist") as driver:
        await driver.press("f", "2")
        found = [item for item in listed(demo).items if item.playbook.title in driver.line(2)]
        assert found
        assert all(item.playbook == found[0].playbook for item in found)
        await driver.press("f", "1")
        assert found[0].playbook.title not in driver.line(2)


async def test_nothing_is_changed_while_what_was_known_then_is_looked_at(demo: Path) -> None:
    async with driving(
        demo, screen="checklist", as_of="2026-11-10", known_then=True
    ) as driver:
        before = driver.text()
        await driver.press("c", "x", "z", "n", "w", "o")
        assert driver.text() == before
        await driver.press("R", "n", "p", "o")
        assert "A round" not in driver.text()


async def test_nobody_to_win_back_says_so(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    shop.event(shop.customer("Ana"), amount=100)
    async with driving(shop.close(), screen="checklist") as driver:
        assert "Nobody needs to be won back" in driver.text()


async def test_hostile_names_do_no_harm(hostile: Path) -> None:
    for screen in ("checklist", "today", "segments"):
        async with driving(hostile, screen=screen, size=(80, 24)) as driver:
            await driver.press("j", "j", "G", "g")
            assert "\x1b" not in driver.text()
            assert "22 Nov 2026" in driver.text()


async def test_hostile_names_do_no_harm_in_messages_results_and_rounds(hostile: Path) -> None:
    async with driving(hostile, screen="checklist", size=(80, 24)) as driver:
        await driver.press("c", "1", "2", "m", "down", "escape", "r", "R", "n", "enter", "escape", "p", "j")
        assert "\x1b" not in driver.text()
        assert "22 Nov 2026" in driver.text()




async def test_from_elsewhere_one_comes_to_the_line_of_a_customer(demo: Path) -> None:
    async with driving(demo, screen="customers") as driver:
        item = listed(demo).items[7]
        for _time in range(2):                  # before the list was ever seen, and once it is there
            driver.app.session.bearings = item.person.id
            driver.app.show_screen("checklist")
            await driver.rest()
            assert item.worth.sentence in flat(driver)
            await driver.press("r", "2")
