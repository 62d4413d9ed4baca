"""The rows of a file that cannot be taken, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.records import Refusal
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_number
from activetui.tui.dialogs.text import TextDialog
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import VirtualList


class RefusedPanel(Vertical):
    """Line and reason; Enter shows the row whole."""

    DEFAULT_CSS = """
    RefusedPanel {
        & > .how { height: auto; padding: 0 1; color: $quiet; }
        & > VirtualList { padding: 0 0 0 1; height: 1fr; }
        & > VirtualList.-none { display: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._headings: tuple[str, ...] = ()

    def compose(self) -> Iterable[Widget]:
        """What becomes of them, then the rows."""
        yield Static(classes="how", markup=False)
        yield VirtualList(_columns(), id="refused")

    @property
    def first_stop(self) -> VirtualList[Refusal]:
        """The list."""
        return self.query_one("#refused", VirtualList)

    def show(self, refusals: Sequence[Refusal], headings: Sequence[str], how: str) -> None:
        """Show these rows under the file's headings; `how` is what becomes of them."""
        self._headings = tuple(headings)
        self.query_one(".how", Static).update(Content(how))
        self.first_stop.set_class(not refusals, "-none")
        self.first_stop.show_rows(refusals, cursor=0)

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if isinstance(event.row, Refusal):
            self.app.push_screen(refusal_dialog(event.row, self._headings))


def refusal_dialog(refusal: Refusal, headings: Sequence[str]) -> TextDialog:
    """One refused row, whole."""
    names = [*headings, *(_("column {n}").format(n=n + 1) for n in range(len(headings), len(refusal.cells)))]
    rows = [(_("Why not"), refusal.reason), *zip(names, map(one_line, refusal.cells), strict=False)]
    return TextDialog(_("Line {line}").format(line=format_number(refusal.line)), rows)


def _columns() -> list[Column[Refusal]]:
    return [
        Column("line", N_("Line"), lambda row: Cell(format_number(row.line), "quiet"), 6, 8, right=True),
        Column("reason", N_("Why not"), lambda row: Cell(one_line(row.reason)), 20, 90, rank=1, weight=3),
        Column("cells", N_("Cells"), lambda row: Cell(one_line(" · ".join(filter(None, row.cells))), "quiet"),
               20, 90, rank=2, weight=2),
    ]
