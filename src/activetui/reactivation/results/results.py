"""Results: what came of the playbooks, by playbook, step, channel, reason, round or month.

A share is only of those whose window is over, won back or not: who is still within it is too early to count,
on either side.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from activetui.ledger.days import Day, month_start
from activetui.reactivation.playbooks.playbook import playbook
from activetui.reactivation.results.beside_nature import Beside, Nature, beside_nature
from activetui.reactivation.results.result_types import By, HeldOut, Key, Result, Results
from activetui.reactivation.results.round_results import (
    RoundResult,
    compared,
    round_result,
    seen_to,
    verdict_of,
)
from activetui.reactivation.results.shares import Compared, Difference, more_needed, share, together
from activetui.reactivation.results.won_back import Aim, Course, State, came_after, courses
from activetui.reactivation.rounds.round_rules import aim_of
from activetui.store import returns, rounds, settings
from activetui.store.progress import Progress, Steps, part
from activetui.store.returns import Done

__all__ = ["By", "Gathered", "HeldOut", "Key", "Result", "Results", "customers_behind", "results"]

USUAL_AIM = Aim()
"""What is counted where the playbook is not there any more: a purchase."""
_CONTACTED = frozenset({State.WON_BACK, State.TOO_EARLY, State.AWAY})


def results(
    conn: sqlite3.Connection,
    day: Day,
    *,
    by: By = By.PLAYBOOK,
    since: Day | None = None,
    until: Day | None = None,
    playbook_key: str | None = None,
    natural: bool = True,
    progress: Progress | None = None,
) -> Results:
    """What came of the playbooks whose first contact was from `since` to `until`, both included, as of a day.

    The connection looks from that day. Without `natural` nothing is set beside those who come back by
    themselves, which takes a look at the whole past. `progress` is told how far the work is, and may raise.
    """
    known_to = returns.sales_known_to(conn)
    parts = 2 + rounds.number_of(conn, day)
    every = Gathered(conn, day, seen_to(known_to, day), part(progress, 0, parts))
    wanted = partial(_is_wanted, since=since, until=until, playbook_key=playbook_key)
    found = [course for course in every.courses if wanted(course.begun.playbook, course.day)]
    of_rounds = tuple(
        round_result(conn, each, day, part(progress, place, parts))
        for place, each in enumerate(every.rounds.values(), start=1) if wanted(each.playbook, each.started)
    )
    last = part(progress, parts - 1, parts)
    nature = beside_nature(conn, found, every.aims, last) if natural else Nature({})
    whole = _result(Key(), found, nature.of(found), of_rounds)
    rows = tuple(_rows(by, found, nature, of_rounds))
    return Results(
        by, day, since, until, known_to, settings.currency(conn), rows, whole, of_rounds, every.plans
    )


def customers_behind(
    conn: sqlite3.Connection,
    day: Day,
    *,
    by: By,
    key: Key | None,
    since: Day | None = None,
    until: Day | None = None,
    playbook_key: str | None = None,
    progress: Progress | None = None,
) -> dict[State, list[int]]:
    """The numbers of the customers behind the counts of a row of `results`, by what became of them.

    `key` is that of the row, None for the whole. Who was in two playbooks may stand under two states.
    """
    every = Gathered(conn, day, seen_to(returns.sales_known_to(conn), day), progress)
    wanted = partial(_is_wanted, since=since, until=until, playbook_key=playbook_key)
    found = [course for course in every.courses if wanted(course.begun.playbook, course.day)]
    behind = found if key is None else [course for mine, course in _keyed(by, found) if mine == key]
    numbers: dict[State, set[int]] = {state: set() for state in State}
    for course in behind:
        numbers[course.state].add(course.begun.customer_id)
    return {state: sorted(those) for state, those in numbers.items()}


def _is_wanted(
    key: str, when: Day, *, since: Day | None, until: Day | None, playbook_key: str | None
) -> bool:
    return (
        playbook_key in (None, key) and (since is None or since <= when) and (until is None or when <= until)
    )


class Gathered:
    """How every playbook went that was ever begun for a customer, as of a day."""

    def __init__(
        self, conn: sqlite3.Connection, day: Day, seen: Day, progress: Progress | None = None
    ) -> None:
        """`seen` is the last day of which it is known who came back."""
        begun = returns.begun(conn, day)
        self.rounds = {each.id: each for each in rounds.rounds(conn, day)}
        keys = {each.playbook for each in begun} | {each.playbook for each in self.rounds.values()}
        there = {key: playbook(conn, key) for key in sorted(keys)}
        self.plans = {key: plan for key, plan in there.items() if plan is not None}
        of_rounds = {number: aim_of(each) for number, each in self.rounds.items()}
        of_plans = {key: Aim(plan.goals, plan.within_days) for key, plan in self.plans.items()}
        # of a round the aim as it was at its start, else as the playbook is now
        self.aims = {
            each.id: of_rounds.get(each.round_id or 0) or of_plans.get(each.playbook, USUAL_AIM)
            for each in begun
        }
        steps = Steps(progress, len({each.customer_id for each in begun}))
        kinds = {goal.kind for aim in set(self.aims.values()) for goal in aim.goals} | returns.PAID_FOR
        first = min((each.started for each in begun), default=day)
        deeds = returns.deeds(conn, [each.customer_id for each in begun], kinds, first, day, steps)
        done = returns.steps_done(conn, day)
        self.courses = courses(begun, done, deeds, self.aims, seen=seen)
        steps.end()


def _rows(
    by: By, found: Sequence[Course], nature: Nature, of_rounds: Sequence[RoundResult]
) -> Iterator[Result]:
    groups: dict[Key, list[Course]] = {}
    for key, course in _keyed(by, found):
        groups.setdefault(key, []).append(course)
    sided: dict[Key, list[RoundResult]] = {}
    if by in (By.PLAYBOOK, By.ROUND):
        for each in of_rounds:
            number = each.round.id if by is By.ROUND else None
            sided.setdefault(Key(each.round.playbook, round=number), []).append(each)
    for key in sorted({*groups, *sided}, key=_order):
        mine = groups.get(key, [])
        if by in (By.STEP, By.CHANNEL):
            yield _by_contact(by, key, mine)
        else:
            beside = None if by is By.REASON else nature.of(mine)
            yield _result(key, mine, beside, sided.get(key, ()))


def _keyed(by: By, found: Iterable[Course]) -> Iterator[tuple[Key, Course]]:
    """Each course with the rows to which it belongs: by step and channel there may be several, or none."""
    for course in found:
        begun = course.begun
        if by is By.PLAYBOOK:
            yield Key(begun.playbook), course
        elif by is By.REASON:
            yield Key(reason=begun.reason), course
        elif by is By.ROUND:
            yield (Key(begun.playbook, round=begun.round_id) if begun.round_id else Key(round=0)), course
        elif by is By.MONTH:
            yield Key(month=month_start(course.day)), course
        else:
            yield from ((key, course) for key in dict.fromkeys(_contact_key(by, course, each)
                                                               for each in _before_return(course)))


def _before_return(course: Course) -> list[Done]:
    """The contacts that may have brought a customer back, or have not."""
    if course.state is State.BY_THEMSELVES:
        return []
    return [each for each in course.contacts if course.returned is None or came_after(course.returned, each)]


def _contact_key(by: By, course: Course, contact: Done) -> Key:
    return Key(channel=contact.channel) if by is By.CHANNEL else Key(course.begun.playbook, contact.step)


def _order(key: Key) -> tuple[str, int, str, str, int, Day]:
    return (
        key.playbook or "", key.step or 0, key.channel or "", key.reason or "\uffff", -(key.round or 0),
        -(key.month or 0),
    )


def _result(
    key: Key, found: Sequence[Course], beside: Beside | None, of_rounds: Iterable[RoundResult]
) -> Result:
    states = [course.state for course in found]
    contacted = [course for course in found if course.state in _CONTACTED]
    over = [course for course in contacted if course.is_over]
    won = [course for course in contacted if course.state is State.WON_BACK]
    return Result(
        key, len(found), states.count(State.NOT_CONTACTED), states.count(State.BY_THEMSELVES), len(contacted),
        sum(course.was_reached for course in contacted), len(won), states.count(State.TOO_EARLY),
        share(sum(course.state is State.WON_BACK for course in over), len(over)),
        sum(course.revenue for course in won), beside, _held_out(list(of_rounds)),
    )


def _by_contact(by: By, key: Key, found: Sequence[Course]) -> Result:
    """Of those to whom a step was done, or a channel used: who came back with it as the last contact."""
    won = [
        course for course in found
        if course.credit is not None and _contact_key(by, course, course.credit) == key
    ]
    over = sum(course.is_over for course in found)
    return Result(
        key, len(found), 0, 0, len(found), sum(course.was_reached for course in found), len(won),
        sum(course.state is State.TOO_EARLY for course in found),
        share(sum(course.is_over for course in won), over), sum(course.revenue for course in won),
    )


def _held_out(of_rounds: Sequence[RoundResult]) -> HeldOut | None:
    if not of_rounds:
        return None
    sides = [(each.to_contact, each.held_out) for each in of_rounds]
    pairs = [pair for one, other in sides if (pair := compared(one, other)) is not None]
    difference = together(pairs)
    return HeldOut(
        len(of_rounds), int(sum(pair.n for pair in pairs)), int(sum(pair.other_n for pair in pairs)),
        difference, _more_needed(difference, pairs), verdict_of(difference, sides),
        max(each.window_ends for each in of_rounds),
    )


def _more_needed(difference: Difference | None, pairs: Sequence[Compared]) -> int | None:
    if difference is None:
        return None
    n, other_n = sum(pair.n for pair in pairs), sum(pair.other_n for pair in pairs)
    other = sum(pair.other_number for pair in pairs) / other_n
    one = min(max(other + difference.value, 0.0), 1.0)
    return more_needed(Compared(one * n, n, other * other_n, other_n))
