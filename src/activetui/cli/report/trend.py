"""`report trend`: the statuses at the ends of the last months."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit
from activetui.cli.report.group import app
from activetui.cli.stamp import print_stamp, stamp
from activetui.ledger.days import from_iso, iso
from activetui.locales import _
from activetui.locales.formats import format_day


@app.command("trend", help=_("The active base and every status at the ends of the last months."))
def trend(
    months: Annotated[
        int, typer.Option("--months", metavar="N", min=1, max=600, help=_("How many months."))
    ] = 24,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print a row for the end of each month before the as-of day, and one for the day itself."""
    from activetui.insights.bridge import base, month_ends
    from activetui.store.facts import spans

    days = month_ends(current().as_of, months)
    with open_reading(facts=False) as conn:
        found, mark = spans.counts_over(conn, days), stamp(conn, lack=form is Format.TABLE)
    rows = [
        {
            "date": iso(day), "active_base": base(counts),
            **{status.word: counts[status] for status in Status}, **mark.fields(),
        }
        for day, counts in zip(days, found, strict=True)
    ]
    emit(
        rows, form,
        [
            Column("date", _("Day"), lambda row: format_day(from_iso(row["date"]))),
            Column("active_base", _("Active base"), right=True),
            *(Column(status.word, status_word(status), right=True) for status in Status),
        ],
    )
    print_stamp(mark, form)
