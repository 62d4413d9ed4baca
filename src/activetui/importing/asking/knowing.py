"""What a store knows that helps to understand a file."""

from __future__ import annotations

import sqlite3

from activetui.importing.asking.answers import Setting
from activetui.ledger.days import Day
from activetui.store import settings
from activetui.store.imports import answers
from activetui.store.kinds import kind_codes


def setting_of(conn: sqlite3.Connection, today: Day, *, usual_currency: str = "EUR") -> Setting:
    """What a store knows that an import needs."""
    return Setting(
        today=today,
        currency=settings.currency(conn, default=""),
        usual_currency=usual_currency,
        country=settings.get(conn, "country"),
        time_zone=settings.get(conn, "time_zone"),
        remembered=answers.every(conn),
        kinds=kind_codes(conn),
    )
