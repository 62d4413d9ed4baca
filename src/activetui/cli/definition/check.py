"""`definition check`: whether a definition makes sense, and what only its owner can decide."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.definition.findings import (
    Sense,
    finding_lines,
    finding_row,
    question_lines,
    question_row,
    sense_for,
    sense_of,
    summary_line,
)
from activetui.cli.definition.group import app
from activetui.cli.definition.source import named, source_of, version_number
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit, line, wording
from activetui.cli.progress import showing
from activetui.locales import _

_FIELDS = ("code", "severity", "message", "advice", "figure")


@app.command("check", help=_("Say what is wrong with a definition, or with the one in force."))
def check(
    definition: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME_OR_FILE", help=_("A preset's name, a TOML file, or a version, such as 2 or v2.")
        ),
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the mistakes (exit 1) or what does not make sense (exit 0). Nothing is changed."""
    with wording(form):
        found = _found(definition)
        rows = [*map(finding_row, found.findings), *map(question_row, found.questions)]
    if form is not Format.TABLE:
        emit(rows, form, fields=_FIELDS)
        return
    line(summary_line(found))
    for part in (*finding_lines(found.findings), *question_lines(found.questions)):
        line(part)


def _found(name: str | None) -> Sense:
    """What there is to say of a preset, a file, a version or (None) the definition in force.

    Without a store, by itself.
    """
    from activetui.store import definitions

    if name is not None and version_number(name) is None and not current().db.exists():
        from activetui.activity.reading.parsing import parse

        source = source_of(name)
        return sense_of(parse(source.text, where=source.where))
    with open_reading() as conn:
        looked_at = definitions.in_force(conn) if name is None else named(conn, name)
        with showing(_("Looking at everyone with the other answers:")) as progress:
            return sense_for(conn, looked_at, progress)
