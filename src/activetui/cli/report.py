"""`report`: figures of the business."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.activity.words import status_word
from activetui.cli.context import current, open_reading
from activetui.cli.group import Noun
from activetui.cli.options import AsOfOption, Format, FormatOption, parse_day
from activetui.cli.output import Column, emit, emit_one, width
from activetui.ledger.days import from_iso, iso
from activetui.ledger.errors import UsageError
from activetui.locales import _
from activetui.locales.formats import format_day, format_number, format_share

if TYPE_CHECKING:
    from activetui.insights.bridge import Bridge
    from activetui.insights.summary import Summary

app = Noun()


@app.command("summary", help=_("How many customers are in which status."))
def summary(as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print the summary of the as-of day."""
    print_summary(form)


@app.command("bridge", help=_("How the active base came from one day to another."))
def bridge(
    since: Annotated[
        int | None,
        typer.Option("--since", metavar="DATE", parser=parse_day, help=_("First day; else of the month.")),
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print start + new + reactivated − lapsed = end, from `since` to the as-of day."""
    from activetui.insights.bridge import bridge as bridge_over
    from activetui.insights.bridge import month_start

    last = current().as_of
    first = month_start(last) if since is None else since
    if first > last:
        raise UsageError(
            _("{day} is after {other}.").format(day=format_day(first), other=format_day(last)),
            _("Give a --since that is not later than the day to look from (--as-of)."),
        )
    with open_reading(facts=False) as conn:
        found = bridge_over(conn, first, last)
    row = {
        "first": iso(found.first), "last": iso(found.last), "start": found.start, "new": found.new,
        "reactivated": found.reactivated, "lapsed": found.lapsed, "end": found.end,
    }
    emit_one(row, form, lambda: bridge_lines(found))


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
    from activetui.store import spans

    days = month_ends(current().as_of, months)
    with open_reading(facts=False) as conn:
        found = spans.counts_over(conn, days)
    rows = [
        {"date": iso(day), "active_base": base(counts), **{status.word: counts[status] for status in Status}}
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


def bridge_lines(found: Bridge) -> Iterator[str]:
    """The bridge for people."""
    rows = [
        (_("active base on the day before"), "", found.start),
        (_("new"), "+", found.new),
        (_("reactivated"), "+", found.reactivated),
        (_("lapsed"), "−", found.lapsed),
        (_("active base at the end"), "=", found.end),
    ]
    yield _("{first} to {last}").format(first=format_day(found.first), last=format_day(found.last))
    room = max(width(word) for word, _sign, _number in rows)
    figures = max(len(format_number(number)) for _word, _sign, number in rows)
    for word, sign, number in rows:
        yield f"  {word}{' ' * (room - width(word))}  {sign:1} {format_number(number):>{figures}}"


def print_summary(form: Format = Format.TABLE) -> None:
    """The summary of the store in use on the as-of day."""
    from activetui.insights.summary import summarise

    with open_reading(facts=False) as conn:
        found = summarise(conn, current().as_of)
    emit_one(summary_row(found), form, lambda: summary_lines(found))


def summary_row(found: Summary) -> dict[str, Any]:
    """The summary under the names of the JSON contract."""
    return {
        "as_of": iso(found.as_of),
        "definition": found.definition,
        "version": found.version,
        "customers": found.customers,
        "counts": {status.word: found.counts[status] for status in Status},
        "active_base": found.active_base,
    }


def summary_lines(found: Summary) -> Iterator[str]:
    """The summary for people."""
    yield _("{day} · {definition}, version {version}").format(
        day=format_day(found.as_of), definition=found.definition, version=found.version
    )
    if not found.customers:
        yield _("No customers yet. activetui demo shows an invented shop; activetui import FILE takes yours.")
        return
    yield _("Active base: {base} of {customers} customers ({share})").format(
        base=format_number(found.active_base),
        customers=format_number(found.customers),
        share=format_share(found.active_base / found.customers),
    )
    words = {status: status_word(status) for status in Status}
    numbers = {status: format_number(found.counts[status]) for status in Status}
    room = max(map(width, words.values()))
    figures = max(map(len, numbers.values()))
    for status in sorted(Status, key=lambda status: status not in ACTIVE_BASE):
        share = format_share(found.counts[status] / found.customers)
        pad = " " * (room - width(words[status]))
        yield f"  {words[status]}{pad}  {numbers[status]:>{figures}}  {share:>4}"
