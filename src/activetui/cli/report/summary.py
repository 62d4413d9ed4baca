"""`report summary`: how many customers are in which status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.activity.words import status_word
from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit_one, width
from activetui.cli.report.group import app
from activetui.cli.stamp import Stamp, lack_lines, stamp
from activetui.ledger.days import iso
from activetui.locales import _
from activetui.locales.formats import format_day, format_number, format_share

if TYPE_CHECKING:
    from activetui.insights.summary import Summary


@app.command("summary", help=_("How many customers are in which status."))
def summary(as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print the summary of the as-of day."""
    print_summary(form)


def print_summary(form: Format = Format.TABLE) -> None:
    """The summary of the store in use on the as-of day."""
    from activetui.insights.summary import summarise

    with open_reading(facts=False) as conn:
        found, mark = summarise(conn, current().as_of), stamp(conn, lack=form is Format.TABLE)
    emit_one(summary_row(found, mark), form, lambda: summary_lines(found, mark))


def summary_row(found: Summary, mark: Stamp) -> dict[str, Any]:
    """The summary under the names of the JSON contract."""
    return {
        "as_of": iso(found.as_of),
        "definition": found.definition,
        "version": found.version,
        "customers": found.customers,
        "counts": {status.word: found.counts[status] for status in Status},
        "active_base": found.active_base,
        "known": mark.known,
        "known_from": iso(found.known_from[1]) if found.known_from else None,
    }


def summary_lines(found: Summary, mark: Stamp) -> Iterator[str]:
    """The summary for people."""
    yield mark.words()
    if not found.customers:
        yield from lack_lines(mark)[1:]
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
    if found.known_from is not None:
        first, last = map(format_day, found.known_from)
        sentence = _("Who can't be told yet can be told from {day} on.")
        if first != last:
            sentence = _("Who can't be told yet can be told from {day} on, the last of them from {last} on.")
        yield sentence.format(day=first, last=last)
    yield from lack_lines(mark)
