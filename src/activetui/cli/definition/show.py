"""`definition show` and `definition presets`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.definition.group import app
from activetui.cli.definition.source import named, source_of, title, version_number
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit, emit_one, wording
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.definition import Definition


@app.command("show", help=_("The definition in force, or another one."))
def show(
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHICH]", help=_("A version, such as 2 or v2, a preset's name, or a TOML file.")
        ),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print a definition, in words and as TOML."""
    found = _definition(which)
    with wording(form):
        words = found.in_words()
    row = {"name": found.name, "version": found.version or None, "in_words": words, "toml": found.text}
    emit_one(row, form, lambda: _definition_lines(found))


@app.command("presets", help=_("Ready definitions for nine kinds of business."))
def presets(form: FormatOption = Format.TABLE) -> None:
    """List the presets that `definition use` takes."""
    from activetui.activity.presets import PRESETS

    with wording(form):
        rows = [{"name": preset.key, "title": preset.title, "summary": preset.summary} for preset in PRESETS]
    emit(
        rows, form,
        [Column("name", _("Name")), Column("title", _("Business")), Column("summary", _("Meaning"))],
    )


def _definition(which: str | None) -> Definition:
    """The one in force (None), or a named one; presets and files without a store, too."""
    from activetui.store import definitions

    if which is not None and version_number(which) is None and not current().db.exists():
        from activetui.activity.reading.parsing import parse

        source = source_of(which)
        return parse(source.text, where=source.where)
    with open_reading(facts=False) as conn:
        return definitions.in_force(conn) if which is None else named(conn, which)


def _definition_lines(found: Definition) -> Iterator[str]:
    yield title(found)
    yield _("Active: {words}").format(words=found.in_words())
    yield ""
    yield from found.text.splitlines()
