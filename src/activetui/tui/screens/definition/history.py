"""The versions that were saved: when, why, and the way back to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import from_iso
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_day, format_number
from activetui.store.definitions import SavedDefinition
from activetui.tui.commands import key_of
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import VirtualList


class HistoryPanel(Vertical):
    """Every version, the latest first; Enter takes one as the draft, and so shows who would move."""

    DEFAULT_CSS = """
    HistoryPanel {
        & > VirtualList { padding: 0 0 0 1; height: auto; max-height: 60%; }
        & > .how { height: auto; padding: 0 1; color: $quiet; }
        & > VerticalScroll {
            height: 1fr; padding: 0 1; margin-top: 1; scrollbar-size-vertical: 1;
            scrollbar-background: $background;
        }
        & .changes { height: auto; }
    }
    """

    class Wanted(Message):
        """A version is to be the draft."""

        def __init__(self, version: SavedDefinition) -> None:
            super().__init__()
            self.version = version

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._changes: Mapping[int, Sequence[str]] = {}

    def compose(self) -> Iterable[Widget]:
        """The versions, and how to return."""
        yield Static(
            Content(
                _("Enter takes a version as the draft: you see who would move, and {key} puts it in force.")
                .format(key=key_of("definition.save"))
            ),
            classes="how",
        )
        yield VirtualList(_columns(), id="versions")
        with VerticalScroll(can_focus=False):
            yield Static(classes="changes", markup=False)

    @property
    def first_stop(self) -> Widget:
        """Where the keys go when the panel is entered."""
        return self.query_one("#versions", VirtualList)

    def show(self, versions: Sequence[SavedDefinition], changes: Mapping[int, Sequence[str]]) -> None:
        """Show these versions, and what each says otherwise than the one before."""
        self._changes = changes
        self.query_one("#versions", VirtualList).show_rows(list(versions))

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()
        if not isinstance(event.row, SavedDefinition):
            return
        changes = [one_line(change) for change in self._changes.get(event.row.version, ())]
        title = _("Version {version}").format(version=format_number(event.row.version))
        lines = [Content.styled(title, "bold"), *(Content(f"· {change}") for change in changes)]
        if event.row.note:
            lines.insert(1, Content.styled(one_line(event.row.note), "$quiet"))
        self.query_one(".changes", Static).update(Content("\n").join(lines))

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if isinstance(event.row, SavedDefinition):
            self.post_message(self.Wanted(event.row))


def _columns() -> list[Column[SavedDefinition]]:
    return [
        Column("version", N_("Version"), _version, 9, 9, rank=0),
        Column("saved", N_("Saved"), lambda each: Cell(format_day(from_iso(each.saved_at[:10]))),
               11, 13, rank=2),
        Column("name", N_("Name"), lambda each: Cell(one_line(each.name)), 12, 30, rank=1, weight=2),
        Column("note", N_("Note"), lambda each: Cell(one_line(each.note), "quiet"), 12, 60, rank=3, weight=3),
    ]


def _version(each: SavedDefinition) -> Cell:
    number = format_number(each.version)
    if each.in_force:
        return Cell(_("● {version}").format(version=number), "status-active")
    return Cell(f"  {number}")
