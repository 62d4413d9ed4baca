"""The messages: those that come with the program, in the owner's wording where there is one, and the own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from activetui.reactivation.messages.message_types import Letter, Message
from activetui.reactivation.messages.reading import read_message
from activetui.reactivation.rules.own_rules import Rule, Shelf
from activetui.reactivation.rules.rule_reading import RuleError
from activetui.store.rule_texts import Sort

__all__ = ["SHELF", "Letter", "Message", "faults", "message", "messages", "rules"]

SHELF: Shelf[Message] = Shelf(Sort.MESSAGE, Path(__file__).parent / "texts", read_message)
"""The texts behind the messages; who changes one goes through it."""


def messages(conn: sqlite3.Connection) -> list[Message]:
    """The messages in use in a store, in the order of their keys; those with a fault are passed over."""
    return sorted(SHELF.in_use(conn), key=lambda each: each.key)


def message(conn: sqlite3.Connection, key: str) -> Message | None:
    """The message of that key, in use or not; None if there is none that can be read."""
    found = SHELF.rule(conn, key)
    return None if found is None else found.thing


def rules(conn: sqlite3.Connection) -> list[Rule[Message]]:
    """Every message as it stands: in use or not, and with its fault if its text cannot be read."""
    return sorted(SHELF.rules(conn), key=lambda rule: rule.key)


def faults(conn: sqlite3.Connection) -> list[RuleError]:
    """What is wrong with messages that are passed over."""
    return SHELF.faults(conn)
