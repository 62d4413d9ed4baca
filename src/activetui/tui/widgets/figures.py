"""Lines of figures, each a door to the customers behind it; the arrows go from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, TypeAlias

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from activetui.locales import N_
from activetui.tui.commands import Command, bindings


class Part(NamedTuple):
    """A piece of a line. It is a door where it says what it opens."""

    text: str
    """One line, free of control characters."""
    style: str = ""
    query: str = ""
    """The customers whom it opens."""
    customer: int | None = None
    """The customer whom it opens."""
    mode: str = ""
    """The screen that it opens."""
    note: str = ""
    """Told when it is opened."""

    @property
    def is_door(self) -> bool:
        """Whether it opens something."""
        return bool(self.query or self.mode) or self.customer is not None


Line: TypeAlias = Sequence[Part]


class _Place(NamedTuple):
    """A door: its line, its piece in the line, and the cells that it takes there."""

    line: int
    part: int
    start: int
    end: int


class Figures(Widget, can_focus=True):
    """Lines with doors in them; one of them has the cursor while the keys go here."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    Figures { height: auto; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("figures.open", "enter", "open", N_("open"), N_("Show the customers behind the figure"),
                footer=1, palette=False),
        Command("figures.next", "right,l", "along(1)", N_("next"), N_("The next figure of the line"),
                palette=False),
        Command("figures.before", "left,h", "along(-1)", N_("before"), N_("The figure before"),
                palette=False),
        Command("figures.down", "down,j", "across(1)", N_("down"), N_("A line down; from the last one on"),
                palette=False),
        Command("figures.up", "up,k", "across(-1)", N_("up"), N_("A line up; from the first one back"),
                palette=False),
        Command("figures.first", "home,g", "edge(0)", N_("first"), N_("The first figure"), palette=False),
        Command("figures.last", "end,G", "edge(-1)", N_("last"), N_("The last figure"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    @dataclass
    class Opened(Message):
        """What is behind a figure is wanted."""

        of: Figures
        part: Part

        @property
        def control(self) -> Figures:
            """Where the figure stands."""
            return self.of

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._make: Callable[[int], Sequence[Line]] = lambda _width: ()
        self._fitted: tuple[int, Sequence[Line]] | None = None
        self._cursor = 0
        self._top = 0

    def show(self, make: Callable[[int], Sequence[Line]]) -> None:
        """Show the lines that `make` gives for a width in cells; the cursor stays where it is."""
        self._make, self._fitted = make, None
        self.refresh(layout=True)
        if self.has_focus:
            self.screen.refresh_bindings()

    @property
    def cursor_part(self) -> Part | None:
        """The door under the cursor; None where there is none."""
        place = self._place
        return None if place is None else self._lines()[place.line][place.part]

    # -- what stands where --------------------------------------------------------------------------------

    def _lines(self, width: int | None = None) -> Sequence[Line]:
        room = self.content_size.width if width is None else width
        if self._fitted is None or self._fitted[0] != room:
            self._fitted = room, self._make(room)
        return self._fitted[1]

    def _places(self) -> list[_Place]:
        found = []
        for number, line in enumerate(self._lines()):
            start = 0
            for place, part in enumerate(line):
                end = start + cell_len(part.text)
                if part.is_door:
                    found.append(_Place(number, place, start, end))
                start = end
        return found

    @property
    def _place(self) -> _Place | None:
        places = self._places()
        return places[min(self._cursor, len(places) - 1)] if places else None

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return len(self._lines(width))

    def render(self) -> RenderResult:
        """The lines that there is room for, with the cursor."""
        lines, place = self._lines(), self._place if self.has_focus else None
        room = max(1, self.content_size.height)
        self._top = max(0, min(self._top, len(lines) - room))
        if place is not None:
            self._top = min(max(self._top, place.line - room + 1), place.line)
        parts: list[str | Content | tuple[str, str]] = []
        for number in range(self._top, min(self._top + room, len(lines))):
            for at, part in enumerate(lines[number]):
                here = place is not None and (number, at) == (place.line, place.part)
                # the blanks that keep columns apart are no part of the figure
                blanks = len(part.text) - len(part.text.lstrip(" ")) if here else 0
                cursor = "bold $block-cursor-foreground on $block-cursor-background"
                parts += [part.text[:blanks], (part.text[blanks:], cursor if here else part.style)]
            parts.append("\n")
        return Content.assemble(*parts[:-1])

    # -- the cursor ---------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing stands yet, nothing can be opened."""
        if action == "open" and self._place is None:
            return False
        return super().check_action(action, parameters)

    def _go(self, index: int) -> None:
        self._cursor = index
        self.refresh()

    def action_along(self, step: int) -> None:
        """To the next door, or the one before."""
        last = len(self._places()) - 1
        self._go(max(0, min(self._cursor + step, last)))

    def action_across(self, step: int) -> None:
        """To the nearest door of the next line that has one; from the last line to what stands below."""
        places, here = self._places(), self._place
        if here is not None:
            beyond = [each for each in places if (each.line - here.line) * step > 0]
            if beyond:
                near = min(
                    beyond, key=lambda each: (abs(each.line - here.line), abs(each.start - here.start))
                )
                self._go(places.index(near))
                return
        if step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_edge(self, end: int) -> None:
        """To the first door (0) or the last one (-1)."""
        self._go(0 if end == 0 else max(0, len(self._places()) - 1))

    def action_open(self) -> None:
        """Open what is behind the figure."""
        part = self.cursor_part
        if part is not None:
            self.post_message(self.Opened(self, part))

    def on_click(self, event: events.Click) -> None:
        """The same by mouse."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for index, place in enumerate(self._places()):
            if place.line == self._top + at.y and place.start <= at.x < place.end:
                event.stop()
                self._go(index)
                self.action_open()
                return

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor goes."""
        self.refresh()
