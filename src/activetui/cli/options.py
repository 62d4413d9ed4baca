"""Options that commands share. A reading command declares `as_of: AsOfOption = None` and
`form: FormatOption = Format.TABLE`; every command has `--db` without declaring it, and `--known` beside
`--as-of`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from activetui.cli import clock
from activetui.cli.context import choose_as_of, choose_db
from activetui.ledger.days import Day, from_iso
from activetui.ledger.errors import UsageError
from activetui.locales import _


class Format(StrEnum):
    """How a reading command prints what it found."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


def parse_day(text: str) -> Day:
    """The day of an ISO date, `today` or `yesterday`; `UsageError` for anything else."""
    word = text.strip().lower()
    if word in ("today", "yesterday"):
        return clock.today() - (word == "yesterday")
    try:
        return from_iso(word)
    except ValueError:
        raise UsageError(
            _("{text!r} is not a date.").format(text=text),
            _("Write it as 2026-11-22, or today, or yesterday."),
        ) from None


DB_HELP = _("The store to work on (also ACTIVETUI_DB; else in your data folder).")
KNOWN_HELP = _("Answer from what had been entered by that day (then), or from all known today (now).")

DbOption = Annotated[
    str | None, typer.Option("--db", metavar="FILE", help=DB_HELP, callback=choose_db, expose_value=False)
]
AsOfOption = Annotated[
    int | None,
    typer.Option(
        "--as-of", metavar="DATE", help=_("Answer for this day instead of today, past or future."),
        parser=parse_day, callback=choose_as_of,
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help=_("How to print: table, csv, json or markdown."), metavar="FORMAT")
]
