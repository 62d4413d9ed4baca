"""`imports list`."""

from __future__ import annotations

from activetui.cli.context import open_reading
from activetui.cli.imports.group import app
from activetui.cli.options import Format, FormatOption
from activetui.locales import _


@app.command("list", help=_("Every import, the newest first."))
def list_all(form: FormatOption = Format.TABLE) -> None:
    """Print the batches."""
    from activetui.cli.imports.words import BATCH_FIELDS, batch_columns, batch_row
    from activetui.cli.output import emit
    from activetui.store.imports.batches import list_batches

    with open_reading(facts=False) as conn:
        rows = [batch_row(batch) for batch in list_batches(conn)]
    emit(rows, form, batch_columns(), fields=BATCH_FIELDS, empty=_("Nothing has been imported yet."))
