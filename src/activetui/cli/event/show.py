"""`event show`: one event, with how it was corrected and the row of the file behind it."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.cli.context import open_reading
from activetui.cli.event.group import EventArgument, app
from activetui.cli.options import Format, FormatOption
from activetui.ledger.text import one_line
from activetui.locales import _


@app.command("show", help=_("One event: what it says, how it was corrected, the row it came from."))
def show(number: EventArgument, form: FormatOption = Format.TABLE) -> None:
    """Print one event."""
    from activetui.cli.event.words import correction_lines, event_lines
    from activetui.cli.output import emit_one
    from activetui.store import customers, events
    from activetui.store.changes import corrections
    from activetui.store.imports import kept_files
    from activetui.store.privacy.machine_rows import correction_row, event_row

    with open_reading(facts=False) as conn:
        event = events.event(conn, number)
        corrected = corrections.corrections_of(conn, number)
        row = kept_files.row_of(conn, number)
        name = "" if event.customer_id is None else customers.get(conn, event.customer_id).name

    def text() -> Iterator[str]:
        yield from event_lines(event, name)
        yield from correction_lines(corrected, event)
        if row is not None:
            yield _("From line {line} of import {id}:").format(line=row.line, id=event.batch_id)
            yield "  " + " · ".join(one_line(cell) for cell in row.cells if cell.strip())

    emit_one({
        "customer_id": event.customer_id,
        **event_row(event),
        "corrected": [correction_row(one, event) for one in corrected],
        "row": None if row is None else {
            "line": row.line, "headings": list(row.headings), "cells": list(row.cells),
        },
    }, form, text)
