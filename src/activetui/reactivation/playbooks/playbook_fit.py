"""Whom each playbook fits in a store now, and what is worth thinking over in one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook_types import Playbook, Step, both
from activetui.segments.asking import ask
from activetui.segments.query import parse
from activetui.segments.tree import FieldTest, Node, Not
from activetui.store import kinds
from activetui.store.listing import people, playbook_tests

_FIRST_OFFER = 14
"""Days; an offer sooner after a complaint is heard as the price of silence."""


class Fit(NamedTuple):
    """How many customers a playbook is for, as of the day looked from."""

    fits: int
    """Whom its query finds."""
    reachable: int
    """Those of them who may be contacted with at least one of its steps."""
    under_way: int
    """For whom it runs."""


def fit(look: Look, playbook: Playbook) -> Fit:
    """How many customers a playbook is for on the day of the look."""
    audience = ask(look.conn, playbook.audience, look.day).clause
    reachable = playbook_tests.may_be_contacted(agreed=playbook.needs_consent)
    return Fit(
        *people.count_among(look.conn, audience, reachable),
        people.count(look.conn, look.under_way([playbook])),
    )


def fit_words(found: Fit) -> str:
    """How many it fits, in a line."""
    parts = [
        ngettext("It fits {n} customer now", "It fits {n} customers now", found.fits).format(
            n=format_number(found.fits)
        ) if found.fits else _("It fits nobody now")
    ]
    if found.fits:
        parts.append(_("{n} may be contacted").format(n=format_number(found.reachable)))
    if found.under_way:
        parts.append(_("it runs for {n}").format(n=format_number(found.under_way)))
    return "; ".join(parts) + "."


def advice(look: Look, playbook: Playbook, found: Fit) -> Iterator[str]:
    """What is worth thinking over, one sentence each; nothing of it makes the playbook wrong."""
    if found.fits and not found.reachable:
        yield _("None of those whom it fits may be contacted: all want no contact or have not agreed to "
                "marketing, which every step needs.")
    if found.fits:
        yield from _taken_before(look, playbook)
    for number, step in enumerate(playbook.steps, start=1):
        if step.offer:
            yield from _of_offer(look, playbook, number, step)
    if not playbook.offer_source and any(step.offer for step in playbook.steps):
        yield _("It makes an offer that is not written yet; say it as offer = \"…\".")
    yield from messages_missing(look.conn, playbook)


def _taken_before(look: Look, playbook: Playbook) -> Iterator[str]:
    """Playbooks of a lower rank that fit everyone whom this one fits: its turn never comes."""
    for other in look.plans:
        if other.key == playbook.key or (other.rank, other.key) > (playbook.rank, playbook.key):
            continue
        if not _number(look.conn, f"{both(playbook.audience)} -({other.audience})", look.day):
            words = _("“{other}” comes before it (rank {rank}) and fits everyone whom it fits, so its turn "
                      "never comes. Give it a lower rank.")
            yield words.format(other=other.title, rank=other.rank)


def _of_offer(look: Look, playbook: Playbook, number: int, step: Step) -> Iterator[str]:
    fitting = both(playbook.audience, step.only, "dnc:no consent:yes")
    active, others = (_number(look.conn, both(fitting, f"active:{word}"), look.day) for word in ("yes", "no"))
    if active and others:
        words = _("Step {number} makes the offer to {active} active customers and {others} others alike: who "
                  "buys anyway gets what was meant to bring others back. Add only = \"active:no\" to it.")
        yield words.format(number=number, active=format_number(active), others=format_number(others))
    if step.after_days < _FIRST_OFFER and _is_for_complaints(look.conn, playbook.audience):
        words = _("Step {number} makes an offer {days} days after a complaint: repair first, and offer from "
                  "day {first} on.")
        yield words.format(number=number, days=step.after_days, first=_FIRST_OFFER)


def _is_for_complaints(conn: sqlite3.Connection, audience: str) -> bool:
    """Whether a query asks for customers who have complained."""
    root = parse(audience, tuple(kinds.own_kinds(conn))).root
    asked = [] if root is None else _asked_for(root)
    return any(
        test.field.name in ("complaint", "complained")
        or (test.field.name == "kind" and "complaint" in test.written)
        for test in asked
    )


def _asked_for(node: Node) -> list[FieldTest]:
    """The tests of a node that hold for whom it finds: none that is denied."""
    if isinstance(node, Not):
        return []
    if isinstance(node, FieldTest):
        return [node]
    return [test for part in getattr(node, "parts", ()) for test in _asked_for(part)]


def messages_missing(conn: sqlite3.Connection, playbook: Playbook) -> list[str]:
    """The steps whose messages cannot be written, a sentence each: there is none of the key, or it is off."""
    from activetui.reactivation.messages.message import SHELF

    said = []
    for number, step in enumerate(playbook.steps, start=1):
        if not step.template:
            continue
        rule = SHELF.rule(conn, step.template)
        if rule is None:
            words = _("Step {number} names the message “{key}”, and there is none of that key.")
        elif rule.fault is not None:
            words = _("Step {number} names the message “{key}”, which cannot be read.")
        elif not rule.in_use:
            words = _("Step {number} names the message “{key}”, which is off.")
        else:
            continue
        said.append(words.format(number=number, key=step.template))
    return said


def _number(conn: sqlite3.Connection, query: str, day: Day) -> int:
    return people.count(conn, ask(conn, query, day).clause)
