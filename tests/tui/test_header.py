"""The first line at any width: what goes first, and that the screen one is on is always named whole."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from activetui.tui.screens import SCREENS
from activetui.tui.widgets.header import SHORT_TITLES, HeaderLine, Tab

TABS = [Tab(entry.mode, entry.key, entry.title) for entry in SCREENS]


def line(width: int, mode: str = "definition", business: str = "Casa Verde") -> str:
    header = HeaderLine(TABS, mode)
    header.set_reactive(HeaderLine.business, business)
    header.set_reactive(HeaderLine.day, "22 Nov 2026")
    header.set_reactive(HeaderLine.short_day, "22 Nov")
    return "".join(part.text for part in header.parts(width))


@pytest.mark.parametrize("mode", [tab.mode for tab in TABS])
def test_at_80_columns_every_screen_is_named_and_the_present_one_whole(mode: str) -> None:
    shown = line(80, mode)
    for tab in TABS:
        assert f"{tab.key} {tab.title if tab.mode == mode else tab.short}" in shown
    assert "22 Nov" in shown


def test_what_goes_first_is_what_matters_least() -> None:
    assert "ActiveTUI" in line(200)
    assert "ActiveTUI" not in line(110)
    assert "Casa Verde · 22 Nov 2026" in line(120)
    assert "Casa Verde" not in line(100)
    assert "2 Cust." in line(80)
    assert "2 Cust." not in line(50)
    assert "7 Definition" in line(40)


def test_it_is_never_wider_than_the_screen_and_cuts_no_title() -> None:
    for width in range(1, 220):
        for business in ("", "Casa Verde", "王小明の店" * 4):
            shown = line(width, business=business)
            assert cell_len(shown) <= width
            if width >= 30:
                assert "7 Definition" in shown


def test_every_short_title_belongs_to_a_screen_or_one_to_come() -> None:
    assert {entry.mode for entry in SCREENS} - {"insights"} <= set(SHORT_TITLES)
