"""The owner's work at winning customers back: three rounds with some left in peace, and calls one by one.

Whom a round draws and whom it leaves in peace is decided by the program's own coin, whom to call on a day by
its own checklist. Who comes back is in the ledger already: nobody here buys because of a call.
"""

from __future__ import annotations

import random
from sqlite3 import Connection
from typing import NamedTuple

from activetui.demo_shop.people import SEED, TODAY
from activetui.ledger.days import Day, from_iso, iso, to_date
from activetui.ledger.kinds import Kind


class Plan(NamedTuple):
    """A round that the owner starts."""

    day: Day
    name: str
    playbook: str
    query: str
    most: int | None
    hold_out: int
    """Of a hundred, how many are left in peace."""


ROUNDS: tuple[Plan, ...] = (
    Plan(from_iso("2025-10-15"), "Before Christmas", "regular", "", 60, 30),
    Plan(from_iso("2026-06-01"), "Before the holidays", "regular", "", 60, 30),
    Plan(from_iso("2026-11-02"), "Christmas invitations", "regular", "tag:christmas", None, 30),
)

CALLS: tuple[tuple[int, str, str, str], ...] = (
    (83, "slipping", "reached", ""), (80, "complaint", "reached", ""), (76, "second_purchase", "", ""),
    (69, "slipping", "no_answer", ""), (66, "slipping", "reached", "price"), (62, "welcome_back", "", ""),
    (55, "slipping", "coming_back", "forgot"), (48, "welcome_back", "", ""), (45, "advocate", "", ""),
    (41, "trade", "thinking", "competitor"), (38, "slipping", "reached", ""), (34, "welcome_back", "", ""),
    (31, "cancelled", "reached", "price"), (27, "slipping", "reached", "season"),
    (20, "complaint", "reached", ""), (19, "regular", "no_answer", ""), (17, "regular", "thinking", "price"),
    (16, "regular", "skip", "moved"), (14, "regular", "reached", ""), (13, "second_purchase", "", ""),
    (12, "renewal", "", ""), (10, "regular", "not_interested", "competitor"),
    (9, "vip", "coming_back", "forgot"), (8, "lost", "", ""), (7, "slipping", "reached", "season"),
    (6, "", "snooze", ""), (5, "slipping", "thinking", ""), (2, "", "snooze", ""),
)
"""Single calls: days ago, of which playbook (empty: what stands first), what came of it, the reason given."""

LASTS = 45
"""For so many days the owner works on a round; what is not done by then is not done."""
WORKDAYS = (0, 2, 4)
"""Mondays, Wednesdays and Fridays: on these the owner takes the time for it."""
_WENT_WELL = (("coming_back", 6), ("reached", 5), ("thinking", 2), ("no_answer", 2))
_WENT_BADLY = (("no_answer", 6), ("reached", 4), ("thinking", 4), ("not_interested", 2), ("wrong_contact", 1))
_REASONS = ("season", "price", "forgot", "moved", "competitor", "not_needed", "product", "lost_interest")
_SPOKEN = frozenset({"coming_back", "reached", "thinking", "not_interested"})


def win_back(conn: Connection) -> None:
    """Everything that the owner did, day after day."""
    from activetui.store.other_days.as_of import look_from

    rng = random.Random(f"{SEED}/calls")
    under_way: dict[Plan, int] = {}
    for day in range(ROUNDS[0].day, TODAY):
        starting = [plan for plan in ROUNDS if plan.day == day]
        running = [plan for plan in under_way if day - plan.day <= LASTS]
        single = [call for call in CALLS if TODAY - call[0] == day]
        if to_date(day).weekday() not in WORKDAYS:
            running = []
        if not (starting or running or single):
            continue
        look_from(conn, day)
        for plan in starting:
            under_way[plan] = _start(conn, plan)
        for plan in running:
            _work_on(conn, under_way[plan], day, rng)
        for _ago, playbook, outcome, reason in single:
            _call(conn, day, playbook, outcome, reason)
    look_from(conn, TODAY)


def _start(conn: Connection, plan: Plan) -> int:
    from activetui.reactivation.playbooks import playbook
    from activetui.reactivation.rounds import rounds

    found = playbook.playbook(conn, plan.playbook)
    assert found is not None
    wanted = rounds.Wanted(found, plan.hold_out, plan.query, plan.most)
    begun, _drawing = rounds.start(conn, wanted, day=plan.day, made_at=moment(plan.day), name=plan.name)
    return begun.id


def _work_on(conn: Connection, number: int, day: Day, rng: random.Random) -> None:
    """The steps of a round that stand on the list of the day, as far as there is room."""
    from activetui.reactivation.checklist import actions, checklist

    for item in checklist.calls(conn, day):
        if item.enrolment is None or item.enrolment.round_id != number:
            continue
        customer, outcome, reason = item.person.id, "", ""
        if item.doing.channel == "phone":
            outcome = _outcome(rng, comes_back=_buys_within(conn, customer, day, 30))
            reason = rng.choice(_REASONS) if outcome in _SPOKEN and rng.random() < 0.6 else ""
        actions.done(
            conn, customer, day=day, today=day, made_at=moment(day), outcome=outcome, reason=reason
        )


def _outcome(rng: random.Random, *, comes_back: bool) -> str:
    """What came of a call: who will come says so more often, and who will not is reached less often."""
    words = _WENT_WELL if comes_back else _WENT_BADLY
    return rng.choices([word for word, _weight in words], [weight for _word, weight in words])[0]


def _buys_within(conn: Connection, customer: int, day: Day, days: int) -> bool:
    from activetui.store import returns

    return bool(returns.deeds(conn, [customer], {int(Kind.PURCHASE)}, day + 1, day + days))


def _call(conn: Connection, day: Day, playbook: str, outcome: str, reason: str) -> None:
    """A call for the dearest customer for whom nothing has begun yet."""
    from activetui.reactivation.checklist import actions
    from activetui.reactivation.checklist.checklist import items

    proposed = [item for item in items(conn, day) if item.task is None]
    item = next(item for item in proposed if playbook in ("", item.playbook.key))
    number, made_at = item.person.id, moment(day)
    if outcome == "skip":
        actions.skip(conn, number, day=day, today=day, made_at=made_at, reason=reason)
    elif outcome == "snooze":
        actions.snooze(conn, number, days=TODAY - day + 2, day=day, today=day, made_at=made_at)
    else:
        actions.done(conn, number, day=day, today=day, made_at=made_at, outcome=outcome, reason=reason)


def moment(day: Day) -> str:
    """When something was done on a day: at half past eight."""
    return f"{iso(day)}T08:30:00Z"
