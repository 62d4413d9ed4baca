"""`segments trend`: a segment at the ends of the last months."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, line
from activetui.cli.segments.figures import total_fields
from activetui.cli.segments.given import NameArgument, PastCommand, called
from activetui.cli.segments.group import app
from activetui.cli.stamp import print_stamp, stamp
from activetui.ledger.days import from_iso, iso
from activetui.locales import _

MonthsOption = Annotated[
    int, typer.Option("--months", metavar="N", min=1, max=240, help=_("How many months."))
]


@app.command("trend", help=_("A segment at the ends of the last months."), cls=PastCommand)
def trend(
    name: NameArgument,
    months: MonthsOption = 12,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print a row for the end of each month before the as-of day, and one for the day itself."""
    from activetui.cli.progress import showing
    from activetui.insights.segment_history import trends
    from activetui.segments.asking import ask
    from activetui.segments.past import notes
    from activetui.store import settings

    with open_reading() as conn, showing(_("Asking of every month:")) as progress:
        segment = called(conn, name)
        ask(conn, segment.query, current().as_of)  # refuses what cannot be read
        [found] = trends(conn, [segment.query], current().as_of, months=months, progress=progress)
        currency, mark = settings.currency(conn), stamp(conn)
    rows = [
        {
            "date": iso(day), "segment": segment.name, "customers": total and total.customers,
            **(total_fields(total, currency) if total else {"revenue": None, "year_revenue": None}),
            "currency": currency, **mark.fields(),
        }
        for day, total in found.points
    ]
    emit(rows, form, _trend_columns())
    if form is Format.TABLE:
        said = notes(found.reach, found.told_from, found.points[0].day)
        if said:
            line("")
        for sentence in said:
            line(sentence)
        print_stamp(mark, form)


def _trend_columns() -> list[Column]:
    from decimal import Decimal

    from activetui.ledger.money import to_minor
    from activetui.locales.formats import format_day, format_money, format_number

    def money(field: str) -> Any:
        def shown(row: Any) -> str:
            if row[field] is None:
                return ""
            return format_money(to_minor(Decimal(row[field]), row["currency"]), row["currency"])

        return shown

    def customers(row: Any) -> str:
        return _("can't say") if row["customers"] is None else format_number(row["customers"])

    return [
        Column("date", _("Day"), lambda row: format_day(from_iso(row["date"])), whole=True),
        Column("customers", _("Customers"), customers, right=True, whole=True),
        Column("revenue", _("Revenue"), money("revenue"), right=True, whole=True),
        Column("year_revenue", _("In a year"), money("year_revenue"), right=True, whole=True),
    ]
