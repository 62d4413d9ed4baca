"""What the commands about segments are given: the name of a segment, or a query."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from activetui.cli.query_command import QueryCommand
from activetui.ledger.days import Day
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.store.people import Clause

SIGNS = (":", "<", ">", "=")
"""A text with one of them is a query where no segment is called so."""


class PastCommand(QueryCommand):
    """A command that must see more days than one, and so cannot look at what was known on one of them."""

    two_clocks = False


def _name(metavar: str) -> Any:
    return typer.Argument(metavar=metavar, help=_("A segment's name, or a query in quotes."))


OwnNameArgument = Annotated[str, typer.Argument(metavar="NAME", help=_("The segment's name."))]
NameArgument = Annotated[str, _name("NAME")]
FirstArgument = Annotated[str, _name("A")]
SecondArgument = Annotated[str, _name("B")]


class Called(NamedTuple):
    """A segment or a query that a command was given."""

    name: str
    title: str
    query: str


def called(conn: sqlite3.Connection, text: str) -> Called:
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


def clause_of(conn: sqlite3.Connection, segment: Called, day: Day) -> Clause:
    """The condition of a segment as of the day; `OwnerError` where it is of a day of its own."""
    from activetui.ledger.errors import OwnerError
    from activetui.segments.asking import ask

    asked = ask(conn, segment.query, day)
    if asked.day != day:
        raise OwnerError(
            _("{name} is of a day of its own, so it cannot stand beside another one.").format(
                name=segment.title
            ),
            _("Take as-of: out of it, and give the day with --as-of."),
        )
    return asked.clause
