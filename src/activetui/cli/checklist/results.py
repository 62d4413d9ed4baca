"""`checklist results`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.checklist.group import app
from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption, parse_day
from activetui.cli.output import Column, emit, line, wording
from activetui.cli.paragraphs import paragraph
from activetui.cli.stamp import Stamp, print_stamp, stamp
from activetui.ledger.days import Day
from activetui.ledger.errors import UsageError
from activetui.locales import _
from activetui.locales.formats import format_money, format_number

if TYPE_CHECKING:
    from activetui.reactivation.results.result_types import By, Result, Results

SinceOption = Annotated[
    int | None,
    typer.Option("--since", metavar="DATE", parser=parse_day, help=_("First contacts from this day on.")),
]
UntilOption = Annotated[
    int | None,
    typer.Option("--until", metavar="DATE", parser=parse_day, help=_("First contacts up to this day.")),
]
PlaybookOption = Annotated[
    str, typer.Option("--playbook", metavar="PLAYBOOK", help=_("Of this playbook only."))
]


@app.command("results", help=_("What came of it: won back, against those left in peace, beside nature."))
def show(
    by: Annotated[
        str,
        typer.Option("--by", metavar="WHAT", help=_("A row for each playbook, step, channel, reason, round "
                                                    "or month.")),
    ] = "playbook",
    playbook: PlaybookOption = "",
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the results row by row, as of the day."""
    from activetui.cli.result_rows import RESULT_FIELDS, result_row

    wanted = _by(by)
    found, mark = look(wanted, since, until, playbook)
    if form is not Format.TABLE:
        with wording(form):
            emit((result_row(found, row) for row in found.rows), form, fields=RESULT_FIELDS)
        return
    _table(wanted, found)
    print_stamp(mark, form)


def look(by: By, since: Day | None, until: Day | None, playbook: str = "") -> tuple[Results, Stamp]:
    """The results of the store in use as of the day; `UsageError` for a period that ends before it begins."""
    from activetui.cli.progress import showing
    from activetui.reactivation.checklist.enrolling import playbook_named
    from activetui.reactivation.results.results import results

    if since is not None and until is not None and until < since:
        raise UsageError(_("--until lies before --since."))
    with open_reading() as conn, showing(_("Counting what came of it:")) as progress:
        key = playbook_named(conn, playbook).key if playbook else None
        found = results(
            conn, current().as_of, by=by, since=since, until=until, playbook_key=key, progress=progress
        )
        return found, stamp(conn, lack=not (found.rows or found.rounds))


def _by(word: str) -> By:
    from activetui.reactivation.results.result_types import By

    try:
        return By(word.strip().lower())
    except ValueError:
        raise UsageError(
            _("Results cannot be asked by {word!r}.").format(word=word),
            _("Choose one of: {words}").format(words=", ".join(By)),
        ) from None


def nothing_begun() -> str:
    """What to say where there is no result, and how to come to one."""
    return _(
        "No playbook was begun for anybody in this time. Whom to begin one for: activetui checklist today"
    )


def _table(by: By, found: Results) -> None:
    """The table for people, and what has to be known to read it."""
    from activetui.reactivation.results import result_words as words

    emit(
        [{"row": row} for row in found.rows], Format.TABLE, _columns(by, found),
        empty=nothing_begun(),
    )
    notes = [words.by_notes(by), words.known_to_words(found)]
    for row in found.rows:
        notes += _said(by, found, row)
    for note in filter(None, notes):
        line("")
        for part in paragraph(note):
            line(part)


def _columns(by: By, found: Results) -> list[Column]:
    from activetui.reactivation.results import result_words as words

    def number(title: str, name: str) -> Column:
        return Column(name, title, lambda each: format_number(getattr(each["row"], name)), right=True)

    return [
        Column("title", words.by_words(by), lambda each: words.key_words(by, each["row"].key, found)),
        number(_("Begun"), "begun"),
        number(_("Contacted"), "contacted"),
        number(_("Won back"), "won_back"),
        number(_("Too early"), "too_early"),
        Column("share", _("Of those over"), lambda each: words.share_words(each["row"].share), whole=True),
        Column(
            "revenue", _("Revenue"), lambda each: format_money(each["row"].revenue, found.currency),
            right=True, whole=True,
        ),
    ]


def _said(by: By, found: Results, row: Result) -> list[str]:
    """What may be said of a row against those left in peace, and beside those silent as long."""
    from activetui.reactivation.results import result_words as words

    said = [words.held_out_words(row.held_out), words.beside_words(row.beside)]
    title = words.key_words(by, row.key, found)
    return [_("{title}: {said}").format(title=title, said=part) for part in said if part]
