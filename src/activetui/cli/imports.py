"""`import` and `imports`: files into the ledger, and what was imported before."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.asking import confirmed
from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.group import Noun
from activetui.cli.options import Format, FormatOption
from activetui.ledger.errors import NeedsAnswer, OwnerError, UsageError
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.importing.answers import Answers, Setting
    from activetui.importing.read import FileReading
    from activetui.importing.run import ImportPlan

app = Noun()

IdArgument = Annotated[int, typer.Argument(metavar="ID", help=_("The number of an import."))]


def import_files(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=_("CSV files."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only show what would be imported."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Import without asking."))] = False,
    source: Annotated[
        str,
        typer.Option("--source", metavar="NAME", help=_("Where the files come from; ids hold within it.")),
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help=_("What a column means; may be given several times.")
        ),
    ] = None,
    date_order: Annotated[
        str, typer.Option("--date-order", metavar="dmy|mdy|ymd", help=_("How days are written."))
    ] = "",
    decimal: Annotated[
        str, typer.Option("--decimal", metavar=", | .", help=_("The decimal mark of amounts."))
    ] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="E", help=_("How letters are stored, such as cp1251."))
    ] = "",
    delimiter: Annotated[
        str, typer.Option("--delimiter", metavar="D", help=_("What parts the columns: , ; | or tab."))
    ] = "",
    currency: Annotated[
        str, typer.Option("--currency", metavar="CODE", help=_("The currency of the amounts, such as EUR."))
    ] = "",
    country: Annotated[
        str,
        typer.Option("--country", metavar="CC", help=_("Where telephone numbers are at home, such as PT.")),
    ] = "",
    refused: Annotated[
        str, typer.Option("--refused", metavar="FILE", help=_("Where rows go that cannot be taken."))
    ] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Plan every file, ask, and write each as one batch."""
    from activetui.importing.answers import Answers
    from activetui.importing.files.paths import clean_path

    if form not in (Format.TABLE, Format.JSON):
        raise UsageError(_("A plan is printed as a table or as JSON."))
    if refused and len(files) > 1:
        raise UsageError(_("--refused takes one file of rows: import the files one by one."))
    answers = Answers(
        source=source, columns=_mapped(columns or []), date_order=date_order.lower(), decimal=decimal.strip(),
        encoding=encoding, delimiter=delimiter, currency=currency, country=country.upper(),
    )
    job = _Job([clean_path(file) for file in files], answers, form, Path(refused) if refused else None)
    job.look()
    ask = not yes and sys.stdin.isatty() and form is Format.TABLE
    if dry_run or not (yes or ask):
        job.show_plans()
        if not dry_run:
            raise NeedsAnswer(_("Nothing was imported yet: nobody can be asked here."), ("--yes",))
    else:
        job.run(ask=ask)


class _Job:
    """One `import` command."""

    def __init__(self, paths: Sequence[Path], answers: Answers, form: Format, refused: Path | None) -> None:
        self._paths, self._answers, self._form, self._refused = paths, answers, form, refused
        self._readings: list[FileReading] = []
        self._printed: list[dict[str, Any]] = []

    def look(self) -> None:
        """Look into every file before anything is written; the first that cannot be read ends it."""
        from activetui.importing.read import read_file

        setting = _setting()
        self._readings = [read_file(path, self._answers, setting) for path in self._paths]
        asked = [question for reading in self._readings for question in reading.understood.questions]
        if asked:
            self._ask_questions()
            raise NeedsAnswer(
                _("Only you can decide this; nothing was imported."),
                tuple(dict.fromkeys(question.option for question in asked)),
                _("Give the command again with:"),
            )

    def show_plans(self) -> None:
        """Print what importing each file would change."""
        with _looking() as conn:
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
        with _looking() as conn, _planned(conn, reading.again()) as plan:
            self._show(plan)
            if plan.staged is not None and plan.staged.nothing_to_do:
                return True
        return confirmed(_("Import? [y/N]"))

    def _anew(self, conn: sqlite3.Connection, reading: FileReading) -> FileReading:
        """The file before may have brought a currency or kinds of event along."""
        from activetui.importing.read import read_file
        from activetui.importing.run import setting_of

        setting = setting_of(conn, current().today, usual_currency=_usual_currency())
        return read_file(reading.understood.table.path, self._answers, setting)

    def _write(self, plan: ImportPlan, *, show: bool) -> None:
        from activetui.cli import import_words
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
            import_words.print_result(plan, batch, aside)

    def _show(self, plan: ImportPlan, **more: object) -> None:
        from activetui.cli import import_words
        from activetui.importing.plan_json import plan_as_json

        if self._form is Format.JSON:
            self._printed.append(plan_as_json(plan) | more)
        else:
            import_words.print_plan(plan)

    def _ask_questions(self) -> None:
        from activetui.importing.run import ImportPlan

        with _nowhere() as conn:
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
    from activetui.cli.import_words import Telling
    from activetui.importing.run import plan_reading

    telling = Telling(reading.understood.table.path, reading.understood.table.scan.size)
    try:
        with plan_reading(conn, reading, telling) as plan:
            yield plan
    finally:
        telling.end()


@contextmanager
def _looking() -> Iterator[sqlite3.Connection]:
    """The store, to be looked at only; an empty one that is thrown away where there is none yet."""
    from activetui.store.file import open_store
    from activetui.store.guard import owner_errors

    context = current()
    with ExitStack() as stack:
        stack.enter_context(owner_errors(context.db))
        if context.db.exists():
            conn = open_store(context.db, today=context.today, read_only=True)
        else:
            conn = stack.enter_context(_nowhere())
        try:
            yield conn
        finally:
            conn.close()


@contextmanager
def _nowhere() -> Iterator[sqlite3.Connection]:
    """An empty store in a folder that is gone afterwards."""
    from tempfile import TemporaryDirectory

    from activetui.store.file import open_store

    with TemporaryDirectory(prefix="activetui-", ignore_cleanup_errors=True) as folder:
        conn = open_store(Path(folder) / "empty.db", today=current().today, create=True)
        try:
            yield conn
        finally:
            conn.close()


def _setting() -> Setting:
    from activetui.importing.answers import Setting
    from activetui.importing.run import setting_of

    if not current().db.exists():
        return Setting(current().today, usual_currency=_usual_currency())
    with _looking() as conn:
        return setting_of(conn, current().today, usual_currency=_usual_currency())


def _usual_currency() -> str:
    from activetui.importing.currency import usual_currency
    from activetui.locales import language_of_environment

    return usual_currency(language_of_environment())


def _mapped(given: Sequence[str]) -> dict[str, str]:
    """`COLUMN=FIELD` as given; a heading may hold an equals sign, a field none."""
    found = {}
    for text in given:
        column, equals, field = text.rpartition("=")
        if not equals or not column.strip() or not field.strip():
            raise UsageError(
                _("--map {text}: give the column and what it means.").format(text=text),
                _("For example: --map Valor=amount"),
            )
        found[column.strip()] = field.strip()
    return found


@app.command("list", help=_("Every import, the newest first."))
def list_all(form: FormatOption = Format.TABLE) -> None:
    """Print the batches."""
    from activetui.cli.import_words import BATCH_FIELDS, batch_columns, batch_row
    from activetui.cli.output import emit
    from activetui.store.batches import list_batches

    with open_reading(facts=False) as conn:
        rows = [batch_row(batch) for batch in list_batches(conn)]
    emit(rows, form, batch_columns(), fields=BATCH_FIELDS, empty=_("Nothing has been imported yet."))


@app.command("show", help=_("One import: what it read, assumed, changed and refused."))
def show(number: IdArgument, form: FormatOption = Format.TABLE) -> None:
    """Print one batch."""
    from activetui.cli.import_words import batch_row, batch_text
    from activetui.cli.output import emit_one
    from activetui.store import batches

    with open_reading(facts=False) as conn:
        batch = batches.show(conn, number)
        refusals = batches.refusals(conn, number)
    row = batch_row(batch) | {
        "assumptions": dict(batch.assumptions),
        "counts": dict(batch.counts),
        "refusals": [{"line": one.line, "reason": one.reason} for one in refusals],
    }
    emit_one(row, form, lambda: batch_text(batch, refusals))


@app.command("undo", help=_("Take an import back; what was changed since stays."))
def undo(number: IdArgument, form: FormatOption = Format.TABLE) -> None:
    """Undo one batch and say what became of its rows."""
    from activetui.cli.output import emit_one
    from activetui.store import batches

    with open_writing() as conn:
        undone = batches.undo(conn, number, today=current().today, made_at=made_at())
    left = {"kept": undone.kept, "failed": undone.failed}
    row: dict[str, Any] = {"id": number, "reversed": undone.reversed, "backup": undone.backup or None}
    row |= {
        name: [{"table": one.table, "id": one.id, "label": one.label, "reason": one.reason} for one in rows]
        for name, rows in left.items()
    }

    def text() -> Iterator[str]:
        yield ngettext(
            "Import {id} undone: {n} row is as before.", "Import {id} undone: {n} rows are as before.",
            undone.reversed,
        ).format(id=number, n=undone.reversed)
        for one in undone.kept:
            yield "  " + _("kept: {label}: {reason}").format(label=one.label, reason=one.reason)
        for one in undone.failed:
            yield "  " + _("not undone: {label}: {reason}").format(label=one.label, reason=one.reason)
        if undone.backup:
            yield _("A copy of your data from before: {file}").format(file=undone.backup)

    emit_one(row, form, text)
    if undone.failed:
        raise OwnerError(_("Some rows could not be brought back."))
