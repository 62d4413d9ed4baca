"""`checklist today`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.checklist.group import app
from activetui.cli.checklist.rows import FIELDS, columns, row
from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import clean_line, emit, line, wording
from activetui.cli.stamp import print_stamp, stamp
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    from activetui.reactivation.checklist.checklist import Checklist


@app.command("today", help=_("Whom to contact today, most at stake first."))
def today(
    everyone: Annotated[
        bool, typer.Option("--all", help=_("The whole list, also beyond what you can do in a day."))
    ] = False,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the checklist as of the day."""
    from activetui.reactivation.checklist.checklist import checklist

    context = current()
    with open_reading() as conn:
        with wording(form):
            found = checklist(conn, context.as_of)
        shown = found.items if everyone else found.calls
        mark = stamp(conn, lack=not shown)
    empty = _("Nobody needs a call.") if found.room else _("Done for today.")
    with wording(form):
        rows = [row(item) for item in shown]
    if form is Format.TABLE:
        rows = [{**of, "_called": item.person.called} for of, item in zip(rows, shown, strict=True)]
    emit(rows, form, columns(found.day, with_due=everyone), fields=FIELDS, empty=empty)
    if form is Format.TABLE:
        line("")
        for words in _summary(found):
            line(words)
    for mistake in found.mistakes:
        print(clean_line(_("Passed over: {what}").format(what=mistake)), file=sys.stderr)
    print_stamp(mark, form)


def _summary(found: Checklist) -> list[str]:
    """What was done, and what waits."""
    done = _("{done} of {capacity} done today.").format(
        done=format_number(found.done), capacity=format_number(found.capacity)
    )
    waiting = found.could_be_done - len(found.calls)
    if not waiting:
        return [done]
    words = ngettext("{n} more could be called", "{n} more could be called", waiting)
    if found.is_cut:
        words = _("more than {n} more could be called, the dearest are listed")
    words += _(": activetui checklist today --all")
    return [f"{done} {words.format(n=format_number(waiting))}"]
