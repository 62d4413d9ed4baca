"""Going back along the way one has come, and forward again; copying what the cursor stands on."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from activetui.tui.trail import MOST, Place, Trail
from activetui.tui.values import Value, known
from tests.tui.driving import driving

PLACES = st.lists(st.sampled_from([Place("today"), Place("customers"), Place("timeline", 1)]), max_size=20)


def way(places: list[Place]) -> list[Place]:
    """The places without those that were left for themselves."""
    return [place for at, place in enumerate(places) if at == 0 or place != places[at - 1]]


@given(PLACES)
def test_back_and_forward_lead_along_the_same_way(places: list[Place]) -> None:
    trail, walked = Trail(), way(places)
    for place in walked[:-1]:
        trail.leave(place)
    if not walked:
        return
    here, back = walked[-1], []
    while (place := trail.back(here)) is not None:
        back.append(place)
        here = place
    assert back == walked[-2::-1]
    forward = []
    while (place := trail.forward(here)) is not None:
        forward.append(place)
        here = place
    assert forward == walked[1:]


def test_a_new_way_forgets_the_one_that_was_left() -> None:
    trail = Trail()
    trail.leave(Place("today"))
    assert trail.back(Place("customers")) == Place("today")
    trail.leave(Place("today"))
    assert trail.forward(Place("timeline")) is None


def test_only_so_many_places_are_remembered() -> None:
    trail = Trail()
    for number in range(MOST * 2):
        trail.leave(Place("timeline", number))
    here, steps = Place("today"), 0
    while (place := trail.back(here)) is not None:
        here, steps = place, steps + 1
    assert steps == MOST


async def test_back_leads_to_the_customer_and_the_screen_one_came_from(shop: Path) -> None:
    async with driving(shop, screen="customers") as driver:
        await driver.press("enter")
        assert "Ana Sousa" in driver.line(1)
        await driver.press("2", "down", "enter")
        assert "Bruno Costa" in driver.line(1)
        await driver.press("backspace")
        assert driver.app.current_mode == "customers"
        await driver.press("less_than_sign")
        assert "Ana Sousa" in driver.line(1)
        await driver.press("greater_than_sign", "greater_than_sign")
        assert "Bruno Costa" in driver.line(1)
        await driver.press("greater_than_sign")
        assert any("not come back" in toast for toast in driver.toasts())


async def test_a_value_is_sent_to_the_clipboard_whole(shop: Path) -> None:
    async with driving(shop, screen="customers") as driver:
        await driver.press("y")
        assert "Copy what?" in driver.text()
        await driver.press("down", "enter")
        assert driver.app.clipboard == "ana@example.org"
        assert any("Sent to the terminal's clipboard: ana@example.org" in toast for toast in driver.toasts())


def test_what_says_nothing_is_not_offered_and_what_acts_on_a_terminal_goes() -> None:
    values = [Value("name", "Eve\x1b]0;x\x07"), Value("e-mail", "–"), Value("key", ""), Value("also", "Eve")]
    assert known(values) == [Value("name", "Eve")]
