"""A list of any number of rows: it holds the pages around the cursor and paints only what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from activetui.locales import N_, _
from activetui.tui.cells import fit
from activetui.tui.commands import Command, bindings
from activetui.tui.widgets import list_messages
from activetui.tui.widgets.columns import GAP, Column, Row, column_at, fit_columns
from activetui.tui.widgets.hold import Hold
from activetui.tui.widgets.list_pages import PAGE, Pages
from activetui.tui.widgets.scrolled import tell_size

__all__ = ["PAGE", "VirtualList"]

_WAITING = "…"
_MARK = "✓ "


class VirtualList(ScrollView, Generic[Row], can_focus=True):
    """A list with a cursor over rows that arrive in pages.

    The owner of the list calls `show_rows` (all at once) or `begin` (so many rows, pages to come) and
    answers every `PageWanted` with `put`. Rows that have not come yet are shown as "…".
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--header", "list--sorted", "list--cursor", "list--blurred", "list--mark",
    }
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
        & > .list--mark { color: $accent; text-style: bold; }
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

    PageWanted: TypeAlias = list_messages.PageWanted
    Highlighted: TypeAlias = list_messages.Highlighted
    Chosen: TypeAlias = list_messages.Chosen
    SortWanted: TypeAlias = list_messages.SortWanted
    MarkWanted: TypeAlias = list_messages.MarkWanted

    def __init__(
        self, columns: Sequence[Column[Row]], *, id: str | None = None, classes: str | None = None  # noqa: A002
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self.sort, self.descending = "", False
        self.pages: Pages[Row] = Pages()
        self._marked: Callable[[Row], bool] | None = None
        self._had_rows = False
        self._passed = self._fitted_to = 0
        self._fitted: list[tuple[Column[Row], int]] = []
        self._strips: dict[int, Strip] = {}
        self._titles: Strip | None = None
        self._colours: dict[str, Style] = {}
        self._styles: dict[str, Style] = {}
        self._hold = Hold(self)

    # -- rows ---------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.pages.total

    def begin(self, total: int, *, cursor: int | None = None) -> int:
        """Show another set of `total` rows, none of them here yet; returns its generation.

        The cursor stays where it is unless `cursor` says otherwise, or there are fewer rows.
        """
        generation = self.pages.begin(total)
        self.repaint_rows()
        self._set_total(self.cursor if cursor is None else cursor)
        return generation

    def grow(self, total: int) -> None:
        """Say that the rows shown are the first of so many; those that are here stay."""
        if total != self.total:
            shrinks = total < self.total
            self.pages.grow(total)
            self._strips = {at: line for at, line in self._strips.items() if self.row_at(at) is not None}
            top = self.scroll_offset.y
            if shrinks or any(at not in self._strips for at in range(top, min(top + self.rows_seen, total))):
                self.refresh()
            self._set_total(self.cursor)

    def _set_total(self, cursor: int) -> None:
        tell_size(self, Size(self._width, self.total + 1))
        self.cursor = max(0, min(cursor, self.total - 1))
        self._keep_cursor_in_sight()
        if self.is_mounted and bool(self.total) != self._had_rows:
            self._had_rows = bool(self.total)
            self.screen.refresh_bindings()

    def put(self, generation: int, first: int, rows: Sequence[Row]) -> None:
        """The rows from position `first` on, a multiple of `PAGE`; dropped if `generation` is over."""
        if generation != self.pages.generation:
            return
        self.pages.put(first, rows)
        self._hold.end()
        top = self.scroll_offset.y
        if first < top + self.rows_seen and top < first + len(rows):
            self.repaint_rows()
        if first <= self.cursor < first + len(rows):
            self._tell_highlighted()

    def show_rows(self, rows: Sequence[Row], *, cursor: int | None = None) -> None:
        """Show exactly these rows."""
        self.begin(len(rows), cursor=cursor)
        self.pages.fill(rows)
        self._tell_highlighted()

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns; setting others, or the same ones seen from another day, paints everything anew."""
        return self._columns

    @columns.setter
    def columns(self, columns: Sequence[Column[Row]]) -> None:
        self._columns, self._fitted = tuple(columns), []
        self._passed = min(self._passed, max(0, len(columns) - 1))
        self.repaint_rows()

    def show_sort(self, sort: str, descending: bool) -> None:
        """Say in the titles by which column the rows are sorted."""
        if (sort, descending) != (self.sort, self.descending):
            self.sort, self.descending = sort, descending
            self.repaint_rows()

    def show_marks(self, marked: Callable[[Row], bool]) -> None:
        """Show a mark before each row for which this is so, from now on."""
        self._marked, self._fitted = marked, []
        self.repaint_rows()

    def shift_columns(self, by: int) -> None:
        """Where columns have no room, begin with a later (1) or an earlier one (-1) behind the first."""
        passed = max(0, self._passed + by) if by < 0 or self._hidden else self._passed
        if passed != self._passed:
            self._passed, self._fitted = passed, []
            self.repaint_rows()

    @property
    def _hidden(self) -> bool:
        """Whether columns beyond those passed over have no room."""
        return len(self._fit()) < len(self._columns) - self._passed

    def row_at(self, index: int) -> Row | None:
        """The row at a position; None where there is none or it has not come yet."""
        return self.pages.row(index)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.row_at(self.cursor)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def rows_seen(self) -> int:
        """How many rows there is room for."""
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
        if self._titles is None:
            self._titles = self._painted_titles()
        return self._titles

    def _painted_titles(self) -> Strip:
        plain, sorted_by = self._style("list--header"), self._style("list--sorted")
        segments: list[Segment] = [Segment(" " * self._gutter, plain)]
        for column, width in self._fit():
            title = column.title if column.as_it_is else _(column.title)
            chosen = bool(column.sort) and column.sort == self.sort
            if chosen:
                title = f"{title} {'▼' if self.descending else '▲'}"
            segments.append(Segment(fit(title, width, right=column.right), sorted_by if chosen else plain))
            segments.append(Segment(" " * GAP, plain))
        strip = Strip(segments[:-1]).adjust_cell_length(max(0, self._width - 1), plain)
        more = "›" if self._passed or self._hidden else " "
        return Strip([*strip, Segment("‹" if self._passed and not self._hidden else more, plain)])

    def _row(self, index: int) -> Strip:
        base = self._style("")
        if index == self.cursor:
            base += self._style("list--cursor" if self.has_focus else "list--blurred")
        row = self.row_at(index)
        segments: list[Segment] = []
        if self._marked is not None:
            marked = row is not None and self._marked(row)
            mark = base + self._style("list--mark")
            segments.append(Segment(_MARK, mark) if marked else Segment(" " * len(_MARK), base))
        for place, (column, width) in enumerate(self._fit()):
            if place:
                segments.append(Segment(" " * GAP, base))
            text, colour = column.cell(row) if row is not None else (_WAITING, "quiet")
            style = base + self._colour(colour) if colour else base
            segments.append(Segment(fit(text, width, right=column.right), style))
        return Strip(segments).adjust_cell_length(self._width, base)

    @property
    def _gutter(self) -> int:
        return 0 if self._marked is None else len(_MARK)

    def _fit(self) -> list[tuple[Column[Row], int]]:
        if not self._fitted:
            shown = (*self._columns[:1], *self._columns[1 + self._passed :])
            self._fitted_to = self._width
            self._fitted = fit_columns(shown, self._fitted_to - 1 - self._gutter)
        return self._fitted

    def _style(self, part: str) -> Style:
        """The style of a part of the list, of all of it for none; remembered until the theme changes."""
        if part not in self._styles:
            over = part in ("list--cursor", "list--blurred", "list--mark")
            found = self.get_component_rich_style(part, partial=over) if part else self.rich_style
            self._styles[part] = found
        return self._styles[part]

    def _colour(self, variable: str) -> Style:
        if variable not in self._colours:
            value = self.app.theme_variables.get(variable, "")
            self._colours[variable] = Style(color=Color.parse(value).rich_color) if value else Style()
        return self._colours[variable]

    def repaint_rows(self, index: int | None = None) -> None:
        """Paint rows anew, such as after other rows are marked: that at a position, or all."""
        if index is not None:
            self._repaint_row(index)
            return
        self._strips.clear()
        self._titles = None
        self.refresh()

    def _repaint_row(self, index: int) -> None:
        self._strips.pop(index, None)
        self.refresh(Region(0, index - self.scroll_offset.y + 1, self._width, 1))

    def _want(self, index: int) -> None:
        for first in self.pages.wanted(index):
            # Said later: painting runs in the screen's name, and what a parent sends does not bubble to it.
            self.call_later(self._say_wanted, self.pages.generation, first)

    def _say_wanted(self, generation: int, first: int) -> None:
        self.post_message(self.PageWanted(self, generation, first, PAGE))

    def notify_style_update(self) -> None:
        """The theme or the focus changed."""
        super().notify_style_update()
        self._colours.clear()
        self._styles.clear()
        self._strips.clear()
        self._titles = None

    def on_resize(self) -> None:
        """Fit the columns to another width and keep the cursor in sight."""
        if self._fitted_to != self._width:
            self._fitted = []
            self.repaint_rows()
        tell_size(self, Size(self._width, self.total + 1))
        self._keep_cursor_in_sight()

    # -- the cursor ---------------------------------------------------------------------------------------

    def watch_cursor(self, old: int, new: int) -> None:
        """Paint the two rows concerned, and say which row it is now."""
        for index in (old, new):
            self._repaint_row(index)
        self._keep_cursor_in_sight()
        self._tell_highlighted()

    def _tell_highlighted(self) -> None:
        row = self.current
        if row is not None:
            self.post_message(self.Highlighted(self, row, self.cursor))

    def _keep_cursor_in_sight(self) -> None:
        top, seen = self.scroll_offset.y, self.rows_seen
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + seen:
            self.scroll_to(y=self.cursor - seen + 1, animate=False, immediate=True)

    def action_cursor(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self._move(max(0, min(self.cursor + step, self.total - 1)))

    def action_page(self, pages: float) -> None:
        """Move the cursor by so many screenfuls."""
        self.action_cursor(int(pages * self.rows_seen))

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first row (0) or the last (1)."""
        self._move(max(0, self.total - 1) if last else 0)

    def _move(self, cursor: int) -> None:
        """Move the cursor, and ask at once for what is seen there: painting would ask too late."""
        self.cursor = cursor
        if self.total and self.current is None:
            self._hold.begin()
        top = self.scroll_offset.y
        for index in (cursor, top, min(top + self.rows_seen, self.total) - 1):
            self._want(index)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In an empty list there is nothing to open, and the footer does not offer it."""
        if action == "choose" and not self.total:
            return False
        return super().check_action(action, parameters)

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
        """A title sorts; a row gets the cursor; that under the cursor opens; before it is its mark."""
        at = event.get_content_offset(self)
        if at is None:
            return
        if at.y == 0:
            self._sort_by_title(at.x - self._gutter)
            return
        index = self.scroll_offset.y + at.y - 1
        if index >= self.total:
            return
        if self._marked is not None and (at.x < self._gutter or event.ctrl or event.shift):
            self.post_message(self.MarkWanted(self, index, event.shift))
        elif index == self.cursor and event.chain > 1:
            self.action_choose()
        self.cursor = index

    def _sort_by_title(self, x: int) -> None:
        column = column_at(self._fit(), x)
        if column is not None and column.sort:
            self.post_message(self.SortWanted(self, column.sort))
