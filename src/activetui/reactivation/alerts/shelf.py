"""The alert rules: those that come with the program, as the owner has changed them, and the own ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from activetui.reactivation.alerts.reading import read_alert
from activetui.reactivation.alerts.types import AlertRule
from activetui.reactivation.rules.own_rules import Rule, Shelf
from activetui.reactivation.rules.rule_reading import RuleError
from activetui.store.rule_texts import Sort

SHELF: Shelf[AlertRule] = Shelf(Sort.ALERT, Path(__file__).parent / "rules", read_alert)
"""The texts behind the rules; who changes one goes through it."""


def rules_in_use(conn: sqlite3.Connection) -> tuple[AlertRule, ...]:
    """The rules in use in a store, by rank; those with a fault are passed over (`faults`)."""
    return _by_rank(SHELF.in_use(conn))


def rules(conn: sqlite3.Connection) -> list[Rule[AlertRule]]:
    """Every rule as it stands: in use or not, and with its fault if its text cannot be read."""
    return sorted(SHELF.rules(conn), key=lambda rule: (rule.thing.rank if rule.thing else 0, rule.key))


def faults(conn: sqlite3.Connection) -> list[RuleError]:
    """What is wrong with the rules that are passed over."""
    return SHELF.faults(conn)


def _by_rank(found: list[AlertRule]) -> tuple[AlertRule, ...]:
    return tuple(sorted(found, key=lambda each: (each.rank, each.key)))
