"""One `import` command: its files looked into, shown, accepted and written one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from activetui.cli.asking import confirmed
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.imports.looking import looking, nowhere, setting
from activetui.cli.options import Format
from activetui.ledger.errors import NeedsAnswer, OwnerError, UsageError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.importing.answers import Answers, Setting
    from activetui.importing.read import FileReading
    from activetui.importing.run import ImportPlan


class Job:
    """The files of one command. Use it in a `with` block: what was unpacked is gone afterwards."""

    def __init__(self, paths: Sequence[Path], answers: Answers, form: Format, refused: Path | None) -> None:
        self._paths, self._answers, self._form, self._refused = paths, answers, form, refused
        self._readings: list[FileReading] = []
        self._said: dict[Path, Answers] = {}
        self._printed: list[dict[str, Any]] = []
        self._rooms = ExitStack()

    def __enter__(self) -> Job:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rooms.close()

    def look(self, *, ask: bool) -> None:
        """Look into every file before anything is written; the first that cannot be read ends it."""
        from activetui.importing.files.room import room_beside
        from activetui.importing.read import read_files

        told = setting()
        room = self._rooms.enter_context(room_beside(current().db))
        for path in self._paths:
            self._readings += read_files(path, self._answers, told, room)
        if self._refused and len(self._readings) > 1:
            raise UsageError(_("--refused takes one file of rows: import the files one by one."))
        if ask:
            self._readings = [self._settled(reading, told) for reading in self._readings]
        asked = [question for reading in self._readings for question in reading.understood.questions]
        if asked:
            self._show_questions()
            raise NeedsAnswer(
                _("Only you can decide this; nothing was imported."),
                tuple(dict.fromkeys(question.option for question in asked)),
                _("Give the command again with:"),
            )

    def _settled(self, reading: FileReading, told: Setting) -> FileReading:
        """Ask one question after another, each answer may settle others; what is left open stays."""
        from activetui.cli.imports.questions import ask_owner

        answers = self._answers
        while reading.understood.questions:
            more = ask_owner(reading.understood, answers)
            if more is None:
                break
            answers = more
            reading = reading.anew(answers, told)
        self._said[reading.part.path] = answers
        return reading

    def show_plans(self) -> None:
        """Print what importing each file would change."""
        with looking() as conn:
            for reading in self._readings:
                with _planned(conn, reading) as plan:
                    self._show(plan)
        self._end()

    def run(self, *, ask: bool) -> None:
        """Import file after file, each when it is accepted."""
        done = 0
        for number, reading in enumerate(self._readings):
            if ask and not self._accepted(reading):
                continue
            with open_writing(create=True) as conn:
                if number:
                    reading = self._anew(conn, reading)
                with _planned(conn, reading) as plan:
                    self._write(plan, show=not ask)
            done += 1
        self._end()
        if not done:
            raise OwnerError(_("Nothing was imported."))

    def _accepted(self, reading: FileReading) -> bool:
        """Show the plan and ask; a store that does not exist yet is not made for the question."""
        with looking() as conn, _planned(conn, reading.again()) as plan:
            self._show(plan)
            if plan.staged is not None and plan.staged.nothing_to_do:
                return True
        return confirmed(_("Import? [y/N]"))

    def _anew(self, conn: sqlite3.Connection, reading: FileReading) -> FileReading:
        """The file before may have brought a currency or kinds of event along."""
        from activetui.cli.imports.looking import usual_currency_here
        from activetui.importing.run import setting_of

        told = setting_of(conn, current().today, usual_currency=usual_currency_here())
        return reading.anew(self._said.get(reading.part.path, self._answers), told)

    def _write(self, plan: ImportPlan, *, show: bool) -> None:
        from activetui.cli.imports import words
        from activetui.importing.refused import write_refused

        if show and self._form is Format.TABLE:
            self._show(plan)
        batch = plan.apply(made_at())
        aside = None
        if plan.refusals:
            aside = write_refused(plan.refusals, plan.reading.understood, current().db.parent, self._refused)
        if self._form is Format.JSON:
            self._show(plan, batch=batch, refused_rows=None if aside is None else str(aside))
        else:
            words.print_result(plan, batch, aside)

    def _show(self, plan: ImportPlan, **more: object) -> None:
        from activetui.cli.imports import words
        from activetui.importing.plan_json import plan_as_json

        if self._form is Format.JSON:
            self._printed.append(plan_as_json(plan) | more)
        else:
            words.print_plan(plan)

    def _show_questions(self) -> None:
        from activetui.importing.run import ImportPlan

        with nowhere() as conn:
            for reading in self._readings:
                self._show(ImportPlan(conn, reading))
        self._end()

    def _end(self) -> None:
        if self._form is Format.JSON:
            from activetui.cli.output import emit

            emit(self._printed, Format.JSON)
            self._printed = []


@contextmanager
def _planned(conn: sqlite3.Connection, reading: FileReading) -> Iterator[ImportPlan]:
    from activetui.cli.imports.words import Telling
    from activetui.importing.run import plan_reading

    telling = Telling(reading.understood.table.path, reading.understood.table.scan.size)
    try:
        with plan_reading(conn, reading, telling) as plan:
            yield plan
    finally:
        telling.end()
