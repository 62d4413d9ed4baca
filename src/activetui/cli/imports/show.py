"""`imports show`."""

from __future__ import annotations

from activetui.cli.context import open_reading
from activetui.cli.imports.group import IdArgument, app
from activetui.cli.options import Format, FormatOption
from activetui.locales import _


@app.command("show", help=_("One import: what it read, assumed, changed and refused."))
def show(number: IdArgument, form: FormatOption = Format.TABLE) -> None:
    """Print one batch."""
    from activetui.cli.imports.words import batch_row, batch_text
    from activetui.cli.output import emit_one
    from activetui.store.imports import batches

    with open_reading(facts=False) as conn:
        batch = batches.show(conn, number)
        refusals = batches.refusals(conn, number)
    row = batch_row(batch) | {
        "assumptions": dict(batch.assumptions),
        "counts": dict(batch.counts),
        "refusals": [{"line": one.line, "reason": one.reason} for one in refusals],
    }
    emit_one(row, form, lambda: batch_text(batch, refusals))
