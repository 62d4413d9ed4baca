"""`customer duplicates`: who may be the same person."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.context import open_reading
from activetui.cli.customer.group import app
from activetui.cli.options import Format, FormatOption
from activetui.locales import _
from activetui.locales.formats import format_share

_FIELDS = ("id", "name", "other_id", "other_name", "strength", "reason")


@app.command("duplicates", help=_("Who may be the same person, the surest first, with the reason."))
def duplicates(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help=_("At most so many."))] = 50,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the proposals; nothing is merged by itself."""
    from activetui.cli.output import Column, emit, wording
    from activetui.store import customers
    from activetui.store.same_person.duplicates import propose

    with open_reading() as conn, wording(form):
        rows = []
        for proposal in propose(conn, limit):
            one, other = (customers.get(conn, number) for number in proposal.ids)
            rows.append({
                "id": one.id, "name": one.name or one.email, "other_id": other.id,
                "other_name": other.name or other.email, "strength": round(proposal.strength, 2),
                "reason": proposal.reason,
            })
    emit(rows, form, [
        Column("id", _("No."), right=True), Column("name", _("Customer")),
        Column("other_id", _("No."), right=True), Column("other_name", _("Perhaps the same")),
        Column("strength", _("Sure"), lambda row: format_share(row["strength"]), right=True),
        Column("reason", _("Why")),
    ], fields=_FIELDS, empty=_("Nobody looks like somebody else."))
