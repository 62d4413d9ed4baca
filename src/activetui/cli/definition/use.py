"""`definition use`: put another definition in force."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.activity.status import Status
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.definition.difference_text import count_lines
from activetui.cli.definition.findings import finding_lines, findings
from activetui.cli.definition.group import app
from activetui.cli.definition.source import parsed, saved_source, source_of, version_number
from activetui.cli.output import line
from activetui.cli.progress import showing
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.definition import Definition


@app.command("use", help=_("Put a preset, a definition file or an older version in force."))
def use(
    definition: Annotated[
        str,
        typer.Argument(
            metavar="NAME_OR_FILE", help=_("A preset's name, a TOML file, or a version, such as 2 or v2.")
        ),
    ],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Why, for the history."))] = "",
) -> None:
    """Save the definition as a new version, re-evaluate everyone, and say what changes."""
    from activetui.store import definitions
    from activetui.store.facts import spans

    day = current().today
    # a version can only be in a store that is there; other definitions may be the first thing it holds
    given = None if version_number(definition) is not None else source_of(definition)
    with open_writing(create=given is not None) as conn:
        source = given or saved_source(conn, definition)
        wanted = parsed(conn, source.text, source.where)
        if source.version is not None and not note:
            note = _("as version {n}").format(n=source.version)
        before = spans.counts_on(conn, day)
        unchanged = wanted.text == definitions.in_force(conn).text
        put_in_force(conn, source.text, note)
        now = definitions.in_force(conn)
        after = spans.counts_on(conn, day)
        advice = findings(conn, now)
    for part in _change_lines(now, unchanged, before, after):
        line(part)
    for part in finding_lines(advice):
        line(part)


def put_in_force(conn: sqlite3.Connection, text: str, note: str) -> None:
    """Save a definition and re-evaluate everyone, with progress on a terminal; all of it or nothing."""
    from activetui.store import definitions

    with showing(_("Looking at everyone anew:")) as progress:
        definitions.put_in_force(
            conn, text, note=note, made_at=made_at(), today=current().today, progress=progress
        )


def in_force_words(now: Definition) -> Iterator[str]:
    """That a definition is in force now, and what keeps a customer active by it."""
    yield _("{name} is in force (version {version}).").format(name=now.name, version=now.version)
    yield _("Active: {words}").format(words=now.in_words())


def _change_lines(
    now: Definition, unchanged: bool, before: Mapping[Status, int], after: Mapping[Status, int]
) -> Iterator[str]:
    if unchanged:
        yield _("{name} is in force already (version {version}).").format(name=now.name, version=now.version)
        return
    yield from in_force_words(now)
    if any(after.values()):
        yield from count_lines(before, after)
