"""The offers that the playbooks make, and how many customers each would fit now."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from activetui.activity.consistency import LedgerFigures, Offer
from activetui.ledger.days import Day
from activetui.reactivation.playbook import playbooks
from activetui.segments.asking import ask
from activetui.segments.plain import plain_conditions
from activetui.store.ledger_figures import ledger_figures
from activetui.store.listing import people
from activetui.store.other_days import as_of


def offers(conn: sqlite3.Connection, day: Day) -> list[Offer]:
    """Every marketing step of the playbooks, and the customers whom its playbook fits on the day looked from.

    Statuses are those of the definition in force. Who has not consented to marketing or must not be
    contacted gets no offer. An offer of the same words in several playbooks is one; a customer whom two of
    them fit counts twice.
    """
    found: dict[str, Offer] = {}
    for plan in playbooks(conn):
        titles = dict.fromkeys(step.title for step in plan.steps if step.marketing)
        if not titles:
            continue
        is_plain = plain_conditions(plan.audience) is not None  # else parentheses, which take the grammar
        fitting = plan.audience if is_plain else f"({plan.audience})"
        fitting += " dnc:no consent:yes"
        active, inactive = (_number(conn, f"{fitting} active:{word}", day) for word in ("yes", "no"))
        for title in titles:
            before = found.get(title, Offer(title, 0, 0))
            found[title] = Offer(title, before.active + active, before.inactive + inactive)
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
