"""What the owner says of the business itself: its name, currency, country, time zone, calls a day."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.store import settings
from activetui.store.changes.operations import operation
from activetui.store.facts import refresh
from activetui.store.imports.settling import settle_everything
from activetui.store.opening.file import transaction
from activetui.store.progress import Progress

KEYS = ("business", "sender", "currency", "country", "time_zone", "calls_a_day", "rest_days")
"""The settings that are of the business, by their keys in the store."""


class MoneyIn(NamedTuple):
    """How many events state their money in a currency."""

    currency: str
    events: int


def change(
    conn: sqlite3.Connection,
    key: str,
    value: str,
    *,
    what: str,
    made_at: str,
    today: Day,
    progress: Progress | None = None,
) -> bool:
    """Keep a setting of `KEYS`, or forget it where `value` is empty; whether it was another one before.

    One operation, called `what`. With another currency everyone is worked out anew: only money in the
    store's currency is added up. `DefinitionError` where the definition in force names an amount that the
    currency cannot have; nothing is then changed.
    """
    if key not in KEYS:
        raise KeyError(key)
    if settings.get(conn, key) == value:
        return False
    with transaction(conn):
        currency = settings.currency(conn)
        with operation(conn, what, made_at, day=today) as op:
            op.changing("meta", key)
            if value:
                settings.put(conn, key, value)
            else:
                settings.drop(conn, key)
        after_currency(conn, currency, today, progress)
    return True


def after_currency(
    conn: sqlite3.Connection, before: str, today: Day, progress: Progress | None = None
) -> bool:
    """Work everyone out anew if the store's currency is not `before` any more; whether it was needed.

    The caller owns the transaction.
    """
    if settings.currency(conn) == before:
        return False
    settle_everything(conn)
    refresh.refresh_all(conn, max(today, settings.facts_day(conn)), progress)
    return True


def money_in(conn: sqlite3.Connection) -> list[MoneyIn]:
    """In which currencies events state their money, the most frequent first; reads the whole ledger."""
    found = conn.execute(
        "SELECT currency, count(*) FROM event WHERE amount IS NOT NULL AND currency <> ''"
        " GROUP BY currency ORDER BY count(*) DESC, currency"
    )
    return [MoneyIn(str(currency), int(events)) for currency, events in found]
