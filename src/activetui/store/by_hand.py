"""What a person may write into the ledger by hand, and how an amount is typed."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from difflib import get_close_matches

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.kinds import ACTIONS, Kind
from activetui.ledger.money import digits, to_minor
from activetui.locales import _
from activetui.locales.formats import format_day

_AMOUNT = re.compile(r"[+-]?\d{1,12}(?:[.,](\d+))?")

USUAL_ACTION = {Kind.SUBSCRIPTION.word: "start", Kind.CONTACT.word: "out"}
"""What an event of a kind is where the person does not say."""
RATINGS = {Kind.REVIEW.word: (1, 5), Kind.FEEDBACK.word: (0, 10)}
"""Lowest and highest rating of the kinds that have one."""


def amount_of(text: str, currency: str) -> int | None:
    """The typed amount in minor units, None for none; `UsageError` if it could be read in two ways.

    More decimal places than the currency has are refused: `1.250` may be one or a thousand.
    """
    typed = text.strip().replace("\u2212", "-")
    if not typed:
        return None
    found = _AMOUNT.fullmatch(typed)
    if found is None or len(found[1] or "") > digits(currency):
        raise UsageError(
            _("“{text}” is not an amount in {currency}.").format(text=text.strip(), currency=currency),
            _("Write it as 1240.50: no currency, no sign between thousands, only cents behind the point."),
        )
    return to_minor(Decimal(typed.replace(",", ".")), currency)


def rating_of(text: str, kind_word: str) -> int | None:
    """The typed rating, None for none; `UsageError` if the kind has none or it is out of bounds."""
    typed = text.strip()
    if not typed:
        return None
    if kind_word not in RATINGS:
        raise UsageError(_("Only a review and feedback have a rating."))
    least, most = RATINGS[kind_word]
    if not typed.isdecimal() or not least <= int(typed) <= most:
        raise UsageError(_("The rating must be from {least} to {most}.").format(least=least, most=most))
    return int(typed)


def check_day(kind_word: str, day: Day, today: Day) -> None:
    """Refuse a day that has not come, except for a booking."""
    if day > today and kind_word != Kind.BOOKING.word:
        raise OwnerError(
            _("{day} has not come yet.").format(day=format_day(day)),
            _("Only a booking can lie ahead."),
        )


def kind_of(text: str, known: Collection[str]) -> str:
    """The kind of event that is meant, one of the words `known`; `UsageError` with a proposal if none is."""
    word = text.strip().lower().replace("-", "_").replace(" ", "_")
    if word in known:
        return word
    near = get_close_matches(word, list(known), n=1)
    proposal = _("Did you mean {name}?").format(name=near[0]) if near else ""
    raise UsageError(
        _("There is no kind of event “{name}”.").format(name=text),
        proposal or _("Kinds: {names}.").format(names=", ".join(known)),
    )


def action_of(text: str, kind_word: str) -> str:
    """What the event is within its kind (the usual, where nothing is said); `UsageError` if it cannot be."""
    word = text.strip()
    if not word:
        return USUAL_ACTION.get(kind_word, "")
    allowed = ACTIONS.get(kind_word, ())
    if word in allowed:
        return word
    if not allowed:
        raise UsageError(_("{kind} has no action.").format(kind=kind_word))
    raise UsageError(
        _("There is no action “{name}” for {kind}.").format(name=word, kind=kind_word),
        _("Actions: {names}.").format(names=", ".join(allowed)),
    )


def check_until(kind_word: str, until: Day | None, day: Day) -> None:
    """Refuse a last day of what is no subscription, or before its first."""
    if until is None:
        return
    if kind_word != Kind.SUBSCRIPTION.word:
        raise UsageError(_("Only a subscription has a last day."))
    if until < day:
        raise UsageError(_("The subscription would end before it starts."))
