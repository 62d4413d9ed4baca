"""The definition form by itself: what it tells, what each key changes, and what it hands back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, Static

from activetui.activity import editing
from activetui.activity.presets import preset_text
from activetui.activity.reading.parsing import parse
from activetui.tui import themes
from activetui.tui.widgets.definition.form import DefinitionForm
from activetui.tui.widgets.keys_line import KeysLine
from tests.tui.driving import HOSTILE, KEYS

OWN = {"tasting": 100, HOSTILE[0] + HOSTILE[7]: 101}


class FormApp(App[None]):
    """A form, and what it said."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.first = text
        self.changes: list[str] = []
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = themes.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.variables_for(True)

    def compose(self) -> ComposeResult:
        yield DefinitionForm(OWN, "EUR")
        yield KeysLine()

    def on_mount(self) -> None:
        form = self.query_one(DefinitionForm)
        form.show(self.first)
        form.first_stop.focus()

    @on(DefinitionForm.Changed)
    def note(self, event: DefinitionForm.Changed) -> None:
        parse(event.text, own_kinds=OWN)
        self.changes.append(event.text)


class Hands:
    """A test's hands and eyes on a form."""

    def __init__(self, app: FormApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.form = app.query_one(DefinitionForm)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.pilot.press("ctrl+u", *(KEYS.get(letter, letter) for letter in text))

    async def go(self, words: str) -> None:
        """Put the cursor on the first line that says so."""
        rows = self.form.first_stop
        lines = [" ".join(str(option.prompt).split()) for option in rows.options]
        rows.highlighted = next(place for place, line in enumerate(lines) if words in line)
        await self.pilot.pause()

    def here(self) -> str:
        """The words of the line under the cursor."""
        rows = self.form.first_stop
        assert rows.highlighted is not None
        prompt = rows.get_option_at_index(rows.highlighted).prompt
        return " ".join(str(prompt).split())

    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def offered(self) -> str:
        """The last line: what can be pressed here."""
        return self.text().rstrip().split("\n")[-1]

    def problem(self) -> str:
        return str(self.app.screen.query_one(".dialog--problem", Static).content)


@asynccontextmanager
async def form(text: str = "shop", size: tuple[int, int] = (80, 40)) -> AsyncIterator[Hands]:
    app = FormApp(preset_text(text) if "\n" not in text else text)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Hands(app, pilot)


# -- reading ----------------------------------------------------------------------------------------------


async def test_it_tells_the_definition_as_sentences() -> None:
    async with form() as hands:
        told = hands.text()
        for words in (
            "● active  while any of these holds:",
            "a purchase within 30 days",
            "or a subscription in force or ended within 7 days",
            "✦ new  for the first 30 days",
            "◐ at risk  active, but any of these holds:",
            "80% of the time to inactivity has gone",
            "✕ lost  after 365 inactive days",
            "Types of customer",
        ):
            assert words in told
        assert "{" not in told
        assert "a purchase within 30 days" in hands.here(), "it begins where there is something to change"


async def test_groups_within_groups_stand_further_in() -> None:
    async with form("gym") as hands:
        lines = hands.text().split("\n")
        at = {words: next(line for line in lines if words in line).index(words) for words in (
            "at risk", "all of these:", "none of these:", "a visit within 21 days",
        )}
        assert sorted(at.values()) == list(at.values())
        assert any("nor a subscription event" in line for line in lines)
        assert any("and none of these:" in line for line in lines)


@pytest.mark.parametrize("size", [(24, 8), (40, 24), (80, 24), (200, 60)])
@pytest.mark.parametrize("preset", ["gym", "donors"])
async def test_every_word_is_there_however_narrow_it_gets(preset: str, size: tuple[int, int]) -> None:
    async with form(preset, size) as hands:
        await hands.go("Types of customer")
        await hands.press("enter")
        rows = hands.form.first_stop
        width = rows.scrollable_content_region.width
        lines = [str(rows.get_option_at_index(number).prompt) for number in range(rows.option_count)]
        wide = [part for line in lines for part in line.split("\n") if cell_len(part) > width]
        assert width < 30 or not wide
        said = " ".join(" ".join(lines).split())
        assert "complaint within" in said and "that is not resolved" in said


async def test_the_types_of_customer_are_folded_until_they_are_wanted() -> None:
    async with form("trade", (80, 60)) as hands:
        assert "VIP" not in hands.text().replace("VIP and so on", "")
        assert "3 by your own conditions" in hands.text()
        await hands.go("Types of customer")
        await hands.press("enter")
        assert "at least €10,000.00 spent within 365 days" in hands.text()
        assert "as usual" in hands.text()
        await hands.press("enter")
        assert "€10,000.00" not in hands.text()


async def test_a_text_with_a_mistake_is_not_shown_as_if_it_were_none() -> None:
    async with form() as hands:
        hands.form.show(preset_text("shop").replace("within_days = 30", "within_day = 30", 1))
        await hands.pilot.pause()
        assert "mistake in line 6" in hands.text()
        assert "a purchase within" not in hands.text()
        hands.form.show(preset_text("shop"))
        await hands.pilot.pause()
        assert "a purchase within 30 days" in hands.text()
        assert not hands.app.changes


# -- numbers ----------------------------------------------------------------------------------------------


async def test_plus_and_minus_change_the_number_of_a_line() -> None:
    async with form() as hands:
        await hands.press("plus", "plus", "minus", "right")
        assert "a purchase within 32 days" in hands.here()
        assert len(hands.app.changes) == 4
        assert "{ event = \"purchase\", within_days = 32 }," in hands.app.changes[-1]
        assert "# a visit already booked stops the clock" in hands.app.changes[-1]
        await hands.go("after 365 inactive days")
        await hands.press("left", "shift+left")
        assert "after 354 inactive days" in hands.here()
        await hands.go("80%")
        await hands.press("plus")
        assert "81%" in hands.here()
        await hands.go("silent for 1.5")
        await hands.press("minus")
        assert "silent for 1.4" in hands.here()


async def test_a_number_stops_at_its_bounds() -> None:
    async with form() as hands:
        await hands.go("80%")
        await hands.press(*(["shift+right"] * 4))
        assert "99%" in hands.here()
        await hands.go("a booking ahead")
        before = len(hands.app.changes)
        await hands.press("plus")
        assert len(hands.app.changes) == before
        assert "number" not in hands.offered()


async def test_a_number_is_typed_and_checked() -> None:
    async with form() as hands:
        await hands.press("e")
        await hands.type("-5")
        await hands.press("enter")
        assert "“-5” is no number that fits here" in hands.problem()
        await hands.type("99999")
        await hands.press("enter")
        assert "from 0 to 36,500" in hands.problem()
        await hands.type("45")
        await hands.press("enter")
        assert "a purchase within 45 days" in hands.here()
        await hands.press("e")
        await hands.type("50")
        await hands.press("escape")
        assert "a purchase within 45 days" in hands.here()


async def test_a_share_is_typed_in_per_cent_with_a_comma_or_a_point() -> None:
    async with form() as hands:
        await hands.go("80%")
        await hands.press("e")
        await hands.type("66,5")
        await hands.press("enter")
        assert "window_used = 0.665" in hands.app.changes[-1]


async def test_days_of_a_section_are_changed_and_taken_away() -> None:
    async with form() as hands:
        await hands.go("✦ new")
        await hands.press("x")
        assert "✦ new never" in hands.here()
        await hands.press("enter")
        await hands.type("14")
        await hands.press("enter")
        assert "for the first 14 days" in hands.here()
        assert "[new]\ndays = 14" in hands.app.changes[-1]


# -- what a condition says --------------------------------------------------------------------------------


async def test_enter_opens_a_condition_and_every_value_can_be_changed() -> None:
    async with form() as hands:
        await hands.press("enter")
        assert "How often" in hands.text() and "By which way" in hands.text()
        await hands.go("How often")
        await hands.press("plus", "plus")
        assert "at least 3 purchases within 30 days" in hands.text()
        await hands.go("Of what")
        await hands.press("enter")
        await hands.type("olive oil, bread")
        await hands.press("enter")
        assert 'product = ["olive oil", "bread"]' in hands.app.changes[-1]
        await hands.press("x")
        assert "product" not in hands.app.changes[-1]
        await hands.go("at least 3 purchases")
        await hands.press("enter")
        assert "How often" not in hands.text()


async def test_money_is_typed_in_the_currency_of_the_store() -> None:
    async with form() as hands:
        await hands.press("enter")
        await hands.go("Money")
        await hands.press("enter")
        await hands.type("1.250")
        await hands.press("enter")
        assert "no number that fits here" in hands.problem(), "a thousand, or one and a quarter?"
        await hands.type("12,50")
        await hands.press("enter")
        assert "€12.50" in hands.text()
        assert 'spend = "12.50"' in hands.app.changes[-1]


async def test_kinds_are_ticked_and_details_that_do_not_suit_them_go() -> None:
    async with form("cafe", (80, 50)) as hands:
        await hands.go("rated 2 or less")
        await hands.press("enter", "down", "enter")
        await hands.press("space")
        await hands.press("enter")
        assert "Choose at least one" in hands.problem()
        await hands.press("home", "space", "enter")
        assert "a purchase within 21 days" in hands.text()
        assert "rating_at_most" not in hands.app.changes[-1]
        assert "by which way" in hands.text().lower()


async def test_a_yes_or_no_turns_over_at_once() -> None:
    async with form() as hands:
        await hands.go("a complaint within")
        await hands.press("enter")
        await hands.go("Until resolved")
        await hands.press("enter")
        assert "unless_resolved" not in hands.app.changes[-1]
        assert "Until resolved no" in hands.here()
        await hands.press("enter")
        assert "unless_resolved = true" in hands.app.changes[-1]


async def test_a_choice_is_made_from_a_list() -> None:
    async with form() as hands:
        await hands.go("a subscription in force")
        await hands.press("enter", "down", "enter", "end", "enter")
        assert 'subscription = "service"' in hands.app.changes[-1]
        assert "a service subscription in force" in hands.text()


async def test_what_a_condition_cannot_do_without_is_not_taken_away() -> None:
    async with form() as hands:
        await hands.press("enter")
        await hands.go("Within")
        assert "remove" not in hands.offered()
        await hands.press("x")
        assert not hands.app.changes


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
                await hands.pilot.press(key, "escape")
            await hands.pilot.press("down", "u")
        await hands.pilot.pause()
        assert hands.form.form is not None and len(hands.app.changes) > 3
