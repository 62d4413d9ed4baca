"""How some segments overlap, and which part of them is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.dialogs.base import Dialog
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.list_messages import Chosen
from activetui.tui.widgets.virtual_list import VirtualList


class Part(NamedTuple):
    """One part of the picture: words are translated, one line each."""

    marks: str
    """A sign for each segment: in it, not in it, or either."""
    words: str
    number: str
    bar: str
    money: str
    query: str


class CombineDialog(Dialog[tuple[str, str]]):
    """The answer is what to do with the part under the cursor (`show`, `save`, `export`), and its query."""

    DEFAULT_CSS = """
    CombineDialog {
        & .dialog { width: 100; }
        & .names { height: auto; max-height: 5; color: $quiet; }
        & VirtualList { height: auto; max-height: 17; margin-top: 1; background: $surface; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("combine.save", "s", "answer('save')", N_("save"), N_("Save this part as a segment"),
                palette=False),
        Command("combine.export", "w", "answer('export')", N_("export"), N_("Write this part to a file"),
                palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, names: Sequence[str], parts: Sequence[Part]) -> None:
        super().__init__()
        self._names, self._parts = tuple(names), tuple(parts)

    def title_words(self) -> str:
        """What is shown."""
        return _("How these segments overlap")

    def keys_words(self) -> str:
        """What can be done with a part."""
        return _("Enter shows the customers · {save} saves · {export} writes a file · Esc leaves").format(
            save=key_of("combine.save"), export=key_of("combine.export"))

    def compose_dialog(self) -> Iterable[Widget]:
        """Which segments they are, and the parts with their bars."""
        lines = [
            Content.assemble((f"{'·' * place}●{'·' * (len(self._names) - place - 1)}  ", "$accent"), name)
            for place, name in enumerate(self._names)
        ]
        yield Static(Content("\n").join(lines), classes="names")
        yield VirtualList(_columns(len(self._names)), id="parts")

    def on_mount(self) -> None:
        """Show the parts."""
        parts = self.parts
        parts.styles.height = len(self._parts) + 1
        parts.show_rows(self._parts)
        parts.focus()

    @property
    def parts(self) -> VirtualList[Part]:
        """The parts."""
        return self.query_one("#parts", VirtualList)

    @on(VirtualList.Chosen)
    def _chosen(self, event: Chosen) -> None:
        event.stop()
        self.action_answer("show")

    def action_answer(self, what: str) -> None:
        """Do this with the part under the cursor."""
        part = self.parts.current
        if part is not None:
            self.dismiss((what, part.query))


def _columns(segments: int) -> list[Column[Part]]:
    return [
        Column("marks", "", lambda part: Cell(part.marks, "accent"), segments, segments, rank=1),
        Column("words", N_("Who"), lambda part: Cell(part.words), 20, 52, rank=0, weight=3),
        Column("number", N_("Customers"), lambda part: Cell(part.number), 9, 10, right=True, rank=2),
        Column("bar", "", lambda part: Cell(part.bar, "accent"), 10, 10, rank=4),
        Column("money", N_("In a year"), lambda part: Cell(part.money), 11, 14, right=True, rank=3),
    ]
