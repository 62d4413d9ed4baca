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
    from activetui.reactivation.rules.asking_segments import delete_segment

    when = made_at()
    with open_writing() as conn:
        deleted = delete_segment(conn, name, made_at=when)
    line(_("Deleted segment {name}.").format(name=deleted))
