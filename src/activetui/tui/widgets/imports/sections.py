"""A long text in sections: titles, lines, and rows of a name and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from activetui.ledger.text import one_line
from activetui.tui.cells import shorten, wrap
from activetui.tui.widgets.fitted_lines import FittedLines, Line

_WIDEST_NAME = 26


class Said(NamedTuple):
    """One line: with a name, a row of a table; else a sentence."""

    text: str
    name: str = ""
    colour: str = ""
    """A theme variable for the text."""
    quiet: str = ""
    """What is added less loudly."""


class Section(NamedTuple):
    """A title and what stands below it."""

    title: str
    lines: Sequence[Said]


def sentences(lines: Iterable[str], colour: str = "") -> list[Said]:
    """Lines of text, as sentences."""
    return [Said(line, colour=colour) for line in lines]


class _Text(FittedLines):
    """The text itself."""

    def __init__(self) -> None:
        super().__init__()
        self._sections: tuple[Section, ...] = ()

    def write(self, sections: Iterable[Section]) -> None:
        self._sections = tuple(section for section in sections if section.lines)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """Every section, parted by blank lines."""
        lines: list[Line] = []
        for section in self._sections:
            if lines:
                lines.append([])
            lines.append([(section.title, "bold $accent")])
            names = [cell_len(one_line(said.name)) for said in section.lines if said.name]
            indent = min(max(names, default=0), _WIDEST_NAME) + 2
            for said in section.lines:
                lines += _row(said, indent, width) if said.name else _sentence(said, width)
        return lines


def _row(said: Said, indent: int, width: int) -> list[Line]:
    name = shorten(one_line(said.name), indent - 2)
    blanks = " " * (indent - cell_len(name))
    colour = f"${said.colour}" if said.colour else ""
    lines: list[Line] = []
    for place, piece in enumerate(wrap(one_line(said.text), width - indent)):
        lines.append([((name + blanks) if place == 0 else " " * indent, "$quiet"), (piece, colour)])
    if said.quiet:
        quiet = one_line(said.quiet)
        room = width - indent - cell_len(lines[-1][1][0]) - 2
        if cell_len(quiet) <= room:
            lines[-1].append((f"  {quiet}", "$quiet"))
        else:
            lines += [[(" " * indent + piece, "$quiet")] for piece in wrap(quiet, width - indent)]
    return lines


def _sentence(said: Said, width: int) -> list[Line]:
    colour = f"${said.colour}" if said.colour else ""
    inner = 2 if said.text.startswith("  ") else 0
    pieces = wrap(one_line(said.text), width - inner)
    return [[(" " * (inner if place == 0 else inner + 2) + piece, colour)]
            for place, piece in enumerate(_hanging(pieces, width - inner))]


def _hanging(pieces: list[str], width: int) -> list[str]:
    """The pieces, those after the first two cells narrower."""
    if len(pieces) < 2:
        return pieces
    return [pieces[0], *wrap(" ".join(pieces[1:]), width - 2)]


class Sections(VerticalScroll):
    """The text, which scrolls."""

    DEFAULT_CSS = """
    Sections {
        padding: 0 1; scrollbar-size-vertical: 1; scrollbar-background: $background;
        &:focus { background: $surface; scrollbar-background: $surface; }
    }
    """

    def compose(self) -> ComposeResult:
        """One widget, so that it is quick to change while the cursor of a list runs."""
        yield _Text()

    def show(self, sections: Iterable[Section]) -> None:
        """Show these, from the top; those without lines are left out."""
        self.query_one(_Text).write(sections)
        self.scroll_home(animate=False)

    @property
    def first_stop(self) -> Sections:
        """Where the keys go when the panel is entered."""
        return self
