"""`report bridge`: how the active base came from one day to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption, parse_day
from activetui.cli.output import emit_one, width
from activetui.cli.report.group import app
from activetui.cli.stamp import Stamp, lack_lines, stamp
from activetui.ledger.days import iso
from activetui.ledger.errors import UsageError
from activetui.locales import _
from activetui.locales.formats import format_day, format_number

if TYPE_CHECKING:
    from activetui.insights.bridge import Bridge


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
    from activetui.ledger.days import month_start

    last = current().as_of
    first = month_start(last) if since is None else since
    if first > last:
        raise UsageError(
            _("{day} is after {other}.").format(day=format_day(first), other=format_day(last)),
            _("Give a --since that is not later than the day to look from (--as-of)."),
        )
    with open_reading(facts=False) as conn:
        found, mark = bridge_over(conn, first, last), stamp(conn, lack=form is Format.TABLE)
    row = {
        "first": iso(found.first), "last": iso(found.last), "start": found.start, "new": found.new,
        "reactivated": found.reactivated, "lapsed": found.lapsed, "end": found.end,
        **mark.fields(),
    }
    emit_one(row, form, lambda: bridge_lines(found, mark))


def bridge_lines(found: Bridge, mark: Stamp) -> Iterator[str]:
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
    yield from lack_lines(mark)
    yield ""
    yield mark.words()
