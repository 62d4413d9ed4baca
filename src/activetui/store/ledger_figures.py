"""What the check of a definition needs to know of the ledger."""

from __future__ import annotations

import sqlite3

from activetui.activity.consistency import LedgerFigures


def ledger_figures(conn: sqlite3.Connection) -> LedgerFigures:
    """The figures of the whole ledger, as of the day that `fact` answers for."""
    query = "SELECT rhythm FROM fact WHERE rhythm IS NOT NULL ORDER BY rhythm"
    rhythms = [rhythm for (rhythm,) in conn.execute(query)]
    middle = len(rhythms) // 2
    usual = (rhythms[middle] + rhythms[-middle - 1]) / 2 if rhythms else None
    return LedgerFigures(
        customers=_number(conn, "SELECT count(*) FROM customer"),
        events_of_kind=dict(conn.execute("SELECT kind, count(*) FROM event GROUP BY kind")),
        usual_gap=usual,
        with_rhythm=len(rhythms),
        subscribers=_number(conn, "SELECT count(DISTINCT customer_id) FROM subscription"),
    )


def _number(conn: sqlite3.Connection, query: str) -> int:
    return int(conn.execute(query).fetchone()[0])
