"""Text that is out to break the screen is shown as text, on every screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from activetui.tui.screens import SCREENS
from activetui.tui.widgets.virtual_list import VirtualList
from tests.tui.driving import HOSTILE, SIZES, Driver, driving

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def written(driver: Driver) -> str:
    """Every letter that goes to the terminal, without what Textual itself adds."""
    strips = driver.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_neither_breaks_a_screen_nor_reaches_the_terminal(
    hostile: Path, size: tuple[int, int]
) -> None:
    async with driving(hostile, size=size) as driver:
        for entry in SCREENS:
            await driver.press(entry.key)
            assert not CONTROLS.search(written(driver)), entry.mode


async def test_the_story_of_every_hostile_customer_can_be_read(hostile: Path) -> None:
    async with driving(hostile, size=(80, 24)) as driver:
        rows = driver.app.screen.query_one("#people", VirtualList)
        assert rows.total == len(HOSTILE)
        for _customer in range(rows.total):
            await driver.press("enter", "enter")
            assert not CONTROLS.search(written(driver))
            await driver.press("escape", "escape", "down")
            assert not CONTROLS.search(written(driver))


async def test_brackets_are_shown_as_they_are(hostile: Path) -> None:
    async with driving(hostile, size=(120, 60)) as driver:
        text = driver.text()
        for name in ("[/]", "[red]x[/red]", "[@click=app.quit]click[/]", "$name [b", "O'Brien, \"Seán\""):
            assert name in text
        assert "PWNED" not in text


async def test_hostile_text_in_filters_dialogs_and_toasts(hostile: Path) -> None:
    async with driving(hostile) as driver:
        for text in HOSTILE[:6]:
            await driver.press("slash")
            driver.app.screen.filter.set_text(f'"{text}" tag:"{text}"')  # type: ignore[attr-defined]
            await driver.rest()
            assert not CONTROLS.search(written(driver))
        await driver.press("escape", "escape", "enter", "f")
        assert not CONTROLS.search(written(driver))
        await driver.press("escape", "a", "tab", "tab")
        await driver.type("5")
        await driver.press("enter", "u")
        assert driver.app.is_running
