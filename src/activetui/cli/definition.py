"""`definition`: what counts as active; show it, choose another, check one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.activity.words import status_word
from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.group import Noun
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit, emit_one, line, wording
from activetui.cli.progress import showing
from activetui.ledger.days import from_iso
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_day, format_number

if TYPE_CHECKING:
    from activetui.activity.consistency import Finding
    from activetui.activity.definition import Definition

app = Noun()

LARGEST = 1_000_000
"""Bytes; a longer file is no definition."""


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

    text, where, preset = _source(definition)
    day = current().today
    with open_writing(create=True) as conn:
        wanted = _parsed(conn, text, where)
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
        advice = _findings(conn, now)
    for part in _change_lines(now, unchanged, before, after):
        line(part)
    for part in _advice_lines(advice):
        line(part)


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


@app.command("history", help=_("Every version that was in force."))
def history(form: FormatOption = Format.TABLE) -> None:
    """List the versions, the newest first."""
    from activetui.store import definitions

    with open_reading(facts=False) as conn:
        versions = definitions.history(conn)
        in_force = definitions.in_force(conn).version
    emit(
        [
            {
                "version": version.version, "name": version.name, "saved_at": version.saved_at,
                "note": version.note, "in_force": version.version == in_force,
            }
            for version in versions
        ],
        form,
        [
            Column("version", _("Version"), right=True),
            Column("name", _("Name")),
            Column("saved_at", _("Saved"), lambda row: format_day(from_iso(row["saved_at"][:10]))),
            Column("in_force", _("In force"), lambda row: _("yes") if row["in_force"] else ""),
            Column("note", _("Note")),
        ],
    )


def _source(name: str) -> tuple[str, str, str]:
    """TOML text, its place for messages, and the preset's name (empty for a file)."""
    from activetui.activity.presets import PRESETS, preset_text

    keys = [preset.key for preset in PRESETS]
    if name in keys:
        return preset_text(name), name, name
    path = Path(name).expanduser()
    if not path.exists():
        raise OwnerError(
            _("There is neither a preset nor a file {name!r}.").format(name=name),
            _("Presets: {names}.").format(names=", ".join(keys)),
        )
    if path.is_dir():
        raise OwnerError(_("{file} is a folder.").format(file=path), _("Give the definition's file."))
    raw = path.read_bytes() if path.stat().st_size <= LARGEST else b"\xff"
    try:
        return raw.decode("utf-8-sig"), str(path), ""
    except UnicodeDecodeError:
        raise OwnerError(
            _("{file} is not a text in UTF-8.").format(file=path),
            _("A definition is a small TOML file; activetui definition show prints one to begin with."),
        ) from None


def _parsed(conn: sqlite3.Connection, text: str, where: str) -> Definition:
    from activetui.activity.parsing import parse
    from activetui.store import kinds, settings

    return parse(text, where=where, own_kinds=kinds.own_kinds(conn), currency=settings.currency(conn))


def _findings(conn: sqlite3.Connection, definition: Definition) -> list[Finding]:
    from activetui.activity.consistency import check as consistent
    from activetui.store.ledger_figures import ledger_figures

    figures = ledger_figures(conn)
    return consistent(definition, figures if figures.customers else None)


def _advice(name: str | None) -> list[Finding]:
    """What does not make sense in a preset, a file or (None) the definition in force; without a store too."""
    from activetui.store import definitions

    if name is not None and not current().db.exists():
        from activetui.activity.consistency import check as consistent
        from activetui.activity.parsing import parse

        text, where, _preset = _source(name)
        return consistent(parse(text, where=where), None)
    with open_reading() as conn:
        if name is None:
            return _findings(conn, definitions.in_force(conn))
        text, where, _preset = _source(name)
        return _findings(conn, _parsed(conn, text, where))


def _definition_lines(found: Definition) -> Iterator[str]:
    yield _("{name}, version {version}").format(name=found.name, version=found.version)
    yield _("Active: {words}").format(words=found.in_words())
    yield ""
    yield from found.text.splitlines()


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


def _advice_lines(advice: list[Any]) -> Iterator[str]:
    for found in advice:
        yield ""
        yield found.message
        yield "  " + found.advice
