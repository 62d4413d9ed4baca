"""`definition edit`: the definition in the owner's own editor, checked and compared before it is saved."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from activetui.cli.asking import confirmed
from activetui.cli.context import open_reading, open_writing
from activetui.cli.definition.difference_text import look, print_difference
from activetui.cli.definition.editor import Draft, drafted, edit_file
from activetui.cli.definition.findings import finding_lines, findings
from activetui.cli.definition.group import app
from activetui.cli.definition.source import parsed, saved_source
from activetui.cli.definition.use import in_force_words, put_in_force
from activetui.cli.errors import report
from activetui.cli.output import line
from activetui.cli.stamp import stamp
from activetui.ledger.errors import NeedsAnswer, OwnerError
from activetui.locales import _


@app.command("edit", help=_("Change the definition in your editor; see who moves before it is saved."))
def edit(
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHICH]",
            help=_("What to begin with: a version, a preset or a file; else the one in force."),
        ),
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Why, for the history."))] = "",
) -> None:
    """Edit, check, compare, ask, and save as a new version. Whatever goes wrong, the one in force stays."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsAnswer(
            _("Nobody can edit here: this needs a terminal."),
            ("activetui definition show", "activetui definition use FILE"),
            _("Put the definition into a file, change it there, and put the file in force:"),
        )
    with drafted(_beginning(which)) as draft:
        while True:
            edit_file(draft.path)
            try:
                text = _wanted(draft)
            except OwnerError as error:
                report(error)
                if confirmed(_("Go on editing? [Y/n]"), otherwise=True):
                    continue
                raise OwnerError(_("Nothing was changed.")) from None
            if text is None:
                line(_("That is the definition in force already; nothing was changed."))
                draft.saved = True
                return
            if confirmed(_("Put it in force? [y/N]")):
                break
            if not confirmed(_("Go on editing? [y/N]")):
                raise OwnerError(_("Nothing was changed."))
        _save(draft, text, note)


def _beginning(which: str | None) -> str:
    from activetui.store import definitions

    with open_reading(facts=False) as conn:
        return definitions.in_force(conn).text if which is None else saved_source(conn, which).text


def _wanted(draft: Draft) -> str | None:
    """The text, once it is shown what it changes; None where it is in force already.

    `OwnerError` where it is no definition.
    """
    from activetui.store import definitions, settings

    text = draft.read()
    with open_reading() as conn:
        before = definitions.in_force(conn)
        if text == before.text:
            return None
        after = parsed(conn, text, str(draft.path))
        found = look(conn, before, after)
        advice = findings(conn, after)
        currency, when = settings.currency(conn), stamp(conn)
    print_difference((before, after), found, when, currency)
    for part in finding_lines(advice):
        line(part)
    line("")
    return text


def _save(draft: Draft, text: str, note: str) -> None:
    from activetui.store import definitions

    with open_writing() as conn:
        put_in_force(conn, text, note)
        now = definitions.in_force(conn)
    draft.saved = True
    for part in in_force_words(now):
        line(part)
