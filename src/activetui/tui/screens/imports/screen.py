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
from activetui.store.changes import forgotten
from activetui.store.changes.forgotten import Forgotten
from activetui.store.imports import batches, kept_files
from activetui.store.imports.batches import BatchRow, Undone
from activetui.tui.commands import Command, bindings, commands_of, press_of
from activetui.tui.dialogs.choose import Choice
from activetui.tui.dialogs.choose_many import ChooseManyDialog
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.reading import Connection
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.screens.imports.batch_words import batch_sections, deleted_words, moment, planned
from activetui.tui.screens.imports.duplicates import DuplicatesScreen
from activetui.tui.screens.imports.job import KeptJob, Room
from activetui.tui.screens.imports.plan_screen import PlanScreen
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
    deleted: list[Forgotten]
    """Events that were deleted by hand and stay away."""


class Kept(NamedTuple):
    """What is kept of one import beside its own row."""

    refusals: list[Refusal]
    file: bool
    """Whether the file itself is kept."""


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
        Command("imports.again", "r", "again", N_("read again"),
                N_("Read the file of the import again, to change a guess"), footer=4, changes=True),
        Command("imports.same", "m", "same", N_("duplicates"),
                N_("Customers who may be the same person: make them one, or keep them apart"), footer=5),
        Command("imports.deleted", "e", "deleted", N_("deleted events"),
                N_("Events that you deleted and that no import brings back: let them return"), changes=True),
        Command("imports.whole", "z", "whole", N_("whole"),
                N_("Give what is kept of the import the whole screen")),
        Command("imports.left", "escape", "to_list", N_("back"), N_("Back to the list")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._last = 0
        """The newest import that was shown."""
        self._kept: Kept | None = None
        self._deleted: list[Forgotten] = []

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
        mine = {command.id for command in commands_of(self)}
        plan = [command for command in PlanScreen.KEYS if command.id not in mine]
        return [*self._keys_of((_("In the list"), "VirtualList")), (_("While a file is looked at"), plan)]

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask for all imports."""
        self.ask(_imported, self._came, group="imports")

    def _came(self, imported: Imported) -> None:
        rows, self._deleted = imported.batches, imported.deleted
        if not rows and not imported.customers:
            self.show_start()
            return
        if not rows:
            self.show_empty(
                _("Nothing has been imported yet"),
                _("A file as your shop system, till, payment service or bank writes it: what it holds and "
                  "what it would change is shown before anything is written."),
                [NextStep(press_of("imports.import"), _("import a file"))],
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
        if imported.deleted:
            gone = ngettext(
                "{n} event deleted by you stays away (e)", "{n} events deleted by you stay away (e)",
                len(imported.deleted),
            )
            words += f"  ·  {gone.format(n=format_number(len(imported.deleted)))}"
        self.query_one(".sum", Static).update(words)

    @on(VirtualList.Highlighted, "#batches")
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        if isinstance(event.row, BatchRow):
            self._kept = None
            self.refresh_bindings()
            question = partial(_kept, batch=event.row.id)
            self.ask(question, partial(self._kept_came, event.row), group="batch")

    def _kept_came(self, batch: BatchRow, kept: Kept) -> None:
        self._kept = kept
        self.query_one(Sections).show(batch_sections(batch, kept.refusals))
        self.refresh_bindings()

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
        """What was taken back already is not taken back again; only what is kept is read again."""
        if (action == "again" and (self._kept is None or not self._kept.file)) or (
            action == "deleted" and not self._deleted
        ):
            return False
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
        kept = self._kept is not None and self._kept.file
        do_long(self.active_app, title, work, partial(self._undone, batch, kept))

    def _undone(self, batch: BatchRow, kept: bool, undone: Undone) -> None:
        self.active_app.store_changed()
        self.app.push_screen(UndoneDialog(batch.id, one_line(batch.file_name), undone, kept=kept))


    def action_again(self) -> None:
        """Read the file of the import under the cursor again."""
        batch = self.batches.current
        if batch is None:
            return
        room = Room(self.session.path)
        self.app.push_screen(PlanScreen([KeptJob(self.session, room, batch.id, batch.file_name)], room))

    def action_same(self) -> None:
        """Show who may be one person."""
        self.app.push_screen(DuplicatesScreen())

    def action_deleted(self) -> None:
        """Offer the events that stay away."""
        choices = [Choice(str(place), *deleted_words(each)) for place, each in enumerate(self._deleted)]
        dialog = ChooseManyDialog(
            _("Which may return?"), choices, hint=_("You deleted these events. Those that you tick come back "
                                                    "with the next import of their file."),
        )
        self.app.push_screen(dialog, self._returning)

    def _returning(self, ticked: tuple[str, ...] | None) -> None:
        if not ticked:
            return
        events = [(each.source_id, each.key) for each in (self._deleted[int(place)] for place in ticked)]
        session = self.session
        let_return = partial(
            forgotten.let_return, events=events, made_at=session.made_at(), today=session.today
        )

        def told(returning: int) -> None:
            words = ngettext(
                "{n} event comes back with the next import of its file",
                "{n} events come back with the next import of their files", returning,
            )
            self.active_app.tell_done(words.format(n=format_number(returning)))

        self.change(let_return, told)


def _imported(conn: Connection) -> Imported:
    from activetui.store.overview import has_customers

    return Imported(batches.list_batches(conn), has_customers(conn), forgotten.listed(conn))


def _kept(conn: Connection, *, batch: int) -> Kept:
    return Kept(batches.refusals(conn, batch), kept_files.is_kept(conn, batch))


def _undo(conn: Connection, *, batch: int, today: Day, made_at: str) -> Undone:
    return batches.undo(conn, batch, today=today, made_at=made_at)


def _columns() -> list[Column[BatchRow]]:
    return [
        Column("id", N_("No."), lambda row: _cell(row, str(row.id)), 4, 4, right=True, rank=3),
        Column("when", N_("When"), lambda row: _cell(row, moment(row.made_at, time=False)), 12, 12, rank=2),
        Column("file", N_("File"), lambda row: _cell(row, one_line(row.file_name)), 20, 60, rank=0, weight=8),
        Column("system", N_("Recognised as"), lambda row: _cell(row, one_line(row.system or row.source)),
               12, 32, rank=6, weight=2),
        Column("new", N_("New"), lambda row: _number(row, "new"), 7, 7, right=True, rank=4),
        Column("changed", N_("Changed"), lambda row: _number(row, "changed"), 8, 8, right=True, rank=5),
        Column("state", N_("Refused"), _state, 10, 10, right=True, rank=1),
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
