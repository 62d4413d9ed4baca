"""What the check of a definition needs to know of the ledger: gathered once, in a few passes.

Costly are the pass over all events for their kinds and the one for the purchase days, each about as much as
reading the ledger once; all else comes from the table `fact` or from the purchase days in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from activetui.activity.consistency import LedgerFigures, Past
from activetui.activity.past.regularity import regularity
from activetui.activity.past.suggestion import suggest
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.store import settings
from activetui.store.other_days import as_of
from activetui.store.purchase_history import purchase_history

_KINDS = """
SELECT kind, count(*), min(day), max(CASE WHEN day <= :day THEN day END),
       sum(currency NOT IN ('', :currency))
FROM event NOT INDEXED WHERE customer_id IS NOT NULL GROUP BY kind"""
_BUYERS = "SELECT count(*), max(purchases) FROM fact WHERE purchases > 0"
_BUYERS_ALONE = """
SELECT count(*) FROM fact
WHERE purchases > 0 AND customer_id NOT IN (SELECT customer_id FROM subscription)"""


def ledger_figures(
    conn: sqlite3.Connection, day: Day | None = None, tick: Callable[[], None] | None = None
) -> LedgerFigures:
    """The figures of the ledger as of `day`, default the day that the connection looks from.

    The rhythms and the numbers of purchases are those that `fact` answers with. `tick` is called now and
    then and may raise to cancel.
    """
    day = as_of.day_of(conn) if day is None else day
    known = {"day": day, "currency": settings.currency(conn)}
    kinds = conn.execute(_KINDS, known).fetchall()
    history = purchase_history(conn, up_to=day)
    end = min(day, history.end) if history.end is not None else day
    rhythms = [
        rhythm for (rhythm,) in
        conn.execute("SELECT rhythm FROM fact WHERE rhythm IS NOT NULL ORDER BY rhythm")
    ]
    middle = len(rhythms) // 2
    buyers, most_purchases = conn.execute(_BUYERS).fetchone()
    return LedgerFigures(
        customers=_number(conn, "SELECT count(*) FROM customer"),
        events_of_kind={kind: number for kind, number, *_rest in kinds},
        usual_gap=(rhythms[middle] + rhythms[-middle - 1]) / 2 if rhythms else None,
        with_rhythm=len(rhythms),
        subscribers=_number(conn, "SELECT count(DISTINCT customer_id) FROM subscription"),
        as_of=day,
        first_day_of_kind={kind: first for kind, _number, first, *_rest in kinds if first <= day},
        last_day=max((last for *_rest, last, _foreign in kinds if last is not None), default=None),
        rhythms=rhythms,
        most_purchases=most_purchases,
        buyers=buyers,
        buyers_alone=_number(conn, _BUYERS_ALONE),
        foreign_purchases=sum(foreign for kind, *_rest, foreign in kinds if kind == Kind.PURCHASE),
        regularity=regularity(history),
        suggestion=suggest(history),
        past=Past(history, end),
    )


def _number(conn: sqlite3.Connection, query: str) -> int:
    return int(conn.execute(query).fetchone()[0])
