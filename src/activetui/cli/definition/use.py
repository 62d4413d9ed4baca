"""`definition use`: put another definition in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.activity.words import status_word
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.definition.findings import finding_lines, findings
from activetui.cli.definition.group import app
from activetui.cli.definition.source import parsed, source_of
from activetui.cli.output import line
from activetui.cli.progress import showing
from activetui.locales import _
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    from activetui.activity.definition import Definition


@app.command("use", help=_("Put a preset or a definition file in force."))
def use(
    definition: Annotated[
        str, typer.Argument(metavar="NAME_OR_FILE", help=_("A preset's name, or a TOML file."))
    ],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Why, for the history."))] = "",
) -> None:
    """Save the definition as a new version, re-evaluate everyone, and say what changes."""
    from activetui.store import definitions, settings, spans
    from activetui.store.file import transaction

    text, where, preset = source_of(definition)
    day = current().today
    with open_writing(create=True) as conn:
        wanted = parsed(conn, text, where)
        before_definition = definitions.in_force(conn)
        before = spans.counts_on(conn, day)
        unchanged = wanted.text == before_definition.text
        with transaction(conn):
            if not unchanged:
                with showing(_("Looking at everyone anew:")) as progress:
                    definitions.save(conn, text, note=note, made_at=made_at(), today=day, progress=progress)
            settings.put(conn, "business_chosen", preset or "own")
        now = definitions.in_force(conn)
        after = spans.counts_on(conn, day)
        advice = findings(conn, now)
    for part in _change_lines(now, unchanged, before, after):
        line(part)
    for part in finding_lines(advice):
        line(part)


def _change_lines(
    now: Definition, unchanged: bool, before: Mapping[Status, int], after: Mapping[Status, int]
) -> Iterator[str]:
    if unchanged:
        yield _("{name} is in force already (version {version}).").format(name=now.name, version=now.version)
        return
    yield _("{name} is in force (version {version}).").format(name=now.name, version=now.version)
    yield _("Active: {words}").format(words=now.in_words())
    if not any(after.values()):
        return
    rows: list[tuple[str, int, int]] = [
        (_("active base"), _base(before), _base(after)),
        *((status_word(status), before.get(status, 0), after.get(status, 0)) for status in Status),
    ]
    room = max(len(word) for word, _was, _is in rows)
    for word, was, now_is in rows:
        moved = f" ({now_is - was:+d})" if now_is != was else ""
        yield f"  {word:<{room}}  {format_number(was)} → {format_number(now_is)}{moved}"


def _base(counts: Mapping[Status, int]) -> int:
    return sum(counts.get(status, 0) for status in ACTIVE_BASE)
