"""`customers`: a list of customers, all or those that a query finds."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.context import current, look_from_day, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, line
from activetui.cli.stamp import print_stamp, stamp
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.segments.asking import Asked
    from activetui.store.listing.people import Clause, Person

_PAGE = 2_000
_WIDE = 100
"""Columns of a terminal from which the table also has the dates of the status."""

QueryArgument = Annotated[
    str,
    typer.Argument(metavar="[QUERY]", show_default=False, help=_(
        "What to find, such as: status:inactive spend>500 last>60d (activetui segments fields lists all)."
    )),
]
SortOption = Annotated[
    str,
    typer.Option("--sort", metavar="FIELD", help=_("Order by this field, such as spend or last_purchase.")),
]
DescendingOption = Annotated[bool, typer.Option("--desc", help=_("The largest or latest first."))]
LimitOption = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help=_("At most this many customers."))
]


def customers(
    query: QueryArgument = "",
    sort: SortOption = "name",
    desc: DescendingOption = False,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the customers that the query finds."""
    from activetui.store.listing.people import EVERYONE

    with open_reading() as conn:
        asked, clause = None, EVERYONE
        if query.strip():
            from activetui.segments.asking import ask

            asked = ask(conn, query, current().as_of)
            look_from_day(conn, asked.day)
            clause = asked.clause
        print_people(conn, clause, sort, desc, limit, form, asked)


def print_people(
    conn: sqlite3.Connection,
    clause: Clause,
    sort: str,
    desc: bool,
    limit: int | None,
    form: Format,
    asked: Asked | None = None,
) -> None:
    """Print the customers of a clause in the chosen format; a person is also told how many there are.

    Where there is nobody, a person is told how the query was read, with `asked`.
    """
    from activetui.store.listing import people

    numbers = people.ids(conn, clause, sort, desc)
    shown = numbers if limit is None else numbers[:limit]
    rows: Iterator[dict[str, Any]]
    if form is Format.TABLE:
        rows = ({"_person": person} for person in _people(conn, shown))
    else:
        rows = (people.machine_row(person) for person in _people(conn, shown))
    emit(rows, form, _columns(), fields=people.MACHINE_FIELDS, empty=_("No customer is found."))
    if form is Format.TABLE and not numbers and asked is not None and asked.query.parts:
        for words in _understood(conn, asked):
            line(words)
    if form is Format.TABLE and numbers:
        line("")
        line(found_words(len(shown), len(numbers), people.count(conn)))
        if not any(person.spend for person in people.by_ids(conn, shown[:_PAGE])):
            for words in _paid_words(conn, clause):
                line(words)
    print_stamp(stamp(conn, lack=not numbers), form, apart=not numbers)


def _understood(conn: sqlite3.Connection, asked: Asked) -> Iterator[str]:
    """How a query that finds nobody was read, and how many each of its conditions finds alone."""
    from activetui.cli.paragraphs import paragraph
    from activetui.ledger.text import one_line
    from activetui.segments.alone_words import counts_words
    from activetui.segments.count import per_clause
    from activetui.segments.words import reading

    yield from paragraph(_("It was read as: {words}.").format(words=reading(asked.query, asked.currency)))
    counts = per_clause(conn, asked.query, asked.day)
    if len(counts) > 1:
        yield from paragraph(counts_words([(one_line(label), number) for label, number in counts]))


def _paid_words(conn: sqlite3.Connection, clause: Clause) -> Iterator[str]:
    """Where a column of zeros would mislead: what all who are found pay for subscriptions in a year."""
    from activetui.locales.formats import format_money
    from activetui.store import settings
    from activetui.store.listing import subscription_years
    from activetui.store.other_days.as_of import day_of

    paid = subscription_years.total(conn, clause, day_of(conn))
    if paid:
        words = _(
            "Spend is what was bought. Their subscriptions, running or ended last, come to {money} a year."
        )
        yield words.format(money=format_money(paid, settings.currency(conn)))


def found_words(shown: int, found: int, of: int) -> str:
    """How many customers are shown, found, and there."""
    from activetui.locales.formats import format_number

    words = ngettext("{n} of {all} customer", "{n} of {all} customers", of).format(
        n=format_number(found), all=format_number(of)
    )
    if shown < found:
        words += " · " + _("the first {n} are shown").format(n=format_number(shown))
    return words


def _people(conn: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[Person]:
    """The customers of the numbers, a few at a time: a list of a million needs little memory."""
    from activetui.store.listing import people

    for start in range(0, len(numbers), _PAGE):
        yield from people.by_ids(conn, numbers[start : start + _PAGE])


def _columns() -> list[Column]:
    """The columns of the table: what fits into 80 columns, and more where there is more room."""
    from activetui.activity.words import status_word
    from activetui.locales.formats import format_day, format_money, format_number

    def shown(field: str, title: str, show: Callable[[Person], str], *, right: bool = False) -> Column:
        return Column(field, title, lambda row: show(row["_person"]), right=right, whole=True)

    wide = shutil.get_terminal_size((_WIDE, 24)).columns >= _WIDE
    since = shown("status_since", _("Since"), lambda person: format_day(person.status_since))
    turns = shown("status_until", _("Turns"), lambda person: format_day(person.status_until))
    return [
        shown("id", _("No."), lambda person: str(person.id), right=True),
        Column("name", _("Customer"), lambda row: called(row["_person"])),
        shown("status", _("Status"), lambda person: status_word(person.status)),
        *([since, turns] if wide else []),
        shown("last_purchase", _("Last purchase"), lambda person: format_day(person.last_purchase)),
        shown("purchases", _("Purchases"), lambda person: format_number(person.purchases), right=True),
        shown("spend", _("Spend"), lambda person: format_money(person.spend, person.currency), right=True),
    ]


def called(person: Person) -> str:
    """The name, or what stands for it."""
    return person.name or person.company or person.email or person.phone or person.key
