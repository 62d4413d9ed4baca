"""A list of any number of rows: it holds the pages around the cursor and paints only what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from activetui.locales import N_, _
from activetui.tui.cells import fit
from activetui.tui.commands import Command, bindings
from activetui.tui.widgets.columns import GAP, Column, Row, fit_columns

PAGE = 200
"""Rows asked for at a time."""
_PAGES_HELD = 40
_AHEAD = 40
"""Rows before the edge of a page at which the next one is asked for."""
_WAITING = "…"


class VirtualList(ScrollView, Generic[Row], can_focus=True):
    """A list with a cursor over rows that arrive in pages.

    The owner of the list calls `show_rows` (all at once) or `begin` (so many rows, pages to come) and
    answers every `PageWanted` with `put`. Rows that have not come yet are shown as "…".
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--header", "list--sorted", "list--cursor", "list--blurred"}
    DEFAULT_CSS = """
    VirtualList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        background: $background;
        color: $foreground;
        & > .list--header { color: $quiet; text-style: none; }
        & > .list--sorted { color: $foreground; text-style: bold; }
        & > .list--cursor { background: $block-cursor-background; text-style: bold; }
        & > .list--blurred { background: $block-cursor-blurred-background; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("list.down", "down,j", "cursor(1)", N_("down"), N_("Next row"), palette=False),
        Command("list.up", "up,k", "cursor(-1)", N_("up"), N_("Row before"), palette=False),
        Command("list.page-down", "pagedown", "page(1)", N_("page"), N_("A page down"), palette=False),
        Command("list.page-up", "pageup", "page(-1)", N_("page"), N_("A page up"), palette=False),
        Command("list.half-down", "ctrl+d", "page(0.5)", N_("half"), N_("Half a page down"), palette=False),
        Command("list.half-up", "ctrl+u", "page(-0.5)", N_("half"), N_("Half a page up"), palette=False),
        Command("list.first", "home,g", "edge(0)", N_("first"), N_("First row"), palette=False),
        Command("list.last", "end,G", "edge(1)", N_("last"), N_("Last row"), palette=False),
        Command("list.choose", "enter", "choose", N_("open"), N_("Open the row under the cursor"),
                footer=1, palette=False),
    )
    BINDINGS = bindings(KEYS)

    cursor: reactive[int] = reactive(0, repaint=False)
    """Position of the row under the cursor."""

    @dataclass
    class PageWanted(Message):
        """Rows are about to be seen that have not come yet."""

        of: VirtualList[Any]
        generation: int
        """To be given back with the rows, so that late ones for an older list are dropped."""
        first: int
        limit: int

        @property
        def control(self) -> VirtualList[Any]:
            """The list that wants the rows."""
            return self.of

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or the row under it has come."""

        of: VirtualList[Any]
        row: object
        index: int

        @property
        def control(self) -> VirtualList[Any]:
            """The list with the cursor."""
            return self.of

    @dataclass
    class Chosen(Message):
        """Enter, or a click on the row under the cursor."""

        of: VirtualList[Any]
        row: object

        @property
        def control(self) -> VirtualList[Any]:
            """The list that was chosen from."""
            return self.of

    @dataclass
    class SortWanted(Message):
        """A click on a column's title."""

        of: VirtualList[Any]
        sort: str

        @property
        def control(self) -> VirtualList[Any]:
            """The list to sort."""
            return self.of

    def __init__(
        self, columns: Sequence[Column[Row]], *, id: str | None = None, classes: str | None = None  # noqa: A002
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self.total = 0
        self.generation = 0
        self.sort = ""
        self.descending = False
        self._pages: dict[int, Sequence[Row]] = {}
        self._asked: set[int] = set()
        self._fitted: list[tuple[Column[Row], int]] = []
        self._strips: dict[int, Strip] = {}
        self._colours: dict[str, Style] = {}
        self._styles: dict[str, Style] = {}

    # -- rows ---------------------------------------------------------------------------------------------

    def begin(self, total: int, *, cursor: int | None = None) -> int:
        """Show another set of `total` rows, none of them here yet; returns its generation.

        The cursor stays where it is unless `cursor` says otherwise, or there are fewer rows.
        """
        self.generation += 1
        self.total = total
        self._pages.clear()
        self._asked.clear()
        self._repaint_all()
        self.virtual_size = Size(self._width, total + 1)
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, total - 1))
        self._keep_cursor_in_sight()
        return self.generation

    def put(self, generation: int, first: int, rows: Sequence[Row]) -> None:
        """The rows from position `first` on, a multiple of `PAGE`; dropped if `generation` is over."""
        if generation != self.generation:
            return
        while len(self._pages) >= _PAGES_HELD:
            self._pages.pop(next(iter(self._pages)))
        self._pages[first // PAGE] = rows
        self._asked.discard(first // PAGE)
        self._repaint_all()
        if first <= self.cursor < first + len(rows):
            self._tell_highlighted()

    def show_rows(self, rows: Sequence[Row], *, cursor: int | None = None) -> None:
        """Show exactly these rows."""
        generation = self.begin(len(rows), cursor=cursor)
        for first in range(0, len(rows), PAGE):
            self._pages[first // PAGE] = rows[first : first + PAGE]
        self._tell_highlighted()
        assert generation == self.generation

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns; setting others, or the same ones seen from another day, paints everything anew."""
        return self._columns

    @columns.setter
    def columns(self, columns: Sequence[Column[Row]]) -> None:
        self._columns, self._fitted = tuple(columns), []
        self._repaint_all()

    def show_sort(self, sort: str, descending: bool) -> None:
        """Say in the titles by which column the rows are sorted."""
        self.sort, self.descending = sort, descending
        self._repaint_all()

    def row_at(self, index: int) -> Row | None:
        """The row at a position; None where there is none or it has not come yet."""
        page = self._pages.get(index // PAGE)
        inside = index % PAGE
        return page[inside] if page is not None and 0 <= index < self.total and inside < len(page) else None

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.row_at(self.cursor)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _rows_seen(self) -> int:
        return max(1, self.scrollable_content_region.height - 1)

    # -- painting -----------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line: the titles on the first, rows below."""
        if y == 0:
            return self._header()
        index = self.scroll_offset.y + y - 1
        if index >= self.total:
            return Strip.blank(self._width, self._style(""))
        self._want(index)
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self._row(index)
        return strip

    def _header(self) -> Strip:
        plain, sorted_by = self._style("list--header"), self._style("list--sorted")
        segments: list[Segment] = []
        for column, width in self._fit():
            title = column.title if column.as_it_is else _(column.title)
            chosen = bool(column.sort) and column.sort == self.sort
            if chosen:
                title = f"{title} {'▼' if self.descending else '▲'}"
            segments.append(Segment(fit(title, width, right=column.right), sorted_by if chosen else plain))
            segments.append(Segment(" " * GAP, plain))
        return Strip(segments[:-1]).adjust_cell_length(self._width, plain)

    def _row(self, index: int) -> Strip:
        base = self._style("")
        if index == self.cursor:
            base += self._style("list--cursor" if self.has_focus else "list--blurred")
        row = self.row_at(index)
        segments: list[Segment] = []
        for place, (column, width) in enumerate(self._fit()):
            if place:
                segments.append(Segment(" " * GAP, base))
            text, colour = column.cell(row) if row is not None else (_WAITING, "quiet")
            style = base + self._colour(colour) if colour else base
            segments.append(Segment(fit(text, width, right=column.right), style))
        return Strip(segments).adjust_cell_length(self._width, base)

    def _fit(self) -> list[tuple[Column[Row], int]]:
        if not self._fitted:
            self._fitted = fit_columns(self.columns, self._width - 1)
        return self._fitted

    def _style(self, part: str) -> Style:
        """The style of a part of the list, of all of it for none; remembered until the theme changes."""
        if part not in self._styles:
            over = part in ("list--cursor", "list--blurred")
            found = self.get_component_rich_style(part, partial=over) if part else self.rich_style
            self._styles[part] = found
        return self._styles[part]

    def _colour(self, variable: str) -> Style:
        if variable not in self._colours:
            value = self.app.theme_variables.get(variable, "")
            self._colours[variable] = Style(color=Color.parse(value).rich_color) if value else Style()
        return self._colours[variable]

    def _repaint_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def _want(self, index: int) -> None:
        for near in (index, index + _AHEAD, index - _AHEAD):
            page = near // PAGE
            if not 0 <= near < self.total or page in self._pages or page in self._asked:
                continue
            self._asked.add(page)
            # Said later: painting runs in the screen's name, and what a parent sends does not bubble to it.
            self.call_later(self._say_wanted, self.generation, page * PAGE)

    def _say_wanted(self, generation: int, first: int) -> None:
        self.post_message(self.PageWanted(self, generation, first, PAGE))

    def notify_style_update(self) -> None:
        """The theme or the focus changed."""
        super().notify_style_update()
        self._colours.clear()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self) -> None:
        """Fit the columns to the new width and keep the cursor in sight."""
        self._fitted = []
        self._repaint_all()
        self.virtual_size = Size(self._width, self.total + 1)
        self._keep_cursor_in_sight()

    # -- the cursor ---------------------------------------------------------------------------------------

    def watch_cursor(self, old: int, new: int) -> None:
        """Paint the two rows concerned, and say which row it is now."""
        for index in (old, new):
            self._strips.pop(index, None)
            line = index - self.scroll_offset.y + 1
            self.refresh(Region(0, line, self._width, 1))
        self._keep_cursor_in_sight()
        self._tell_highlighted()

    def _tell_highlighted(self) -> None:
        row = self.current
        if row is not None:
            self.post_message(self.Highlighted(self, row, self.cursor))

    def _keep_cursor_in_sight(self) -> None:
        top, seen = self.scroll_offset.y, self._rows_seen
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + seen:
            self.scroll_to(y=self.cursor - seen + 1, animate=False, immediate=True)

    def action_cursor(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor = max(0, min(self.cursor + step, self.total - 1))

    def action_page(self, pages: float) -> None:
        """Move the cursor by so many screenfuls."""
        self.action_cursor(int(pages * self._rows_seen))

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first row (0) or the last (1)."""
        self.cursor = max(0, self.total - 1) if last else 0

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        row = self.current
        if row is not None:
            self.post_message(self.Chosen(self, row))

    def on_focus(self) -> None:
        """Show that keys go here."""
        self._strips.clear()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self._strips.clear()

    def on_click(self, event: events.Click) -> None:
        """A title sorts; a row gets the cursor; the row under the cursor opens."""
        if event.y == 0:
            self._sort_by_title(event.x)
            return
        index = self.scroll_offset.y + event.y - 1
        if index >= self.total:
            return
        if index == self.cursor and event.chain > 1:
            self.action_choose()
        self.cursor = index

    def _sort_by_title(self, x: int) -> None:
        start = 0
        for column, width in self._fit():
            if start <= x < start + width + GAP and column.sort:
                self.post_message(self.SortWanted(self, column.sort))
            start += width + GAP
