"""The offers that the playbooks make, and how many customers each would fit now."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from activetui.activity.consistency import LedgerFigures, Offer
from activetui.ledger.days import Day
from activetui.reactivation.playbooks.playbook import playbooks
from activetui.reactivation.playbooks.playbook_types import both
from activetui.segments.asking import ask
from activetui.store.ledger_figures import ledger_figures
from activetui.store.listing import people
from activetui.store.other_days import as_of


def offers(conn: sqlite3.Connection, day: Day) -> list[Offer]:
    """Every step of the playbooks that makes an offer, and the customers whom it fits on the day looked from.

    Statuses are those of the definition in force. Who has not consented to marketing or must not be
    contacted gets no offer. An offer of the same words in several playbooks is one; a customer whom two of
    them fit counts twice.
    """
    found: dict[str, Offer] = {}
    for plan in playbooks(conn):
        for step in plan.steps:
            if not step.offer:
                continue
            fitting = both(plan.audience, step.only, "dnc:no consent:yes")
            active, inactive = (_number(conn, both(fitting, f"active:{word}"), day) for word in ("yes", "no"))
            before = found.get(step.title, Offer(step.title, 0, 0))
            found[step.title] = Offer(step.title, before.active + active, before.inactive + inactive)
    return list(found.values())


def _number(conn: sqlite3.Connection, query: str, day: Day) -> int:
    return people.count(conn, ask(conn, query, day).clause)


def check_figures(conn: sqlite3.Connection) -> LedgerFigures | None:
    """All that the check of a definition needs to know of the store on the day looked from.

    None where there are no customers. Worth gathering once: the check itself then takes milliseconds.
    """
    day = as_of.day_of(conn)
    figures = ledger_figures(conn, day)
    return replace(figures, offers=tuple(offers(conn, day))) if figures.customers else None
