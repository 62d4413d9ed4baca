"""An alert as a sentence: its template with what is known of the customer and the event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from activetui.activity.kind_words import action_in_words
from activetui.activity.words import kind_word, status_word
from activetui.ledger.days import Day
from activetui.ledger.kinds import ACTION_CODES
from activetui.ledger.text import one_line
from activetui.locales.formats import (
    days_words,
    format_day_short,
    format_money,
    format_number,
    format_share,
    relative_day,
)
from activetui.reactivation.alerts.firing import Fired
from activetui.reactivation.alerts.types import AlertRule
from activetui.store.alerts.happened import Happening
from activetui.store.listing.people import Person

_NOT_KNOWN = "–"


def sentence(
    rule: AlertRule,
    fired: Fired,
    person: Person | None,
    day: Day,
    currency: str,
    kinds: Mapping[int, str],
    year: int = 0,
) -> str:
    """What the alert says on `day`, in one line of the language in use.

    `currency` is that of the store; `kinds` are the words of all kinds of event by their numbers; `year` is
    what the customer spends in a year, in minor units.
    """
    values = _of_store(fired, day) if person is None else _of_customer(fired, person, day, year)
    if fired.event is not None:
        values |= _of_event(fired.event, currency, kinds)
    template = rule.says
    if not template:
        who = values.get("name") or values.get("product") or values.get("source")
        return f"{rule.title}: {who}"
    return one_line(template.format_map({name: value or _NOT_KNOWN for name, value in values.items()}))


def name_of(person: Person) -> str:
    """What a customer is called in a sentence, in one line."""
    return one_line(person.called)


def _of_customer(fired: Fired, person: Person, day: Day, year: int) -> dict[str, str]:
    silence = None if person.last_purchase is None else day - person.last_purchase
    values = {
        "name": name_of(person),
        "day": format_day_short(fired.day, day),
        "status": status_word(person.status),
        "was": "" if fired.before is None else status_word(fired.before),
        "spend": format_money(year, person.currency),
        "last": "" if person.last_purchase is None else relative_day(person.last_purchase, day),
        "silence": "" if silence is None else days_words(silence),
        "rhythm": "" if not person.rhythm else days_words(round(person.rhythm)),
        "purchases": format_number(person.purchases),
    }
    return values | _told(fired, day)


def _of_store(fired: Fired, day: Day) -> dict[str, str]:
    return {"day": format_day_short(fired.day, day)} | _told(fired, day)


def _of_event(event: Happening, currency: str, kinds: Mapping[int, str]) -> dict[str, str]:
    code = ACTION_CODES.get(event.action)
    return {
        "product": one_line(event.product),
        "amount": "" if event.amount is None else format_money(abs(event.amount), event.currency or currency),
        "rating": "" if event.rating is None else format_number(event.rating),
        "channel": one_line(event.channel),
        "what": action_in_words(code) if code else kind_word(kinds.get(event.kind, "")),
    }


def _told(fired: Fired, day: Day) -> dict[str, str]:
    """What the trigger itself found, in words."""
    return {name: _in_words(name, value, day) for name, value in fired.told.items()}


def _in_words(name: str, value: Any, day: Day) -> str:
    if name in ("share", "others"):
        return format_share(value)
    if name in ("day", "until", "ended"):
        return format_day_short(value, day)
    if name == "days":
        return days_words(value)
    return one_line(value) if isinstance(value, str) else format_number(value)
