"""`log`: write down one event of a customer."""

from __future__ import annotations

import sqlite3
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.activity.words import kind_word, status_word
from activetui.cli.amounts import minor_units
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.options import parse_day
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.days import Day, is_bounded
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.kinds import ACTIONS, Kind
from activetui.locales import _
from activetui.locales.formats import format_day, relative_day

if TYPE_CHECKING:
    from activetui.store.spans import StatusSpan

_RATINGS = {Kind.REVIEW.word: (1, 5), Kind.FEEDBACK.word: (0, 10)}
_USUAL_ACTION = {Kind.SUBSCRIPTION.word: "start", Kind.CONTACT.word: "out"}


def log(
    customer: CustomerArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("purchase, visit, contact, complaint …"))],
    on: Annotated[
        int | None, typer.Option("--on", metavar="DATE", parser=parse_day, help=_("The day, if not today."))
    ] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="A", help=_("What was paid, such as 12.50."))
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Anything worth keeping."))] = "",
    product: Annotated[
        str, typer.Option("--product", metavar="TEXT", help=_("Product, service or feature."))
    ] = "",
    rating: Annotated[
        int | None, typer.Option("--rating", metavar="N", help=_("Review: 1 to 5. Feedback: 0 to 10."))
    ] = None,
    channel: Annotated[
        str, typer.Option("--channel", metavar="TEXT", help=_("email, phone, chat, social, in_person …"))
    ] = "",
    until: Annotated[
        int | None,
        typer.Option("--until", metavar="DATE", parser=parse_day, help=_("Last day of a subscription.")),
    ] = None,
    action: Annotated[
        str, typer.Option("--action", metavar="WORD", help=_("start, renewal, pause, cancel; in, out …"))
    ] = "",
) -> None:
    """Add the event and say what it did to the customer's status."""
    from activetui.ledger.records import EventRecord
    from activetui.store import customers, events, kinds, settings

    today = current().today
    day = today if on is None else on
    with open_writing() as conn:
        number = the_customer(conn, customer)
        codes = kinds.kind_codes(conn)
        word = _known_kind(kind, codes)
        _check_day(word, day, today)
        _check_rating(word, rating)
        currency = settings.currency(conn)
        record = EventRecord(
            kind=codes[word], day=day, key="", note=note, product=product, rating=rating, channel=channel,
            until=_checked_until(word, until, day), action=_checked_action(word, action),
            amount=None if amount is None else minor_units(amount, currency),
            currency="" if amount is None else currency,
        )
        before = _status(conn, number, today)
        events.log_event(conn, number, record, today=today, made_at=made_at())
        after = _status(conn, number, today)
        name = customers.get(conn, number).name or str(number)
    written = _("Written down: {kind} of {name} on {day}.")
    line(written.format(kind=kind_word(word), name=name, day=format_day(day)))
    for part in _change(before, after, today):
        line(part)


def _known_kind(kind: str, codes: dict[str, int]) -> str:
    word = kind.strip().lower().replace("-", "_")
    if word in codes:
        return word
    near = get_close_matches(word, list(codes), n=1)
    hint = _("Did you mean {name}?").format(name=near[0]) if near else ""
    raise UsageError(
        _("There is no kind of event {name!r}.").format(name=kind),
        hint or _("Kinds: {names}.").format(names=", ".join(codes)),
    )


def _check_day(word: str, day: Day, today: Day) -> None:
    if day > today and word != Kind.BOOKING.word:
        raise OwnerError(
            _("{day} has not come yet.").format(day=format_day(day)),
            _("Only a booking can lie ahead; check the year of --on."),
        )


def _check_rating(word: str, rating: int | None) -> None:
    if rating is None:
        return
    if word not in _RATINGS:
        raise UsageError(_("Only a review and feedback have a rating."))
    least, most = _RATINGS[word]
    if not least <= rating <= most:
        raise UsageError(_("The rating must be from {least} to {most}.").format(least=least, most=most))


def _checked_until(word: str, until: Day | None, day: Day) -> Day | None:
    if until is None:
        return None
    if word != Kind.SUBSCRIPTION.word:
        raise UsageError(_("Only a subscription has a last day (--until)."))
    if until < day:
        raise UsageError(_("The subscription would end before it starts."))
    return until


def _checked_action(word: str, action: str) -> str:
    allowed = ACTIONS.get(word, ())
    if not action:
        return _USUAL_ACTION.get(word, "")
    if action in allowed:
        return action
    if not allowed:
        raise UsageError(_("{kind} takes no --action.").format(kind=word))
    raise UsageError(
        _("There is no action {name!r} for {kind}.").format(name=action, kind=word),
        _("Actions: {names}.").format(names=", ".join(allowed)),
    )


def _status(conn: sqlite3.Connection, number: int, today: Day) -> StatusSpan | None:
    from activetui.store import spans

    return next((span for span in spans.spans_of(conn, number) if span.start <= today < span.end), None)


def _change(before: StatusSpan | None, after: StatusSpan | None, today: Day) -> list[str]:
    """What became of the status, and when it changes next."""
    if after is None:
        return []
    word = status_word(after.status)
    if before is None or before.status != after.status:
        was = status_word(before.status) if before else "–"
        parts = [_("Status: {was} → {now}").format(was=was, now=word)]
    else:
        parts = [_("Status: {now}, as before").format(now=word)]
    if is_bounded(after.end):
        parts.append(
            _("It changes on {day} ({distance}) unless something happens.").format(
                day=format_day(after.end), distance=relative_day(after.end, today)
            )
        )
    return parts
