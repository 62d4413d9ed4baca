"""`imports undo`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.imports.group import IdArgument, app
from activetui.cli.options import Format, FormatOption
from activetui.ledger.errors import OwnerError
from activetui.locales import _, ngettext


@app.command("undo", help=_("Take an import back; what was changed since stays."))
def undo(number: IdArgument, form: FormatOption = Format.TABLE) -> None:
    """Undo one batch and say what became of its rows."""
    from activetui.cli.output import emit_one
    from activetui.store.imports import batches

    with open_writing() as conn:
        undone = batches.undo(conn, number, today=current().today, made_at=made_at())
    left = {"kept": undone.kept, "failed": undone.failed}
    row: dict[str, Any] = {"id": number, "reversed": undone.reversed, "backup": undone.backup or None}
    row |= {
        name: [{"table": one.table, "id": one.id, "label": one.label, "reason": one.reason} for one in rows]
        for name, rows in left.items()
    }

    def text() -> Iterator[str]:
        yield ngettext(
            "Import {id} undone: {n} row is as before.", "Import {id} undone: {n} rows are as before.",
            undone.reversed,
        ).format(id=number, n=undone.reversed)
        for one in undone.kept:
            yield "  " + _("kept: {label}: {reason}").format(label=one.label, reason=one.reason)
        for one in undone.failed:
            yield "  " + _("not undone: {label}: {reason}").format(label=one.label, reason=one.reason)
        if undone.backup:
            yield _("A copy of your data from before: {file}").format(file=undone.backup)

    emit_one(row, form, text)
    if undone.failed:
        raise OwnerError(_("Some rows could not be brought back."))
