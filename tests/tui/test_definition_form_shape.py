"""The definition form by itself: conditions, groups and types come and go, and nothing breaks it."""

from __future__ import annotations

from textual.widgets import Input

from activetui.activity import editing
from activetui.activity.presets import preset_text
from activetui.tui.screens.definition.form.form import DefinitionForm
from tests.tui.driving import HOSTILE
from tests.tui.form_hands import form

# -- conditions come and go -------------------------------------------------------------------------------


async def test_a_condition_is_added_in_plain_words_and_its_numbers_are_at_hand() -> None:
    async with form() as hands:
        await hands.press("a")
        assert "while any of these holds" in hands.text()
        await hands.press("down")
        assert "Bought so often within so many days." in hands.text()
        await hands.press("enter")
        assert "or at least 3 purchases within 180 days" in hands.text()
        assert "Within 180 days" in hands.here()
        await hands.press("plus")
        assert "count = 3, within_days = 181 }" in hands.app.changes[-1]


async def test_the_line_below_the_conditions_adds_one_too() -> None:
    async with form() as hands:
        await hands.go("another condition")
        await hands.press("enter", "enter")
        assert hands.text().count("a purchase within 30 days") == 2


async def test_own_kinds_of_event_are_offered_as_text() -> None:
    async with form(size=(80, 50)) as hands:
        await hands.press("a", "end", "enter")
        assert 'event = "[/]' in hands.app.changes[-1]
        assert "[/]wipe" in hands.text()


async def test_what_belongs_to_customers_at_risk_alone_is_offered_there_only() -> None:
    async with form(size=(80, 60)) as hands:
        await hands.press("a")
        assert "Most of the time to inactivity" not in hands.text()
        await hands.press("escape")
        await hands.go("80%")
        await hands.press("a")
        assert "Most of the time to inactivity" in hands.text()


async def test_a_condition_is_taken_away_but_not_the_last_one_of_the_active() -> None:
    async with form() as hands:
        await hands.press("x", "x")
        assert "a booking ahead" in hands.here()
        await hands.press("x")
        assert len(hands.app.changes) == 2
        told = [note.message for note in hands.app._notifications]
        assert any("Something must keep a customer active" in words for words in told)


async def test_the_section_of_those_at_risk_goes_and_comes_back() -> None:
    async with form() as hands:
        await hands.go("◐ at risk")
        await hands.press("x")
        assert "◐ at risk never" in hands.here()
        await hands.press("enter")
        await hands.go("◐ at risk")
        await hands.press("a", "enter")
        assert "[at_risk]\nany = [" in hands.app.changes[-1]


async def test_any_becomes_all_and_a_condition_gets_a_group_of_its_own() -> None:
    async with form() as hands:
        await hands.press("g", "down", "enter")
        assert "while all of these hold:" in hands.text()
        assert "and a booking ahead" in hands.text()
        await hands.go("a booking ahead")
        await hands.press("g", "end", "enter")
        assert "and any of these:" in hands.text()
        await hands.go("any of these:")
        await hands.press("a", "enter")
        assert "or a purchase within 30 days" in hands.text()
        await hands.go("any of these:")
        await hands.press("x")
        assert "a booking ahead" not in hands.app.changes[-1]


async def test_a_group_is_taken_apart_where_that_means_the_same() -> None:
    async with form() as hands:
        await hands.press("g", "end", "enter")
        assert "all of these:" in hands.text()
        await hands.go("all of these:")
        await hands.press("g", "end", "enter")
        assert "all of these:" not in hands.text()
        assert hands.app.changes[-1] == preset_text("shop")


async def test_a_type_of_customer_becomes_ones_own_and_the_usual_one_again() -> None:
    async with form(size=(80, 60)) as hands:
        await hands.go("Types of customer")
        await hands.press("enter")
        await hands.go("at least 5 purchases")
        await hands.press("plus")
        assert "[types.loyal]" in hands.app.changes[-1]
        await hands.go("loyal your own")
        await hands.press("x")
        assert "loyal as usual" in hands.here()
        assert "[types.loyal]" not in hands.app.changes[-1]


async def test_the_name_is_changed() -> None:
    async with form() as hands:
        await hands.press("home", "enter")
        await hands.type("")
        await hands.press("enter")
        assert "1 to 120" in hands.problem()
        await hands.type("My \"shop\" [b]")
        await hands.press("enter")
        assert 'name = "My \\"shop\\" [b]"' in hands.app.changes[-1]
        assert "Name My \"shop\" [b]" in hands.here()


async def test_names_that_are_out_to_break_the_screen_are_text() -> None:
    names = [name for name in HOSTILE if name.isprintable() and len(name) < 40]
    text = editing.add_condition(
        preset_text("shop"), ("active",), {"event": "purchase", "within_days": 9, "product": tuple(names)})
    text = editing.rename(text, "\x1b[2J[/] $name [b")
    async with form(text) as hands:
        assert "Name  [/] $name [b" in hands.text()
        await hands.go("a purchase (of [/]")
        await hands.press("enter")
        await hands.go("Of what")
        await hands.press("enter")
        assert "[/], [red]x[/red], [@click" in str(hands.app.screen.query_one(Input).value)
        await hands.press("end", "z", "enter")
        assert not any(letter in hands.text() for letter in "\x1b\u202e\x9b")
        assert len(hands.app.changes) == 1


async def test_the_mouse_opens_and_changes_too() -> None:
    async with form() as hands:
        row = next(y for y, line in enumerate(hands.text().split("\n")) if "a booking ahead" in line)
        await hands.pilot.click(DefinitionForm, offset=(12, row))
        await hands.pilot.pause()
        assert "Still to come" in hands.text()


async def test_every_line_of_an_opened_form_takes_every_key() -> None:
    """Each change can be read, as `note` checks; what a key asks is left by Escape."""
    async with form("gym", (60, 24)) as hands:
        for step in range(8):
            for key in ("enter", "g", "a", "plus", "x")[step % 3 :]:
                await hands.press(key, "escape")
            await hands.press("down", "u")
        assert hands.form.form is not None and len(hands.app.changes) > 3
