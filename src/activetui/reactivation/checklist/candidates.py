"""Who may be on the checklist: for whom a playbook would be begun, and for whom one runs; kept for the day.

To find them among a million customers takes a second or more; so they are kept in the store, and after
changes by hand only those customers are asked anew whom the changes were about. After an import, or where the
playbooks, the definition or the settings are other ones, everyone is asked again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from activetui import __version__
from activetui.reactivation.checklist.fitting import Fitting, Proposal
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import rules
from activetui.reactivation.ranking.stakes import dearest
from activetui.store import saved_segments, settings
from activetui.store.alerts.touched import touched_since
from activetui.store.kept_figures import Kept, keep, kept
from activetui.store.listing import people
from activetui.store.listing import playbook_tests as tests
from activetui.store.listing.people import Clause, Person
from activetui.store.listing.stakes import dearest_numbers
from activetui.store.other_days import as_of
from activetui.store.state_mark import StateMark, rounds_mark, state_mark, undone_up_to

_NAME = "checklist"
_MOST_TOUCHED = 1_000
"""After changes of more customers than these everyone is asked again."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be on the checklist, by the customer's number."""

    proposed: Mapping[int, Proposal]
    """For whom a playbook would be begun, with the step."""
    begun: frozenset[int]
    """For whom one runs, with a step that is due or is one of the next to come, and no service fits."""
    is_cut: bool
    """Whether there are more."""


@dataclass(frozen=True, slots=True)
class _Pool:
    """What is kept of a day."""

    rests_on: str
    """Fingerprint of the rules and settings."""
    made: int
    """The newest change when everyone was asked …"""
    undone: int
    """… and how many up to that one had been taken back."""
    state: StateMark
    """The store as the proposals stand for it."""
    alone: bool
    """Whether nothing that is asked of a customer depends on others."""
    is_cut: bool
    found: dict[int, Proposal]
    begun: frozenset[int]
    unasked: tuple[tuple[str, str], ...]
    """Playbooks, each with a query of it that cannot be asked."""
    touched: frozenset[int] = field(default=frozenset())
    """The customers asked again since."""


def candidates(look: Look, most: int) -> Candidates:
    """Who may be on the checklist: of each sort at the most so many, and all who were acted upon since.

    Sorts are those proposed by service, those by the other playbooks, and of service and the others that run
    those late, those due on the day, and those to come.
    """
    another_ledger = as_of.knows_then(look.conn)        # with which nothing is kept
    pool = _anew(look, most, "") if another_ledger else _kept(look, most)
    plans = {plan.key: plan for plan in (*look.plans, *look.begun.values())}
    for key, query in pool.unasked:                     # so that the look knows of the mistake
        if key in plans:
            look.found_by(query, plans[key])
    return Candidates(pool.found, pool.begun, pool.is_cut)


def _kept(look: Look, most: int) -> _Pool:
    rests_on = _rests_on(look, most)
    before = _read(kept(look.conn, _NAME, look.day))
    now = None
    if before is not None and before.rests_on == rests_on:
        now = _brought_up(look, before, most)
    if now is None:
        now = _anew(look, most, rests_on)
    if now is not before:
        keep(look.conn, _NAME, look.day, _written(now))
    return now


def _anew(look: Look, most: int, rests_on: str) -> _Pool:
    """Ask everyone."""
    state = state_mark(look.conn)
    # those to be served are few, and found at once; the others are found among those who have spent most
    serving = tests.of_facts(look.would_serve())
    numbers = dearest_numbers(look.conn, serving, look.day, look.chances.odds, most)
    service = people.by_ids(look.conn, numbers)
    others = _dearest(look, look.would_win_back(), most)
    begun = _begun(look, most)
    is_cut = any(len(each) >= most for each in (service, others, *begun))
    listed = (*service, *others, *(person for part in begun for person in part))
    found, running = _asked(look, listed)
    return _Pool(
        rests_on, state.changes, state.undone, state, _is_each_alone(look), is_cut,
        found, running, tuple(look.unasked),
    )


def _asked(look: Look, listed: Iterable[Person]) -> tuple[dict[int, Proposal], frozenset[int]]:
    """The proposals for some customers, and those of them for whom a playbook runs and goes on."""
    fitting = Fitting(look, {person.id: person for person in listed})
    found = fitting.proposals(fitting.ids)
    return found, frozenset(fitting.running) - found.keys()


def _begun(look: Look, most: int) -> list[list[Person]]:
    """The customers for whom a step may wait, by sorts."""
    service = [plan for plan in look.begun.values() if plan.serves]
    others = [plan for plan in look.begun.values() if not plan.serves]
    clauses = [look.due(plans, late=late) for plans in (service, others) if plans for late in (True, False)]
    clauses += [look.coming([plan], most) for plan in look.begun.values()]
    return [_dearest(look, clause, most) for clause in clauses]


def _dearest(look: Look, clause: Clause, most: int) -> list[Person]:
    found = dearest(look.conn, tests.of_facts(clause), look.day, most, look.chances)
    return [person for person, _stake in found]


def _brought_up(look: Look, before: _Pool, most: int) -> _Pool | None:
    """The same after what has been done since; None where everyone has to be asked again."""
    conn, now = look.conn, state_mark(look.conn)
    if now == before.state:
        return before
    if undone_up_to(conn, before.made) != before.undone:
        return None
    touched = touched_since(conn, before.state._replace(undone=now.undone), now)
    if touched is None or not before.alone:
        return None
    if now.undone != before.state.undone:           # what was undone concerned some of these
        touched |= before.touched
    if len(touched | before.touched) > _MOST_TOUCHED:
        return None
    anew, running = _asked(look, people.by_ids(conn, sorted(touched)))
    found = {number: proposal for number, proposal in before.found.items() if number not in touched} | anew
    asked = before.touched | touched
    if before.is_cut and (len(found) < most // 2 or len(asked) > most // 2):    # most of them are used up
        return None
    return replace(
        before, state=now, found=found, begun=(before.begun - touched) | running, touched=asked
    )


def _rests_on(look: Look, most: int) -> str:
    """Everything beside the customers on which the answer depends, in a fingerprint."""
    all_rules = [(repr(rule.thing), rule.in_use) for rule in rules(look.conn)]
    named = [(each.name, each.query) for each in saved_segments.list_segments(look.conn)]
    other = [
        most, [look.rest(plan) for plan in look.plans], rounds_mark(look.conn), look.chances.end,
        settings.get(look.conn, "ledger_start"), settings.currency(look.conn), __version__,
    ]
    text = json.dumps([all_rules, named, other], default=str).encode()
    return f"{len(text)} {zlib.crc32(text)} {zlib.adler32(text)}"


def _is_each_alone(look: Look) -> bool:
    """Whether no query compares a customer with others."""
    from activetui.segments.asking import ask, compares_customers

    queries = {
        query for plan in look.plans
        for query in (plan.audience, *plan.stop_queries, *(step.only for step in plan.steps)) if query
    }
    return not any(compares_customers(ask(look.conn, query, look.day).query) for query in queries)


def _written(pool: _Pool) -> Kept:
    mark = json.dumps([pool.rests_on, pool.made, pool.undone, list(pool.state), pool.alone, pool.is_cut])
    rows = [[number, *proposal] for number, proposal in pool.found.items()]
    figures = [rows, sorted(pool.begun), pool.unasked, sorted(pool.touched)]
    return Kept(mark, json.dumps(figures, separators=(",", ":")))


def _read(there: Kept | None) -> _Pool | None:
    if there is None:
        return None
    rests_on, made, undone, state, alone, is_cut = json.loads(there.mark)
    rows: list[list[Any]]
    rows, begun, unasked, touched = json.loads(there.figures)
    found = {number: Proposal(playbook, step) for number, playbook, step in rows}
    return _Pool(
        rests_on, made, undone, StateMark(*state), alone, is_cut, found, frozenset(begun),
        tuple((key, query) for key, query in unasked), frozenset(touched),
    )
