"""What works on every screen: the day, help, palette, themes, keys, the first steps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from activetui.tui import config, themes
from activetui.tui.app import ActiveApp
from activetui.tui.screens import SCREENS
from activetui.tui.widgets.filter_input import FilterLine
from tests.store.building import Building
from tests.tui.driving import KEYS, MADE_AT, SIZES, TODAY, driving


async def test_number_keys_open_the_screens(shop: Path) -> None:
    async with driving(shop) as driver:
        for entry in SCREENS:
            await driver.press(entry.key)
            assert getattr(driver.app.screen, "MODE", "") == entry.mode


async def test_another_day_is_looked_from_with_a_banner_and_back(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("d")
        await driver.type("-60d")
        assert "= Wednesday, 23 September 2026" in driver.text()
        await driver.press("enter")
        text = driver.text()
        assert "As of 23 September 2026" in text
        assert "◌ prospect 2" in text, "Clara had not bought yet"
        await driver.press("D")
        assert "As of" not in driver.text()
        assert "◌ prospect 1" in driver.text()


async def test_a_wrong_day_is_explained_and_escape_leaves_the_day_alone(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("d")
        await driver.type("soon")
        await driver.press("enter")
        assert "“soon” is not a day." in driver.text()
        await driver.press("escape")
        assert "As of" not in driver.text()


async def test_the_app_can_begin_on_another_day(shop: Path) -> None:
    async with driving(shop, as_of="2026-10-01") as driver:
        assert "As of 1 October 2026" in driver.text()


async def test_help_lists_the_keys_of_the_screen_and_what_the_statuses_mean(shop: Path) -> None:
    async with driving(shop, size=(120, 140)) as driver:
        await driver.press("question_mark")
        text = driver.text()
        for words in ("Choose the column to sort by", "Look from another day", "Undo the last change",
                      "◐ at risk", "still active, but likely to slip away"):
            assert words in text
        await driver.press("question_mark")
        assert "Look from another day" not in driver.text()


async def test_help_begins_with_what_has_the_focus(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash", "f1")
        text = driver.text()
        assert 0 < text.index("The filter you are typing") < text.index("The list of customers")
        assert "Take the completion shown first" in text
        await driver.press("f1", "escape", "question_mark")
        assert "The list you are in" in driver.text()


async def test_a_dialog_says_what_it_is_and_its_keys(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("d", "f1")
        text = driver.text()
        assert "The line you are typing on" in text
        assert "Leave without a change" in text
        assert "Undo the last change" not in text, "it does nothing in a dialog"
        await driver.press("f1", "escape")
        assert not driver.app.screen.is_modal


async def test_the_palette_finds_our_commands_and_runs_them(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("ctrl+p")
        await driver.type("another day")
        await driver.press("enter")
        assert "Look from which day?" in driver.text()


async def test_the_footer_shows_at_most_eight_keys_and_only_such_as_work(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        words = "Enter to the list  Tab complete  Esc clear  ctrl+p commands  f1 help"
        assert driver.line(-1).split() == words.split()
        await driver.press("enter")
        for mode in ("customers", "timeline"):
            driver.app.action_show_screen(mode)
            await driver.rest()
            from activetui.tui.widgets.keys_line import KeysLine

            assert len(driver.app.screen.query_one(KeysLine).shown(500)) <= 8


async def test_a_chosen_theme_is_kept_and_a_vanished_one_is_no_reason_to_stop(shop: Path) -> None:
    async with driving(shop) as driver:
        assert driver.app.theme == themes.DARK.name
        assert not config.config_file().exists(), "nothing is written before something is chosen"
        driver.app.theme = themes.LIGHT.name
        await driver.rest()
    assert json.loads(config.config_file().read_text())["theme"] == themes.LIGHT.name
    assert ActiveApp(shop, today=TODAY, as_of=TODAY, made_at=lambda: MADE_AT).theme == themes.LIGHT.name
    config.remember("theme", "textual-ansi")
    assert ActiveApp(shop, today=TODAY, as_of=TODAY, made_at=lambda: MADE_AT).theme == themes.DARK.name


@pytest.mark.parametrize("typed", ["theme", "colours"])
async def test_the_colours_are_found_by_typing(shop: Path, typed: str) -> None:
    async with driving(shop) as driver:
        await driver.press("ctrl+p")
        await driver.type(typed)
        await driver.press("enter")
        await driver.type("light")
        assert "active-light" in driver.text()


async def test_any_theme_shows_the_statuses(shop: Path) -> None:
    async with driving(shop) as driver:
        for name in ("textual-light", "nord", themes.LIGHT.name):
            driver.app.theme = name
            await driver.rest()
            assert "● active" in driver.text()


def test_without_colour_no_theme_of_the_terminal_is_used(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    config.remember("theme", "ansi-dark")
    assert ActiveApp(shop, today=TODAY, as_of=TODAY, made_at=lambda: MADE_AT).theme == themes.DARK.name


@pytest.mark.parametrize(
    ("size", "colour"), [*((size, True) for size in SIZES), ((80, 24), False), ((30, 8), True)]
)
async def test_every_screen_works_in_every_size(
    demo: Path, size: tuple[int, int], colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    async with driving(demo, size=size) as driver:
        for entry in SCREENS:
            await driver.press(entry.key)
            lines = driver.text().split("\n")
            assert len(lines) == size[1]
            assert any(lines), entry.mode
        await driver.press("2", "question_mark", "escape", "d", "escape", "s", "escape")


async def test_an_empty_store_shows_the_way_on_every_screen(tmp_path: Path) -> None:
    path = tmp_path / "new" / "shop.db"
    path.parent.mkdir()
    async with driving(path) as driver:
        for entry in SCREENS:
            await driver.press(entry.key)
            text = driver.text()
            assert "No customers yet" in text, entry.mode
            for way in ("import a file", "try the demo", "choose your business"):
                assert way in text
    assert path.exists()
    assert path.stat().st_mode & 0o077 == 0


async def test_the_demo_opens_inside_the_app_and_the_own_file_comes_back(tmp_path: Path) -> None:
    path = Building(tmp_path / "own.db").close()
    before = path.read_bytes()
    async with driving(path) as driver:
        await driver.press("t")
        assert "402 customers" in driver.text()
        assert "Demo: Casa Verde" in driver.line(0)
        copy = driver.app.session.path
        assert copy.exists()
        await driver.press("t")
        assert "No customers yet" in driver.text()
        assert not copy.exists(), "the private copy goes"
    assert path.read_bytes() == before


async def test_choosing_the_business_puts_its_definition_in_force(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("b")
        text = driver.text()
        assert "What is your business?" in text
        assert "Active for 21 days after a purchase or a visit." in text
        await driver.press("G", "enter")
        assert "○ inactive" not in driver.text(), "a gift keeps a donor active for a year"
        assert any("Active from now on means" in toast for toast in driver.toasts())


async def test_a_store_that_cannot_be_opened_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "foreign.db"
    path.write_text("not a store")
    async with driving(path) as driver:
        assert any("foreign.db" in toast for toast in driver.toasts())
        assert driver.app.is_running
    assert path.read_text() == "not a store"


async def test_quitting_works_even_while_typing(shop: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("slash")
        assert isinstance(driver.app.screen.focused, Input)
        await driver.pilot.press("ctrl+q")
        assert not driver.app.is_running or driver.app.return_code == 0


async def test_what_is_typed_faster_than_the_filter_opens_stands_in_it(shop: Path) -> None:
    async with driving(shop) as driver:
        for letter in "/sousa":
            driver.app.post_message(events.Key(KEYS.get(letter, letter), letter))
        await driver.rest()
        assert driver.app.screen.query_one(FilterLine).text == "sousa"
        assert "1 of 4" in driver.text()
