"""`definition history`: the versions that were saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from activetui.cli.context import open_reading
from activetui.cli.definition.group import app
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import emit, line, wording
from activetui.ledger.days import from_iso
from activetui.locales import _
from activetui.locales.formats import format_day

if TYPE_CHECKING:
    from activetui.store.definitions import SavedDefinition

_FIELDS = ("version", "name", "saved_at", "note", "in_force", "changes")


@app.command("history", help=_("Every version that was in force, and what each one changed."))
def history(form: FormatOption = Format.TABLE) -> None:
    """List the versions, the newest first."""
    from activetui.store import definitions

    with open_reading(facts=False) as conn:
        versions = definitions.history(conn)
        with wording(form):
            changes = definitions.changes(conn)
    if form is Format.TABLE:
        for version in versions:
            for part in _lines(version, changes[version.version]):
                line(part)
        return
    emit([_row(version, changes[version.version]) for version in versions], form, fields=_FIELDS)


def _row(version: SavedDefinition, changes: list[str]) -> dict[str, Any]:
    return {
        "version": version.version, "name": version.name, "saved_at": version.saved_at,
        "note": version.note, "in_force": version.in_force, "changes": changes,
    }


def _lines(version: SavedDefinition, changes: list[str]) -> Iterator[str]:
    """One version for people: what it is called, then what it changed."""
    words = [
        _("Version {n}").format(n=version.version), version.name,
        format_day(from_iso(version.saved_at[:10])),
        *([_("in force")] if version.in_force else []), *([version.note] if version.note else []),
    ]
    yield " · ".join(words)
    for sentence in changes:
        yield "  " + sentence
