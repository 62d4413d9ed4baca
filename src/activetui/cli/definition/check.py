"""`definition check`: whether a definition makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.definition.findings import findings
from activetui.cli.definition.group import app
from activetui.cli.definition.source import parsed, source_of
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit, wording
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.consistency import Finding


@app.command("check", help=_("Say what is wrong with a definition, or with the one in force."))
def check(
    file: Annotated[
        str | None, typer.Argument(metavar="NAME_OR_FILE", help=_("A preset's name, or a TOML file."))
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the mistakes (exit 1) or what does not make sense (exit 0). Nothing is changed."""
    with wording(form):
        advice = _advice(file)
    emit(
        [{"code": found.code, "message": found.message, "advice": found.advice} for found in advice],
        form,
        [Column("message", _("What"), whole=True), Column("advice", _("What to do"), whole=True)],
        fields=("code", "message", "advice"),
        empty=_("The definition makes sense."),
    )


def _advice(name: str | None) -> list[Finding]:
    """What does not make sense in a preset, a file or (None) the definition in force; without a store too."""
    from activetui.store import definitions

    if name is not None and not current().db.exists():
        from activetui.activity.consistency import check as consistent
        from activetui.activity.parsing import parse

        text, where, _preset = source_of(name)
        return consistent(parse(text, where=where), None)
    with open_reading() as conn:
        if name is None:
            return findings(conn, definitions.in_force(conn))
        text, where, _preset = source_of(name)
        return findings(conn, parsed(conn, text, where))
