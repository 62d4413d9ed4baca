"""Import a file: ask for it, ask what only the owner knows, show the plan, write it when accepted."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.suggester import Suggester

from activetui.importing.answers import Answers
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.choose import ChooseDialog
from activetui.tui.dialogs.confirm import ConfirmDialog
from activetui.tui.flows.import_answers import answered, choices_of
from activetui.tui.flows.long_work import Progress, do_long
from activetui.tui.reading import Connection
from activetui.tui.session import Session

if TYPE_CHECKING:
    from activetui.importing.questions import Question
    from activetui.importing.run import ImportPlan
    from activetui.tui.app import ActiveApp


def begin(app: ActiveApp) -> None:
    """Ask for the file."""
    dialog = AskTextDialog(
        _("Import which file?"),
        _("A CSV file as your shop system, till or bank writes it. → completes a path; a file can be dragged "
          "into the terminal. You see what would change before anything is written."),
        check=_check, suggester=PathSuggester(case_sensitive=True),
    )
    app.push_screen(dialog, partial(_file_given, app))


def _check(given: str) -> None:
    from activetui.importing.files.paths import check_path, clean_path

    check_path(clean_path(given))


def _file_given(app: ActiveApp, given: str | None) -> None:
    if given is not None:
        from activetui.importing.files.paths import clean_path

        _Import(app, clean_path(given)).look()


class _Import:
    """One file on its way in."""

    def __init__(self, app: ActiveApp, path: Path) -> None:
        self.app, self.path = app, path
        self.session: Session = app.session
        self.answers = Answers()
        self.conn: Connection | None = None
        self.plan: ImportPlan | None = None
        self._progress: Progress = lambda _done, _everything: None

    def look(self) -> None:
        """Read the file and compare it with the ledger."""
        title = _("Reading {file}").format(file=one_line(self.path.name))
        do_long(self.app, title, self._plan, self._planned)

    def _plan(self, progress: Progress) -> ImportPlan:
        from activetui.importing.currency import usual_currency
        from activetui.importing.run import plan_import, setting_of
        from activetui.locales import language_of_environment
        from activetui.store.file import open_store
        from activetui.store.guard import owner_errors

        session = self.session
        self._progress = progress
        with owner_errors(session.path):
            self.conn = open_store(session.path, today=session.today, create=True)
            try:
                setting = setting_of(
                    self.conn, session.today, usual_currency=usual_currency(language_of_environment())
                )
                return plan_import(self.conn, self.path, self.answers, setting, self._step)
            except BaseException:
                self._close()
                raise

    def _planned(self, plan: ImportPlan) -> None:
        self.plan = plan
        understood = plan.reading.understood
        if understood.questions:
            self._ask(understood.questions[0], [column.name for column in understood.columns])
            return
        if plan.staged is not None and plan.staged.nothing_to_do:
            self._close()
            self.app.tell(_("Everything in the file is there already; nothing was changed."))
            return
        text = "\n".join(plan_text(plan))
        title = _("Import {file}?").format(file=one_line(self.path.name))
        self.app.push_screen(ConfirmDialog(title, text, _("imports it")), self._decided)

    def _ask(self, question: Question, columns: list[str]) -> None:
        self._close()
        choices = choices_of(question, columns)
        dialog = ChooseDialog(_("One question"), choices, hint=one_line(question.why))
        self.app.push_screen(dialog, self._answered)

    def _answered(self, chosen: str | None) -> None:
        if chosen is None:
            self.app.tell(_("Nothing was imported."))
            return
        self.answers = answered(self.answers, chosen)
        self.look()

    def _decided(self, yes: bool | None) -> None:
        if not yes:
            self._close()
            self.app.tell(_("Nothing was imported."))
            return
        title = _("Importing {file}").format(file=one_line(self.path.name))
        do_long(self.app, title, self._write, self._written)

    def _step(self, _what: str, done: int, everything: int) -> None:
        self._progress(done, everything)

    def _write(self, progress: Progress) -> tuple[int | None, Path | None]:
        from activetui.importing.refused import write_refused
        from activetui.store.guard import owner_errors

        assert self.plan is not None
        plan, self._progress = self.plan, progress
        try:
            with owner_errors(self.session.path):
                batch = plan.apply(self.session.made_at())
                aside = None
                if plan.refusals:
                    folder = self.session.path.parent
                    aside = write_refused(plan.refusals, plan.reading.understood, folder, None)
                return batch, aside
        finally:
            self._close()
            self.session.reader.close()

    def _written(self, done: tuple[int | None, Path | None]) -> None:
        batch, aside = done
        self.app.store_changed()
        words = _("Imported as number {id}. To take it back: activetui imports undo {id}").format(id=batch)
        if aside is not None:
            refused = _("The refused rows are in {file}; correct them there and import that file.")
            words += "\n" + refused.format(file=aside)
        self.app.tell(words)

    def _close(self) -> None:
        """Forget what was not written."""
        if self.plan is not None:
            self.plan.close()
        if self.conn is not None:
            self.conn.close()
        self.plan, self.conn = None, None


def plan_text(plan: ImportPlan) -> list[str]:
    """The plan in lines for a dialog: what would change first, then how the file was read."""
    from activetui.importing.plan_words import (
        assumption_lines,
        change_lines,
        found_lines,
        refusal_lines,
        shape_lines,
    )

    understood = plan.reading.understood
    used = [
        f"{one_line(column.name) or column.index + 1} → {column.field}"
        for column in understood.columns if column.field
    ]
    unused = [one_line(column.name) for column in understood.columns if not column.field and column.name]
    lines = [*found_lines(plan), *change_lines(plan), *refusal_lines(plan.refusals), ""]
    lines += [_("Note: {text}").format(text=warning) for warning in plan.warnings]
    lines += [*shape_lines(understood), *assumption_lines(understood)]
    lines.append(_("Columns: {columns}").format(columns=", ".join(used)))
    if unused:
        lines.append(_("Not used: {columns}").format(columns=", ".join(unused)))
    return [line if line.startswith("  ") else one_line(line) for line in lines]


class PathSuggester(Suggester):
    """Completes the path of a file, as a shell does."""

    async def get_suggestion(self, value: str) -> str | None:
        """The first file or folder that begins so."""
        return await asyncio.to_thread(_first_beginning, value)


def _first_beginning(value: str) -> str | None:
    if not value.strip():
        return None
    folder, slash, beginning = value.rpartition("/")
    try:
        entries = sorted(Path(f"{folder}{slash}" or ".").expanduser().iterdir())
    except (OSError, ValueError, RuntimeError):
        return None
    for entry in entries:
        if entry.name.startswith(beginning) and (beginning or not entry.name.startswith(".")):
            if entry.is_dir():
                return f"{folder}{slash}{entry.name}/"
            if entry.suffix.lower() in (".csv", ".txt", ".tsv"):
                return f"{folder}{slash}{entry.name}"
    return None
