"""One `import` command: its files looked into, shown, accepted and written one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from activetui.cli.asking import confirmed
from activetui.cli.context import current, open_writing
from activetui.cli.imports.looking import looking, nowhere, setting
from activetui.cli.imports.showing import plan_row, planned, print_plan_words, write_plan
from activetui.cli.options import Format
from activetui.ledger.errors import NeedsAnswer, OwnerError, UsageError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.importing.asking.answers import Answers, Setting
    from activetui.importing.asking.questions import Question
    from activetui.importing.read import FileReading
    from activetui.importing.run import ImportPlan


class Job:
    """The files of one command. Use it in a `with` block: what was unpacked is gone afterwards."""

    def __init__(self, paths: Sequence[Path], answers: Answers, form: Format, refused: Path | None) -> None:
        self._paths, self._answers, self._form, self._refused = paths, answers, form, refused
        self._readings: list[FileReading] = []
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
        from activetui.importing import apart
        from activetui.importing.files.room import room_beside
        from activetui.importing.read import read_files

        self._rooms.enter_context(apart.started_for(self._paths))
        told = setting()
        room = self._rooms.enter_context(room_beside(current().db))
        for path in self._paths:
            self._readings += read_files(path, self._answers, told, room)
        if self._refused and len(self._readings) > 1:
            raise UsageError(_("--refused takes one file of rows: import the files one by one."))
        if ask:
            self._readings = [self._settled(reading, told) for reading in self._readings]
        if any(reading.questions for reading in self._readings):
            self._show_questions()
            raise _open([(reading, reading.questions) for reading in self._readings])
        if not ask:  # then it is this reading of the first file that is planned, as soon as the store is open
            apart.begin(self._readings[0])

    def _settled(self, reading: FileReading, told: Setting) -> FileReading:
        """Ask one question after another, each answer may settle others; what is left open stays."""
        from activetui.cli.imports.questions import ask_owner

        answers = self._answers
        while reading.questions:
            more = ask_owner(reading, answers)
            if more is None:
                break
            answers = more
            reading = reading.anew(answers, told)
        return reading

    def show_plans(self) -> None:
        """Print what importing each file would change."""
        asked: list[tuple[FileReading, Sequence[Question]]] = []
        with looking() as conn:
            for reading in self._readings:
                with planned(conn, reading) as plan:
                    self._show(plan)
                    asked.append((reading, plan.questions))
        self._end()
        if any(questions for _reading, questions in asked):
            raise _open(asked)

    def run(self, *, ask: bool) -> None:
        """Import file after file, each when it is accepted."""
        done = 0
        for number, reading in enumerate(self._readings):
            settled = self._accepted(reading) if ask else reading
            if settled is None:
                continue
            with open_writing(create=True) as conn:
                if number:
                    settled = self._anew(conn, settled)
                with planned(conn, settled) as plan:
                    self._write(plan, show=not ask)
            done += 1
        self._end()
        if not done:
            raise OwnerError(_("Nothing was imported."))

    def _accepted(self, reading: FileReading) -> FileReading | None:
        """Show the plan and ask; a store that does not exist yet is not made for the question."""
        from activetui.cli.imports.questions import ask_about

        while True:
            with looking() as conn, planned(conn, reading.again()) as plan:
                self._show(plan)
                if not plan.questions:
                    if plan.staged is not None and plan.staged.nothing_to_do:
                        return reading
                    break
                answers = ask_about(plan.questions[0], reading.understood, reading.understood.answers)
                if answers is None:
                    raise _open([(reading, plan.questions)])
            reading = reading.anew(answers, setting())
        return reading if confirmed(_("Import? [y/N]")) else None

    def _anew(self, conn: sqlite3.Connection, reading: FileReading) -> FileReading:
        """The file before may have brought a currency or kinds of event along."""
        from activetui.cli.imports.looking import usual_currency_here
        from activetui.importing.asking.knowing import setting_of

        told = setting_of(conn, current().today, usual_currency=usual_currency_here())
        return reading.anew(reading.understood.answers, told)

    def _write(self, plan: ImportPlan, *, show: bool) -> None:
        if plan.questions:
            self._show(plan)
            self._end()
            raise _open([(plan.reading, plan.questions)])
        if show and self._form is Format.TABLE:
            self._show(plan)
        told = write_plan(plan, self._form, self._refused)
        if self._form is Format.JSON:
            self._show(plan, **told)

    def _show(self, plan: ImportPlan, **more: object) -> None:
        if self._form is Format.JSON:
            self._printed.append(plan_row(plan) | more)
        else:
            print_plan_words(plan)

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


def _open(asked: Sequence[tuple[FileReading, Sequence[Question]]]) -> NeedsAnswer:
    """Of several files, each option is told with those that it is for."""
    files: dict[str, list[str]] = {}
    for reading, questions in asked:
        for question in questions:
            files.setdefault(question.option, []).append(reading.part.label)
    options = [
        option if len(asked) == 1 else f"{option}   ({', '.join(dict.fromkeys(names))})"
        for option, names in files.items()
    ]
    return NeedsAnswer(
        _("Only you can decide this; nothing was imported."), tuple(options),
        _("Give the command again with:"),
    )
