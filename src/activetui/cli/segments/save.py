"""`segments save`."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.output import line
from activetui.cli.query_command import QueryCommand
from activetui.cli.segments.given import OwnNameArgument
from activetui.cli.segments.group import app
from activetui.locales import _


@app.command("save", help=_("Save a query under a name."), cls=QueryCommand)
def save(
    name: OwnNameArgument,
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
