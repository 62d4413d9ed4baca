"""`segments rename`."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.context import made_at, open_writing
from activetui.cli.output import line
from activetui.cli.segments.group import app
from activetui.locales import _


@app.command("rename", help=_("Give one of your own segments another name; segments that ask for it follow."))
def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_("The name that it has."))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_("The name that it gets."))],
) -> None:
    """Rename a saved segment."""
    from activetui.reactivation.rules.asking_segments import rename_segment

    when = made_at()
    with open_writing() as conn:
        given = rename_segment(conn, old, new, made_at=when)
    line(_("The segment is called {name} now.").format(name=given))
