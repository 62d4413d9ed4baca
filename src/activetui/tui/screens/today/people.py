"""Who turns inactive next, and who is normally here by now: lines that open customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import format_money, format_number, format_weekday, relative_day
from activetui.store.listing.people import Person
from activetui.tui.cells import fit
from activetui.tui.people import display_name
from activetui.tui.widgets.figures import Line, Part

if TYPE_CHECKING:               # another thread works it out, so the app begins sooner without
    from activetui.insights.today import Ahead, Missed

_WHEN, _WORTH = 14, 12


def turning_lines(ahead: Ahead, day: Day, width: int) -> Sequence[Line]:
    """Who turns inactive: all, day by day, and those who spend most."""
    from activetui.insights.today import TURNING, turning_on

    title = _("Turning inactive in the next 7 days: {n}").format(n=format_number(ahead.customers))
    if not ahead.customers:
        return [[Part(title, "bold")], [Part(_("Nobody, as far as can be seen."), "$quiet")]]
    worth = _("{money} a year").format(money=format_money(ahead.year_spend, ahead.currency))
    days: list[Part] = [Part(worth, "$quiet")]
    for each, number in ahead.by_day:
        if number:
            words = f"{format_weekday(each)} {format_number(number)}"
            days += [Part(" · ", "$quiet"), Part(words, "", turning_on(each))]
    people = [_person_line(person, person.status_until, day, width) for person in ahead.first]
    return [[Part(title, "bold", TURNING)], days, *people]


def missed_lines(missed: Missed, day: Day, width: int) -> Sequence[Line]:
    """Who is normally here by now: all, and those who spend most."""
    from activetui.insights.today import MISSED

    title = _("Usually here by now: {n}").format(n=format_number(missed.customers))
    if not missed.customers:
        return [[Part(title, "bold")], [Part(_("Nobody is missing."), "$quiet")]]
    people = [_person_line(person, person.next_expected, day, width) for person in missed.first]
    return [[Part(title, "bold", MISSED)], *people]


def _person_line(person: Person, when: Day | None, day: Day, width: int) -> Line:
    near = fit("–" if when is None else relative_day(when, day), _WHEN)
    worth = fit(format_money(person.year_spend, person.currency), _WORTH, right=True)
    name = fit(display_name(person), max(8, min(40, width - _WHEN - _WORTH - 2)))
    return [Part(f"{near} {name} {worth}", customer=person.id)]
