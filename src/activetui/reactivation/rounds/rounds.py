"""Rounds: starting a playbook for many at once, with a part left in peace by a coin.

Who cannot be contacted, or would not be, is not drawn at all: so both sides of the coin are alike. What was
drawn is written down, once, and nothing that happens later draws anybody again. A service, such as mending a
complaint, is withheld from nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError, UsageError
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.reactivation.checklist.enrolling import begin_for
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import SHELF, Playbook, playbook
from activetui.reactivation.ranking.stakes import dearest
from activetui.reactivation.rounds import hold_out
from activetui.reactivation.rounds.round_rules import RoundRules, rules_of
from activetui.segments.asking import ask_beside
from activetui.store import rounds
from activetui.store.changes.operations import Operation, operation
from activetui.store.listing import people
from activetui.store.listing import playbook_tests as tests
from activetui.store.listing.numbers import parts
from activetui.store.listing.sorting_out import sorted_out
from activetui.store.listing.sorts import Clause
from activetui.store.opening.file import transaction
from activetui.store.progress import Progress, Steps, part
from activetui.store.rounds import Round, Side


class Why(StrEnum):
    """Why somebody whom the playbook is for is not drawn; the first that holds is counted."""

    NO_CONTACT = "no_contact"
    """They want no contact."""
    BUSY = "busy"
    """They are in a playbook already."""
    HELD_OUT = "held_out"
    """A round that still runs leaves them in peace."""
    CONTACTED = "contacted"
    """They have been contacted lately."""
    TRIED = "tried"
    """This playbook, or another one in vain, began for them lately."""
    STOPPED = "stopped"
    """The playbook's own rule ends it for them."""
    NO_STEP = "no_step"
    """No step may be done for them: without their consent, or because none fits."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a round is to be."""

    plan: Playbook
    hold_out: int = hold_out.USUAL_SHARE
    """How many in a hundred are left in peace, 0 to 50."""
    query: str = ""
    """Whom of the playbook's audience only; empty for all."""
    most: int | None = None
    """At the most so many, those with whom most is at stake; None for all."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Whom a round would draw, or has drawn."""

    wanted: Wanted
    fitting: int
    """Whom the playbook, and the query, are for."""
    left_out: Mapping[Why, int]
    beyond: int
    """Who could be drawn as well, and are beyond `most`."""
    to_contact: Sequence[int]
    held_out: Sequence[int]


def propose(
    conn: sqlite3.Connection, wanted: Wanted, day: Day, progress: Progress | None = None
) -> Drawing:
    """Whom a round that starts on the day would draw; nothing is written.

    The connection looks from that day. `UsageError` for a share that cannot be, `QueryError` or `OwnerError`
    for a query that cannot be asked. `progress` is told how far it is, and may raise.
    """
    return _proposed(Look(conn, day), wanted, progress)


def start(
    conn: sqlite3.Connection,
    wanted: Wanted,
    *,
    day: Day,
    made_at: str,
    name: str = "",
    progress: Progress | None = None,
) -> tuple[Round, Drawing]:
    """Draw a round today and begin the playbook for those who are to be contacted, as one operation.

    Errors as of `propose`; `OwnerError` if nobody can be drawn. Where `progress` raises, nothing is written.
    """
    plan = wanted.plan
    with transaction(conn):
        look = Look(conn, day)
        drawing = _proposed(look, wanted, part(progress, 0, 2))
        _refuse_empty(drawing)
        rules = RoundRules(
            _toml_of(conn, plan), plan.goals, wanted.query, wanted.most,
            len(drawing.to_contact), len(drawing.held_out),
        )
        with operation(conn, _what(drawing), made_at, day=day) as op:
            number = rounds.add_round(
                op, playbook=plan.key, name=name.strip(), started=day, hold_out=wanted.hold_out,
                window_days=plan.within_days, seed=hold_out.seed_of(plan.key, day), rules=rules.text(),
            )
            _write(op, look, number, drawing, part(progress, 1, 2))
    return the_round(conn, number), drawing


def add(
    conn: sqlite3.Connection, found: Round, *, day: Day, made_at: str, progress: Progress | None = None
) -> Drawing:
    """Draw into an open round whom it fits by now and has not drawn yet, with the same coin; one operation.

    Each is watched for as many days as the others, from this draw on. `OwnerError` if the round is over or
    its playbook is gone, or if there is nobody to add.
    """
    plan = playbook(conn, found.playbook)
    if plan is None:
        raise OwnerError(_("Its playbook {key} is not there any more.").format(key=found.playbook))
    if not is_open(found, day):
        raise OwnerError(
            _("Round {n} is over.").format(n=found.id),
            _("Start another one: activetui checklist round start {key}").format(key=found.playbook),
        )
    rules = rules_of(found)
    with transaction(conn):
        look = Look(conn, day)
        wanted = Wanted(plan, found.hold_out, rules.query, rules.most)
        drawing = _draw(look, wanted, found.seed, into=found.id, progress=part(progress, 0, 2))
        _refuse_empty(drawing)
        grown = rules._replace(
            to_contact=rules.to_contact + len(drawing.to_contact),
            held_out=rules.held_out + len(drawing.held_out),
        )
        with operation(conn, _what(drawing), made_at, day=day) as op:
            rounds.change_round(op, found.id, ended=found.ended, rules=grown.text())
            _write(op, look, found.id, drawing, part(progress, 1, 2))
    return drawing


def end(conn: sqlite3.Connection, found: Round, *, day: Day, made_at: str) -> int:
    """End a round before its time, as one operation: no more steps, and nobody is left in peace for it.

    How many customers were still in it. `OwnerError` if it is over.
    """
    if not is_open(found, day):
        raise OwnerError(_("Round {n} is over.").format(n=found.id))
    with operation(conn, _("End of round {n}").format(n=found.id), made_at, day=day) as op:
        rounds.change_round(op, found.id, ended=day, rules=found.rules)
        return rounds.stop_work(op, found.id, day)


def is_open(found: Round, day: Day) -> bool:
    """Whether the window that began with the start of a round still runs on a day."""
    return found.ended is None and found.started <= day <= found.started + found.window_days


def the_round(conn: sqlite3.Connection, number: int) -> Round:
    """The round of a number; `OwnerError` if there is none."""
    found = rounds.round_of(conn, number)
    if found is None:
        raise OwnerError(
            _("There is no round {n}.").format(n=number), _("See them: activetui checklist round list")
        )
    return found


def _check(wanted: Wanted) -> None:
    if not 0 <= wanted.hold_out <= hold_out.LARGEST_SHARE:
        raise UsageError(
            _("{n} in a hundred cannot be left in peace.").format(n=wanted.hold_out),
            _("Say 0 to {most}; 20 is usual.").format(most=hold_out.LARGEST_SHARE),
        )
    if wanted.most is not None and wanted.most < 1:
        raise UsageError(_("A round needs at least one customer."))
    if wanted.plan.serves and wanted.hold_out:
        raise OwnerError(
            _("{playbook} is a service, which is withheld from nobody.").format(playbook=wanted.plan.title),
            _("Start the round with --hold-out 0."),
        )


def _proposed(look: Look, wanted: Wanted, progress: Progress | None = None) -> Drawing:
    _check(wanted)
    return _draw(look, wanted, hold_out.seed_of(wanted.plan.key, look.day), progress=progress)


def _draw(
    look: Look, wanted: Wanted, seed: str, *, into: int | None = None, progress: Progress | None = None
) -> Drawing:
    """Toss the coin for whom the playbook is for; `into` is the round that has drawn some already."""
    conn, asking = look.conn, Steps(part(progress, 0, 2), 4)
    audience = _audience(look, wanted, into)
    reasons = _reasons(look, wanted.plan)
    *left, able = sorted_out(conn, audience, list(reasons.values()))
    asking.more(3)
    eligible = tests.all_of([audience, *map(tests.none_of, reasons.values())])
    if wanted.most is None or able <= wanted.most:
        chosen = list(people.ids(conn, eligible, "id"))
    else:
        chosen = [person.id for person, _stake in dearest(conn, eligible, look.day, wanted.most)]
    asking.end()
    steps = Steps(part(progress, 1, 2), len(chosen))
    to_contact, held = [], []
    for _at, some in parts(sorted(chosen)):
        drawn = hold_out.draw(seed, wanted.hold_out, some, rounds.stable_signs(conn, some))
        to_contact += drawn.to_contact
        held += drawn.held_out
        steps.more(len(some))
    return Drawing(
        wanted, sum(left) + able, dict(zip(reasons, left, strict=True)), able - len(chosen),
        to_contact, held,
    )


def _audience(look: Look, wanted: Wanted, into: int | None) -> Clause:
    # a query that cannot be asked is an error here, where the checklist passes over the playbook
    conn = look.conn
    parts = [ask_beside(conn, wanted.plan.audience, look.day, wanted.plan.title)]
    if wanted.query.strip():
        parts.append(ask_beside(conn, wanted.query, look.day, wanted.query))
    if into is not None:
        parts.append(tests.none_of(rounds.drawn_into(into)))
    return tests.all_of(parts)


def _reasons(look: Look, plan: Playbook) -> dict[Why, Clause]:
    lately = [tests.begun_lately(
        plan.key, look.day, max(plan.again_after_days, 1), complaint_lifts=plan.serves
    )]
    if not plan.serves:
        lately.append(look.in_vain())
    return {
        Why.NO_CONTACT: tests.none_of(tests.may_be_contacted()),
        Why.BUSY: look.under_way(list(look.begun.values())),
        Why.HELD_OUT: rounds.held_out(look.day),
        Why.CONTACTED: tests.none_of(tests.not_in_touch(look.day, look.rest(plan))),
        Why.TRIED: tests.any_of(lately),
        Why.STOPPED: look.stopped(plan),
        Why.NO_STEP: tests.none_of(look.fits(plan)),  # of what it asks nothing else is left
    }


def _refuse_empty(drawing: Drawing) -> None:
    if drawing.to_contact or drawing.held_out:
        return
    raise OwnerError(
        _("Nobody can be drawn for {playbook} now.").format(playbook=drawing.wanted.plan.title),
        why_nobody(drawing),
    )


def why_nobody(drawing: Drawing) -> str:
    """Why a round can draw nobody, in a sentence."""
    if not drawing.fitting:
        return _("It fits no customer now.")
    return _("It fits {n}, all of whom are left out.").format(n=format_number(drawing.fitting))


def _what(drawing: Drawing) -> str:
    n = len(drawing.to_contact)
    words = ngettext("{playbook}: a round with {n} customer", "{playbook}: a round with {n} customers", n)
    return words.format(playbook=drawing.wanted.plan.title, n=format_number(n))


def _write(op: Operation, look: Look, number: int, drawing: Drawing, progress: Progress | None) -> None:
    to_contact, left, day, plan = drawing.to_contact, drawing.held_out, look.day, drawing.wanted.plan
    whole = len(to_contact) + len(left)
    steps = Steps(progress, whole + 2 * len(to_contact))
    rounds.add_members(op, number, day, Side.TO_CONTACT, to_contact, steps)
    rounds.add_members(op, number, day, Side.HELD_OUT, left, steps)

    def further(done: int, of: int) -> None:
        if progress is not None:
            progress(whole + done, whole + of)

    begin_for(op, Look(op.conn, day), plan, to_contact, round_id=number, progress=further)


def _toml_of(conn: sqlite3.Connection, plan: Playbook) -> str:
    rule = SHELF.rule(conn, plan.key)
    return "" if rule is None else rule.toml
