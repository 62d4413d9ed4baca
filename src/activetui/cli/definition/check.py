"""`definition check`: whether a definition makes sense, and what only its owner can decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.definition.findings import (
    Asked,
    asked,
    finding_lines,
    finding_row,
    findings,
    question_lines,
    question_row,
    summary_line,
)
from activetui.cli.definition.group import app
from activetui.cli.definition.source import named, source_of, version_number
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit, line, wording
from activetui.cli.progress import showing
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.consistency import Finding

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
        advice, questions = _found(definition)
        rows = [*map(finding_row, advice), *map(question_row, questions)]
    if form is not Format.TABLE:
        emit(rows, form, fields=_FIELDS)
        return
    line(summary_line(advice, questions))
    for part in (*finding_lines(advice), *question_lines(questions)):
        line(part)


def _found(name: str | None) -> tuple[list[Finding], list[Asked]]:
    """What there is to say of a preset, a file, a version or (None) the definition in force.

    Without a store, by itself.
    """
    from activetui.store import definitions

    if name is not None and version_number(name) is None and not current().db.exists():
        from activetui.activity.consistency import check as consistent
        from activetui.activity.parsing import parse
        from activetui.activity.questions import questions

        text, where, _preset = source_of(name)
        alone = parse(text, where=where)
        return consistent(alone), [Asked(question) for question in questions(alone)]
    with open_reading() as conn:
        looked_at = definitions.in_force(conn) if name is None else named(conn, name)
        with showing(_("Looking at everyone with the other answers:")) as progress:
            return findings(conn, looked_at), asked(conn, looked_at, progress)
