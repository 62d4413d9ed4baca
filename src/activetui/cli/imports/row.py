"""`imports row`: a row of an imported file as it stood there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from activetui.cli.context import open_reading
from activetui.cli.imports.group import IdArgument, app
from activetui.cli.options import Format, FormatOption
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _


@app.command("row", help=_("A row of an imported file, cell by cell, as it stood there."))
def row(
    number: IdArgument,
    at: Annotated[int, typer.Argument(metavar="LINE", help=_("The line of the file, counted from 1."))],
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the headings and cells of one row."""
    from activetui.cli.output import emit_one
    from activetui.store.imports import batches, kept_files

    with open_reading(facts=False) as conn:
        batch = batches.show(conn, number)
        if not kept_files.is_kept(conn, number):
            raise OwnerError(
                _("The file of import {id} is not kept.").format(id=number),
                _("It was imported by an earlier version of the program."),
            )
        kept = kept_files.row_at(conn, number, at)
    if kept is None:
        raise OwnerError(
            _("No row of {file} begins on line {line}.").format(file=one_line(batch.file_name), line=at),
            _("A row with line breaks in its cells counts from its first line."),
        )
    headings = [*kept.headings, *([""] * (len(kept.cells) - len(kept.headings)))]

    def text() -> Iterator[str]:
        yield _("{file}, line {line}").format(file=one_line(batch.file_name), line=kept.line)
        for place, (heading, cell) in enumerate(zip(headings, kept.cells, strict=False), start=1):
            yield f"  {one_line(heading) or f'({place})'}: {one_line(cell)}"

    cells = [{"heading": heading, "cell": cell} for heading, cell in zip(headings, kept.cells, strict=False)]
    emit_one({"import": number, "line": kept.line, "cells": cells}, form, text)
