"""`checklist round`: a playbook for many at once, with a part left in peace to compare with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.asking import agreed
from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.group import Noun
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, emit_one, line, wording
from activetui.cli.paragraphs import paragraph
from activetui.cli.stamp import Stamp, print_stamp, stamp
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_number

if TYPE_CHECKING:
    from activetui.reactivation.results.result_types import Results
    from activetui.reactivation.results.round_results import RoundResult

app = Noun()

RoundArgument = Annotated[int, typer.Argument(metavar="NUMBER", help=_("The round's number (round list)."))]
YesOption = Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))]
_FIELDS = (
    "round", "name", "playbook", "title", "started", "ended", "window_days", "window_ends", "hold_out",
    "to_contact", "to_contact_back_so_far", "to_contact_window_over", "to_contact_back", "to_contact_share",
    "to_contact_low", "to_contact_high", "to_contact_contacted", "to_contact_revenue", "held_out",
    "held_out_back_so_far", "held_out_window_over", "held_out_back", "held_out_share", "held_out_low",
    "held_out_high", "held_out_contacted", "held_out_revenue", "currency", "drawn_twice", "gone", "verdict",
    "difference", "difference_low", "difference_high", "more_needed",
)


@app.command("start", help=_("Begin a playbook for all whom it fits; a part is left in peace by a coin."))
def start(
    playbook: Annotated[str, typer.Argument(metavar="PLAYBOOK", help=_("Its key, as playbooks list says."))],
    hold_out: Annotated[
        int | None,
        typer.Option(
            "--hold-out", metavar="N", help=_("How many in 100 are left in peace: 0 to 50, usually 20."),
        ),
    ] = None,
    query: Annotated[
        str, typer.Option("--only", metavar="QUERY", help=_("Of those whom it fits only these."))
    ] = "",
    most: Annotated[
        int | None,
        typer.Option("--most", metavar="N", help=_("At the most so many, those with whom most is at stake.")),
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help=_("A name for the round."))] = "",
    yes: YesOption = False,
) -> None:
    """Draw the round, after it was seen and agreed to."""
    from activetui.cli.progress import showing
    from activetui.ledger.text import one_line
    from activetui.reactivation.checklist.checklist import capacity
    from activetui.reactivation.checklist.enrolling import playbook_named
    from activetui.reactivation.rounds import rounds
    from activetui.reactivation.rounds.foresight import foresight, foresight_words
    from activetui.reactivation.rounds.hold_out import USUAL_SHARE
    from activetui.reactivation.rounds.round_words import drawing_words

    today = current().today
    with open_writing(of_today=True) as conn:
        plan = playbook_named(conn, playbook)
        share = hold_out if hold_out is not None else 0 if plan.serves else USUAL_SHARE
        wanted = rounds.Wanted(plan, share, query, most)
        with showing(_("Looking whom it fits:")) as progress:
            drawing = rounds.propose(conn, wanted, today, progress)
        for part in drawing_words(drawing, today, capacity(conn)):
            line(part)
        if not (drawing.to_contact or drawing.held_out):
            line(_("Nothing was changed."))
            return
        for part in paragraph(foresight_words(foresight(conn, drawing, today), drawing)):
            line(part)
        if not agreed(yes):
            return
        with showing(_("Starting the round:")) as progress:
            found, _drawing = rounds.start(
                conn, wanted, day=today, made_at=made_at(), name=one_line(name), progress=progress
            )
    words = _("Round {n} has begun. See what comes of it: activetui checklist round show {n}")
    line(words.format(n=found.id))


@app.command("add", help=_("Draw into an open round whom its playbook fits by now, with the same coin."))
def add(number: RoundArgument, yes: YesOption = False) -> None:
    """Draw those who have come to fit since."""
    from activetui.cli.progress import showing
    from activetui.reactivation.rounds import rounds

    if not agreed(yes):
        return
    with open_writing(of_today=True) as conn, showing(_("Drawing:")) as progress:
        found = rounds.the_round(conn, number)
        drawn = rounds.add(conn, found, day=current().today, made_at=made_at(), progress=progress)
    line(_("To contact: {n}").format(n=format_number(len(drawn.to_contact))))
    line(_("Left in peace: {n}").format(n=format_number(len(drawn.held_out))))


@app.command("list", help=_("All rounds and what came of them."))
def list_all(as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print the rounds that had started by the day, the newest first."""
    from activetui.cli.result_rows import round_row

    found, mark = _results()
    if form is not Format.TABLE:
        with wording(form):
            emit((round_row(found, row) for row in found.rounds), form, fields=_FIELDS)
        return
    emit(
        [{"row": row} for row in found.rounds], form, _columns(found),
        empty=_("No round yet. activetui checklist round start PLAYBOOK begins one."),
    )
    print_stamp(mark, form)


@app.command("show", help=_("One round: both sides, and what may be said of the difference."))
def show(number: RoundArgument, as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print one round as of the day."""
    from activetui.cli.result_rows import round_row
    from activetui.ledger.errors import OwnerError

    found, _mark = _results()
    row = next((each for each in found.rounds if each.round.id == number), None)
    if row is None:
        raise OwnerError(
            _("There is no round {n}.").format(n=number), _("See them: activetui checklist round list")
        )
    with wording(form):
        emit_one(round_row(found, row), form, lambda: _lines(found, row))


@app.command("end", help=_("End a round before its time: no more steps, and nobody is left in peace for it."))
def end(number: RoundArgument, yes: YesOption = False) -> None:
    """End the round today."""
    from activetui.reactivation.rounds import rounds

    with open_writing(of_today=True) as conn:
        found = rounds.the_round(conn, number)
        line(_("Both sides are then counted up to yesterday, and never further."))
        if not agreed(yes):
            return
        stopped = rounds.end(conn, found, day=current().today, made_at=made_at())
    words = ngettext(
        "Round {number} is over; {n} customer was still in it.",
        "Round {number} is over; {n} customers were still in it.", stopped,
    )
    line(words.format(number=number, n=format_number(stopped)))


def _lines(found: Results, row: RoundResult) -> Iterator[str]:
    """One round for people."""
    from activetui.reactivation.results import result_words as words

    yield words.round_title_of(found, row)
    for sentence in (*words.round_sentences(found, row), words.known_to_words(found)):
        yield from paragraph(sentence)


def _results() -> tuple[Results, Stamp]:
    from activetui.cli.progress import showing
    from activetui.reactivation.results.results import By, results

    with open_reading() as conn, showing(_("Counting what came of it:")) as progress:
        return results(conn, current().as_of, by=By.ROUND, natural=False, progress=progress), stamp(conn)


def _columns(found: Results) -> list[Column]:
    from activetui.reactivation.results import result_words as words

    def verdict(each: dict[str, RoundResult]) -> str:
        row = each["row"]
        return words.verdict_words(row.verdict, row.difference, row.more_needed, row.window_ends)

    return [
        Column("round", _("No."), lambda each: str(each["row"].round.id), right=True),
        Column("title", _("Round"), lambda each: each["row"].round.name
               or words.playbook_title(found, each["row"].round.playbook)),
        Column("started", _("Started"), lambda each: format_day(each["row"].round.started)),
        Column("to_contact", _("To contact"), lambda each: format_number(each["row"].to_contact.drawn),
               right=True),
        Column("held_out", _("Left in peace"), lambda each: format_number(each["row"].held_out.drawn),
               right=True),
        Column("verdict", _("Result"), verdict),  # type: ignore[arg-type]
    ]
