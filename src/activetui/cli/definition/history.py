"""`definition history`: the versions that were saved."""

from __future__ import annotations

from activetui.cli.context import open_reading
from activetui.cli.definition.group import app
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit
from activetui.ledger.days import from_iso
from activetui.locales import _
from activetui.locales.formats import format_day


@app.command("history", help=_("Every version that was in force."))
def history(form: FormatOption = Format.TABLE) -> None:
    """List the versions, the newest first."""
    from activetui.store import definitions

    with open_reading(facts=False) as conn:
        versions = definitions.history(conn)
        in_force = definitions.in_force(conn).version
    emit(
        [
            {
                "version": version.version, "name": version.name, "saved_at": version.saved_at,
                "note": version.note, "in_force": version.version == in_force,
            }
            for version in versions
        ],
        form,
        [
            Column("version", _("Version"), right=True),
            Column("name", _("Name")),
            Column("saved_at", _("Saved"), lambda row: format_day(from_iso(row["saved_at"][:10]))),
            Column("in_force", _("In force"), lambda row: _("yes") if row["in_force"] else ""),
            Column("note", _("Note")),
        ],
    )
