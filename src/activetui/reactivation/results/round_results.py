"""What a round has made of a difference: those drawn to be contacted against those left in peace.

By intention to treat: everyone counts on the side on which the coin put them, whether they were contacted or
not, whether a step reached them or not, and whether the owner went on with them or not. Both sides are
watched for the same days, from the day after the draw to the end of the window. Who is still within it counts
on neither side, so that no look at the figures before their time can be mistaken for a result.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from activetui.ledger.days import Day
from activetui.reactivation.results.shares import (
    Compared,
    Difference,
    Share,
    more_needed,
    newcombe,
    share,
)
from activetui.reactivation.results.won_back import Aim
from activetui.reactivation.rounds.round_rules import aim_of, rules_of
from activetui.store import returns, rounds
from activetui.store.progress import Progress, Steps
from activetui.store.returns import Deed
from activetui.store.rounds import Member, Round, Side

FEWEST = 10
"""With fewer on a side nothing is called proven: for so few, intervals promise more than they hold."""


class Verdict(StrEnum):
    """What may be said of a difference."""

    NONE_HELD_OUT = "none_held_out"
    """Everyone was to be contacted: there is nobody to compare with."""
    TOO_EARLY = "too_early"
    """No window is over yet."""
    TOO_FEW = "too_few"
    """Fewer than `FEWEST` on a side."""
    NOT_PROVEN = "not_proven"
    """The interval holds zero: it may be chance, in either direction."""
    MORE = "more"
    """More came back than of those left in peace, beyond chance."""
    FEWER = "fewer"
    """Fewer did."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a round."""

    drawn: int
    so_far: int
    """Of them, those who have come back so far."""
    over: int
    """Those whose window is over."""
    share: Share | None
    """Of these, those who came back; None where there is nobody."""
    contacted: int
    """Of these, those who were in truth contacted in their window, by whatever way."""
    revenue: int
    """What these have paid in their window, in minor units of the store's currency, refunds taken off."""


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A round and its difference, as of a day."""

    round: Round
    to_contact: Arm
    held_out: Arm
    drawn_twice: int
    """Who was drawn on both sides before two customers turned out to be one: on neither."""
    gone: int
    """Who was drawn and is not known any more, because they were forgotten."""
    window_ends: Day
    """The last day of the last window."""
    difference: Difference | None
    more_needed: int | None
    """About how many more customers would prove it; None if no number would, or there is nothing to prove."""
    verdict: Verdict


def round_result(
    conn: sqlite3.Connection, found: Round, day: Day, progress: Progress | None = None
) -> RoundResult:
    """What a round has brought, as of the day that the connection looks from."""
    members = rounds.members(conn, found.id, day)
    seen = seen_to(returns.sales_known_to(conn), day)
    steps = Steps(progress, 2 * len(members))
    aim, theirs = aim_of(found), [member.customer_id for member in members]
    kinds = {goal.kind for goal in aim.goals} | returns.PAID_FOR
    deeds = returns.deeds(conn, theirs, kinds, found.started + 1, day, steps)
    spans = {member.customer_id: (member.drawn, min(_end(found, member), day)) for member in members}
    contacted = returns.contacted_between(conn, spans, steps)
    to_contact, held_out = (
        _arm(found, [member for member in members if member.side is side], aim, deeds, contacted, seen)
        for side in (Side.TO_CONTACT, Side.HELD_OUT)
    )
    steps.end()
    pair = compared(to_contact, held_out)
    difference = newcombe(*pair) if pair is not None else None
    rules = rules_of(found)
    return RoundResult(
        found, to_contact, held_out, sum(member.side is None for member in members),
        max(rules.to_contact + rules.held_out - rounds.drawn_in_all(conn, found.id), 0),
        max((_end(found, member) for member in members), default=found.started + found.window_days),
        difference, more_needed(pair) if pair is not None else None,
        verdict_of(difference, [(to_contact, held_out)]),
    )


def _arm(
    found: Round,
    members: Sequence[Member],
    aim: Aim,
    deeds: Mapping[int, Sequence[Deed]],
    contacted: frozenset[int],
    seen: Day,
) -> Arm:
    in_time = {
        member.customer_id: [
            deed for deed in deeds.get(member.customer_id, ())
            if member.drawn < deed.day <= _end(found, member)
        ]
        for member in members
    }
    back = {number for number, theirs in in_time.items() if any(map(aim.met_by, theirs))}
    over = {member.customer_id for member in members if member.drawn < _end(found, member) <= seen}
    return Arm(
        len(members), len(back), len(over), share(len(back & over), len(over)), len(contacted & over),
        sum(deed.paid for number in over for deed in in_time[number]),
    )


def seen_to(known_to: Day | None, day: Day) -> Day:
    """The last day of which it is known who came back: before the day itself, and no later than sales are."""
    return day - 1 if known_to is None else min(known_to, day - 1)


def compared(to_contact: Arm, held_out: Arm) -> Compared | None:
    """The two sides of a round as far as they can be compared; None if there is nobody on one."""
    if to_contact.share is None or held_out.share is None:
        return None
    return Compared(
        to_contact.share.number, to_contact.share.n, held_out.share.number, held_out.share.n
    )


def verdict_of(difference: Difference | None, sides: Sequence[tuple[Arm, Arm]]) -> Verdict:
    """What may be said of the difference that one round, or several, have made."""
    if not any(held_out.drawn for _to_contact, held_out in sides):
        return Verdict.NONE_HELD_OUT
    if not any(to_contact.over and held_out.over for to_contact, held_out in sides):
        return Verdict.TOO_EARLY
    both = [pair for pair in sides if pair[0].over and pair[1].over]
    if difference is None or min(sum(arm.over for arm in arms) for arms in zip(*both, strict=True)) < FEWEST:
        return Verdict.TOO_FEW
    if not difference.is_proven:
        return Verdict.NOT_PROVEN
    return Verdict.MORE if difference.value > 0 else Verdict.FEWER


def _end(found: Round, member: Member) -> Day:
    """The last day on which a return of a member counts: where the owner has ended the round, the day before.
    """
    end = member.drawn + found.window_days
    return end if found.ended is None else min(end, found.ended - 1)
