"""Won back: what became of each customer for whom a playbook was begun.

A contact is a step that was done and has reached the customer, as far as is known. Won back is by the first
event after a contact that counts, is of a kind that the playbook aims at, and lies within the playbook's
window, which begins with the first contact. It is credited to the last contact before it, and once: where two
playbooks of a customer could claim it, to the one whose contact came last. A purchase that was refunded
wholly is none. Who came back before any contact came by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.reactivation.checklist.outcome import NOT_REACHED, SENT
from activetui.reactivation.playbooks.playbook_types import USUAL_WINDOW, Goal
from activetui.store.returns import Begun, Deed, Done


class State(StrEnum):
    """What became of one customer in one playbook, as far as is known on a day."""

    NOT_CONTACTED = "not_contacted"
    """No step was done, or none reached them."""
    BY_THEMSELVES = "by_themselves"
    """They came back before any contact."""
    WON_BACK = "won_back"
    TOO_EARLY = "too_early"
    """Not back yet, and the window still runs."""
    AWAY = "away"
    """Not back within the window; or back after a later playbook, which has it for its own."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a playbook aims at, as far as results are counted by it."""

    goals: tuple[Goal, ...] = (Goal("purchase", int(Kind.PURCHASE)),)
    within_days: int = USUAL_WINDOW
    """Days after the first contact: the last of them is the last day on which a return counts."""

    @property
    def is_purchase(self) -> bool:
        """Whether purchases alone are aimed at, so that natural returns can be set beside."""
        return all(goal.kind == Kind.PURCHASE for goal in self.goals)

    def met_by(self, deed: Deed) -> bool:
        """Whether an event is one of those aimed at."""
        return any(_meets(deed, goal) for goal in self.goals)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came after the first step done, whether it reached the customer or not."""

    day: Day
    """The day of that step."""
    returned: bool
    """Whether the customer came back in the window that begins with it."""
    is_over: bool
    """Whether that window is over, and sales are known beyond it."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a playbook went for one customer, up to a day."""

    begun: Begun
    state: State
    contacts: tuple[Done, ...] = ()
    """In their order."""
    returned: Deed | None = None
    """By what they were won back, or came by themselves."""
    credit: Done | None = None
    """The last contact before they were won back."""
    window_ends: Day | None = None
    """The last day on which a return counts; None without a contact."""
    is_over: bool = False
    """Whether the window is over, and sales are known beyond it."""
    revenue: int = 0
    """What they have paid from the return on, within the window: minor units, refunds taken off."""
    tried: Tried | None = None
    """None where no step was done."""

    @property
    def day(self) -> Day:
        """The day by which it belongs to a period: that of the first contact, else that of its beginning."""
        return self.contacts[0].day if self.contacts else self.begun.started

    @property
    def was_reached(self) -> bool:
        """Whether an outcome says that they were spoken to."""
        return any(contact.outcome not in ("", SENT) for contact in self.contacts)


def courses(
    playbooks: Sequence[Begun],
    steps_done: Mapping[int, Sequence[Done]],
    deeds: Mapping[int, Sequence[Deed]],
    aims: Mapping[int, Aim],
    *,
    seen: Day,
) -> list[Course]:
    """How each of the playbooks begun went; all that ever was begun for a customer are looked at together.

    `steps_done` and `aims` are by the number of the enrolment, `deeds` by that of the customer, in the order
    of days: those aimed at and all that bring money. `seen` is the last day of which it is known who came
    back.
    """
    found: dict[int, list[Course]] = {}
    for begun in playbooks:
        theirs, aim = deeds.get(begun.customer_id, ()), aims[begun.id]
        steps = tuple(steps_done.get(begun.id, ()))
        contacts = tuple(step for step in steps if step.outcome not in NOT_REACHED)
        course = _course(begun, contacts, theirs, aim, seen)
        if steps:
            course = replace(course, tried=_tried(steps[0], theirs, aim, seen))
        found.setdefault(begun.customer_id, []).append(course)
    settled = [
        course for customer, each in found.items() for course in _once(each, deeds.get(customer, ()))
    ]
    return sorted(settled, key=lambda course: course.begun.id)


def came_after(deed: Deed, step: Done) -> bool:
    """Whether an event came after a step: on a later day, or on the same day but later.

    Of one day the times decide, where both are known; else the ledger: what was entered after the contact.
    """
    if deed.day != step.day:
        return deed.day > step.day
    if deed.time and step.time:
        return deed.time > step.time
    return step.event_id is not None and deed.id > step.event_id


def _meets(deed: Deed, goal: Goal) -> bool:
    if deed.kind != goal.kind or (goal.actions and deed.action not in goal.actions):
        return False
    return goal.rating_at_least is None or deed.rating is None or deed.rating >= goal.rating_at_least


def _course(begun: Begun, contacts: tuple[Done, ...], deeds: Sequence[Deed], aim: Aim, seen: Day) -> Course:
    """One playbook looked at alone."""
    by_themselves = next((
        deed for deed in deeds
        if deed.day > begun.started and aim.met_by(deed) and not (contacts and came_after(deed, contacts[0]))
    ), None)
    if by_themselves is not None:
        return Course(begun, State.BY_THEMSELVES, contacts, by_themselves)
    if not contacts:
        return Course(begun, State.NOT_CONTACTED)
    ends = contacts[0].day + aim.within_days
    returned = _first_after(contacts[0], deeds, aim)
    if returned is None:
        state = State.AWAY if ends <= seen else State.TOO_EARLY
        return Course(begun, state, contacts, window_ends=ends, is_over=ends <= seen)
    credit = [contact for contact in contacts if came_after(returned, contact)][-1]
    return Course(begun, State.WON_BACK, contacts, returned, credit, ends, ends <= seen)


def _tried(step: Done, deeds: Sequence[Deed], aim: Aim, seen: Day) -> Tried:
    returned = _first_after(step, deeds, aim) is not None
    return Tried(step.day, returned, step.day + aim.within_days <= seen)


def _first_after(step: Done, deeds: Sequence[Deed], aim: Aim) -> Deed | None:
    ends = step.day + aim.within_days
    return next(
        (deed for deed in deeds if deed.day <= ends and came_after(deed, step) and aim.met_by(deed)), None
    )


def _once(theirs: list[Course], deeds: Sequence[Deed]) -> list[Course]:
    """The playbooks of one customer: no return and no money is counted for two of them."""
    claims: dict[int, Course] = {}
    for course in theirs:
        if course.state is State.WON_BACK and course.returned is not None:
            other = claims.get(course.returned.id)
            if other is None or _last(course) > _last(other):
                claims[course.returned.id] = course
    if not claims:
        return theirs
    won = sorted(claims.values(), key=lambda course: _place(course.returned))
    revenue = {course.begun.id: 0 for course in won}
    for deed in deeds:
        holder = next((course for course in reversed(won) if _place(course.returned) <= _place(deed)), None)
        if holder is not None and holder.window_ends is not None and deed.day <= holder.window_ends:
            revenue[holder.begun.id] += deed.paid
    return [_settled(course, revenue) for course in theirs]


def _settled(course: Course, revenue: Mapping[int, int]) -> Course:
    if course.state is not State.WON_BACK:
        return course
    if course.begun.id in revenue:
        return replace(course, revenue=revenue[course.begun.id])
    return replace(course, state=State.AWAY, returned=None, credit=None)


def _last(course: Course) -> tuple[Day, int]:
    return (course.credit.day, course.credit.id) if course.credit else (0, 0)


def _place(deed: Deed | None) -> tuple[Day, int]:
    return (deed.day, deed.id) if deed else (0, 0)
