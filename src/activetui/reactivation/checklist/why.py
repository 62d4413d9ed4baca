"""Why a customer is on the checklist, in one line of words."""

from __future__ import annotations

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.ledger.days import FAR_FUTURE, Day, is_bounded, to_date
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_day_short, format_number, relative_day
from activetui.store.listing.circumstances import NOTHING, SOON, Circumstances
from activetui.store.listing.people import Person

_CANCELLED = 90
"""A cancellation is told of so many days after it, as long as the playbook for it begins."""
_NEAR = 7
"""A birthday is told of so many days before and after."""


def why_now(person: Person, day: Day, around: Circumstances = NOTHING) -> str:
    """The reason in the customer's own figures, such as `every 14 days; silent for 26; lapses in 4 days`."""
    parts = _going_on(around, day)
    if person.status in (Status.INACTIVE, Status.LOST):
        parts += _lapsed(person, day)
    elif person.last_purchase is None:
        parts += [] if parts else [_without_purchases(person, day, around)]
    else:
        parts += _buying(person, day, short=bool(parts))
    return "; ".join(parts)


def _going_on(around: Circumstances, day: Day) -> list[str]:
    parts = []
    if around.complained is not None:
        parts.append(
            _("complaint on {day}, not resolved").format(day=format_day_short(around.complained, day))
        )
    if around.expires is not None and around.expires - day <= SOON:
        parts.append(_("subscription ends {when}").format(when=relative_day(around.expires, day)))
    if around.unrenewed is not None and day - around.unrenewed <= SOON:
        ended = format_day_short(around.unrenewed, day)
        parts.append(_("subscription ended on {day}, not renewed").format(day=ended))
    if around.cancelled is not None and day - around.cancelled <= _CANCELLED:
        cancelled = format_day_short(around.cancelled, day)
        parts.append(_("subscription cancelled on {day}").format(day=cancelled))
    birthday = _birthday_near(around.birthday, day)
    if birthday is not None:
        words = _("birthday {when}") if birthday >= day else _("birthday was {when}")
        parts.append(words.format(when=relative_day(birthday, day)))
    return parts


def _lapsed(person: Person, day: Day) -> list[str]:
    since = format_day_short(person.status_since, day)
    lapsed = _("lost since {day}") if person.status == Status.LOST else _("inactive since {day}")
    parts = [lapsed.format(day=since)]
    if person.purchases:
        bought = ngettext("bought once", "bought {n} times", person.purchases)
        parts.append(bought.format(n=format_number(person.purchases)))
    return parts


def _without_purchases(person: Person, day: Day, around: Circumstances) -> str:
    """What is known of who has bought nothing: a subscription, what keeps them active, or nothing."""
    if around.runs_until is not None:
        if around.runs_until >= FAR_FUTURE - 1:
            return _("has a subscription")
        return _("subscription runs until {day}").format(day=format_day_short(around.runs_until, day))
    if person.active and person.status_since is not None:
        since = format_day_short(person.status_since, day)
        return _("{status} since {day}").format(status=status_word(person.status), day=since)
    return _("has not bought yet")


def _buying(person: Person, day: Day, *, short: bool) -> list[str]:
    """What is known of somebody who buys; `short` where something else comes before it."""
    parts = []
    if person.purchases == 1 and person.first_purchase is not None:
        parts.append(_("first purchase {when}").format(when=relative_day(person.first_purchase, day)))
    elif person.last_purchase is not None:
        if person.rhythm and not short:
            parts.append(_("every {days}").format(days=days_words(round(person.rhythm))))
        parts.append(_("silent for {days}").format(days=days_words(day - person.last_purchase)))
    if person.status == Status.AT_RISK and _lapses(person):
        parts.append(_("lapses {when}").format(when=relative_day(person.status_until, day)))
    if person.status == Status.REACTIVATED:
        parts.append(_("back since {day}").format(day=format_day_short(person.status_since, day)))
    return parts


def _lapses(person: Person) -> bool:
    return person.status_until is not None and is_bounded(person.status_until) and (
        person.next_status in (Status.INACTIVE, Status.UNKNOWN)
    )


def _birthday_near(born: Day | None, day: Day) -> Day | None:
    """The birthday that is nearest to the day, where it is near; of 29 February 1 March in other years."""
    if born is None:
        return None
    birth, now = to_date(born), to_date(day)
    for year in (now.year, now.year + 1, now.year - 1):
        try:
            this = birth.replace(year=year)
        except ValueError:
            this = birth.replace(year=year, month=3, day=1)
        distance = (this - now).days
        if abs(distance) <= _NEAR:
            return day + distance
    return None
