"""The Customers screen, as a person uses it."""

from __future__ import annotations

from pathlib import Path

from activetui.tui.screens.customers.screen import CustomersScreen
from activetui.tui.widgets.filter_input import FilterInput, FilterLine
from activetui.tui.widgets.virtual_list import VirtualList
from tests.tui.driving import Driver, driving


def names(driver: Driver) -> list[str]:
    rows = driver.app.screen.query_one("#people", VirtualList)
    return [rows.row_at(i).name for i in range(rows.total)]  # type: ignore[union-attr]


async def test_everyone_is_listed_with_a_status_in_words(shop: Path) -> None:
    async with driving(shop) as driver:
        text = driver.text()
        assert names(driver) == ["Ana Sousa", "Bruno Costa", "Clara Dias", "Duarte Eça"]
        assert "4 customers" in text
        assert "Padaria Sol · 22 Nov 2026" in driver.line(0)
        for words in ("● active 1", "✦ new 1", "○ inactive 1", "◌ prospect 1"):
            assert words in text


async def test_the_receipt_follows_the_cursor(shop: Path) -> None:
    async with driving(shop) as driver:
        assert "purchase within 30 days" in driver.text()
        await driver.press("down")
        assert "○ inactive" in driver.text()
        assert "1 Mar 2026" in driver.text(), "the purchase that lapsed"


async def test_a_filter_narrows_while_it_is_typed_and_says_how_it_was_read(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        await driver.type("status:inactive spend>50")
        assert names(driver) == ["Bruno Costa"]
        text = driver.text()
        assert "1 of 4" in text
        assert "inactive customers who spent over €50.00" in text
        assert "status 1 · spend 2" in text
        await driver.press("enter")
        assert isinstance(driver.app.screen.focused, VirtualList)
        await driver.press("escape")
        assert len(names(driver)) == 4


async def test_tab_takes_the_first_completion(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        await driver.type("stat")
        assert "status:" in driver.text()
        await driver.press("tab")
        await driver.type("prosp")
        await driver.press("tab")
        assert isinstance(driver.app.screen, CustomersScreen)
        assert driver.app.screen.filter.text.strip() == "status:prospect"
        assert names(driver) == ["Duarte Eça"]


async def test_a_filter_that_cannot_be_read_is_explained_and_the_list_stays(shop: Path) -> None:
    async with driving(shop) as driver:
        assert isinstance(driver.app.screen, CustomersScreen)
        driver.app.screen.filter.set_text("spend>")
        await driver.rest()
        assert "A value is missing" in driver.text()
        assert len(names(driver)) == 4


async def test_a_mistake_is_underlined_and_goes_with_what_was_wrong(shop: Path) -> None:
    async with driving(shop, size=(80, 24)) as driver:
        line = driver.app.screen.query_one(FilterInput)
        await driver.press("slash")
        await driver.type("spend>abc la")
        assert "'abc' is no amount" in driver.text(), "it stays while the next word is typed"
        assert [(span.start, span.end) for span in line._value.spans] == [(6, 9)]
        assert "4 customers" not in driver.line(1), "the list is not that of the filter"
        await driver.press("escape")
        assert "'abc'" not in driver.text()
        assert "4 customers" in driver.line(1)


async def test_a_list_that_takes_long_is_said_to_and_the_last_one_is_not_counted(shop: Path) -> None:
    async with driving(shop, size=(80, 24)) as driver:
        filters = driver.app.screen.query_one(FilterLine)
        assert "4 customers" in driver.line(1)
        filters.expect_result()
        filters.say_looking()
        await driver.rest()
        assert "looking… Esc stops" in driver.line(1)
        assert "4 customers" not in driver.line(1)
        await driver.press("slash")
        await driver.type("sta")
        assert "looking" not in driver.line(1), "half a word asks for nothing"
        await driver.press("escape")
        filters.say_looking()
        await driver.rest()
        assert "4 customers" in driver.line(1), "the list has come"


async def test_a_word_that_is_left_half_typed_is_meant_as_it_is(shop: Path) -> None:
    async with driving(shop, size=(80, 24)) as driver:
        await driver.press("slash")
        await driver.type("status:at")
        assert "Did you mean" not in driver.text(), "the word may not be finished"
        await driver.press("enter")
        assert "Did you mean at_risk?" in driver.text()


async def test_a_filter_that_finds_nobody_says_how_to_go_on(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        await driver.type("zzz")
        assert "Nobody among your 4 customers" in driver.text()
        await driver.press("escape")
        assert "Nobody among" not in driver.text()


async def test_letters_typed_in_the_filter_are_text_and_not_commands(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        await driver.type("qdu?5")
        assert isinstance(driver.app.screen, CustomersScreen)
        assert driver.app.screen.filter.text == "qdu?5"
        assert not driver.toasts()


async def test_sorting_by_any_column_and_the_other_way_round(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("s")
        assert "Sort by" in driver.text()
        await driver.press(*["j"] * 7, "enter")
        assert "Spend ▼" in driver.text()
        assert names(driver) == ["Ana Sousa", "Bruno Costa", "Clara Dias", "Duarte Eça"]
        await driver.press("r")
        assert "Spend ▲" in driver.text()
        assert names(driver)[0] == "Duarte Eça"


async def test_the_cursor_stays_on_its_customer_when_the_order_or_the_data_change(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("down", "down", "r")
        rows = driver.app.screen.query_one("#people", VirtualList)
        assert rows.current.name == "Clara Dias"
        driver.app.store_changed()
        await driver.rest()
        assert rows.current.name == "Clara Dias"


async def test_days_in_the_list_are_counted_from_the_day_looked_at(shop: Path) -> None:
    async with driving(shop, as_of="2026-11-12") as driver:
        assert "2 days ago" in driver.line(5)
        await driver.press("d")
        await driver.type("2026-11-14")
        await driver.press("enter")
        assert "4 days ago" in driver.line(5)


async def test_the_receipt_can_be_hidden_and_shown_at_any_width(shop: Path) -> None:
    async with driving(shop) as driver:
        assert "Limit" in driver.text()
        await driver.press("p")
        assert "Limit" not in driver.text()
    async with driving(shop, size=(80, 24)) as driver:
        assert "Limit" not in driver.text()
        await driver.press("p")
        assert "Limit" in driver.text()


async def test_a_long_list_keeps_its_place_when_the_data_change(demo: Path) -> None:
    async with driving(demo) as driver:
        rows = driver.app.screen.query_one("#people", VirtualList)
        await driver.press("end", *["up"] * 3)
        before, top = rows.current, rows.scroll_offset
        driver.app.store_changed()
        await driver.rest()
        assert rows.current == before
        assert (rows.cursor, rows.total, rows.scroll_offset) == (398, 402, top)


async def test_a_list_longer_than_a_page_is_walked_to_its_end(demo: Path) -> None:
    async with driving(demo) as driver:
        rows = driver.app.screen.query_one("#people", VirtualList)
        assert rows.total == 402
        await driver.press("end")
        assert rows.current is not None
        assert rows.cursor == 401
        await driver.press("home")
        assert rows.cursor == 0
