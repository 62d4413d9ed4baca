"""The alerts by the stage of a customer's life: what happens there, and how far it is answered.

So the loop of the literature can be seen: a stage, what happens in it, the alert, the plan that answers it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.reactivation.alerts.all_fired import all_fired
from activetui.reactivation.alerts.inbox import query_of
from activetui.reactivation.alerts.known import Known, State
from activetui.reactivation.alerts.types import AlertRule, Tone
from activetui.store.alerts import happened
from activetui.store.alerts.marks import NOBODY
from activetui.store.tasks import open_enrolments

LIFE = (
    Status.PROSPECT, Status.NEW, Status.ACTIVE, Status.REACTIVATED, Status.AT_RISK, Status.INACTIVE,
    Status.LOST,
)
"""The stages in the order of a customer's life; of `unknown` nothing can be said."""


class Stage(NamedTuple):
    """What happens in one stage. An alert belongs to the status that its customer had on its day."""

    status: Status
    open: Mapping[Tone, int]
    """Alerts that are not done."""
    rules: tuple[tuple[AlertRule, int], ...]
    """The rules that they are of, with how many, the most first."""
    done: int
    """Alerts that were dealt with."""
    planned: int
    """Customers of open alerts who are in a playbook."""
    customers: tuple[int, ...]
    """The customers of open alerts, each once."""

    @property
    def query(self) -> str:
        """Finds the customers of open alerts, as many as a query can name."""
        return query_of(self.customers)


def stages(conn: sqlite3.Connection, day: Day) -> list[Stage]:
    """Every stage of a customer's life with its alerts of `day`, from which the connection looks."""
    found = all_fired(conn, day)
    known = Known.of(conn, found.fired)
    then = happened.statuses_on(conn, {
        (each.customer_id, each.day)
        for fired in found.fired.values() for each in fired if each.customer_id != NOBODY
    })
    in_playbook = {enrolment.customer_id for enrolment in open_enrolments(conn)}
    tones: dict[int, Counter[Tone]] = {status: Counter() for status in LIFE}
    rules: dict[int, Counter[AlertRule]] = {status: Counter() for status in LIFE}
    done: Counter[int] = Counter()
    customers: dict[int, dict[int, None]] = {status: {} for status in LIFE}
    for rule in found.rules:
        fired = found.fired[rule.key]
        for each, stand in zip(fired, known.stands(rule.key, fired), strict=True):
            stage = then.get((each.customer_id, each.day))
            if stage not in tones:
                continue
            if stand.state is State.DONE:
                done[stage] += 1
                continue
            tones[stage][rule.tone] += 1
            rules[stage][rule] += 1
            customers[stage][each.customer_id] = None
    return [
        Stage(
            status=status,
            open={tone: tones[status][tone] for tone in Tone},
            rules=tuple(rules[status].most_common()),
            done=done[status],
            planned=len(in_playbook.intersection(customers[status])),
            customers=tuple(customers[status]),
        )
        for status in LIFE
    ]
