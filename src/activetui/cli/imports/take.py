"""`import`: plan every file, ask, and write each as one batch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from activetui.cli.imports import answering
from activetui.cli.imports.answering import answers_of
from activetui.cli.options import Format, FormatOption
from activetui.ledger.errors import NeedsAnswer, UsageError
from activetui.locales import _


def import_files(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help=_("CSV or Excel files, also in a .zip or .gz."))
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only show what would be imported."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Import without asking."))] = False,
    source: answering.SourceOption = "",
    columns: answering.MapOption = None,
    date_order: answering.DateOrderOption = "",
    decimal: answering.DecimalOption = "",
    encoding: answering.EncodingOption = "",
    delimiter: answering.DelimiterOption = "",
    currency: answering.CurrencyOption = "",
    country: answering.CountryOption = "",
    time_zone: answering.TimeZoneOption = "",
    older: answering.OlderOption = "",
    missing: answering.MissingOption = "",
    same_sale: answering.SameSaleOption = "",
    cents: answering.CentsOption = "",
    serials: answering.SerialsOption = "",
    carry_down: answering.CarryDownOption = "",
    day_sums: answering.DaySumsOption = "",
    bring_back: Annotated[
        bool, typer.Option("--bring-back", help=_("Also take events that you deleted by hand."))
    ] = False,
    refused: Annotated[
        str, typer.Option("--refused", metavar="FILE", help=_("Where rows go that cannot be taken."))
    ] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Look into all files first: one that cannot be read ends the command before anything is written."""
    from activetui.cli.imports.job import Job
    from activetui.importing.files.paths import expand

    if form not in (Format.TABLE, Format.JSON):
        raise UsageError(_("A plan is printed as a table or as JSON."))
    answers = answers_of(
        columns, source=source, date_order=date_order, decimal=decimal, encoding=encoding,
        delimiter=delimiter, currency=currency, country=country, time_zone=time_zone, older=older,
        missing=missing, same_sale=same_sale, cents=cents, serials=serials, bring_back=bring_back,
        carry_down=carry_down, day_sums=day_sums,
    )
    ask = not (yes or dry_run) and sys.stdin.isatty() and form is Format.TABLE
    with Job(expand(files), answers, form, Path(refused) if refused else None) as job:
        job.look(ask=ask)
        if dry_run or not (yes or ask):
            job.show_plans()
            if not dry_run:
                raise NeedsAnswer(_("Nothing was imported yet: nobody can be asked here."), ("--yes",))
        else:
            job.run(ask=ask)
