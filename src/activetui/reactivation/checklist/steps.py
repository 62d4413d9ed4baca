"""Which step of a playbook a customer is given: the first that they allow and that fits them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from activetui.ledger.days import Day
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import Playbook
from activetui.reactivation.ranking.stakes import likely_to_return
from activetui.store.listing.people import Person
from activetui.store.listing.playbook_tests import numbers_of


class Steps:
    """The steps of playbooks for some customers, as of the day of a look; a query is asked once for all."""

    def __init__(self, look: Look, ids: Sequence[int]) -> None:
        self._look = look
        self._ids = ids
        self._found: dict[str, frozenset[int]] = {}

    def first(
        self, plan: Playbook, person: Person, *, agreed: bool, start: int = 0, but_by: str = ""
    ) -> int | None:
        """The first step from `start` on that the customer is to be given; None if none is left.

        Left out are marketing for who has not agreed to it, steps whose query does not find the customer,
        offers to who is likely to return without one, and those by a channel that does not reach them.
        """
        for number in range(start, len(plan.steps)):
            step = plan.steps[number]
            if (step.marketing and not agreed) or step.channel == but_by:
                continue
            if step.only and person.id not in self.found_by(step.only, plan):
                continue
            if step.offer and likely_to_return(person, self._look.chances, self._look.day):
                continue
            return number
        return None

    def after(
        self, plan: Playbook, done: int, person: Person, *, agreed: bool, when: Day, but_by: str = ""
    ) -> tuple[int, Day] | None:
        """The step that follows one done on a day, and its day; None if none is left.

        So many days later as the playbook has between the two, at least one.
        """
        step = self.first(plan, person, agreed=agreed, start=done + 1, but_by=but_by)
        if step is None:
            return None
        return step, when + max(plan.steps[step].after_days - plan.steps[done].after_days, 1)

    def found_by(self, query: str, plan: Playbook) -> frozenset[int]:
        """Whom of the customers a query of a playbook finds."""
        if query not in self._found:
            clause = self._look.found_by(query, plan)
            self._found[query] = numbers_of(self._look.conn, clause, self._ids)
        return self._found[query]


def still_allowed(plan: Playbook, step: int, *, agreed: bool) -> int | None:
    """The step that was given, or the next that is no marketing where consent was taken back since."""
    numbers: Iterable[int] = range(step, len(plan.steps))
    return next((number for number in numbers if agreed or not plan.steps[number].marketing), None)
