"""One look at the playbooks of a store from a day: what is in use, whom each fits, for whom each runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.reactivation.playbooks.playbook import Playbook, faults, playbook, playbooks, rules
from activetui.reactivation.playbooks.playbook_types import USUAL_PAUSE, USUAL_WINDOW
from activetui.reactivation.ranking.natural import Chances, chances
from activetui.store import settings, tasks
from activetui.store.listing import playbook_tests as tests
from activetui.store.listing.sorts import EVERYONE, Clause
from activetui.store.rounds import held_out

REST_DAYS = 7
"""Nobody is asked who was contacted within so many days, where the owner has not said otherwise."""


def rest_days(conn: sqlite3.Connection) -> int:
    """Within how many days after a contact nobody is asked again (setting `rest_days`)."""
    return int(settings.get(conn, "rest_days") or REST_DAYS)


class Look:
    """The playbooks of a store as of the day that its connection looks from; asks only for what is needed."""

    def __init__(self, conn: sqlite3.Connection, day: Day) -> None:
        self.conn = conn
        self.day = day
        self.when = tests.moment(conn, day)
        self._found: dict[str, Clause] = {}
        self._mistakes: dict[tuple[str, str], str] = {}

    @cached_property
    def plans(self) -> tuple[Playbook, ...]:
        """The playbooks in use, by rank."""
        return playbooks(self.conn)

    @cached_property
    def begun(self) -> dict[str, Playbook]:
        """The playbooks that somebody is in, in use or not, by key; not those that can no longer be read."""
        found = (playbook(self.conn, key) for key in tasks.playbooks_under_way(self.conn, self.when))
        return {plan.key: plan for plan in found if plan is not None}

    @cached_property
    def services(self) -> tuple[Playbook, ...]:
        """Those in use that are service: they come first, and nobody is held out of them."""
        return tuple(plan for plan in self.plans if plan.serves)

    @cached_property
    def chances(self) -> Chances:
        """How many come back by themselves."""
        return chances(self.conn, self.day)

    @cached_property
    def _rest(self) -> int:
        return rest_days(self.conn)

    @property
    def mistakes(self) -> list[str]:
        """What is passed over because it cannot be read, in words."""
        return [str(fault) for fault in faults(self.conn)] + list(self._mistakes.values())

    @property
    def unasked(self) -> list[tuple[str, str]]:
        """The keys of playbooks, each with a query of it that cannot be asked."""
        return list(self._mistakes)

    def rest(self, plan: Playbook) -> int:
        """Within how many days after a contact the playbook asks nobody; service does not wait."""
        if plan.rest_days is not None:
            return plan.rest_days
        return 0 if plan.serves else self._rest

    def found_by(self, query: str, plan: Playbook) -> Clause:
        """Whom a query of a playbook finds; nobody where the store cannot answer it any more."""
        if query not in self._found:
            from activetui.segments.asking import ask_beside

            try:
                self._found[query] = ask_beside(self.conn, query, self.day, plan.title)
            except OwnerError as error:
                words = _("{playbook}: “{query}” cannot be asked: {why}")
                self._mistakes[plan.key, query] = words.format(
                    playbook=plan.title, query=query, why=error.message
                )
                self._found[query] = tests.NOBODY
        return self._found[query]

    def course(self, plan: Playbook) -> tests.Course:
        """What says whether the playbook still runs for somebody."""
        last = max((n for n, step in enumerate(plan.steps) if not step.marketing), default=-1)
        goals = plan.goals if plan.stops_on_success else ()
        return tests.Course(plan.key, len(plan.steps), last, goals, self.rest(plan))

    def stopped(self, plan: Playbook) -> Clause:
        """For whom the playbook's own queries end it."""
        return tests.any_of(self.found_by(query, plan) for query in plan.stop_queries)

    def under_way(self, plans: Sequence[Playbook], ids: Sequence[int] | None = None) -> Clause:
        """For whom one of the playbooks runs."""
        return tests.any_of(
            self._not_stopped(plan, tests.under_way(self.course(plan), self.when, ids)) for plan in plans
        )

    def due(self, plans: Sequence[Playbook], *, late: bool) -> Clause:
        """For whom one of the playbooks runs, with a step due on the day, or `late`."""
        return tests.any_of(
            self._not_stopped(plan, tests.due(self.course(plan), self.when, late=late)) for plan in plans
        )

    def coming(self, plans: Sequence[Playbook], most: int) -> Clause:
        """Those for whom one of the playbooks runs whose step is due next; so many of each."""
        return tests.any_of(
            self._not_stopped(plan, tests.coming(self.course(plan), self.when, most)) for plan in plans
        )

    def _not_stopped(self, plan: Playbook, clause: Clause) -> Clause:
        if not plan.stop_queries:
            return clause
        return tests.all_of([clause, tests.none_of(self.stopped(plan))])

    def serving(self, ids: Sequence[int] | None = None) -> Clause:
        """For whom a service playbook runs."""
        return self.under_way([plan for plan in self.begun.values() if plan.serves], ids)

    def fits(self, plan: Playbook, ids: Sequence[int] | None = None) -> Clause:
        """Whom a playbook would fit if nothing else ran for them; of some customers where `ids` says so."""
        return self._fit([plan], ids)

    def would_serve(self, ids: Sequence[int] | None = None) -> Clause:
        """Whom a service playbook fits for whom none runs."""
        return tests.all_of([self._fit(self.services, ids), tests.none_of(self.serving(ids))])

    def would_win_back(self, ids: Sequence[int] | None = None) -> Clause:
        """Whom another playbook fits for whom none runs; without those who are left in peace."""
        fitting = self._fit([plan for plan in self.plans if not plan.serves], ids)
        busy = self.under_way(list(self.begun.values()), ids)
        return tests.all_of([fitting, tests.none_of(busy), tests.none_of(self.left_in_peace(ids))])

    def _fit(self, plans: Iterable[Playbook], ids: Sequence[int] | None) -> Clause:
        """Whom one of the playbooks would fit; what ends several alike is asked once."""
        by_end: dict[Clause, list[Playbook]] = {}
        for plan in plans:
            by_end.setdefault(self.stopped(plan), []).append(plan)
        fitting = [
            tests.all_of([tests.any_of(self._is_for(plan, ids) for plan in alike), tests.none_of(end)])
            if end != tests.NOBODY else tests.any_of(self._is_for(plan, ids) for plan in alike)
            for end, alike in by_end.items()
        ]
        return tests.all_of([tests.any_of(fitting), tests.may_be_contacted()])

    def _is_for(self, plan: Playbook, ids: Sequence[int] | None) -> Clause:
        """Whom it is for, with a step that may be given, and neither contacted nor begun with it lately."""
        return tests.all_of([
            self.found_by(plan.audience, plan),
            tests.not_in_touch(self.day, self.rest(plan)),
            self._a_step(plan),
            tests.none_of(self.begun_lately(plan, ids)),
        ])

    def begun_lately(self, plan: Playbook, ids: Sequence[int] | None = None) -> Clause:
        """For whom the same playbook began lately, so that it does not begin again."""
        again = max(plan.again_after_days, 1)
        return tests.begun_lately(plan.key, self.day, again, ids, complaint_lifts=plan.serves)

    def left_in_peace(self, ids: Sequence[int] | None = None) -> Clause:
        """Whom only service may call: a round leaves them out, or another playbook was in vain lately."""
        return tests.any_of([held_out(self.day), self.in_vain(ids)])

    def in_vain(self, ids: Sequence[int] | None = None) -> Clause:
        """For whom another playbook was in vain lately, or can still succeed, so that none else begins."""
        windows = {
            rule.key: rule.thing.within_days if rule.thing else USUAL_WINDOW
            for rule in rules(self.conn)
            if rule.thing is None or not rule.thing.serves
        }
        return tests.tried_in_vain(windows, self.day, USUAL_PAUSE, ids)

    def _a_step(self, plan: Playbook) -> Clause:
        """Who may be given at least one step, whether or not it makes an offer."""
        ways = []
        for step in plan.steps:
            conditions = [tests.may_be_contacted(agreed=True)] if step.marketing else []
            if step.only:
                conditions.append(self.found_by(step.only, plan))
            if not conditions:
                return EVERYONE
            ways.append(tests.all_of(conditions))
        return tests.any_of(ways)
