"""`segments delete`."""

from __future__ import annotations

from activetui.cli.context import made_at, open_writing
from activetui.cli.output import line
from activetui.cli.segments.given import OwnNameArgument
from activetui.cli.segments.group import app
from activetui.locales import _


@app.command("delete", help=_("Delete one of your own segments; the customers stay."))
def delete(name: OwnNameArgument) -> None:
    """Delete a saved segment."""
    from activetui.segments.library import delete as drop

    when = made_at()
    with open_writing() as conn:
        deleted = drop(conn, name, made_at=when)
    line(_("Deleted segment {name}.").format(name=deleted))
