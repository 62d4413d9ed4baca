"""Definition: changed with a view of what the change does; in force only once it is saved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Input

from activetui.store import definitions
from activetui.store.definitions import SavedDefinition
from activetui.store.opening.file import open_store
from activetui.tui.screens.definition.form.form import DefinitionForm
from activetui.tui.screens.definition.text import TomlArea
from activetui.tui.widgets.panel_tabs import PanelTabs
from tests.store.building import TODAY, Building
from tests.tui.driving import HOSTILE, SIZES, Driver, driving

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def versions(path: Path) -> list[SavedDefinition]:
    conn = open_store(path, today=TODAY, read_only=True)
    found = definitions.history(conn)
    conn.close()
    return found


def in_force(path: Path) -> SavedDefinition:
    return next(version for version in versions(path) if version.in_force)


async def type_window(driver: Driver, days: str) -> None:
    """Change the window of the purchases in the TOML text."""
    area = driver.app.screen.query_one(TomlArea)
    if not area.has_focus:
        await driver.press("v")
    line = next(i for i in range(area.document.line_count) if "within_days" in area.document.get_line(i))
    at = area.document.get_line(line).index("within_days = ") + len("within_days = ")
    area.move_cursor((line, at))
    await driver.press("delete", "delete")
    await driver.type(days)


@pytest.mark.parametrize("size", [*SIZES, (100, 30)], ids=["small", "usual", "large", "middle"])
async def test_a_change_shows_its_effect_before_it_is_saved(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, screen="definition", size=size) as driver:
        assert "Active base 200 of 402 customers" in driver.text()
        await type_window(driver, "20")
        shown = driver.text()
        assert "draft, not saved" in shown
        assert "Active base 200 → 168 (−32) of 402 customers" in shown
        assert "32 leave it: €" in shown
        assert "103 → 56 (−47)" in shown
    assert in_force(demo).version == 2


async def test_the_customers_who_move_stand_there_by_name_and_open(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await type_window(driver, "20")
        await driver.press("escape", "m")
        assert "at risk" in driver.text() and "Hotel Miradouro" in driver.text()
        await driver.press("down", "enter", "enter")
        assert "3 Timeline" in driver.line(0)
        assert "at risk" in driver.line(1) or "at risk" in driver.line(2)


async def test_a_saved_draft_is_a_version_with_its_note(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await type_window(driver, "20")
        await driver.press("ctrl+s")
        await driver.type("try a shorter one")
        await driver.press("enter")
        assert "version 3, in force" in driver.text()
        assert "Active base 168 of 402 customers" in driver.text()
        assert driver.toasts()[0].startswith("Version 3 is in force.")
        await driver.press("escape", "1")
        assert "168 active of 402 customers" in driver.text()
        await driver.press("7", "u")
        assert "168 → 200 (+32)" in driver.text(), "a saved step comes back as a draft"
    saved = in_force(demo)
    assert (saved.version, saved.note) == (3, "try a shorter one")
    assert "within_days = 20" in saved.text


async def test_a_draft_waits_while_other_screens_are_seen(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await type_window(driver, "20")
        await driver.press("escape", "1")
        assert "200 active of 402" in driver.text()
        await driver.press("7")
        assert "draft, not saved" in driver.text()
        assert "within_days = 20" in driver.app.screen.query_one(TomlArea).text


async def test_discarding_goes_back_to_what_is_in_force_and_undo_brings_the_draft_back(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await type_window(driver, "20")
        await driver.press("escape", "X")
        assert "version 2, in force" in driver.text()
        await driver.press("u")
        assert "200 → 168" in driver.text()
        await driver.press("u")
        assert "version 2, in force" in driver.text()


async def test_a_mistake_is_said_with_its_line_and_nothing_can_be_saved(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await type_window(driver, "-3")
        shown = driver.text()
        assert "1 mistake" in shown
        assert "line 5: within_days" in shown
        area = driver.app.screen.query_one(TomlArea)
        area.move_cursor((20, 0))
        await driver.press("f8")
        assert area.cursor_location[0] == 4
        await driver.press("ctrl+s")
        assert driver.toasts() == ["The draft has mistakes; correct them first."]
    assert in_force(demo).version == 2


async def test_a_preset_is_a_draft_first(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await driver.press("escape", "b", "g", "down", "enter")
        shown = driver.text()
        assert "Café" in shown and "draft, not saved" in shown
        assert "→" in shown
        await driver.press("s", "enter")
        assert "version 3, in force" in driver.text()
    assert 'name = "Café or restaurant"' in in_force(demo).text


async def test_a_version_of_the_history_comes_back_as_a_draft(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await type_window(driver, "20")
        await driver.press("ctrl+s", "enter", "escape", "h", "down", "enter")
        assert "168 → 200 (+32)" in driver.text()
        await driver.press("s", "enter")
        assert "version 4, in force" in driver.text()
    saved = in_force(demo)
    assert saved.note == "as version 2"
    assert "within_days = 35" in saved.text


async def test_a_definition_leaves_as_a_file_and_returns(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    async with driving(demo, screen="definition") as driver:
        await driver.press("escape", "o")
        driver.app.screen.query_one(Input).value = str(file)
        await driver.press("enter")
        assert file.read_text(encoding="utf-8") == in_force(demo).text
        await driver.press("o")
        driver.app.screen.query_one(Input).value = str(file)
        await driver.press("enter")
        assert "exists already" in driver.problem()
        await driver.press("escape")
        file.write_text(file.read_text(encoding="utf-8").replace("35", "20", 1), encoding="utf-8")
        await driver.press("f")
        driver.app.screen.query_one(Input).value = str(file)
        await driver.press("enter")
        assert "200 → 168" in driver.text()


async def test_a_file_that_is_no_definition_is_refused_or_shown_with_its_mistakes(
    demo: Path, tmp_path: Path
) -> None:
    picture, letter = tmp_path / "picture.toml", tmp_path / "letter.toml"
    picture.write_bytes(b"\xff\xfe\x00")
    letter.write_text("Dear \x1b[2J customer,\n", encoding="utf-8")
    async with driving(demo, screen="definition") as driver:
        await driver.press("escape", "f")
        driver.app.screen.query_one(Input).value = str(picture)
        await driver.press("enter")
        assert "not a text in UTF-8" in driver.problem()
        driver.app.screen.query_one(Input).value = str(letter)
        await driver.press("enter")
        assert "not valid TOML" in driver.text()
        assert "\x1b" not in driver.text()
        await driver.press("u")
        assert "version 2, in force" in driver.text()


async def test_without_customers_the_definition_can_still_be_changed(tmp_path: Path) -> None:
    async with driving(tmp_path / "new.db", screen="definition") as driver:
        assert "Active base 0 of 0 customers" in driver.text()
        assert "No customers yet" in driver.text()
        await type_window(driver, "20")
        await driver.press("ctrl+s", "enter")
        assert "version 2, in force" in driver.text()
        for panel in "cwph":
            await driver.press("escape", panel)
        assert "within_days = 20" in in_force(tmp_path / "new.db").text


async def test_the_past_judges_the_draft_and_windows(demo: Path) -> None:
    async with driving(demo, screen="definition", size=(200, 60)) as driver:
        await driver.press("escape", "p")
        shown = driver.text()
        assert "190 of the 354 customers who had bought by then bought again within 90 days" in shown
        assert "this definition" in shown and "within 365 days" in shown
        assert "False alarms 50" in shown and "François Girard" in shown
        await driver.press("left_square_bracket")
        assert "bought again within 60 days" in driver.text()
        await driver.press("dollar_sign")
        await driver.type("5")
        await driver.press("enter", "enter")
        assert driver.problem() == "Both costs are needed; one may be 0."
        await driver.type("40")
        await driver.press("enter")
        assert "would have cost least" in driver.text()
        await driver.press("enter", "enter")
        assert "3 Timeline" in driver.line(0)


async def test_a_past_that_is_too_short_says_so(tmp_path: Path) -> None:
    shop = Building(tmp_path / "young.db")
    shop.event(shop.customer("Ana"), "purchase", "2026-11-20", amount=500)
    async with driving(shop.close(), screen="definition") as driver:
        await driver.press("escape", "p")
        assert "The past cannot be tested" in driver.text()
        await driver.press("w")
        assert "No window can be proposed yet" in driver.text()


async def test_the_suggested_window_stands_beside_its_curve(demo: Path) -> None:
    async with driving(demo, screen="definition", size=(200, 60)) as driver:
        await driver.press("escape", "w")
        shown = driver.text()
        assert "active until 30 days" in shown
        assert "After 79 of 100 purchases the next one comes within 30 days" in shown
        assert "█" in shown


async def test_clicks_do_what_keys_do(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await driver.pilot.click(PanelTabs, offset=(18, 0))
        await driver.rest()
        assert "Q1 Does one purchase" in driver.text()


async def test_half_of_the_screen_can_have_all_of_it(demo: Path) -> None:
    async with driving(demo, screen="definition", size=(80, 24)) as driver:
        await driver.press("z")
        assert "h history" not in driver.text()
        await driver.press("z")
        assert "h history" in driver.text()
        await driver.press("h")
        assert "Casa Verde" in driver.text() and "while any of these" not in driver.text()
        await driver.press("escape")
        assert "while any of these" in driver.text()


async def test_a_draft_is_there_again_when_the_app_is_opened_the_next_time(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await type_window(driver, "20")
    async with driving(demo, screen="definition") as driver:
        assert "draft, not saved" in driver.text()
        assert "200 → 168" in driver.text()
        await driver.press("escape", "X")
    async with driving(demo, screen="definition") as driver:
        assert "version 2, in force" in driver.text()


async def test_a_question_is_settled_by_either_answer_after_seeing_whom_it_would_move(demo: Path) -> None:
    async with driving(demo, screen="definition", size=(160, 60)) as driver:
        await driver.press("c")
        assert "?5" in driver.text()
        assert "Q1 Does one purchase make a customer active" in driver.text()
        assert "97 of 402 customers; active base 200 → 172" in driver.text()
        await driver.press("enter")
        assert "As it is now" in driver.text()
        await driver.press("enter")
        assert "?4" in driver.text() and "Q1 Does one" not in driver.text()
        assert "Nobody gets another status" not in driver.text()
        await driver.press("enter", "down", "enter")
        assert "?3" in driver.text()
        await driver.press("ctrl+s", "enter")
    assert 'agreed = ["Q1", "Q2"]' in in_force(demo).text


async def test_a_warning_leads_back_to_the_definition(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await type_window(driver, "3")
        await driver.press("escape", "c")
        assert "! C" in driver.text()
        await driver.press("enter")
        assert driver.app.screen.query_one(DefinitionForm).first_stop.has_focus


async def test_a_proposal_is_taken_over_with_one_key(demo: Path) -> None:
    async with driving(demo, screen="definition", size=(160, 60)) as driver:
        await driver.press("w", "y")
        assert "draft, not saved" in driver.text()
        assert re.search(r"a purchase within +30 days", driver.text())
        await driver.press("y")
        assert driver.toasts()[-1] == "The definition says so already."
        await driver.press("u", "down", "down", "enter", "v")
        text = driver.app.screen.query_one(TomlArea).text
        assert "within_days = 30" in text and "window_used = 0.8 " in text


async def test_a_number_of_the_form_is_changed_with_its_effect_at_once(demo: Path) -> None:
    async with driving(demo, screen="definition") as driver:
        await driver.press("shift+left", *["minus"] * 5)
        assert re.search(r"a purchase within +20 days", driver.text())
        assert "200 → 168" in driver.text()
        await driver.press("v")
        assert "within_days = 20" in driver.app.screen.query_one(TomlArea).text
        await driver.press("escape", *["u"] * 6)
        assert "version 2, in force" in driver.text()
        await driver.press("u")
        assert driver.toasts()[-1].startswith("The draft has no step to take back.")


async def test_in_a_small_terminal_the_names_get_the_room(demo: Path) -> None:
    async with driving(demo, screen="definition", size=(80, 24)) as driver:
        await driver.press(*["minus"] * 4, "m", "enter")
        assert "another condition" not in driver.text() and "Maria Ribeiro" in driver.text()
        await driver.press("escape", "p", "enter")
        assert "François Girard" in driver.text() and "Conceição" in driver.text()


async def test_a_past_day_is_looked_at_too_and_as_known_then_nothing_can_be_saved(demo: Path) -> None:
    async with driving(demo, screen="definition", as_of="2026-06-01") as driver:
        assert "Active base 178 of 402 customers" in driver.text()
        await driver.press("minus")
        assert "s save " in driver.line(-1)
        await driver.press("K")
        assert "s save " not in driver.line(-1)
        await driver.press("s", "1", "7")
        assert driver.toasts() == []
        assert "draft, not saved" in driver.text()
        await driver.press("K")
        assert "s save " in driver.line(-1)
    assert in_force(demo).version == 2


async def test_hostile_text_harms_no_panel(hostile: Path) -> None:
    async with driving(hostile, screen="definition", size=(160, 50)) as driver:
        await driver.press("shift+left")
        for panel in "mcwph":
            await driver.press(panel)
            await driver.press("enter")
            assert not CONTROLS.search(driver.text()), panel
            await driver.press("escape", "7", "escape")
        await driver.press("v")
        area = driver.app.screen.query_one(TomlArea)
        area.move_cursor((0, 0))
        area.insert(f"# {HOSTILE[6]} {HOSTILE[8]} {HOSTILE[11]}\n")
        await driver.rest()
        assert not CONTROLS.search(driver.text())
