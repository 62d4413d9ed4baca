"""Imports: what was imported, with its assumptions and refused rows; taking it back; importing more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.ledger.records import Refusal
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import NOTHING, format_number
from activetui.store import batches
from activetui.store.batches import BatchRow, Undone
from activetui.tui.commands import Command, bindings, commands_of
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.reading import Connection
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.screens.imports.batch_words import batch_sections, moment, planned
from activetui.tui.screens.imports.undone_dialog import UndoneDialog
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.empty_state import NextStep
from activetui.tui.widgets.imports.sections import Sections
from activetui.tui.widgets.virtual_list import VirtualList


class Imported(NamedTuple):
    """What the screen shows."""

    batches: list[BatchRow]
    customers: bool
    """Whether there is any customer."""


class ImportsScreen(ActiveScreen):
    """Every import, the newest first, and beside it what is kept of the one under the cursor."""

    MODE = "imports"
    AUTO_FOCUS = "#batches"
    DEFAULT_CSS = """
    ImportsScreen {
        & .sum { height: 1; padding: 0 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
        & #batches { width: 11fr; padding: 0 0 0 1; }
        & Sections { width: 9fr; border-left: solid $panel; }
        &.-narrow #batches, &.-narrow Sections { width: 1fr; }
        &.-narrow Sections { display: none; border-left: none; }
        &.-whole #batches { display: none; }
        &.-whole Sections { display: block; width: 1fr; border-left: none; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("imports.import", "i", "app.import_file", N_("import"), N_("Import a file"), footer=2),
        Command("imports.undo", "x", "undo_import", N_("take back"),
                N_("Take the import under the cursor back; what was changed since stays"),
                footer=3, changes=True),
        Command("imports.whole", "z", "whole", N_("whole"),
                N_("Give what is kept of the import the whole screen")),
        Command("imports.left", "escape", "to_list", N_("back"), N_("Back to the list")),
    )
    BINDINGS = bindings(KEYS)

    def compose_body(self) -> Iterable[Widget]:
        """The list, and what is kept of an import."""
        yield Vertical(
            Static(classes="sum", markup=False),
            Horizontal(VirtualList(_columns(), id="batches"), Sections()),
        )

    @property
    def batches(self) -> VirtualList[BatchRow]:
        """The list."""
        return self.query_one("#batches", VirtualList)

    def help_parts(self) -> list[tuple[str, list[Command]]]:
        """The keys of the list, and of the plan of a file."""
        from activetui.tui.screens.imports.plan_screen import PlanScreen

        mine = {command.id for command in commands_of(self)}
        plan = [command for command in PlanScreen.KEYS if command.id not in mine]
        return [*self._keys_of((_("In the list"), "VirtualList")), (_("While a file is looked at"), plan)]

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask for all imports."""
        self.ask(_imported, self._came, group="imports")

    def _came(self, imported: Imported) -> None:
        rows = imported.batches
        if not rows and not imported.customers:
            self.show_start()
            return
        if not rows:
            self.show_empty(
                _("Nothing has been imported yet"),
                _("A file as your shop system, till, payment service or bank writes it: what it holds and "
                  "what it would change is shown before anything is written."),
                [NextStep("i", _("import a file"))],
            )
            return
        self.show_body()
        current = self.batches.current
        newest = current is None or current.id not in {row.id for row in rows} or rows[0].id > self._last
        places = [row.id for row in rows]
        self._last = rows[0].id
        self.batches.show_rows(rows, cursor=0 if newest or current is None else places.index(current.id))
        undone = sum(row.undone_at is not None for row in rows)
        words = ngettext("{n} import", "{n} imports", len(rows)).format(n=format_number(len(rows)))
        if undone:
            back = ngettext("{n} taken back", "{n} taken back", undone)
            words += f"  ·  {back.format(n=format_number(undone))}"
        self.query_one(".sum", Static).update(words)

    _last = 0
    """The newest import that was shown."""

    @on(VirtualList.Highlighted, "#batches")
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        if isinstance(event.row, BatchRow):
            self.refresh_bindings()
            question = partial(_refused, batch=event.row.id)
            self.ask(question, partial(self._refused_came, event.row), group="batch")

    def _refused_came(self, batch: BatchRow, refusals: list[Refusal]) -> None:
        self.query_one(Sections).show(batch_sections(batch, refusals))

    # -- keys ---------------------------------------------------------------------------------------------

    @on(VirtualList.Chosen, "#batches")
    def _chosen(self) -> None:
        if self.has_class("-narrow"):
            self.add_class("-whole")
        self.call_after_refresh(self.query_one(Sections).focus)

    def action_whole(self) -> None:
        """What is kept of the import on the whole screen, or beside the list again."""
        self.toggle_class("-whole")
        place = self.query_one(Sections) if self.has_class("-whole") else self.batches
        self.call_after_refresh(place.focus)

    def action_to_list(self) -> None:
        """The keys go to the list."""
        self.remove_class("-whole")
        self.call_after_refresh(self.batches.focus)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was taken back already is not taken back again."""
        if action == "undo_import":
            batch = self.batches.current if self.is_mounted else None
            if batch is None or batch.undone_at is not None:
                return False
        return super().check_action(action, parameters)

    def action_undo_import(self) -> None:
        """Take the import under the cursor back. Nothing is asked: importing the file again gives it back."""
        batch = self.batches.current
        if batch is None or batch.undone_at is not None:
            return
        session = self.session
        undo = partial(_undo, batch=batch.id, today=session.today, made_at=session.made_at())

        def work(_progress: Progress) -> Undone:
            return session.reader.write(undo)

        title = _("Taking {file} back").format(file=one_line(batch.file_name))
        do_long(self.active_app, title, work, partial(self._undone, batch))

    def _undone(self, batch: BatchRow, undone: Undone) -> None:
        self.active_app.store_changed()
        self.app.push_screen(UndoneDialog(batch.id, one_line(batch.file_name), undone))


def _imported(conn: Connection) -> Imported:
    from activetui.store.overview import has_customers

    return Imported(batches.list_batches(conn), has_customers(conn))


def _refused(conn: Connection, *, batch: int) -> list[Refusal]:
    return batches.refusals(conn, batch)


def _undo(conn: Connection, *, batch: int, today: Day, made_at: str) -> Undone:
    return batches.undo(conn, batch, today=today, made_at=made_at)


def _columns() -> list[Column[BatchRow]]:
    return [
        Column("id", N_("No."), lambda row: _cell(row, str(row.id)), 4, 6, right=True, rank=3),
        Column("when", N_("When"), lambda row: _cell(row, moment(row.made_at)), 12, 20, rank=2),
        Column("file", N_("File"), lambda row: _cell(row, one_line(row.file_name)), 16, 60, rank=0, weight=4),
        Column("system", N_("Recognised as"), lambda row: _cell(row, one_line(row.system or row.source)),
               12, 32, rank=6, weight=2),
        Column("new", N_("New"), lambda row: _number(row, "new"), 7, 9, right=True, rank=4),
        Column("changed", N_("Changed"), lambda row: _number(row, "changed"), 8, 9, right=True, rank=5),
        Column("state", N_("Refused"), _state, 10, 14, right=True, rank=1),
    ]


def _cell(row: BatchRow, text: str) -> Cell:
    return Cell(text, "quiet" if row.undone_at else "")


def _number(row: BatchRow, name: str) -> Cell:
    number = planned(row, name)
    return _cell(row, NOTHING if number is None else format_number(number))


def _state(row: BatchRow) -> Cell:
    if row.undone_at:
        return Cell(_("taken back"), "quiet")
    return Cell(format_number(row.refused), "warning" if row.refused else "quiet")
