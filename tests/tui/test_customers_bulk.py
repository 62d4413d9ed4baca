"""Marking customers in the list, and working on many of them, as a person does it."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

from activetui.store.listing import people
from activetui.store.opening.file import open_store
from activetui.tui.reading import View
from activetui.tui.screens.customers.screen import CustomersScreen
from activetui.tui.widgets.virtual_list import VirtualList
from tests.store.building import TODAY
from tests.tui.driving import Driver, driving


def _never_ends(conn: sqlite3.Connection) -> None:
    conn.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")


def names(driver: Driver) -> list[str]:
    rows = driver.app.screen.query_one("#people", VirtualList)
    return [rows.row_at(i).name for i in range(rows.total)]  # type: ignore[union-attr]


def marked(driver: Driver) -> list[str]:
    return [line.split("✓ ")[1].split("  ")[0] for line in driver.text().split("\n")[3:] if "✓ " in line]


def tagged(path: Path, tag: str) -> list[str]:
    conn = open_store(path, today=TODAY)
    found = [person.name for person in people.page(conn, limit=-1) if tag in person.tags]
    conn.close()
    return found


async def test_marks_are_set_one_by_one_in_ranges_and_for_all_and_hold_in_another_order(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("space", "down", "v")
        assert marked(driver) == ["Ana Sousa", "Bruno Costa", "Clara Dias"]
        assert "✓ 3 marked" in driver.line(1)
        await driver.press("r")
        assert marked(driver) == ["Clara Dias", "Bruno Costa", "Ana Sousa"]
        await driver.press("I")
        assert marked(driver) == ["Duarte Eça"]
        await driver.press("slash", *"ana", "enter", "A", "escape")
        assert marked(driver) == ["Duarte Eça", "Ana Sousa"]
        await driver.press("N")
        assert marked(driver) == []
        assert "marked" not in driver.line(1)


async def test_the_mouse_marks_in_front_of_a_row_and_with_shift_up_to_one(shop: Path) -> None:
    async with driving(shop) as driver:
        rows = driver.app.screen.query_one("#people", VirtualList)
        await driver.pilot.click(rows, offset=(0, 1))
        await driver.pilot.click(rows, offset=(8, 3), shift=True)
        await driver.rest()
        assert marked(driver) == ["Ana Sousa", "Bruno Costa", "Clara Dias"]


async def test_the_marked_get_a_tag_in_one_step_and_lose_it_again_by_undo(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("space", "space", "plus")
        assert "Tag for 2 customers" in driver.text()
        await driver.type("autumn, box")
        await driver.press("enter")
        assert driver.toasts()[-1] == "2 customers tagged: autumn, box. u takes it back."
        assert tagged(shop, "box") == ["Ana Sousa", "Bruno Costa"]
        await driver.press("minus")
        assert "autumn (2)" in driver.text()
        assert "vip (1)" in driver.text()
        await driver.press("escape", "u")
        assert tagged(shop, "box") == []


async def test_the_last_line_offers_only_what_can_be_done_with_somebody(shop: Path) -> None:
    async with driving(shop, size=(80, 24)) as driver:
        assert "do with them" not in driver.line(23), "other keys matter more while nobody is marked"
        assert "Space mark" in driver.line(23), "the room that the longer word has not is enough for it"
        await driver.press("space")
        assert "m do with them" in driver.line(23)
        await driver.press("N", "slash", *"nobody", "enter")
        assert "Nobody among your 4 customers" in driver.text()
        assert "mark" not in driver.line(23)
        await driver.press("A", "m")
        assert isinstance(driver.app.screen, CustomersScreen)
        assert "marked" not in driver.line(1)


async def test_without_marks_it_is_asked_whether_one_is_meant_or_all_found(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("m")
        assert "only Ana Sousa" in driver.text()
        await driver.press("down", "enter")
        assert "Write an event down" in driver.text()
        await driver.press("down", "down", "enter")
        assert "New event of 4 customers" in driver.text()
        await driver.press("tab", "tab")
        await driver.type("12")
        await driver.press("enter")
        assert driver.toasts()[-1] == "Written down for 4 customers. u takes it back."
        assert "new 2" in driver.line(2)


async def test_enrolling_says_who_was_left_out(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("A", "E")
        assert "Which playbook? 4 customers" in driver.text()
        await driver.press("enter")
        assert driver.toasts()[-1] == "4 customers enrolled. u takes it back."
        await driver.press("E", "enter")
        assert "4 in a playbook already" in driver.toasts()[-1]


async def test_the_marked_are_written_to_a_file(shop: Path, tmp_path: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("down", "space", "w")
        assert "Write 1 customer to which file?" in driver.text()
        await driver.press("ctrl+u")
        await driver.type(str(tmp_path / "out.csv"))
        await driver.press("enter")
        assert "1 customer written" in driver.toasts()[-1]
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["Bruno Costa"]


async def test_columns_are_chosen_ordered_and_remembered(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("c", "end", "space", *["K"] * 18, "enter")
        assert driver.line(3).split()[:3] == ["Customer", "▲", "Number"]
    async with driving(shop) as driver:
        assert driver.line(3).split()[:3] == ["Customer", "▲", "Number"]
        await driver.press("c", "r", "enter")
        assert "Number" not in driver.line(3)


async def test_typing_letters_goes_to_the_names_that_begin_so(demo: Path) -> None:
    async with driving(demo) as driver:
        rows = driver.app.screen.query_one("#people", VirtualList)
        await driver.press("s", *["j"] * 7, "enter", "apostrophe")
        assert "Customer ▲" in driver.text(), "ordered by spend, there are no letters to go to"
        await driver.type("sof")
        assert rows.current is not None
        assert rows.current.name.startswith("Sof")
        assert not rows.row_at(rows.cursor - 1).name.startswith("Sof")  # type: ignore[union-attr]
        await driver.type("zz")
        assert "nobody begins so" in driver.text()
        await driver.press("enter")
        assert driver.app.screen.focused is rows


async def test_the_counts_of_the_statuses_are_doors(shop: Path) -> None:
    async with driving(shop) as driver:
        screen = driver.app.screen
        assert isinstance(screen, CustomersScreen)
        await driver.press("f", "right", "right", "enter")
        assert screen.filter.text == "status:active"
        assert names(driver) == ["Ana Sousa"]
        assert "○ inactive 1" in driver.text(), "the others can still be chosen"
        await driver.press("right", "enter")
        assert screen.filter.text == "status:inactive"
        await driver.press("enter")
        assert screen.filter.text == ""
        assert len(names(driver)) == 4


async def test_a_filter_is_saved_as_a_segment(shop: Path) -> None:
    async with driving(shop) as driver:
        assert "save" not in driver.line(-1)
        await driver.press("n")
        assert "Save a segment" not in driver.text(), "there is nothing to save"
        await driver.press("slash")
        await driver.type("spend>50")
        await driver.press("enter")
        assert "n save" in driver.line(-1)
        await driver.press("n")
        await driver.type("Good ones")
        await driver.press("enter")
        assert "Saved: Good ones" in driver.toasts()[-1]
        await driver.press("slash", "ctrl+u")
        await driver.type('segment:"Good ones"')
        assert names(driver) == ["Ana Sousa", "Bruno Costa"]


async def test_half_a_word_moves_no_list_and_tells_no_mistake(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        for letter in "status:inact":
            await driver.type(letter)
            assert names(driver)
            assert "Nobody" not in driver.text()
        assert driver.app.screen.query_one(".filter--below").has_class("-problem") is False
        await driver.type("ive")
        assert names(driver) == ["Bruno Costa"]


async def test_half_a_word_leaves_nothing_unsaid_of_the_list_that_stays(shop: Path) -> None:
    async with driving(shop) as driver:
        reader, waits = driver.app.session.reader, (0, "long")
        reader.submit(View(reader.today), _never_ends, reader.next_ticket(waits, slow=True))
        await driver.press("slash")
        driver.send("ana")
        while names(driver) != ["Ana Sousa"]:
            await driver.pilot.pause()
        assert "1 of 4" not in driver.line(1), "how many are found is not known yet"
        driver.send(" status:lo")
        await driver.pilot.pause()
        reader.forget(waits)
        await driver.rest()
        assert "1 of 4" in driver.line(1)


async def test_a_filter_that_asks_of_another_day_shows_that_day(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        await driver.type("status:new as-of:2026-09-02")
        await driver.press("enter")
        assert names(driver) == ["Ana Sousa"]
        assert "As of 2 September 2026" in driver.text()
        assert "yesterday" in driver.text(), "days are counted from there"
        await driver.press("escape")
        assert "As of" not in driver.text()


async def test_one_comes_back_to_filter_order_and_cursor(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("r", "slash")
        await driver.type("spend>5")
        await driver.press("enter", "down", "enter")
        assert driver.app.current_mode == "timeline"
        driver.app.show_customers("status:prospect")
        await driver.rest()
        assert names(driver) == ["Duarte Eça"]
        await driver.press("backspace", "backspace")
        assert driver.app.current_mode == "customers"
        assert names(driver) == ["Clara Dias", "Bruno Costa", "Ana Sousa"]
        current = driver.app.screen.query_one("#people", VirtualList).current
        assert current is not None
        assert current.name == "Bruno Costa"
