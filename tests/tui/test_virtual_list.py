"""A list of any number of rows, by itself: what it paints, asks for, and says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from activetui.tui import themes
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import PAGE, VirtualList

COLUMNS: list[Column[str]] = [
    Column("name", "Name", lambda row: Cell(row), 10, 30, sort="name"),
    Column("length", "Length", lambda row: Cell(str(len(row)), "status-lost"), 6, 6, right=True,
           sort="length"),
]


class ListApp(App[None]):
    """A list, and what it said."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[VirtualList.PageWanted] = []
        self.highlighted: list[object] = []
        self.chosen: list[object] = []
        self.sorts: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.variables_for(True)

    def compose(self) -> ComposeResult:
        yield VirtualList(COLUMNS)

    @on(VirtualList.PageWanted)
    def want(self, event: VirtualList.PageWanted) -> None:
        self.wanted.append(event)

    @on(VirtualList.Highlighted)
    def highlight(self, event: VirtualList.Highlighted) -> None:
        self.highlighted.append(event.row)

    @on(VirtualList.Chosen)
    def choose(self, event: VirtualList.Chosen) -> None:
        self.chosen.append(event.row)

    @on(VirtualList.SortWanted)
    def sort(self, event: VirtualList.SortWanted) -> None:
        self.sorts.append(event.sort)


Listing = tuple[ListApp, VirtualList[str], Pilot[None]]


@asynccontextmanager
async def listing(size: tuple[int, int] = (40, 12)) -> AsyncIterator[Listing]:
    app = ListApp()
    async with app.run_test(size=size) as pilot:
        yield app, app.query_one(VirtualList), pilot


def painted(rows: VirtualList[str]) -> list[str]:
    return [rows.render_line(y).text for y in range(rows.size.height)]


async def test_it_paints_titles_and_the_rows_there_are() -> None:
    async with listing() as (_app, rows, pilot):
        rows.show_rows(["Ana", "Bruno", "王小明"])
        rows.show_sort("name", descending=True)
        await pilot.pause()
        lines = painted(rows)
        assert lines[0].startswith("Name ▼")
        assert lines[1].split() == ["Ana", "3"]
        assert lines[4].strip() == ""
        assert {cell_len(line) for line in lines} == {40}


async def test_columns_line_up_whatever_the_letters_are_wide() -> None:
    async with listing() as (_app, rows, pilot):
        rows.show_rows(["Ana", "王小明王小明王小明王小明王小明王小明", "👩‍👩‍👧 Família", "e\u0301" * 40])
        await pilot.pause()
        ends = {cell_len(line.rstrip()) for line in painted(rows)[:5]}
        assert len(ends) == 1, "the numbers of the last column end in the same cell"


async def test_a_million_rows_are_asked_for_by_the_page() -> None:
    async with listing() as (app, rows, pilot):
        generation = rows.begin(1_000_000)
        assert "…" in painted(rows)[1]
        await pilot.pause()
        assert [(each.first, each.limit) for each in app.wanted] == [(0, PAGE)]
        rows.put(generation, 0, [f"row {i}" for i in range(PAGE)])
        await pilot.pause()
        assert "row 0" in painted(rows)[1]
        await pilot.press("end")
        assert "…" in painted(rows)[-1]
        await pilot.pause()
        assert {each.first for each in app.wanted[1:]} == {1_000_000 - PAGE}
        rows.put(generation, 1_000_000 - PAGE, [f"row {i}" for i in range(1_000_000 - PAGE, 1_000_000)])
        await pilot.pause()
        assert "row 999999" in painted(rows)[-1]
        assert rows.current == "row 999999"


async def test_a_list_that_turns_out_longer_or_shorter_keeps_the_rows_that_are_here() -> None:
    async with listing() as (_app, rows, pilot):
        rows.show_rows([f"row{i}" for i in range(PAGE)], cursor=1)
        await pilot.pause()
        rows.grow(2_000)
        await pilot.pause()
        assert [line.split()[0] for line in painted(rows)[1:4]] == ["row0", "row1", "row2"]
        rows.grow(2)
        await pilot.pause()
        assert [line.split()[:1] for line in painted(rows)[1:5]] == [["row0"], ["row1"], [], []]
        assert rows.current == "row1"


async def test_pages_of_an_older_list_are_dropped() -> None:
    async with listing() as (_app, rows, pilot):
        old = rows.begin(500)
        rows.begin(500)
        rows.put(old, 0, ["stale"] * PAGE)
        await pilot.pause()
        assert rows.row_at(0) is None


async def test_only_so_many_pages_are_held() -> None:
    async with listing() as (_app, rows, _pilot):
        generation = rows.begin(1_000_000)
        for page in range(100):
            rows.put(generation, page * PAGE, ["x"] * PAGE)
        assert rows.row_at(0) is None
        assert rows.row_at(99 * PAGE) == "x"


async def test_keys_move_the_cursor_and_stop_at_the_edges() -> None:
    async with listing() as (_app, rows, pilot):
        rows.show_rows([f"row {i}" for i in range(100)])
        page = rows.size.height - 1
        for key, at in [
            ("down", 1), ("j", 2), ("up", 1), ("k", 0), ("k", 0), ("pagedown", page), ("G", 99), ("j", 99),
            ("ctrl+u", 99 - page // 2), ("end", 99), ("pageup", 99 - page), ("g", 0), ("home", 0),
        ]:
            await pilot.press(key)
            assert rows.cursor == at, key
            assert any(f"row {at} " in line for line in painted(rows)), key


async def test_it_says_which_row_is_under_the_cursor_and_which_is_chosen() -> None:
    async with listing() as (app, rows, pilot):
        rows.show_rows(["Ana", "Bruno"])
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.highlighted[-1] == "Bruno"
        assert app.chosen == ["Bruno"]


async def test_an_empty_list_has_nothing_to_move_to_or_to_choose() -> None:
    async with listing() as (app, rows, pilot):
        rows.show_rows([])
        await pilot.press("down", "end", "enter", "pageup")
        await pilot.pause()
        assert (rows.cursor, app.chosen, app.wanted) == (0, [], [])


async def test_the_mouse_moves_chooses_and_sorts() -> None:
    async with listing() as (app, rows, pilot):
        rows.show_rows(["Ana", "Bruno", "Clara"])
        await pilot.pause()
        await pilot.click(VirtualList, offset=(2, 2))
        assert rows.cursor == 1
        await pilot.click(VirtualList, offset=(2, 2), times=2)
        await pilot.pause()
        assert app.chosen == ["Bruno"]
        await pilot.click(VirtualList, offset=(35, 0))
        await pilot.click(VirtualList, offset=(2, 0))
        await pilot.pause()
        assert app.sorts == ["length", "name"]
        await pilot.click(VirtualList, offset=(2, 9))
        assert rows.cursor == 1, "below the last row there is nothing"


async def test_the_cursor_stays_in_sight_when_the_window_shrinks() -> None:
    async with listing((40, 30)) as (_app, rows, pilot):
        rows.show_rows([f"row {i}" for i in range(100)])
        await pilot.press("pagedown")
        await pilot.resize_terminal(40, 8)
        await pilot.pause()
        assert any(f"row {rows.cursor} " in line for line in painted(rows))


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (10, 1), (12, 3)])
async def test_the_tiniest_window_is_no_reason_to_fall_over(size: tuple[int, int]) -> None:
    async with listing(size) as (_app, rows, pilot):
        rows.show_rows(["Ana", "王小明"])
        await pilot.press("down", "end")
        await pilot.pause()
        assert all(cell_len(line) <= size[0] for line in painted(rows))
