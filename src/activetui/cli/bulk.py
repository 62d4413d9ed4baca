"""`bulk`: one change of all customers that a query finds. Each is one operation, which `undo` takes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

import typer

from activetui.cli.asking import agreed
from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.event_options import (
    ActionOption,
    AmountOption,
    ChannelOption,
    NoteOption,
    OnOption,
    ProductOption,
    RatingOption,
    UntilOption,
)
from activetui.cli.group import Noun
from activetui.cli.output import line
from activetui.cli.query_command import QueryCommand
from activetui.ledger.errors import UsageError
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    import sqlite3
    from array import array

    from activetui.store.progress import Progress

app = Noun()
Answer = TypeVar("Answer")

QueryArgument = Annotated[str, typer.Argument(metavar="QUERY", show_default=False, help=_(
    "Whose, such as: status:inactive spend>500 (activetui segments fields lists all)."
))]
EveryoneOption = Annotated[bool, typer.Option("--everyone", help=_("All customers, instead of a query."))]
YesOption = Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))]
TagArgument = Annotated[str, typer.Argument(metavar="TAG", help=_("The tag; several with commas."))]


class Whom(NamedTuple):
    """Whom a query finds."""

    numbers: array[int]
    of: int
    reading: str
    """The query in words; empty for everyone."""

    def words(self) -> str:
        """How many, of how many, and who they are."""
        found = ngettext("{n} of {all} customer", "{n} of {all} customers", self.of).format(
            n=format_number(len(self.numbers)), all=format_number(self.of)
        )
        return f"{found}: {self.reading}" if self.reading else found


@app.command("tag", help=_("Give the customers a tag."), cls=QueryCommand)
def tag(
    name: TagArgument, query: QueryArgument = "", everyone: EveryoneOption = False, yes: YesOption = False
) -> None:
    """Tag whom the query finds."""
    _tag(name, query, everyone, yes, give=True)


@app.command("untag", help=_("Take a tag from the customers."), cls=QueryCommand)
def untag(
    name: TagArgument, query: QueryArgument = "", everyone: EveryoneOption = False, yes: YesOption = False
) -> None:
    """Take a tag from whom the query finds."""
    _tag(name, query, everyone, yes, give=False)


def _tag(name: str, query: str, everyone: bool, yes: bool, *, give: bool) -> None:
    from activetui.store.changes.bulk import tag_many

    names = [part.strip() for part in name.split(",") if part.strip()] or [""]
    words = _("Give the tag {tags}") if give else _("Take the tag {tags} away")
    whom = _whom(query, everyone)
    if not _agreed(whom, words.format(tags=", ".join(names)), yes):
        return
    with _changing(_("Changing tags:")) as (conn, progress):
        given, taken = (names, []) if give else ([], names)
        changed = tag_many(
            conn, whom.numbers, add=given, remove=taken, made_at=made_at(), today=current().today,
            progress=progress,
        )
    _tell(changed)


@app.command("log", help=_("Write down the same event for the customers."), cls=QueryCommand)
def log(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("contact, visit, note, purchase …"))],
    query: QueryArgument = "",
    everyone: EveryoneOption = False,
    on: OnOption = None,
    amount: AmountOption = None,
    note: NoteOption = None,
    product: ProductOption = None,
    rating: RatingOption = None,
    channel: ChannelOption = None,
    until: UntilOption = None,
    action: ActionOption = None,
    yes: YesOption = False,
) -> None:
    """Add the event to each customer whom the query finds."""
    from activetui.activity.words import kind_word
    from activetui.ledger.records import EventRecord
    from activetui.ledger.text import one_line
    from activetui.locales.formats import format_day
    from activetui.store import kinds, settings
    from activetui.store.changes import by_hand
    from activetui.store.changes.bulk import log_many

    today = current().today
    day = today if on is None else on
    with open_reading(facts=False) as conn:
        codes, currency = kinds.kind_codes(conn), settings.currency(conn)
    word = by_hand.kind_of(kind, codes)
    by_hand.check_day(word, day, today)
    by_hand.check_until(word, until, day)
    paid = by_hand.amount_of(amount or "", currency)
    record = EventRecord(
        kind=codes[word], day=day, key="", amount=paid, currency="" if paid is None else currency,
        note=one_line(note or ""), product=one_line(product or ""), channel=one_line(channel or ""),
        until=until, rating=by_hand.rating_of(rating or "", word),
        action=by_hand.action_of(action or "", word),
    )
    whom = _whom(query, everyone)
    what = _("Write down for each: {kind} on {day}").format(kind=kind_word(word), day=format_day(day))
    if not _agreed(whom, what, yes):
        return
    with _changing(_("Writing the events down:")) as (conn, progress):
        written = log_many(
            conn, whom.numbers, record, made_at=made_at(), today=today, progress=progress
        )
    _tell(written)


@app.command("enrol", help=_("Enrol the customers in a playbook; each gets its first task."),
             cls=QueryCommand)
def enrol(
    playbook: Annotated[str, typer.Argument(metavar="PLAYBOOK", help=_("complaint, slipping, regular …"))],
    query: QueryArgument = "",
    everyone: EveryoneOption = False,
    yes: YesOption = False,
) -> None:
    """Enrol whom the query finds, without those who may not or need not be contacted."""
    from activetui.reactivation.checklist.enrolling import enrol as enrol_all
    from activetui.reactivation.checklist.enrolling import enrolled_words, playbook_named

    with open_reading(facts=False) as conn:
        plan = playbook_named(conn, playbook)
    whom = _whom(query, everyone)
    if not _agreed(whom, _("Enrol in the playbook: {playbook}").format(playbook=plan.title), yes):
        return
    with _changing(_("Enrolling:")) as (conn, progress):
        found = enrol_all(
            conn, whom.numbers, plan, day=current().today, made_at=made_at(), progress=progress
        )
    line(enrolled_words(found))


@app.command("consent", help=_("Say whether the customers agree to marketing."), cls=QueryCommand)
def consent(
    answer: Annotated[str, typer.Argument(metavar="yes|no|unknown", help=_("Whether they agree."))],
    query: QueryArgument = "",
    everyone: EveryoneOption = False,
    yes: YesOption = False,
) -> None:
    """Set the consent of whom the query finds."""
    value = _one_of(answer, {"yes": True, "no": False, "unknown": None})
    words = {
        True: _("Keep that they agree to marketing"), False: _("Keep that they do not agree to marketing"),
        None: _("Keep that it is not known whether they agree"),
    }
    _set({"consent": value}, words[value], query, everyone, yes)


@app.command("contact", help=_("Say whether the customers may be contacted."), cls=QueryCommand)
def contact(
    answer: Annotated[str, typer.Argument(metavar="allowed|never", help=_("Whether they may be."))],
    query: QueryArgument = "",
    everyone: EveryoneOption = False,
    yes: YesOption = False,
) -> None:
    """Set or lift do-not-contact for whom the query finds."""
    never = _one_of(answer, {"allowed": False, "never": True})
    words = _("Do not contact them any more") if never else _("Let them be contacted again")
    _set({"do_not_contact": never}, words, query, everyone, yes)


def _set(changes: dict[str, object], what: str, query: str, everyone: bool, yes: bool) -> None:
    from activetui.store.changes.bulk import set_many

    whom = _whom(query, everyone)
    if not _agreed(whom, what, yes):
        return
    with _changing(_("Changing customers:")) as (conn, progress):
        changed = set_many(
            conn, whom.numbers, changes, made_at=made_at(), today=current().today, progress=progress
        )
    _tell(changed)


def _one_of(answer: str, meanings: dict[str, Answer]) -> Answer:
    word = answer.strip().lower()
    if word not in meanings:
        raise UsageError(
            _("{word!r} is not understood here.").format(word=answer),
            _("Possible: {choices}.").format(choices=", ".join(meanings)),
        )
    return meanings[word]


def _whom(query: str, everyone: bool) -> Whom:
    """The customers whom the query finds, by name; `UsageError` where nobody is named."""
    from activetui.ledger.text import one_line
    from activetui.segments.asking import ask
    from activetui.segments.words import reading
    from activetui.store.listing import people
    from activetui.store.other_days import as_of

    if bool(query.strip()) == everyone:
        raise UsageError(
            _("Say whose: a query, or --everyone."),
            _("Such as: activetui bulk tag autumn \"status:inactive\""),
        )
    with open_reading() as conn:
        if everyone:
            return Whom(people.ids(conn), people.count(conn), "")
        asked = ask(conn, query, current().as_of)
        if asked.day != as_of.day_of(conn):
            as_of.look_from(conn, asked.day, known_then=as_of.knows_then(conn))
        words = one_line(reading(asked.query, asked.currency))
        return Whom(people.ids(conn, asked.clause), people.count(conn), words)


def _agreed(whom: Whom, what: str, yes: bool) -> bool:
    """Say how many are concerned, and ask; `NeedsAnswer` where nobody can be asked."""
    line(whom.words())
    if not whom.numbers:
        line(_("Nothing was changed."))
        return False
    line(what)
    return agreed(yes)


@contextmanager
def _changing(what: str) -> Iterator[tuple[sqlite3.Connection, Progress]]:
    from activetui.cli.progress import showing

    with open_writing() as conn, showing(what) as progress:
        yield conn, progress


def _tell(changed: int) -> None:
    if not changed:
        line(_("Nothing was changed: it was so already."))
        return
    words = ngettext("{n} customer changed.", "{n} customers changed.", changed)
    line(words.format(n=format_number(changed)))
    line(_("To take it back: activetui undo"))
