"""Who turns inactive next, and who is normally here by now: lines that open customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import format_money, format_number, format_weekday, relative_day
from activetui.tui.cells import fit
from activetui.tui.people import display_name
from activetui.tui.widgets.figures import Line, Part

if TYPE_CHECKING:               # another thread works it out, so the app begins sooner without
    from activetui.insights.today import Ahead, Missed, Worth

_NAME = 40
"""Cells that a name never needs more than."""


def turning_lines(ahead: Ahead, day: Day, width: int) -> Sequence[Line]:
    """Who turns inactive: all, day by day, and those who spend most."""
    from activetui.insights.today import TURNING, turning_on

    title = _("Turning inactive in 7 days: {n}").format(n=format_number(ahead.customers))
    if not ahead.customers:
        return [[Part(title, "bold")], [Part(_("Nobody, as far as can be seen."), "$quiet")]]
    days: list[Part] = []
    for each, number in ahead.by_day:
        if number:
            words = f"{format_weekday(each)} {format_number(number)}"
            days += [Part(words, "", turning_on(each)), Part(" · ", "$quiet")]
    worth = _("{money} a year").format(money=format_money(ahead.year, ahead.currency))
    days.append(Part(worth, "$quiet"))
    people = _person_lines([(each, each.person.status_until) for each in ahead.first], day, width)
    return [[Part(title, "bold", TURNING)], days, *people]


def missed_lines(missed: Missed, day: Day, width: int) -> Sequence[Line]:
    """Who is normally here by now: all, and those who spend most."""
    from activetui.insights.today import MISSED

    title = _("Usually here by now: {n}").format(n=format_number(missed.customers))
    if not missed.customers:
        return [[Part(title, "bold")], [Part(_("Nobody is missing."), "$quiet")]]
    people = _person_lines([(each, each.person.next_expected) for each in missed.first], day, width)
    return [[Part(title, "bold", MISSED)], *people]


def _person_lines(people: Sequence[tuple[Worth, Day | None]], day: Day, width: int) -> list[Line]:
    """Each customer with a day and what they spend in a year, in columns."""
    days = ["–" if when is None else relative_day(when, day) for _each, when in people]
    worths = [format_money(each.year, each.person.currency) for each, _when in people]
    room_of_days, room_of_worths = (max(map(cell_len, texts), default=0) for texts in (days, worths))
    room = max(8, min(_NAME, width - room_of_days - room_of_worths - 4))
    return [
        [Part(
            f"{fit(near, room_of_days)}  {fit(display_name(each.person), room)}  "
            f"{fit(worth, room_of_worths, right=True)}",
            customer=each.person.id,
        )]
        for (each, _when), near, worth in zip(people, days, worths, strict=True)
    ]
