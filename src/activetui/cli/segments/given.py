"""What the commands about segments are given: the name of a segment, or a query."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any, NamedTuple

import typer

from activetui.cli.query_command import QueryCommand
from activetui.locales import _

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
