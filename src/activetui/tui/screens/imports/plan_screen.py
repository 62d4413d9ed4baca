"""A file before it is imported: how it was understood, what it holds, what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from activetui.importing.asking.answers import Answers
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_number
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.flows.long_work import do_long
from activetui.tui.screens.halves import HalvesScreen
from activetui.tui.screens.imports import asking
from activetui.tui.screens.imports import plan_words as words
from activetui.tui.screens.imports.columns_panel import ColumnsPanel, column_rows, heading_of
from activetui.tui.screens.imports.job import Job, Looked, Room, Written
from activetui.tui.screens.imports.reading_panel import ReadingPanel, reading_rows
from activetui.tui.screens.imports.refused_panel import RefusedPanel
from activetui.tui.screens.imports.rows_panel import RowsPanel
from activetui.tui.widgets.imports.sections import Sections
from activetui.tui.widgets.panel_tabs import PanelTab, PanelTabs

TABS = (
    PanelTab("columns", "c", N_("columns")),
    PanelTab("reading", "f", N_("reading")),
    PanelTab("changes", "w", N_("changes")),
    PanelTab("rows", "r", N_("rows")),
    PanelTab("refused", "x", N_("refused")),
)
_LEFT = ("columns", "reading")


class PlanScreen(HalvesScreen):
    """Left how the file is read, right what comes of it; nothing is written before it is accepted."""

    MODE = "imports"
    AUTO_FOCUS = "#columns"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    PlanScreen {
        & .title, & .sum { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & .halves { height: 1fr; }
        & .left { width: 1fr; height: 1fr; }
        & .left > ReadingPanel { height: auto; margin-top: 1; }
        & .side { width: 1fr; height: 1fr; border-left: solid $panel; }
        & .side > * { height: 1fr; display: none; }
        &.-shows-changes #changes, &.-shows-rows #rows, &.-shows-refused #refused { display: block; }
        &.-tall.-shows-changes #rows, &.-tall.-shows-rows #changes { display: block; }
        &.-tall #rows { margin-top: 1; }
        &.-only-side .side { border-left: none; }
        &.-only-side.-shows-rows #changes { display: none; }
        &.-only-side.-shows-rows #rows { margin-top: 0; }
        &.-narrow .side { border-left: none; }
        &.-narrow.-at-columns .side, &.-narrow.-at-reading .side { display: none; }
        &.-narrow.-at-side .left { display: none; }
        &.-narrow.-at-columns ReadingPanel, &.-narrow.-at-reading ColumnsPanel { display: none; }
        &.-narrow .left > ReadingPanel { margin-top: 0; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("plan.import", "y,ctrl+s", "import", N_("import"), N_("Import the file as it is shown"),
                footer=2, changes=True, keeps=True),
        Command("plan.answer", "a", "answer", N_("answer"), N_("Answer the next question about the file"),
                footer=3),
        Command("plan.skip", "n", "skip", N_("next file"), N_("Leave this file out, and go on with the next"),
                footer=8),
        Command("plan.columns", "c", "panel('columns')", N_("columns"), N_("What the columns mean")),
        Command("plan.reading", "f", "panel('reading')", N_("reading"),
                N_("Letters, separator, days, amounts, currency: how the file is read")),
        Command("plan.changes", "w", "panel('changes')", N_("changes"),
                N_("What is in the file, and what importing it would change")),
        Command("plan.rows", "r", "panel('rows')", N_("rows"), N_("The first rows of the file")),
        Command("plan.refused", "x", "panel('refused')", N_("refused"),
                N_("Rows that cannot be taken, and why")),
        Command("plan.guess", "u", "back", N_("undo"), N_("Take the last answer back"), footer=93),
        Command("plan.zoom", "z", "zoom", N_("whole"), N_("Give this half the whole screen, or both again")),
        Command("plan.leave", "escape", "leave", N_("leave"), N_("Leave without importing"), footer=9),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, jobs: Sequence[Job], room: Room) -> None:
        """The tables that are to be imported; what they unpack into `room` goes with the screen."""
        super().__init__()
        self._jobs, self._place, self._room = list(jobs), 0, room
        self._looked: Looked | None = None
        self._answered: list[Answers] = []
        """What was answered before each answer, for taking it back."""
        self._for: tuple[Path, int] | None = None
        """The store and its state with which the file was compared."""
        self._over = False
        self._written_any = False

    def compose_body(self) -> Iterable[Widget]:
        """Two lines on the file, a line of panels, both halves."""
        yield Vertical(
            Static(classes="title", markup=False),
            Static(classes="sum", markup=False),
            PanelTabs([PanelTab(tab.panel, tab.key, _(tab.title)) for tab in TABS], "changes"),
            Horizontal(
                Vertical(ColumnsPanel(), ReadingPanel(), classes="left"),
                Vertical(
                    Sections(id="changes"), RowsPanel(id="rows"), RefusedPanel(id="refused"), classes="side",
                ),
                classes="halves",
            ),
        )

    def help_parts(self) -> list[tuple[str, list[Command]]]:
        """The keys of the lists."""
        return self._keys_of((_("In the rows"), "RowList"), (_("In the lists"), "VirtualList"))

    def on_mount(self) -> None:
        """Begin with what would change."""
        self.add_class("-at-side")
        self._show_side("changes")

    def on_unmount(self) -> None:
        """Forget what was not written."""
        self._job.close()
        self._room.close()

    # -- reading ------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Read the file; again only if the ledger has changed since."""
        state = (self.session.path, self.session.version)
        if self._over or (self._for is not None and self._for[0] != state[0]):
            self._end()
        elif self._for != state:
            self._for = state
            self._read(self._looked.answers if self._looked is not None else Answers())

    @property
    def _job(self) -> Job:
        return self._jobs[self._place]

    def _read(self, answers: Answers) -> None:
        """Read the file with these answers, and compare it with the ledger."""
        job = self._job
        do_long(
            self.active_app, _("Reading {file}").format(file=job.label),
            partial(job.read, answers), partial(self._came, job), otherwise=partial(self._failed, job),
        )

    def _came(self, job: Job, looked: Looked) -> None:
        if self._over or job is not self._job or not self.is_mounted:
            job.close()
            return
        more, job.more = job.more, ()
        self._jobs[self._place + 1 : self._place + 1] = more
        first, self._looked = self._looked is None, looked
        self._show(looked)
        if looked.plan.questions:
            self.action_answer()
        elif first:
            self.call_after_refresh(self._enter, "changes" if self.has_class("-narrow") else "columns")

    def _failed(self, job: Job) -> None:
        """The file could not be read, or not so: what was known of it before still stands."""
        if job is self._job and self._looked is None and not self._over:
            self._next()

    def _show(self, looked: Looked) -> None:
        understood, plan = looked.plan.reading.understood, looked.plan
        self.query_one(".title", Static).update(words.title_line(looked, self._place, len(self._jobs)))
        self.query_one(".sum", Static).update(words.sum_line(looked))
        rows = column_rows(understood, plan.reading.found.sums)
        self.query_one(ColumnsPanel).show(rows)
        self.query_one(ReadingPanel).show(reading_rows(understood, words.forgotten(looked)))
        self.query_one("#changes", Sections).show(words.changes_sections(looked))
        self.query_one(RowsPanel).show(understood)
        headings = [heading_of(column) for column in understood.columns]
        self.query_one(RefusedPanel).show(plan.refusals, headings, words.refused_how(looked))
        used = sum(row.used for row in rows)
        self.query_one(PanelTabs).note({
            "columns": f"{format_number(used)}/{format_number(len(rows))}",
            "refused": format_number(len(plan.refusals)) if plan.refusals else "",
        })
        self.refresh_bindings()

    # -- answers ------------------------------------------------------------------------------------------

    def _take(self, answers: Answers) -> None:
        if self._looked is not None and answers != self._looked.answers:
            self._answered.append(self._looked.answers)
            self._read(answers)

    def action_answer(self) -> None:
        """Ask the first open question."""
        if self._looked is not None:
            asking.ask_question(self.active_app, self._looked, self._take)

    @on(ColumnsPanel.Wanted)
    def _meaning_wanted(self, event: ColumnsPanel.Wanted) -> None:
        if self._looked is not None:
            asking.ask_meaning(self.active_app, self._looked, event.row, self._take)

    @on(ReadingPanel.Wanted)
    def _reading_wanted(self, event: ReadingPanel.Wanted) -> None:
        if self._looked is not None:
            asking.ask_reading(self.active_app, self._looked, event.row.about, self._take)

    def action_back(self) -> None:
        """Take the last answer back."""
        if self._answered:
            self._read(self._answered.pop())
        else:
            words = _("There is no answer to take back. On other screens {key} undoes changes.")
            self.active_app.tell(words.format(key=key_of("app.undo")))

    # -- importing ----------------------------------------------------------------------------------------

    def action_import(self) -> None:
        """Write it."""
        if self._looked is None:
            return
        job = self._job
        title = _("Importing {file}").format(file=job.label)
        do_long(self.active_app, title, job.write, self._written, otherwise=self._not_written)

    def _written(self, written: Written) -> None:
        self._looked, self._written_any = None, True
        self._for = self.session.path, self.session.version + 1     # the change that is told next is ours
        self.active_app.store_changed()
        self.active_app.tell(words.written_words(written))
        self._next()

    def _not_written(self) -> None:
        """What was stopped can be looked at again and accepted later."""
        if self._looked is not None:
            self._read(self._looked.answers)

    def _next(self) -> None:
        """The next file, or back to the list."""
        self._job.close()
        self._looked = None
        self._answered.clear()
        if self._place + 1 >= len(self._jobs):
            self._end()
            return
        self._place += 1
        self._for = self.session.path, self.session.version
        self._read(Answers())

    def _end(self) -> None:
        self._over = True
        self._job.close()
        if self.is_active:
            self.dismiss(None)

    def action_skip(self) -> None:
        """Leave this file out."""
        self.active_app.tell(_("{file} was not imported.").format(file=self._job.label))
        self._next()

    def action_leave(self) -> None:
        """Leave without importing; from the whole screen, both halves again."""
        if self.is_whole:
            self.show_both()
            return
        left = len(self._jobs) - self._place
        if not self._written_any:
            self.active_app.tell(_("Nothing was imported."))
        elif left:
            words_left = ngettext("{n} file was not imported.", "{n} files were not imported.", left)
            self.active_app.tell(words_left.format(n=format_number(left)))
        self._end()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be accepted is imported; only what is asked is answered."""
        plan = self._looked.plan if self._looked is not None else None
        if action == "import" and (self._looked is None or not words.can_be_imported(self._looked)):
            return False
        if action == "answer" and (plan is None or not plan.questions):
            return False
        if action == "skip" and self._place + 1 >= len(self._jobs):
            return False
        return super().check_action(action, parameters)

    # -- what is seen -------------------------------------------------------------------------------------

    @on(PanelTabs.Opened)
    def _tab_opened(self, event: PanelTabs.Opened) -> None:
        event.stop()
        self.action_panel(event.panel)

    def action_panel(self, panel: str) -> None:
        """Show a panel and give it the keys."""
        self.remove_class("-at-columns", "-at-reading", "-at-side", "-only-left", "-only-side")
        self.add_class(f"-at-{panel}" if panel in _LEFT else "-at-side")
        if panel not in _LEFT:
            self._show_side(panel)
        self.query_one(PanelTabs).show(panel)
        self.call_after_refresh(self._enter, panel)

    def _show_side(self, panel: str) -> None:
        """Show a panel on the right; where there is room, changes and rows are seen together."""
        self.remove_class("-shows-changes", "-shows-rows", "-shows-refused")
        self.add_class(f"-shows-{panel}")

    def _enter(self, panel: str) -> None:
        places: dict[str, Widget] = {
            "columns": self.query_one(ColumnsPanel).first_stop,
            "reading": self.query_one(ReadingPanel).first_stop,
            "changes": self.query_one("#changes"), "rows": self.query_one(RowsPanel).first_stop,
            "refused": self.query_one(RefusedPanel).first_stop,
        }
        places[panel].focus()
