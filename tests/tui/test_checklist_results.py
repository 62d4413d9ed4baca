"""What came of the checklist, its rounds and its playbooks, on the screen."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from activetui.reactivation.playbooks.playbook import playbooks
from activetui.reactivation.results.result_types import By
from activetui.reactivation.results.result_words import row_sentences
from activetui.reactivation.results.results import Results, customers_behind, results
from activetui.reactivation.results.won_back import State
from activetui.store.opening.connection import connect_again
from activetui.store.rounds import Round, rounds
from activetui.tui.screens.checklist.periods import periods, read_period
from activetui.tui.widgets.interval import interval
from tests.store.building import TODAY, day_of
from tests.tui.driving import SIZES, driving
from tests.tui.test_checklist import flat, steps_of, two_to_call

DAY = day_of(TODAY)


def counted(path: Path, by: By = By.PLAYBOOK) -> Results:
    """The results as the store has them."""
    conn = connect_again(path, read_only=True)
    try:
        return results(conn, DAY, by=by)
    finally:
        conn.close()


def started(path: Path) -> list[Round]:
    """The rounds that there are."""
    conn = connect_again(path, read_only=True)
    try:
        return rounds(conn, DAY)
    finally:
        conn.close()


@pytest.mark.parametrize("size", SIZES, ids=["small", "usual", "large"])
async def test_all_that_may_be_said_of_the_results_stands_below_the_row(
    demo: Path, size: tuple[int, int]
) -> None:
    found = counted(demo)
    async with driving(demo, screen="checklist", size=size) as driver:
        await driver.press("r")
        assert "By playbook · first contacts: all the time" in driver.text()
        assert "all together" in driver.text()
        said = flat(driver)
        for sentence in row_sentences(found, found.whole)[:2]:
            assert sentence in said


async def test_every_count_opens_the_customers_behind_it(demo: Path) -> None:
    found = counted(demo)
    conn = connect_again(demo, read_only=True)
    behind = customers_behind(conn, DAY, by=By.PLAYBOOK, key=None)
    conn.close()
    states = (State.WON_BACK, State.TOO_EARLY, State.AWAY)
    contacted = {number for state in states for number in behind[state]}
    async with driving(demo, screen="checklist") as driver:
        await driver.press("r", "enter")
        assert f"2  contacted: {found.whole.contacted}" in driver.text()
        await driver.press("2")
        assert f"{len(contacted)} of 402" in driver.text()
        await driver.press("backspace")
        assert "all together" in driver.text()


def test_the_customers_behind_the_rows_are_as_many_as_are_counted(demo: Path) -> None:
    conn = connect_again(demo, read_only=True)
    try:
        for by in (By.PLAYBOOK, By.REASON, By.MONTH):
            for row in results(conn, DAY, by=by, natural=False).rows:
                behind = customers_behind(conn, DAY, by=by, key=row.key)
                assert 0 <= row.won_back - len(behind[State.WON_BACK]) <= 1, row.key     # one was won twice
                assert len(behind[State.NOT_CONTACTED]) == row.not_contacted
    finally:
        conn.close()


async def test_results_are_asked_by_other_rows_for_another_time_and_as_numbers(demo: Path) -> None:
    async with driving(demo, screen="checklist") as driver:
        await driver.press("r", "v", "4", "t")
        assert "By reason" in driver.line(2)
        assert "At least" in driver.text()
        assert "reason not known" in driver.text()
        await driver.press("s", "8")
        await driver.type("2020-01-01..2020-02-01")
        await driver.press("enter")
        assert "1 Jan 2020 to 1 Feb 2020" in driver.line(2)
        assert "No playbook was begun for anybody in this time." in driver.text()


async def test_a_round_shows_whom_it_draws_before_it_starts_and_can_be_taken_back(demo: Path) -> None:
    before = len(started(demo))
    async with driving(demo, screen="checklist") as driver:
        await driver.press("R", "n")
        conn = connect_again(demo, read_only=True)
        keys = [plan.key for plan in playbooks(conn)]
        conn.close()
        await driver.press(*["j"] * keys.index("slipping"), "enter")
        shown = flat(driver)
        assert "Slipping away: for 3" in shown
        assert "Left in peace until 22 Dec 2026: " in shown
        await driver.type("80")
        assert "80 in a hundred cannot be left in peace." in driver.problem()
        await driver.press("enter")
        assert len(started(demo)) == before                     # nothing starts that cannot be
        await driver.press("home", "ctrl+k")
        await driver.type("50")
        await driver.press("enter")
        newest = started(demo)[0]
        assert (newest.playbook, newest.hold_out) == ("slipping", 50)
        assert f"Round {newest.id} has begun" in driver.toasts()[-1]
        assert driver.line(4).split()[0] == str(newest.id)
        await driver.press("e", "y")
        assert started(demo)[0].ended == DAY
        await driver.press("u", "u")
        assert len(started(demo)) == before


async def test_a_playbook_is_switched_off_and_on(tmp_path: Path) -> None:
    path = two_to_call(tmp_path / "calls.db")
    async with driving(path, screen="checklist") as driver:
        await driver.press("p")
        assert "15 playbooks, 15 in use" in driver.text()
        row = next(n for n, line in enumerate(driver.text().split("\n")) if "Inactive regular" in line) - 4
        await driver.press(*["j"] * row)
        assert "It fits 2 customers now; 2 may be contacted." in flat(driver)
        await driver.press("o")
        assert "15 playbooks, 14 in use" in driver.text()
        await driver.press("l")
        assert "Ana" not in driver.text()
        await driver.press("u")
        assert "Ana" in driver.text()


async def test_what_is_due_is_written_to_a_file_and_marked_as_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = two_to_call(tmp_path / "calls.db")
    async with driving(path, screen="checklist") as driver:
        await driver.press("m", "g")
        await driver.type("Rosa")
        await driver.press("enter", "escape", "X", "e", "1", "home", "ctrl+k")
        await driver.type("nobody.csv")
        await driver.press("enter")
        assert not (tmp_path / "nobody.csv").exists()           # of nobody no file is left behind
        await driver.press("j", "X")                            # the last step is a mail without an offer
    async with driving(path, screen="checklist", today="2026-12-31") as driver:
        await driver.press("e", "2", "home", "ctrl+k")
        await driver.type("mails.csv")
        await driver.press("enter", "escape")
        with (tmp_path / "mails.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        assert [(line["name"], line["email"]) for line in lines] == [("Ana", "ana@example.org")]
        assert "Rosa" in lines[0]["body"]
        assert steps_of(path)[-1][:2] == ("done", "sent")
        assert driver.line(2).strip().startswith("0 of 5 done today")
        await driver.press("u")
        assert steps_of(path)[-1][:2] == ("open", "")


def test_an_interval_is_drawn_in_as_many_cells_as_it_gets() -> None:
    assert interval(0.5, 0.25, 0.75, 9) == "··├─●─┤··"
    assert interval(0.0, 0.0, 1.0, 5) == "●───┤"
    assert interval(1.0, 0.4, 1.0, 5, top=1.0)[-1] == "●"
    assert interval(0.5, 0.1, 0.9, 0) == ""


def test_periods_are_whole_months_quarters_and_years() -> None:
    known = {each.key: (each.since, each.until) for each in periods(day_of("2026-02-10"))}
    assert known["all"] == (None, None)
    assert known["last-month"] == (day_of("2026-01-01"), day_of("2026-01-31"))
    assert known["last-quarter"] == (day_of("2025-10-01"), day_of("2025-12-31"))
    assert known["year"] == (day_of("2026-01-01"), day_of("2026-02-10"))
    assert known["last-year"] == (day_of("2025-01-01"), day_of("2025-12-31"))
    assert read_period("-1m..today", DAY)[2:] == (day_of("2026-10-22"), DAY)
