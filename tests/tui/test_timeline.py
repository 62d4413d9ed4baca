"""The Timeline screen, as a person uses it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from textual.widgets import Input

from activetui.insights.customer_story import Favourite
from activetui.locales.formats import format_day
from activetui.tui.event_words import goods
from activetui.tui.screens.timeline.events import EventLine
from activetui.tui.screens.timeline.screen import TimelineScreen
from activetui.tui.widgets.virtual_list import VirtualList
from tests.tui.driving import driving


def rows_of(events: VirtualList[Any]) -> list[Any]:
    """Every line of a list."""
    return [events.row_at(place) for place in range(events.total)]


def shown_events(events: VirtualList[Any]) -> list[EventLine]:
    """Every event of a list."""
    return [row for row in rows_of(events) if isinstance(row, EventLine)]


async def test_enter_opens_the_story_of_the_customer(shop: Path) -> None:
    async with driving(shop, size=(200, 40)) as driver:
        await driver.press("enter")
        assert isinstance(driver.app.screen, TimelineScreen)
        text = driver.text()
        assert "Ana Sousa" in driver.line(1)
        assert "● active since" in driver.line(1)
        assert "ana@example.org" in driver.line(2)
        assert "6 purchases €150.00 since 1 Sept 2026" in text
        assert "usually every 14 days · ◇ next expected 24 Nov 2026 (in 2 days)" in text
        assert "purchase within 30 days" in text
        assert "Events 7" in text
        assert "▾ 2026" in text
        assert "from us" in text
        assert "“asked about the box”" in text
        assert "Bought most often" in text
        await driver.press("escape")
        assert "4 customers" in driver.text()


async def test_the_band_shows_what_will_happen_after_the_day(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter")
        past, future = driver.line(3).split("┊")
        assert "●" in past
        assert "○" in future, "inactive from 11 December unless she buys"
        axis = next(line for line in driver.text().split("\n") if "2026" in line and "┊" in line)
        assert axis.index("◇") > axis.index("┊"), "expected on the 24th"
        assert "● active" in driver.text(), "the signs are said in words"


async def test_from_an_earlier_day_nothing_later_is_seen(shop: Path) -> None:
    async with driving(shop, as_of="2026-09-20") as driver:
        await driver.press("enter")
        text = driver.text()
        assert "As of 20 September 2026" in text
        assert "Events 2" in text
        assert "2 purchases €50.00" in text


async def test_events_are_filtered_by_several_kinds(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        driver.app.show_customer(153)
        await driver.rest()
        events = driver.app.screen.query_one("#events", VirtualList)
        everything = events.total
        await driver.press("f")
        assert "Which events?" in driver.text()
        await driver.press("j", "space", "j", "space", "enter")
        kinds = {row.event.kind_word for row in shown_events(events)}
        assert len(kinds) == 2
        assert events.total < everything
        assert re.search(r"Events \d+ of \d+: ", driver.text())
        await driver.press("escape")
        assert events.total == everything, "Esc shows them all again"
        assert isinstance(driver.app.screen, TimelineScreen)


async def test_a_year_is_folded_and_gone_to(demo: Path) -> None:
    async with driving(demo, size=(80, 24)) as driver:
        driver.app.show_customer(80)
        await driver.rest()
        events = driver.app.screen.query_one("#events", VirtualList)
        everything = events.total
        await driver.press("left")
        assert "▾ 2025" in driver.text()
        assert events.current == next(row for row in rows_of(events) if getattr(row, "year", 0) == 2025)
        await driver.press("enter")
        assert "▸ 2025" in driver.text()
        assert events.total < everything
        await driver.press("right", "left", "enter")
        assert events.total == everything


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
        assert "Events 7" in driver.text()


async def test_an_event_is_corrected_and_the_correction_taken_back(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "j", "c")
        assert "Correct an event of Ana Sousa" in driver.text()
        await driver.press("tab", "tab")
        await driver.type("30")
        await driver.press("enter")
        assert "€155.00" in driver.text(), "five euros more in all"
        events = driver.app.screen.query_one("#events", VirtualList)
        assert events.current.event.amount == 3000, "the cursor stays at its event"  # type: ignore[union-attr]
        await driver.press("enter")
        assert "amount: €25.00 → €30.00" in driver.text()
        await driver.press("escape", "u")
        assert "€150.00" in driver.text()
        await driver.press("k", "c")
        driver.app.screen.query_one("#note").focus()
        await driver.type("asked about wine")
        await driver.press("enter")
        contact = shown_events(events)[0].event
        assert (contact.note, contact.channel, contact.action) == ("asked about wine", "phone", "out")


async def test_an_event_is_deleted_and_brought_back(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "j", "x")
        assert "Events 6" in driver.text()
        await driver.press("u")
        assert "Events 7" in driver.text()


async def test_the_figures_of_band_and_bars_stand_in_a_table(shop: Path) -> None:
    async with driving(shop, size=(180, 40)) as driver:
        await driver.press("enter", "m")
        text = driver.text()
        november = next(line for line in text.split("\n") if line.lstrip().startswith("Nov 2026"))
        assert "● active" in november
        assert "€25.00" in november
        assert "◐ at risk 1 Dec, unless something happens" in text
        assert "○ inactive 11 Dec, unless something happens" in text
        await driver.press("end", "enter")
        current = driver.app.screen.query_one("#events", VirtualList).current
        assert isinstance(current, EventLine)
        assert format_day(current.event.day) == "29 Sept 2026", "the last event of the first month"


async def test_a_favourite_product_leads_to_its_purchases(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        driver.app.show_customer(80)
        await driver.rest()
        await driver.press("o")
        first = driver.app.screen.query_one("#products", VirtualList).current
        assert isinstance(first, Favourite)
        await driver.press("enter")
        events = driver.app.screen.query_one("#events", VirtualList)
        assert len({row.event.day for row in shown_events(events)}) == first.days
        assert all(first.product in goods(row.event) for row in shown_events(events))


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


async def test_n_and_p_go_through_the_list_one_came_from(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        await driver.type("spend>0")
        await driver.press("enter", "enter")
        assert "Ana Sousa" in driver.line(1)
        assert driver.line(2).endswith("1 of 3")
        await driver.press("n")
        assert "Bruno Costa" in driver.line(1)
        await driver.press("right_square_bracket")
        assert "Clara Dias" in driver.line(1)
        assert driver.line(2).endswith("3 of 3")
        await driver.press("n")
        assert driver.toasts()[-1] == "The list ends here."
        await driver.press("p")
        assert "Bruno Costa" in driver.line(1)


async def test_who_has_left_the_list_since_still_has_neighbours(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        await driver.type("purchases<2")
        await driver.press("enter", "down", "enter")
        assert "Clara Dias" in driver.line(1)
        await driver.press("a", "tab", "tab")
        await driver.type("5")
        await driver.press("enter")
        assert "2 purchases" in driver.text(), "she is no longer among those with one"
        await driver.press("n")
        assert "Duarte Eça" in driver.line(1)


async def test_two_customers_are_made_one_and_taken_apart_again(shop: Path) -> None:
    async with driving(shop, size=(120, 50)) as driver:
        await driver.press("enter", "M")
        assert "Who is the same person as Ana Sousa?" in driver.text()
        await driver.type("clara")
        assert "Clara Dias" in driver.text()
        await driver.press("enter")
        assert "7 purchases €157.00" in driver.text()
        await driver.press("w", "end")
        assert "Clara Dias, number 3: Enter takes them apart again" in driver.text()
        await driver.press("enter")
        assert "6 purchases €150.00" in driver.text()
        await driver.press("2")
        assert "4 customers" in driver.text()


async def test_a_step_is_done_from_the_story_with_what_came_of_it(demo: Path) -> None:
    async with driving(demo, size=(140, 40)) as driver:
        driver.app.show_customer(97)
        await driver.rest()
        await driver.press("s")
        tasks = driver.app.screen.query_one("#tasks", VirtualList)
        assert tasks.current.task.state == "open"  # type: ignore[union-attr]
        await driver.press("c", "end", "up", "enter")
        done = [row.task for row in rows_of(tasks) if row.task.outcome == "wrong_contact"]
        assert [task.state for task in done] == ["done"]
        assert "✓ done" in driver.text()
        await driver.press("u")
        assert not [row for row in rows_of(tasks) if row.task.outcome == "wrong_contact"]


async def test_an_empty_list_says_what_to_do(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("end", "enter")
        assert "Nothing has happened yet. a writes down what does." in driver.text()
        await driver.press("s")
        assert "P begins a playbook" in driver.text()
        await driver.press("P", "enter")
        assert "▸ to do" in driver.text()


async def test_what_is_known_is_changed_in_one_form_and_taken_back_at_once(shop: Path) -> None:
    async with driving(shop, size=(120, 50)) as driver:
        await driver.press("enter", "w", "down", "down", "enter")
        assert driver.app.screen.focused.id == "email", "the form begins at the line"  # type: ignore[union-attr]
        await driver.type("ana@new.example")
        await driver.press(*["tab"] * 11)
        await driver.type("regular")
        await driver.press("enter")
        assert "ana@new.example" in driver.line(2)
        assert "tags: regular" in driver.line(2)
        await driver.press("u")
        assert "ana@example.org" in driver.line(2)
        assert "tags: vip" in driver.line(2)


async def test_a_person_gets_everything_as_a_file_and_is_forgotten_only_by_typing_it(
    shop: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ana.json"
    async with driving(shop, size=(120, 50)) as driver:
        await driver.press("enter", "E")
        path = driver.app.screen.query_one(Input)
        path.value = str(file)
        await driver.press("enter")
        assert "ana@example.org" in file.read_text(encoding="utf-8")
        await driver.press("F")
        assert "Forget Ana Sousa for good?" in driver.text()
        await driver.press("enter")
        assert "Nothing was done" in driver.problem()
        await driver.type("forget")
        await driver.press("enter")
        assert "6 purchases and refunds, without a person" in driver.text()
        assert "3 customers" in driver.text(), "the list behind the answer is the new one already"
        assert "Left to do" not in driver.text(), "the app's own connections do not hinder it"
        await driver.press("escape")
        assert "3 customers" in driver.text()


async def test_what_was_known_then_can_only_be_looked_at(shop: Path) -> None:
    async with driving(shop, as_of="2026-11-21", known_then=True) as driver:
        await driver.press("enter", "a", "e", "c", "x", "M", "F", "P")
        assert isinstance(driver.app.screen, TimelineScreen)
        await driver.press("w", "enter")
        assert isinstance(driver.app.screen, TimelineScreen)


async def test_back_and_forward_find_list_and_cursor_again(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "j", "j")
        event = driver.app.screen.query_one("#events", VirtualList).current.event  # type: ignore[union-attr]
        await driver.press("2", "end", "enter")
        assert "Duarte Eça" in driver.line(1)
        await driver.press("escape", "backspace")
        assert "Ana Sousa" in driver.line(1)
        found = driver.app.screen.query_one("#events", VirtualList).current
        assert found.event.id == event.id  # type: ignore[union-attr]


async def test_the_whole_value_under_the_cursor_is_copied(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "w", "down", "down", "y")
        assert "Copy what?" in driver.text()
        await driver.press("down", "enter")
        assert driver.app.clipboard == "ana@example.org"


async def test_what_is_known_to_have_happened_after_a_past_day_is_said_without_a_doubt(shop: Path) -> None:
    async with driving(shop, as_of="2026-03-01", size=(120, 50)) as driver:
        await driver.press("down", "enter")
        assert "Bruno Costa" in driver.text()
        assert "Turns" in driver.text()
        assert "unless something" not in driver.text().partition("Bought most often")[0].partition("Why")[2]
        await driver.press("D")
        assert "unless something" in driver.text()


async def test_an_empty_list_offers_nothing_to_open_and_no_kinds_to_choose(shop: Path) -> None:
    async with driving(shop, size=(120, 40)) as driver:
        await driver.press("end", "enter")
        assert "Nothing has happened yet" in driver.text()
        await driver.press("question_mark", "escape")
        footer = driver.line(39)
        assert "a add event" in footer
        assert "open" not in footer
        assert "kinds" not in footer


async def test_a_choice_that_takes_no_text_has_its_help_at_the_question_mark(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("enter", "P", "question_mark")
        assert "The choice you are asked for" in driver.text()
