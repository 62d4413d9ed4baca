"""What a round can show, before it starts: with so few drawn, only so large a difference."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.locales import _
from activetui.locales.formats import format_number, format_share
from activetui.reactivation.ranking.natural import chances
from activetui.reactivation.results.round_results import FEWEST
from activetui.reactivation.results.shares import smallest_shown
from activetui.reactivation.rounds.rounds import Drawing
from activetui.store.listing import people

_LOOKED_AT = 500
"""From so many of the drawn it is taken how many come back by themselves."""


class Foresight(NamedTuple):
    """What can be expected of a round."""

    natural: float | None
    """The share that comes back by themselves within the window; None where it is not known."""
    smallest: float | None
    """The smallest difference that is likely to be shown; None where none is, or nothing is known."""


def foresight(conn: sqlite3.Connection, drawing: Drawing, day: Day) -> Foresight:
    """What the past says of those drawn, and what their number can show; as of the day looked from.

    Only of playbooks that aim at purchases can natural return be said.
    """
    plan = drawing.wanted.plan
    if any(goal.kind != Kind.PURCHASE for goal in plan.goals):
        return Foresight(None, None)
    drawn = sorted((*drawing.to_contact, *drawing.held_out))
    some = drawn[:: max(len(drawn) // _LOOKED_AT, 1)]
    known = chances(conn, day, plan.within_days)
    found = [
        known.of(None if person.last_purchase is None else day - person.last_purchase, person.purchases)
        for person in people.by_ids(conn, some)
    ]
    shares = [chance.returned / chance.n for chance in found if chance.known]
    if not shares:
        return Foresight(None, None)
    natural, n, other_n = sum(shares) / len(shares), len(drawing.to_contact), len(drawing.held_out)
    return Foresight(natural, smallest_shown(natural, n, other_n) if min(n, other_n) >= FEWEST else None)


def foresight_words(found: Foresight, drawing: Drawing) -> str:
    """What a round can show, in a sentence or two; empty where nobody is left in peace."""
    if not drawing.held_out:
        return _("Nobody is left in peace: whether it worked cannot be shown, only set beside the past.")
    if found.natural is None:
        return _("How many would come back by themselves is not known.")
    natural = _("About {share} of them would come back by themselves.").format(
        share=format_share(found.natural)
    )
    if found.smallest is None:
        shown = _("They are too few to show any difference: there should be {n} on each side at the least.")
        shown = shown.format(n=format_number(FEWEST))
    else:
        shown = _("With so many a difference of some {n} points would show; a smaller one may stay unproven.")
        shown = shown.format(n=format_number(round(100 * found.smallest)))
    return f"{natural} {shown}"
