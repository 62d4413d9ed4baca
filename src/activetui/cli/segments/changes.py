"""`segments changes`: who entered a segment and left it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption, parse_day
from activetui.cli.output import Column, emit, emit_one, line, wording
from activetui.cli.segments.given import Called, NameArgument, PastCommand, called
from activetui.cli.segments.group import app
from activetui.cli.stamp import Stamp, print_stamp, stamp
from activetui.ledger.days import Day, iso
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.insights.segment_history import Changes, Side

SinceOption = Annotated[
    int | None,
    typer.Option(
        "--since", metavar="DATE", parser=parse_day,
        help=_("Compare with this day instead of the end of last month."),
    ),
]
LimitOption = Annotated[
    int, typer.Option("--limit", metavar="N", min=1, help=_("At most this many customers on each side."))
]


@app.command("changes", help=_("Who entered and left a segment, and why."), cls=PastCommand)
def changes(
    name: NameArgument,
    since: SinceOption = None,
    limit: LimitOption = 200,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print who is in the segment and was not, and the other way round, each with the reason."""
    from activetui.insights.segment_history import changes as changed
    from activetui.insights.segment_history import changes_since
    from activetui.ledger.errors import UsageError

    day = current().as_of
    before = changes_since(day) if since is None else since
    if before >= day:
        raise UsageError(
            _("The day to compare with must lie before the day that is looked at."),
            _("Give an earlier --since, or a later --as-of."),
        )
    with open_reading() as conn, _looking_from(conn, before) as then, wording(form):
        segment = called(conn, name)
        found = changed(then, conn, segment.query, before, day, most=limit)
        mark = stamp(conn)
    if form is Format.TABLE:
        _print_changes(segment, found, mark)
    elif form is Format.JSON:
        emit_one(_changes(segment, found, mark), form, lambda: ())
    else:
        emit(_change_rows(found), form, fields=_CHANGE_FIELDS)


_CHANGE_FIELDS = (
    "change", "id", "name", "status_before", "status", "year_spend", "currency", "conditions", "reasons",
)


def _changes(segment: Called, found: Changes, mark: Stamp) -> dict[str, Any]:
    def reasons(side: Side) -> list[dict[str, Any]]:
        return [{"condition": words, "customers": number} for words, number in side.by_cause]

    return {
        "segment": segment.name, "query": segment.query, "since": iso(found.since), "as_of": iso(found.day),
        **mark.fields(), "before": found.before.customers, "entered": found.entered.total.customers,
        "left": found.left.total.customers, "after": found.after.customers,
        "entered_by": reasons(found.entered), "left_by": reasons(found.left),
        "customers": list(_change_rows(found)),
    }


def _change_rows(found: Changes) -> Iterator[dict[str, Any]]:
    from activetui.ledger.money import plain
    from activetui.segments.reasons import cause_label

    for change, side in (("entered", found.entered), ("left", found.left)):
        for move in side.named:
            person, before = move.person, move.before
            yield {
                "change": change, "id": person.id, "name": person.name or None,
                "status_before": before.status.word if before else None, "status": person.status.word,
                "year_spend": plain(person.year_spend, person.currency), "currency": person.currency,
                "conditions": [cause_label(cause) for cause in move.causes], "reasons": list(move.words),
            }


def _print_changes(segment: Called, found: Changes, mark: Stamp) -> None:
    from activetui.cli.customers import called as name_of
    from activetui.locales.formats import format_day, format_money, format_number

    line(f"{segment.title} · {segment.query}")
    line(_("{before} on {since} + {entered} entered − {left} left = {after} on {day}").format(
        before=format_number(found.before.customers), since=format_day(found.since),
        entered=format_number(found.entered.total.customers),
        left=format_number(found.left.total.customers),
        after=format_number(found.after.customers), day=format_day(found.day),
    ))
    for title, side in ((_("Entered"), found.entered), (_("Left"), found.left)):
        line("")
        line(_side_words(title, side))
        if side.named:
            emit([{"_move": move} for move in side.named], Format.TABLE, [
                Column("name", _("Customer"), lambda row: name_of(row["_move"].person)),
                Column("year", _("Last year"), lambda row: format_money(
                    row["_move"].person.year_spend, row["_move"].person.currency
                ), right=True, whole=True),
                Column("why", _("Why"), lambda row: " · ".join(row["_move"].words)),
            ])
    if found.notes:
        line("")
    for note in found.notes:
        line(note)
    print_stamp(mark, Format.TABLE)


def _side_words(title: str, side: Side) -> str:
    from activetui.locales.formats import format_number

    number = side.total.customers
    words = ngettext("{title}: {n} customer", "{title}: {n} customers", number).format(
        title=title, n=format_number(number)
    )
    by = ", ".join(f"{label} {format_number(count)}" for label, count in side.by_cause)
    if len(side.by_cause) > 1:
        words += " (" + _("by {conditions}").format(conditions=by) + ")"
    if len(side.named) < number:
        words += " · " + _("the first {n} are shown").format(n=format_number(len(side.named)))
    return words


@contextmanager
def _looking_from(conn: sqlite3.Connection, day: Day) -> Iterator[sqlite3.Connection]:
    """Another connection to the same store, which looks from another day."""
    from activetui.store.opening.connection import connect_again
    from activetui.store.other_days.as_of import look_from

    other = connect_again(conn, read_only=True)
    try:
        look_from(other, day)
        yield other
    finally:
        other.close()
