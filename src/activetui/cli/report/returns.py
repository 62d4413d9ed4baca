"""`report returns`: how many come back by themselves, after how long a silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, line
from activetui.cli.paragraphs import paragraph
from activetui.cli.progress import showing
from activetui.cli.report.group import app
from activetui.cli.stamp import print_stamp, stamp
from activetui.cli.windows import LONGEST, days_of
from activetui.ledger.days import Day, iso
from activetui.locales import _
from activetui.locales.formats import days_words, format_day, format_number, format_share

if TYPE_CHECKING:
    from activetui.activity.past.natural_return import NaturalReturn

_FIELDS = (
    "silent_days", "n", "returned", "share", "horizon_days", "end", "definition", "version", "known",
)


@app.command("returns", help=_("How many come back by themselves, after how long a silence."))
def returns(
    horizon: Annotated[
        int,
        typer.Option("--horizon", metavar="N", min=1, max=LONGEST, help=_("Days in which to buy again.")),
    ] = 90,
    silent: Annotated[
        str, typer.Option("--silent", metavar="N,N", help=_("Days of silence to look at, such as 30,60,90."))
    ] = "",
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the share that bought within the horizon, from the purchases up to the as-of day."""
    from activetui.activity.past.natural_return import SILENCES, natural_return
    from activetui.store.purchase_history import purchase_history

    silences = days_of(silent) if silent else SILENCES
    with open_reading(facts=False) as conn, showing(_("Reading the purchases:")) as progress:
        history = purchase_history(conn, up_to=current().as_of, progress=progress)
        mark = stamp(conn)
    end = history.end
    found = natural_return(history, silences, horizon, end or 0)
    if form is Format.TABLE:
        _print(found, horizon, end)
        print_stamp(mark, form, apart=False)
        return
    rows = (
        {
            "silent_days": row.silent_days, "n": row.n, "returned": row.returned,
            "share": None if row.share is None else round(row.share, 6), "horizon_days": horizon,
            "end": iso(end), **mark.fields(),
        }
        for row in found
    )
    emit(rows, form, fields=_FIELDS)


def _print(found: Sequence[NaturalReturn], horizon: int, end: Day | None) -> None:
    """The table for people, and what it is for."""
    if end is None:
        line(_("The ledger holds no purchases of known customers."))
        return
    if not any(row.n for row in found):
        line(_("No silence of a customer can be judged yet: none began {days} or more before {day}.").format(
            days=days_words(horizon), day=format_day(end)
        ))
        return
    emit(
        [{"row": row} for row in found],
        Format.TABLE,
        [
            Column("silent", _("Silent for"), lambda row: days_words(row["row"].silent_days), right=True),
            Column("n", _("Silences"), lambda row: format_number(row["row"].n), right=True),
            Column(
                "returned", _("Bought within {horizon}").format(horizon=days_words(horizon)),
                lambda row: format_number(row["row"].returned), right=True,
            ),
            Column("share", _("Share"), lambda row: format_share(row["row"].share), right=True),
        ],
    )
    line("")
    words = _(
        "Purchases up to {day}. Each silence counts once, whoever's it is. An offer to those silent as long "
        "has to bring back more than this share."
    )
    for part in paragraph(words.format(day=format_day(end))):
        line(part)
