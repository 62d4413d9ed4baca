"""The playbooks: those that come with the program, in the owner's wording where there is one, and the own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from activetui.reactivation.playbooks.playbook_reading import read_playbook
from activetui.reactivation.playbooks.playbook_types import Goal, Playbook, Step
from activetui.reactivation.rules.own_rules import Rule, Shelf
from activetui.reactivation.rules.rule_reading import RuleError
from activetui.store.rule_texts import Sort

__all__ = [
    "SHELF", "Goal", "Playbook", "Step", "builtin_playbooks", "faults", "playbook", "playbooks", "rules",
]

SHELF: Shelf[Playbook] = Shelf(Sort.PLAYBOOK, Path(__file__).parent / "texts", read_playbook)
"""The texts behind the playbooks; who changes one goes through it."""


def builtin_playbooks() -> tuple[Playbook, ...]:
    """The playbooks that come with the program, by rank."""
    return _by_rank(SHELF.built_in())


def playbooks(conn: sqlite3.Connection) -> tuple[Playbook, ...]:
    """The playbooks in use in a store, by rank; those with a fault are passed over (`faults`)."""
    return _by_rank(SHELF.in_use(conn))


def playbook(conn: sqlite3.Connection, key: str) -> Playbook | None:
    """The playbook of that key, in use or not, so that what has begun goes on; None if there is none.

    None also where its text cannot be read any more.
    """
    found = SHELF.rule(conn, key)
    return None if found is None else found.thing


def rules(conn: sqlite3.Connection) -> list[Rule[Playbook]]:
    """Every playbook as it stands: in use or not, and with its fault if its text cannot be read."""
    return sorted(SHELF.rules(conn), key=lambda rule: (rule.thing.rank if rule.thing else 0, rule.key))


def faults(conn: sqlite3.Connection) -> list[RuleError]:
    """What is wrong with playbooks that are passed over."""
    return SHELF.faults(conn)


def _by_rank(found: list[Playbook]) -> tuple[Playbook, ...]:
    return tuple(sorted(found, key=lambda each: (each.rank, each.key)))
