"""A round in words: whom it draws, whom it leaves out and why, the same in commands and screens."""

from __future__ import annotations

from activetui.ledger.days import Day
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_day, format_number
from activetui.reactivation.rounds.rounds import Drawing, Why


def why_words(why: Why, n: int) -> str:
    """How many are left out for a reason."""
    words = {
        Why.NO_CONTACT: _("{n} want no contact"),
        Why.BUSY: _("{n} in a playbook already"),
        Why.HELD_OUT: _("{n} left in peace by another round"),
        Why.CONTACTED: _("{n} contacted lately"),
        Why.TRIED: _("{n} tried lately"),
        Why.STOPPED: _("{n} for whom the playbook ends"),
        Why.NO_STEP: _("{n} without a step that may be done for them"),
    }[why]
    return words.format(n=format_number(n))


def drawing_words(found: Drawing, day: Day, calls_a_day: int) -> list[str]:
    """Whom a round that starts on the day draws, and whom it leaves out, line by line.

    `calls_a_day` is how many steps the owner does in a day.
    """
    wanted = found.wanted
    lines = [
        ngettext("{playbook}: for {n} customer", "{playbook}: for {n} customers", found.fitting).format(
            playbook=wanted.plan.title, n=format_number(found.fitting)
        )
    ]
    left = [why_words(why, number) for why, number in found.left_out.items() if number]
    if found.beyond:
        left.append(_("{n} with less at stake").format(n=format_number(found.beyond)))
    if left:
        lines.append(_("Left out: {who}").format(who=" · ".join(left)))
    to_contact = len(found.to_contact)
    lines.append(_("To contact: {n}").format(n=format_number(to_contact)))
    if calls_a_day and to_contact > calls_a_day:
        lines[-1] += " · " + _("the first step takes {days} at {n} a day").format(
            days=days_words(-(-to_contact // calls_a_day)), n=format_number(calls_a_day)
        )
    if found.held_out:
        lines.append(_("Left in peace until {day}: {n}, by a coin that is tossed once").format(
            day=format_day(day + wanted.plan.within_days), n=format_number(len(found.held_out))
        ))
    return lines
