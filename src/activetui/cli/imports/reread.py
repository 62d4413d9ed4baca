"""`imports reread`: an import once more, from the file as the store keeps it, with other answers."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.asking import confirmed
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.imports import answering
from activetui.cli.imports.answering import answers_of
from activetui.cli.imports.group import IdArgument, app
from activetui.cli.options import Format, FormatOption
from activetui.ledger.errors import NeedsAnswer, OwnerError, UsageError
from activetui.locales import _

if TYPE_CHECKING:
    import sqlite3

    from activetui.importing.asking.answers import Answers
    from activetui.importing.read import FileReading
    from activetui.importing.run import ImportPlan


@app.command("reread", help=_("Read an imported file again with other answers, in place of the first time."))
def reread(
    number: IdArgument,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only show what would come of it."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))] = False,
    columns: answering.MapOption = None,
    date_order: answering.DateOrderOption = "",
    decimal: answering.DecimalOption = "",
    encoding: answering.EncodingOption = "",
    delimiter: answering.DelimiterOption = "",
    currency: answering.CurrencyOption = "",
    country: answering.CountryOption = "",
    time_zone: answering.TimeZoneOption = "",
    missing: answering.MissingOption = "",
    same_sale: answering.SameSaleOption = "",
    cents: answering.CentsOption = "",
    serials: answering.SerialsOption = "",
    carry_down: answering.CarryDownOption = "",
    day_sums: answering.DaySumsOption = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Show what the file gives now, ask, take the import back, and import the file anew."""
    if form not in (Format.TABLE, Format.JSON):
        raise UsageError(_("A plan is printed as a table or as JSON."))
    answers = answers_of(
        columns, date_order=date_order, decimal=decimal, encoding=encoding, delimiter=delimiter,
        currency=currency, country=country, time_zone=time_zone, same_sale=same_sale, cents=cents,
        missing=missing, serials=serials, carry_down=carry_down, day_sums=day_sums,
    )
    ask = not (yes or dry_run) and sys.stdin.isatty() and form is Format.TABLE
    with ExitStack() as stack:
        reading = _looked_at(stack, number, answers, form, quiet=yes)
        if dry_run:
            return
        if not (yes or ask):
            raise NeedsAnswer(_("Nothing was changed yet: nobody can be asked here."), ("--yes",))
        if ask and not confirmed(_("Import it so, in place of import {id}? [y/N]").format(id=number)):
            raise OwnerError(_("Nothing was changed."))
        conn = stack.enter_context(open_writing())
        _replace(conn, number, reading, form)


def _looked_at(
    stack: ExitStack, number: int, answers: Answers, form: Format, *, quiet: bool
) -> FileReading:
    """The file read anew; shown with what it would change, unless it is done without asking."""
    from activetui.cli.imports.looking import looking, usual_currency_here
    from activetui.cli.imports.showing import planned
    from activetui.importing.files.room import room_beside
    from activetui.importing.rereading import as_if_undone, read_kept
    from activetui.importing.run import ImportPlan

    room = stack.enter_context(room_beside(current().db))
    today = current().today
    with looking() as conn, as_if_undone(conn, number, room, today=today, made_at=made_at()) as before:
        reading = read_kept(
            conn, number, answers, before=before, room=room, today=today,
            usual_currency=usual_currency_here(),
        )
        asked = reading.questions
        if asked:
            _show(ImportPlan(before, reading), form)
            raise NeedsAnswer(
                _("Only you can decide this; nothing was changed."),
                tuple(question.option for question in asked), _("Give the command again with:"),
            )
        if not quiet:
            with planned(before, reading) as plan:
                _show(plan, form)
    return reading.again()


def _replace(conn: sqlite3.Connection, number: int, reading: FileReading, form: Format) -> None:
    from activetui.cli.imports.showing import planned, write_plan
    from activetui.store.imports import batches

    if not batches.show(conn, number).undone_at:
        undone = batches.undo(conn, number, today=current().today, made_at=made_at())
        if undone.failed:
            words = _("Import {id} could not be taken back whole; its file was not read again.")
            raise OwnerError(
                words.format(id=number),
                _("activetui imports show {id} says what became of it.").format(id=number),
            )
    with planned(conn, reading) as plan:
        told = write_plan(plan, form, None)
        if form is Format.JSON:
            _show(plan, form, **told)


def _show(plan: ImportPlan, form: Format, **more: object) -> None:
    from activetui.cli.imports.showing import plan_row, print_plan_words
    from activetui.cli.output import emit

    if form is Format.JSON:
        emit([plan_row(plan) | more], form)
    else:
        print_plan_words(plan)
