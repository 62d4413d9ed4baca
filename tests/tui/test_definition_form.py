"""The definition form by itself: what it tells, and what each key changes in a condition."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from activetui.activity.presets import preset_text
from tests.tui.form_hands import form

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
