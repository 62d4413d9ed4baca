"""`definition show` and `definition presets`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from activetui.cli.context import open_reading
from activetui.cli.definition.group import app
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit, emit_one, wording
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.definition import Definition


@app.command("show", help=_("The definition in force."))
def show(form: FormatOption = Format.TABLE) -> None:
    """Print the definition in force, in words and as TOML."""
    from activetui.store import definitions

    with open_reading(facts=False) as conn:
        found = definitions.in_force(conn)
    with wording(form):
        words = found.in_words()
    row = {"name": found.name, "version": found.version, "in_words": words, "toml": found.text}
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


def _definition_lines(found: Definition) -> Iterator[str]:
    yield _("{name}, version {version}").format(name=found.name, version=found.version)
    yield _("Active: {words}").format(words=found.in_words())
    yield ""
    yield from found.text.splitlines()
