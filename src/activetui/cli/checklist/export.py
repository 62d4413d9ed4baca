"""`checklist export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.asking import agreed
from activetui.cli.checklist.group import app
from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.output import line
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    import sqlite3

    from activetui.reactivation.messages.round_file import Sheet, Wanted


@app.command("export", help=_("The messages of the steps that are due, as a file for a newsletter tool."))
def export(
    file: Annotated[Path, typer.Argument(
        metavar="FILE", help=_("The file, ending in .csv, .json or .md; it must not exist yet.")
    )],
    playbook: Annotated[
        str, typer.Option("--playbook", metavar="KEY", help=_("Of this playbook only."))
    ] = "",
    round_: Annotated[
        int | None, typer.Option("--round", metavar="N", help=_("Of this round only (round list)."))
    ] = None,
    step: Annotated[
        int | None, typer.Option("--step", metavar="N", min=1, help=_("Only the step of this number."))
    ] = None,
    channel: Annotated[
        str, typer.Option("--channel", metavar="WORD", help=_("email, letter, chat or social."))
    ] = "email",
    offer: Annotated[
        str, typer.Option("--offer", metavar="TEXT", help=_("What you offer, instead of the playbook's."))
    ] = "",
    sent: Annotated[
        bool, typer.Option("--sent", help=_("Mark the steps in the file as done: sent today."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))] = False,
) -> None:
    """Write the file; with --sent mark what is in it, once that was agreed to. Without anybody, no file."""
    from activetui.cli.progress import showing
    from activetui.reactivation.checklist.enrolling import playbook_named
    from activetui.reactivation.messages.round_file import Wanted, write_due
    from activetui.reactivation.messages.sent import write_and_mark

    day = current().today

    def wanted(conn: sqlite3.Connection) -> Wanted:
        plan = playbook_named(conn, playbook) if playbook else None
        return Wanted(plan, round_, None if step is None else step - 1, channel.strip().lower(), offer)

    if not sent:
        with open_reading() as conn, showing(_("Writing the messages:")) as progress:
            sheet = write_due(conn, wanted(conn), file, day, progress=progress)
    else:
        if not yes:
            words = _("Whoever is in {file} then counts as written to today, so send it today.")
            line(words.format(file=one_line(str(file))))
        if not agreed(yes):
            return
        with open_writing(of_today=True) as conn, showing(_("Writing the messages:")) as progress:
            sheet = write_and_mark(
                conn, wanted(conn), file, day=day, made_at=made_at(), progress=progress
            )
    _tell(sheet, file, sent)


def _tell(sheet: Sheet, file: Path, sent: bool) -> None:
    from activetui.reactivation.messages.round_file import left_out_words
    from activetui.segments.files import written_words

    if sheet.lines:
        line(written_words(len(sheet.lines), file))
    else:
        line(_("There is nothing to write, so {file} was not made.").format(file=one_line(str(file))))
    left_out = sum(sheet.left_out.values())
    if left_out:
        words = ngettext("{n} left out:", "{n} left out:", left_out)
        line(words.format(n=format_number(left_out)))
        for part in left_out_words(sheet):
            line(f"  {part}")
        if sheet.missing["offer"]:
            line(_("Give the offer with --offer TEXT."))
    if not sheet.lines and not left_out:
        line(_("No such step is due. To begin a playbook for many: activetui checklist round start PLAYBOOK"))
    if sent and sheet.lines:
        n = len(sheet.lines)
        words = ngettext(
            "{n} step marked as sent. To take it back: activetui undo",
            "{n} steps marked as sent. To take it back: activetui undo", n,
        )
        line(words.format(n=format_number(n)))
