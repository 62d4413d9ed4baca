"""`segments compare`, `changes` and `trend`: segments beside each other and over time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption, parse_day
from activetui.cli.output import Column, emit, emit_one, line, wording
from activetui.cli.query_command import QueryCommand
from activetui.cli.stamp import Stamp, print_stamp, stamp
from activetui.ledger.days import Day, from_iso, iso
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.insights.segment_comparison import Comparison, Profile
    from activetui.insights.segment_history import Changes, Side
    from activetui.store.people import Clause, Total

SIGNS = (":", "<", ">", "=")
"""A text with one of them is a query where no segment is called so."""


class PastCommand(QueryCommand):
    """A command that must see more days than one, and so cannot look at what was known on one of them."""

    two_clocks = False


def _name(metavar: str) -> Any:
    return typer.Argument(metavar=metavar, help=_("A segment's name, or a query in quotes."))


NameArgument = Annotated[str, _name("NAME")]
FirstArgument = Annotated[str, _name("A")]
SecondArgument = Annotated[str, _name("B")]
SinceOption = Annotated[
    int | None,
    typer.Option(
        "--since", metavar="DATE", parser=parse_day,
        help=_("Compare with this day instead of the end of last month."),
    ),
]
MonthsOption = Annotated[
    int, typer.Option("--months", metavar="N", min=1, max=240, help=_("How many months."))
]
LimitOption = Annotated[
    int, typer.Option("--limit", metavar="N", min=1, help=_("At most this many customers on each side."))
]


class Called(NamedTuple):
    """A segment or a query that a command was given."""

    name: str
    title: str
    query: str


def register(app: typer.Typer) -> None:
    """Add the commands to those about segments."""
    app.command("compare", help=_("Two segments side by side."), cls=QueryCommand)(compare)
    app.command("changes", help=_("Who entered and left a segment, and why."), cls=PastCommand)(changes)
    app.command("trend", help=_("A segment at the ends of the last months."), cls=PastCommand)(trend)


# -- compare ----------------------------------------------------------------------------------------------


def compare(
    a: FirstArgument, b: SecondArgument, as_of: AsOfOption = None, form: FormatOption = Format.TABLE
) -> None:
    """Print what two segments come to, and how many customers are in both."""
    from activetui.insights.segment_comparison import compare as side_by_side
    from activetui.store import settings

    day = current().as_of
    with open_reading() as conn:
        named = [_called(conn, text) for text in (a, b)]
        first, second = (_clause(conn, each, day) for each in named)
        found = side_by_side(conn, first, second, day)
        currency, mark = settings.currency(conn), stamp(conn)
    if form is Format.TABLE:
        emit(list(_compared(found, currency)), form, [
            Column("what", _("Figure"), whole=True),
            Column("a", named[0].title, right=True),
            Column("b", named[1].title, right=True),
        ])
        line("")
        line(_overlap_words(found))
        print_stamp(mark, form)
        return
    row = {
        "as_of": iso(mark.as_of), **mark.fields(), "currency": currency,
        "a": _profile(named[0], found.a, currency), "b": _profile(named[1], found.b, currency),
        "only_a": _total(found.only_a, currency), "both": _total(found.both, currency),
        "only_b": _total(found.only_b, currency),
    }
    emit_one(row, form, lambda: ())


def _profile(called: Called, found: Profile, currency: str) -> dict[str, Any]:
    from activetui.ledger.money import plain

    each = found.year_each
    return {
        "name": called.name, "query": called.query, **_total(found.total, currency),
        "of": found.of, "share": None if found.share is None else round(found.share, 4),
        "purchases": found.purchases,
        "median_year_revenue": None if each.value is None else plain(round(each.value), currency),
        "median_rhythm_days": found.rhythm.value, "with_rhythm": found.rhythm.n,
        "median_days_since_purchase": found.silent.value, "buyers": found.silent.n,
        "statuses": {status.word: number for status, number in found.statuses.items()},
    }


def _total(total: Total, currency: str) -> dict[str, Any]:
    from activetui.ledger.money import plain

    return {
        "customers": total.customers, "revenue": plain(total.spend, currency),
        "year_revenue": plain(total.year_spend, currency),
    }


def _compared(found: Comparison, currency: str) -> Iterator[dict[str, str]]:
    """The rows of the table for people: each figure of both."""
    from activetui.insights.segment_comparison import compared_figures

    for what, a, b in compared_figures(found, currency):
        yield {"what": what, "a": a, "b": b}


def _overlap_words(found: Comparison) -> str:
    from activetui.locales.formats import format_number

    return _("{only_a} only in the first · {both} in both · {only_b} only in the second").format(
        only_a=format_number(found.only_a.customers), both=format_number(found.both.customers),
        only_b=format_number(found.only_b.customers),
    )


# -- changes ----------------------------------------------------------------------------------------------


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
        called = _called(conn, name)
        found = changed(then, conn, called.query, before, day, most=limit)
        mark = stamp(conn)
    if form is Format.TABLE:
        _print_changes(called, found, mark)
    elif form is Format.JSON:
        emit_one(_changes(called, found, mark), form, lambda: ())
    else:
        emit(_change_rows(found), form, fields=_CHANGE_FIELDS)


_CHANGE_FIELDS = (
    "change", "id", "name", "status_before", "status", "year_spend", "currency", "conditions", "reasons",
)


def _changes(called: Called, found: Changes, mark: Stamp) -> dict[str, Any]:
    def reasons(side: Side) -> list[dict[str, Any]]:
        return [{"condition": words, "customers": number} for words, number in side.by_cause]

    return {
        "segment": called.name, "query": called.query, "since": iso(found.since), "as_of": iso(found.day),
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


def _print_changes(called: Called, found: Changes, mark: Stamp) -> None:
    from activetui.cli.customers import called as called_by
    from activetui.locales.formats import format_day, format_money, format_number

    line(f"{called.title} · {called.query}")
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
                Column("name", _("Customer"), lambda row: called_by(row["_move"].person)),
                Column("year", _("Last year"), lambda row: format_money(
                    row["_move"].person.year_spend, row["_move"].person.currency
                ), right=True, whole=True),
                Column("why", _("Why"), lambda row: " · ".join(row["_move"].words)),
            ])
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


# -- trend ------------------------------------------------------------------------------------------------


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
        called = _called(conn, name)
        ask(conn, called.query, current().as_of)  # refuses what cannot be read
        [found] = trends(conn, [called.query], current().as_of, months=months, progress=progress)
        currency, mark = settings.currency(conn), stamp(conn)
    rows = [
        {
            "date": iso(day), "segment": called.name, "customers": total and total.customers,
            **(_total(total, currency) if total else {"revenue": None, "year_revenue": None}),
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


# -- what a command was given -----------------------------------------------------------------------------


def _called(conn: sqlite3.Connection, text: str) -> Called:
    """The segment of that name, else the query itself; `OwnerError` if it can be neither."""
    from activetui.ledger.errors import OwnerError
    from activetui.segments.library import find

    try:
        segment = find(conn, text.strip())
    except OwnerError:
        if not any(sign in text for sign in SIGNS):
            raise
        return Called(text.strip(), text.strip(), text.strip())
    return Called(segment.name, segment.title, segment.query)


def _clause(conn: sqlite3.Connection, called: Called, day: Day) -> Clause:
    """The condition of a segment as of the day; `OwnerError` where it is of a day of its own."""
    from activetui.ledger.errors import OwnerError
    from activetui.segments.asking import ask

    asked = ask(conn, called.query, day)
    if asked.day != day:
        raise OwnerError(
            _("{name} is of a day of its own, so it cannot stand beside another one.").format(
                name=called.title
            ),
            _("Take as-of: out of it, and give the day with --as-of."),
        )
    return asked.clause


@contextmanager
def _looking_from(conn: sqlite3.Connection, day: Day) -> Iterator[sqlite3.Connection]:
    """Another connection to the same store, which looks from another day."""
    from activetui.store.as_of import look_from
    from activetui.store.connection import connect_again

    other = connect_again(conn, read_only=True)
    try:
        look_from(other, day)
        yield other
    finally:
        other.close()
