"""`segments`: named queries, built in and the owner's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.context import current, look_from_day, made_at, open_reading, open_writing
from activetui.cli.customers import DescendingOption, LimitOption, SortOption, print_people
from activetui.cli.group import Noun
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, line
from activetui.cli.query_command import QueryCommand
from activetui.cli.segments_compare import register
from activetui.cli.stamp import print_stamp, stamp
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.segments.library import Worth

app = Noun()

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=_("The segment's name."))]


@app.command("list", help=_("Every segment with its customers and what they spent."))
def list_all(as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print all segments with their figures as of the day."""
    from activetui.segments.library import worth
    from activetui.store import people, settings

    with open_reading() as conn:
        of = people.count(conn)
        currency = settings.currency(conn)
        worths = worth(conn, current().as_of, other_days=not current().known_then)
        rows = [_row(found, of, currency) for found in worths]
        mark = stamp(conn)
    emit(rows, form, _columns())
    print_stamp(mark, form)


@app.command("show", help=_("The customers of a segment."))
def show(
    name: NameArgument,
    sort: SortOption = "name",
    desc: DescendingOption = False,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print what a segment means and whom it finds."""
    from activetui.segments.asking import ask
    from activetui.segments.library import find
    from activetui.segments.words import reading

    with open_reading() as conn:
        segment = find(conn, name)
        asked = ask(conn, segment.query, current().as_of)
        look_from_day(conn, asked.day)
        if form is Format.TABLE:
            line(f"{segment.title} · {segment.query}")
            line(reading(asked.query, asked.currency))
            if segment.built_in:
                line(f"{segment.meaning} {segment.why}")
            line("")
        print_people(conn, asked.clause, sort, desc, limit, form)


@app.command("save", help=_("Save a query under a name."), cls=QueryCommand)
def save(
    name: NameArgument,
    query: Annotated[str, typer.Argument(metavar="QUERY", help=_("The query, in quotes."))],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("What it is for."))] = "",
) -> None:
    """Keep the query; one of the same name is replaced."""
    from activetui.segments.asking import ask
    from activetui.segments.library import find
    from activetui.segments.library import save as keep
    from activetui.segments.words import reading

    when, today = made_at(), current().today
    with open_writing() as conn:
        replaced = keep(conn, name, query, note=note, made_at=when)
        segment = find(conn, name)
        asked = ask(conn, segment.query, today)
    template = _("Replaced {name}: {reading}") if replaced else _("Saved {name}: {reading}")
    line(template.format(name=segment.name, reading=reading(asked.query, asked.currency)))


@app.command("rename", help=_("Give one of your own segments another name; segments that ask for it follow."))
def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_("The name that it has."))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_("The name that it gets."))],
) -> None:
    """Rename a saved segment."""
    from activetui.segments.library import rename as give_name

    when = made_at()
    with open_writing() as conn:
        given = give_name(conn, old, new, made_at=when)
    line(_("The segment is called {name} now.").format(name=given))


@app.command("delete", help=_("Delete one of your own segments; the customers stay."))
def delete(name: NameArgument) -> None:
    """Delete a saved segment."""
    from activetui.segments.library import delete as drop

    when = made_at()
    with open_writing() as conn:
        deleted = drop(conn, name, made_at=when)
    line(_("Deleted segment {name}.").format(name=deleted))


@app.command("fields", help=_("What a query can ask for, with an example each."))
def fields(form: FormatOption = Format.TABLE) -> None:
    """Print the fields of the filter language."""
    from activetui.segments.fields import FIELDS
    from activetui.segments.query import parse
    from activetui.segments.values import choices
    from activetui.segments.words import reading

    rows = [
        {
            "field": field.name,
            "example": field.example,
            "finds": reading(parse(field.example)),
            "values": list(choices(field)),
        }
        for field in FIELDS.values()
    ]
    emit(rows, form, [
        Column("field", _("Field"), whole=True),
        Column("example", _("Example"), whole=True),
        Column("finds", _("Finds")),
    ])


register(app)


def _row(found: Worth, of: int, currency: str) -> dict[str, Any]:
    """A segment under the names of the JSON output; `of` is the number of all customers."""
    from activetui.ledger.money import plain

    segment, total = found.segment, found.total
    return {
        "name": segment.name,
        "title": segment.title,
        "query": segment.query,
        "built_in": segment.built_in,
        "meaning": segment.meaning,
        "why": segment.why or None,
        "customers": total.customers if total else None,
        "of": of,
        "share": round(total.customers / of, 4) if total and of else None,
        "revenue": plain(total.spend, currency) if total else None,
        "year_revenue": plain(total.year_spend, currency) if total else None,
        "currency": currency,
        "problem": found.problem or None,
    }


def _columns() -> list[Column]:
    from decimal import Decimal

    from activetui.ledger.money import to_minor
    from activetui.locales.formats import format_money, format_number, format_share

    def money(row: Any) -> str:
        if row["revenue"] is None:
            return str(row["problem"] or "")
        return format_money(to_minor(Decimal(row["revenue"]), row["currency"]), row["currency"])

    def share(row: Any) -> str:
        if row["share"] is None:
            return ""
        return _("{share} of {n}").format(share=format_share(row["share"]), n=format_number(row["of"]))

    return [
        Column("name", _("Segment"), whole=True),
        Column("title", _("What it is"), lambda row: row["title"] if row["built_in"] else row["meaning"]),
        Column(
            "customers", _("Customers"), lambda row: format_number(row["customers"]), right=True, whole=True
        ),
        Column("share", _("Share"), share, right=True, whole=True),
        Column("revenue", _("Revenue"), money, right=True, whole=True),
    ]
