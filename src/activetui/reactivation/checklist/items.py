"""The lines of the checklist: for some customers, which step waits, by when, why, and what is at stake."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.reactivation.checklist.fitting import Fitting, Proposal
from activetui.reactivation.checklist.steps import still_allowed
from activetui.reactivation.checklist.why import why_now
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import Playbook, Step
from activetui.reactivation.ranking.stakes import Stake
from activetui.store import tasks
from activetui.store.listing import playbook_tests as tests
from activetui.store.listing.circumstances import NOTHING, Circumstances
from activetui.store.listing.people import Person
from activetui.store.tasks import Enrolment, Standing, Task


class Due(IntEnum):
    """When a step is to be done."""

    LATE = 0
    TODAY = 1
    WAITING = 2
    """It could be done today, and there is no room for it: as soon as there is."""
    THIS_WEEK = 3
    LATER = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist: one customer, one step."""

    person: Person
    playbook: Playbook
    step: int
    """Position of the step in the playbook, from 0."""
    due: Day
    group: Due
    worth: Stake
    """What is at stake with the customer, with its parts."""
    day: Day
    """The day of the list."""
    around: Circumstances
    """What is going on with the customer, beside the figures."""
    reason: str
    """Why the customer stayed away, as far as is known; empty where nobody has asked yet."""
    task: Task | None = None
    """None for a proposal: the playbook has not begun."""
    enrolment: Enrolment | None = None
    """The customer's place in the playbook; None for a proposal."""
    put_off_by: Day | None = None
    """The day of another contact for which the step waits."""
    instead_of: Enrolment | None = None
    """For a proposal of service: the playbook that it would end."""
    comes_first: bool = False
    """Whether it comes before everything else: a complaint of the last days is to be put right."""

    @property
    def doing(self) -> Step:
        """What is to be done."""
        return self.playbook.steps[self.step]

    @property
    def why(self) -> str:
        """Why now, in the customer's own figures."""
        return why_now(self.person, self.day, self.around)

    @property
    def stake(self) -> int:
        """Money at stake, in minor units of the store's currency."""
        return self.worth.at_stake

    @property
    def weight(self) -> int:
        """By what it is ranked: the money at stake; with service, to which silence does not matter, all that
        the customer usually spends in a year."""
        return self.worth.usual_year if self.playbook.serves else self.worth.at_stake

    @property
    def asks_reason(self) -> bool:
        """Whether to ask at the contact why the customer stays away: they do, and it is not known."""
        return not self.reason and not self.playbook.serves and self.person.status in _STAYING_AWAY


FRESH_DAYS = 30
"""For so many days a complaint comes before everything else; then it is ranked as the rest is."""
_STAYING_AWAY = frozenset({Status.AT_RISK, Status.INACTIVE, Status.LOST})


def group_of(due: Day, day: Day) -> Due:
    """When a step is to be done that is due on a day, as long as there is room."""
    if due < day:
        return Due.LATE
    if due == day:
        return Due.TODAY
    return Due.THIS_WEEK if due <= day + 7 else Due.LATER


def lines(
    look: Look,
    found: Iterable[tuple[Person, Stake]],
    known: Mapping[int, Proposal] | None = None,
    running: Collection[int] = (),
) -> list[Item]:
    """The lines of those of some customers who are on the checklist, at the most one for each.

    `known` are proposals that hold, and `running` customers for whom a playbook runs and none else fits: of
    them nothing is asked again.
    """
    worth = {person.id: (person, stake) for person, stake in found}
    if not worth:
        return []
    fitting = Fitting(look, {number: person for number, (person, _stake) in worth.items()}, running)
    known = known or {}
    proposed = fitting.proposals(
        number for number in worth if number not in known and number not in running
    ) | {number: proposal for number, proposal in known.items() if number in worth}
    return _Lines(look, worth, fitting).all(proposed)


class _Lines:
    """The lines of some customers."""

    def __init__(
        self, look: Look, worth: Mapping[int, tuple[Person, Stake]], fitting: Fitting
    ) -> None:
        self.look = look
        self.worth = worth
        self.fitting = fitting
        self.reasons = tasks.latest_reasons(look.conn, list(worth))

    def all(self, proposed: Mapping[int, Proposal]) -> list[Item]:
        running = self.fitting.running
        plans = {plan.key: plan for plan in self.look.plans}
        return [
            *self._begun([each for number, each in running.items() if number not in proposed]),
            *(
                self._item(number, plans[key], step, self.look.day, instead_of=running.get(number))
                for number, (key, step) in proposed.items() if key in plans
            ),
        ]

    def _begun(self, those: Sequence[Standing]) -> Iterable[Item]:
        day = self.look.day
        other = tests.other_contacts(self.look.conn, [each.enrolment.id for each in those], day)
        for enrolment, task in those:
            number, plan = enrolment.customer_id, self.look.begun[enrolment.playbook]
            step = still_allowed(plan, task.step, agreed=self.fitting.agreed(number))
            if step is None:
                continue
            due, put_off_by = task.due + plan.steps[step].after_days - plan.steps[task.step].after_days, None
            contact, rest = other.get(enrolment.id), self.look.rest(plan)
            if contact is not None and rest and contact + rest >= due:
                due, put_off_by = contact + rest + 1, contact
            yield self._item(
                number, plan, step, due, task=task, enrolment=enrolment, put_off_by=put_off_by
            )

    def _item(
        self,
        number: int,
        plan: Playbook,
        step: int,
        due: Day,
        *,
        task: Task | None = None,
        enrolment: Enrolment | None = None,
        put_off_by: Day | None = None,
        instead_of: Standing | None = None,
    ) -> Item:
        person, worth = self.worth[number]
        day, around = self.look.day, self.fitting.around.get(number, NOTHING)
        return Item(
            person, plan, step, due, group_of(due, day), worth, day, around,
            self.reasons.get(number, ""), task, enrolment, put_off_by,
            instead_of.enrolment if instead_of else None,
            plan.serves and around.complained is not None and day - around.complained <= FRESH_DAYS,
        )
