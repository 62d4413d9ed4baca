"""Why a customer is on the checklist, in one line of words."""

from __future__ import annotations

from activetui.activity.status import Status
from activetui.ledger.days import Day, is_bounded
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_day_short, relative_day
from activetui.store.listing.people import Person


def why_now(person: Person, day: Day) -> str:
    """The reason in the customer's own figures, such as `every 14 days; silent for 26; lapses in 4 days`."""
    if person.status in (Status.INACTIVE, Status.LOST):
        return _lapsed(person, day)
    parts = []
    if person.rhythm:
        parts.append(_("every {days}").format(days=days_words(round(person.rhythm))))
    if person.last_purchase is not None:
        parts.append(_("silent for {days}").format(days=days_words(day - person.last_purchase)))
    if person.status == Status.AT_RISK and _lapses(person):
        parts.append(_("lapses {when}").format(when=relative_day(person.status_until, day)))
    return "; ".join(parts)


def _lapsed(person: Person, day: Day) -> str:
    since = format_day_short(person.status_since, day)
    lapsed = (
        _("lost since {day}") if person.status == Status.LOST else _("inactive since {day}")
    ).format(day=since)
    bought = ngettext("bought once", "bought {n} times", person.purchases).format(n=person.purchases)
    return f"{lapsed}; {bought}"


def _lapses(person: Person) -> bool:
    return person.status_until is not None and is_bounded(person.status_until) and (
        person.next_status in (Status.INACTIVE, Status.UNKNOWN)
    )
