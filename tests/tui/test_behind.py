"""The screen behind a dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.segment import Segment
from textual.renderables.background_screen import BackgroundScreen
from textual.visual import RenderOptions, visualize

from activetui.tui.widgets.behind import Behind
from tests.tui.driving import driving


@pytest.mark.parametrize("theme", ["active-dark", "active-light", "ansi-dark"])
async def test_it_is_what_textual_shows_there(shop: Path, theme: str) -> None:
    async with driving(shop) as driver:
        driver.app.theme = theme
        await driver.press("2", "s")
        dialog, below = driver.app.screen, driver.app.screen_stack[0]
        width, height = below.size
        painted: list[list[list[Segment]]] = []
        for kind in (Behind, BackgroundScreen):
            visual = visualize(dialog, kind(below, dialog.styles.background))
            assert visual is not None
            options = RenderOptions(dialog._get_style, dialog.styles.get_rules())
            lines = visual.render_strips(width, height, dialog.visual_style, options)
            painted.append([list(line.simplify()) for line in lines])
        assert painted[0] == painted[1]
        assert any("Customer" in segment.text for line in painted[0] for segment in line)
        assert isinstance(dialog.render(), Behind)
