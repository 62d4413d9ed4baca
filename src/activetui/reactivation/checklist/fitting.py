"""Which playbook runs for some customers, and which one fits those for whom none does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from activetui.reactivation.checklist.steps import Steps
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import Playbook
from activetui.store import tasks
from activetui.store.listing import playbook_tests as tests
from activetui.store.listing.circumstances import Circumstances, circumstances, with_ends
from activetui.store.listing.people import Person
from activetui.store.tasks import Standing


class Proposal(NamedTuple):
    """A playbook that fits a customer, with the step to begin with, from 0."""

    playbook: str
    step: int


class Fitting:
    """Some customers as they stand with the playbooks; each question is asked once for all of them."""

    def __init__(
        self, look: Look, people: Mapping[int, Person], running: Collection[int] = ()
    ) -> None:
        """`running` are those of them for whom one is known to run."""
        self.look = look
        self._known = frozenset(running)
        self.people = people
        self.ids = list(people)
        self.steps = Steps(look, self.ids)

    @cached_property
    def around(self) -> Mapping[int, Circumstances]:
        """What is going on with each of them."""
        conn, day = self.look.conn, self.look.day
        return with_ends(conn, circumstances(conn, self.ids, day), day)

    @cached_property
    def running(self) -> Mapping[int, Standing]:
        """Those for whom a playbook runs, with the step that waits."""
        by_plan: dict[str, list[Standing]] = {}
        for each in tasks.standing(self.look.conn, self.ids, self.look.when):
            by_plan.setdefault(each.enrolment.playbook, []).append(each)
        found: dict[int, Standing] = {}
        for key, those in by_plan.items():
            plan = self.look.begun.get(key)
            if plan is None:
                continue
            ids = {each.enrolment.customer_id for each in those}
            asked = sorted(ids - self._known)
            still = ids & self._known
            if asked:
                still |= tests.numbers_of(self.look.conn, self.look.under_way([plan], asked), asked)
            found |= {
                each.enrolment.customer_id: each for each in those if each.enrolment.customer_id in still
            }
        return found

    def proposals(self, of: Iterable[int]) -> dict[int, Proposal]:
        """For those of them whom a playbook fits the first one: service, whatever runs; else the others."""
        wanted = [number for number in of if number in self.around and self.around[number].contactable]
        in_service = {
            number for number, each in self.running.items()
            if self.look.begun[each.enrolment.playbook].serves
        }
        served = self._first(self.look.services, [each for each in wanted if each not in in_service])
        free = [number for number in wanted if number not in served and number not in self.running]
        if not free:
            return served
        alone = tests.numbers_of(self.look.conn, self.look.left_in_peace(free), free)
        others = [plan for plan in self.look.plans if not plan.serves]
        return served | self._first(others, [number for number in free if number not in alone])

    def agreed(self, number: int) -> bool:
        """Whether one of them has agreed to marketing."""
        return number in self.around and self.around[number].agreed

    def _first(self, plans: Iterable[Playbook], ids: Sequence[int]) -> dict[int, Proposal]:
        found: dict[int, Proposal] = {}
        left = list(ids)
        for plan in plans:
            if not left:
                break
            for number in self._fits(plan, left):
                step = self.steps.first(plan, self.people[number], agreed=self.agreed(number))
                if step is not None:
                    found[number] = Proposal(plan.key, step)
            left = [number for number in left if number not in found]
        return found

    def _fits(self, plan: Playbook, ids: Sequence[int]) -> list[int]:
        """Whom of some a playbook is for, now; as `Look.fits` says it for everyone."""
        rest, day = self.look.rest(plan), self.look.day
        contacts = ((number, self.around[number].last_contact) for number in ids)
        able = [number for number, at in contacts if not rest or at is None or day - at > rest]
        queries = [(plan.audience, True), *((query, False) for query in plan.stop_queries)]
        for query, wanted in queries if able else ():
            found = self.steps.found_by(query, plan)
            able = [number for number in able if (number in found) == wanted]
        if not able:
            return []
        lately = tests.numbers_of(self.look.conn, self.look.begun_lately(plan, able), able)
        return [number for number in able if number not in lately]
