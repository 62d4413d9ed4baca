"""Results worked out by hand from the rows of a store, in plain Python, as docs/results.md says them.

Nothing of the program is used but its files: the rows, and the playbooks' TOML for what they aim at.
"""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
PLAYBOOKS = next((ROOT / "src/activetui/reactivation").rglob("second_purchase.toml")).parent
NOBODY_REACHED = ("no_answer", "wrong_contact")
Z = 1.959963984540054


class Event(NamedTuple):
    """One event that counts."""

    id: int
    customer: int
    day: int
    time: str
    word: str
    rating: int | None
    net: int
    amount: int | None
    product: str


class Step(NamedTuple):
    """One step that was done."""

    id: int
    number: int
    channel: str
    day: int
    outcome: str
    event: int | None
    time: str


@dataclass
class Case:
    """One playbook of one customer."""

    id: int
    customer: int
    playbook: str
    reason: str
    started: int
    window: int
    events: list[Event]
    steps: list[Step]
    contacts: list[Step] = field(init=False)
    became: str = ""
    back: Event | None = None
    credit: Step | None = None
    revenue: int = 0
    is_over: bool = False

    def __post_init__(self) -> None:
        self.contacts = [step for step in self.steps if step.outcome not in NOBODY_REACHED]


class Count(NamedTuple):
    """What a row of results says, under the names that it has as JSON."""

    begun: int
    not_contacted: int
    by_themselves: int
    contacted: int
    reached: int
    won_back: int
    too_early: int
    window_over: int
    won_back_of_over: int
    revenue: str


class Sides(NamedTuple):
    """A round, under the names that it has as JSON."""

    to_contact: int
    to_contact_window_over: int
    to_contact_back: int
    held_out: int
    held_out_window_over: int
    held_out_back: int
    held_out_contacted: int
    difference: float | None
    difference_low: float | None
    difference_high: float | None


def cases(db: Path, day: int) -> list[Case]:
    """Every playbook that was begun by a day, with what became of it."""
    with closing(sqlite3.connect(db)) as conn:
        by_customer: dict[int, list[Event]] = defaultdict(list)
        for event in _events(conn, day):
            by_customer[event.customer].append(event)
        steps: dict[int, list[Step]] = defaultdict(list)
        for begun, *row in conn.execute(
            "SELECT enrolment_id, task.id, step, task.channel, closed, outcome, event_id, time FROM task"
            " LEFT JOIN event ON event.id = event_id WHERE task.state = 'done' AND closed <= ?"
            " ORDER BY closed, task.id", (day,),
        ):
            steps[begun].append(Step._make([*row[:-1], row[-1] or ""]))
        seen = _seen(conn, day)
        found = [
            Case(number, customer, playbook, reason, started, _plan(playbook)["success"]["within_days"],
                 by_customer[customer], steps[number])
            for number, customer, playbook, reason, started in conn.execute(
                "SELECT id, customer_id, playbook, reason, started FROM enrolment WHERE started <= ?", (day,)
            )
        ]
    for case in found:
        _judge(case, seen)
    _no_return_twice(found)
    return found


def counted(found: Iterable[Case], key: Callable[[Case], Hashable]) -> dict[Hashable, Count]:
    """The cases in rows, by playbook, reason or the like."""
    rows: dict[Hashable, list[Case]] = defaultdict(list)
    for case in found:
        rows[key(case)].append(case)
    return {which: _count(those) for which, those in rows.items()}


def counted_by_step(found: Iterable[Case], key: Callable[[Case, Step], Hashable]) -> dict[Hashable, Count]:
    """The cases in rows by the contacts before the return: by step or channel."""
    rows: dict[Hashable, list[Case]] = defaultdict(list)
    for case in found:
        before = [
            step for step in case.contacts
            if case.became != "by themselves" and (case.back is None or _after(case.back, step))
        ]
        for which in {key(case, step) for step in before}:
            rows[which].append(case)
    counts: dict[Hashable, Count] = {}
    for which, those in rows.items():
        won = [case for case in those if case.credit is not None and key(case, case.credit) == which]
        counts[which] = Count(
            len(those), 0, 0, len(those), sum(map(_was_reached, those)), len(won),
            sum(case.became == "too early" for case in those), sum(case.is_over for case in those),
            sum(case.is_over for case in won), _money(sum(case.revenue for case in won)),
        )
    return counts


def sides(db: Path, number: int, day: int) -> Sides:
    """A round as of a day: everyone on the side on which the coin put them."""
    with closing(sqlite3.connect(db)) as conn:
        playbook, started, window, ended = conn.execute(
            "SELECT playbook, started, window_days, ended FROM playbook_round WHERE id = ?", (number,)
        ).fetchone()
        assert ended is None
        events, seen = _events(conn, day), _seen(conn, day)
        ours = conn.execute(
            "SELECT customer_id, day FROM event WHERE kind = 7 AND action <> 'in' AND counts <> 0"
        ).fetchall()
        drawn: dict[int, dict[int, int]] = {0: {}, 1: {}}
        for customer, held_out, when in conn.execute(
            "SELECT customer_id, held_out, drawn FROM round_member WHERE round_id = ?", (number,)
        ):
            drawn[held_out][customer] = when
    assert min([started, *drawn[0].values(), *drawn[1].values()]) == started
    said: list[list[int]] = []
    for side in (drawn[0], drawn[1]):
        over = {customer: when for customer, when in side.items() if when + window <= seen}
        back = {
            event.customer for event in events
            if event.customer in over and _is_aim(playbook, event)
            and over[event.customer] < event.day <= over[event.customer] + window
        }
        tried = {who for who, when in ours if who in over and over[who] <= when <= over[who] + window}
        said.append([len(side), len(over), len(back), len(tried)])
    (n, over_n, back_n, _tried), (m, over_m, back_m, called) = said
    return Sides(n, over_n, back_n, m, over_m, back_m, called, *_newcombe(back_n, over_n, back_m, over_m))


def _events(conn: sqlite3.Connection, day: int) -> list[Event]:
    rows = conn.execute(
        "SELECT event.id, customer_id, day, time, kind.name || CASE WHEN action <> '' THEN ':' || action"
        " ELSE '' END, rating, net, amount, product FROM event JOIN kind ON kind.id = kind"
        " WHERE customer_id IS NOT NULL AND day <= ? AND counts <> 0 ORDER BY day, event.id", (day,),
    )
    return [Event(*row) for row in rows]


def _seen(conn: sqlite3.Connection, day: int) -> int:
    """The last day of which it is known who came back."""
    last = conn.execute(
        "SELECT max(day) FROM event WHERE kind = 1 AND counts <> 0 AND customer_id IS NOT NULL AND day <= ?",
        (day,),
    ).fetchone()[0]
    return min(int(last), day - 1)


@cache
def _plan(playbook: str) -> dict[str, Any]:
    return tomllib.loads((PLAYBOOKS / f"{playbook}.toml").read_text(encoding="utf-8"))


def _is_aim(playbook: str, event: Event) -> bool:
    wanted = _plan(playbook)["success"]["any"]
    assert set(wanted) <= {"purchase", "review", "referral", "subscription:start", "subscription:renewal"}
    is_content = event.word != "review" or event.rating is None or event.rating >= 3
    return event.word in wanted and is_content


def _after(event: Event, step: Step) -> bool:
    if event.day != step.day:
        return event.day > step.day
    if event.time and step.time:
        return event.time > step.time
    return step.event is not None and event.id > step.event


def _judge(case: Case, seen: int) -> None:
    aims = [event for event in case.events if _is_aim(case.playbook, event)]
    first = case.contacts[0] if case.contacts else None
    for event in aims:
        if event.day > case.started and not (first and _after(event, first)):
            case.became, case.back = "by themselves", event
            return
    if first is None:
        case.became = "not contacted"
        return
    last_day = first.day + case.window
    case.is_over = last_day <= seen
    for event in aims:
        if _after(event, first) and event.day <= last_day:
            case.became, case.back = "won back", event
            case.credit = [step for step in case.contacts if _after(event, step)][-1]
            return
    case.became = "away" if case.is_over else "too early"


def _no_return_twice(found: list[Case]) -> None:
    holders: dict[int, list[Case]] = defaultdict(list)
    for case in found:
        if case.became == "won back" and case.back is not None and case.credit is not None:
            holders[case.back.id].append(case)
    for claiming in holders.values():
        claiming.sort(key=lambda case: (case.credit.day, case.credit.id) if case.credit else (0, 0))
        for loser in claiming[:-1]:
            loser.became, loser.back, loser.credit = "away", None, None
    winners: dict[int, list[Case]] = defaultdict(list)
    for claiming in holders.values():
        winners[claiming[-1].customer].append(claiming[-1])
    for mine in winners.values():
        for event in mine[0].events:
            before = [
                case for case in mine
                if case.back is not None and (case.back.day, case.back.id) <= (event.day, event.id)
            ]
            paid = _paid(event, mine[0].events)
            if not paid or not before:
                continue
            holder = max(before, key=lambda case: (case.back.day, case.back.id) if case.back else (0, 0))
            if event.day <= holder.contacts[0].day + holder.window:
                holder.revenue += paid


def _paid(event: Event, theirs: list[Event]) -> int:
    """The money of a purchase, or of a subscription begun or renewed that is not among the purchases too."""
    if event.word == "purchase":
        return event.net
    if event.word not in ("subscription:start", "subscription:renewal") or event.amount is None:
        return 0
    near = [each for each in theirs if each.word == "purchase" and abs(each.day - event.day) <= 7]
    same = any(
        each.product == event.product != "" or any(
            abs((each.amount or 0) - event.amount * (1 + tax / 100)) <= 1 for tax in (0, *TAXES)
        )
        for each in near
    )
    return 0 if same else event.amount


TAXES = (5, 5.5, 6, 7, 7.7, 8, 8.1, 9, 10, 12, 13, 15, 17, 19, 20, 21, 22, 23, 24, 25, 25.5, 27)


def _was_reached(case: Case) -> bool:
    return any(step.outcome not in ("", "sent") for step in case.contacts)


def _count(those: list[Case]) -> Count:
    states = [case.became for case in those]
    contacted = [case for case in those if case.became in ("won back", "too early", "away")]
    won = [case for case in contacted if case.became == "won back"]
    return Count(
        len(those), states.count("not contacted"), states.count("by themselves"), len(contacted),
        sum(map(_was_reached, contacted)), len(won), states.count("too early"),
        sum(case.is_over for case in contacted), sum(case.is_over for case in won),
        _money(sum(case.revenue for case in won)),
    )


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _newcombe(back: int, n: int, other: int, m: int) -> tuple[float | None, float | None, float | None]:
    if not n or not m:
        return None, None, None
    (low, high), (other_low, other_high) = _wilson(back, n), _wilson(other, m)
    one, two = back / n, other / m
    return (
        one - two, one - two - sqrt((one - low) ** 2 + (other_high - two) ** 2),
        one - two + sqrt((high - one) ** 2 + (two - other_low) ** 2),
    )


def _wilson(back: int, n: int) -> tuple[float, float]:
    share = back / n
    middle, half = share + Z * Z / (2 * n), Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return (middle - half) / (1 + Z * Z / n), (middle + half) / (1 + Z * Z / n)


def as_said(row: dict[str, Any]) -> Count:
    """The same of a row that the program gave as JSON."""
    return Count(*(row[name] for name in Count._fields))


def side_as_said(told: dict[str, Any]) -> Sides:
    """The same of a round that the program gave as JSON."""
    found = {name: told[name] or 0 if name.endswith("_back") else told[name] for name in Sides._fields}
    return Sides(**found)


def rows_of(text: str) -> list[dict[str, Any]]:
    """The rows of what a command printed as JSON."""
    found = json.loads(text)
    assert isinstance(found, list)
    return found
