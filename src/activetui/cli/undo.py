"""`undo`: take back the last change made by hand."""

from __future__ import annotations

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.output import line
from activetui.cli.progress import showing
from activetui.ledger.errors import OwnerError
from activetui.locales import _


def undo() -> None:
    """Take back the newest change that still stands; imports have `imports undo`."""
    from activetui.store.changes.taking_back import undo_last

    with open_writing() as conn, showing(_("Taking the last change back:")) as progress:
        what = undo_last(conn, today=current().today, made_at=made_at(), progress=progress)
    if what is None:
        raise OwnerError(
            _("There is no change by hand to take back."),
            _("An import is taken back with: activetui imports undo ID"),
        )
    line(_("Taken back: {what}").format(what=what))
