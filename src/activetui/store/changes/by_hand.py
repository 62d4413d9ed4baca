"""What a person may write into the ledger by hand, and how an amount is typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.kinds import ACTIONS, NATURES, Kind
from activetui.ledger.money import digits, to_minor
from activetui.ledger.settlement import STATES
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_day

_AMOUNT = re.compile(r"[+-]?\d{1,12}(?:[.,](\d+))?")
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
_QUANTITY = re.compile(r"\d{1,9}(\.\d{1,6})?")
_TEXTS = ("product", "channel", "order_ref", "note")

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


def state_of(text: str) -> str:
    """The state of an event that is meant, such as `refunded`; `UsageError` with the words if none is."""
    word = text.strip().lower().replace("-", "_").replace(" ", "_")
    if word in STATES:
        return word
    raise UsageError(
        _("There is no state “{name}”.").format(name=text),
        _("States: {names}.").format(names=", ".join(sorted(STATES - {""}))),
    )


def nature_of(text: str) -> str:
    """Whether something is a `product` or a `service`, empty for not said; `UsageError` for other words."""
    word = text.strip().lower()
    if word and word not in NATURES:
        raise UsageError(
            _("“{name}” is neither product nor service.").format(name=text),
            _("Say one of the two, or nothing."),
        )
    return word


def quantity_of(text: str) -> float | None:
    """The typed number of things, None for none; `UsageError` for what is no number above nothing."""
    typed = text.strip().replace(",", ".")
    if not typed:
        return None
    if not _QUANTITY.fullmatch(typed) or not float(typed):
        raise UsageError(
            _("“{text}” is not a quantity.").format(text=text.strip()), _("Write it as 2 or 1.5.")
        )
    return float(typed)


def currency_of(text: str) -> str:
    """A currency code as it is kept, empty for none; `UsageError` for what is none."""
    code = text.strip().upper()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise UsageError(
            _("“{text}” is not a currency code.").format(text=text.strip()),
            _("Write three letters, such as EUR."),
        )
    return code


def time_of(text: str) -> str:
    """A time of day as it is kept (`14:05`), empty for not known; `UsageError` for anything else."""
    word = text.strip()
    if word and not _TIME.fullmatch(word):
        raise UsageError(_("“{text}” is not a time.").format(text=text), _("Write it as 14:05."))
    return "0" + word if word.find(":") == 1 else word


def corrected(
    before: Mapping[str, Any], wanted: Mapping[str, Any], kind_word: str, today: Day
) -> dict[str, Any]:
    """The columns that change where an event (`before`, by column) is to be as `wanted` says.

    `kind_word` is the kind that it is then. What an event of that kind cannot have goes by itself; what is
    wanted and cannot be is a `UsageError` or `OwnerError`.
    """
    after = {**before, **wanted}
    for name in _TEXTS:
        after[name] = one_line(str(after[name] or ""))
    if "kind" in wanted:
        _fit_kind(after, kind_word, wanted)
    if "day" in wanted or "kind" in wanted:
        check_day(kind_word, after["day"], today)
    after["action"] = action_of(after["action"], kind_word) if "action" in wanted else after["action"]
    for name, understand in (("state", state_of), ("nature", nature_of), ("time", time_of)):
        if name in wanted:
            after[name] = understand(str(after[name] or ""))
    if after["refunded"] < 0:
        raise UsageError(_("What was given back cannot be less than nothing."))
    if after["rating"] is not None and "rating" in wanted:
        rating_of(str(after["rating"]), kind_word)
    if {"until", "day"} & wanted.keys():
        check_until(kind_word, after["until"], after["day"])
    return {name: value for name, value in after.items() if value != before[name]}


def _fit_kind(after: dict[str, Any], kind_word: str, wanted: Mapping[str, Any]) -> None:
    """Drop what only the earlier kind could have."""
    if "action" not in wanted and after["action"] not in ACTIONS.get(kind_word, ("",)):
        after["action"] = USUAL_ACTION.get(kind_word, "")
    if "rating" not in wanted and kind_word not in RATINGS:
        after["rating"] = None
    if "until" not in wanted and kind_word != Kind.SUBSCRIPTION.word:
        after["until"] = None
