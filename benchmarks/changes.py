"""How long a change takes: another definition for everyone, and one event."""

from __future__ import annotations

import resource
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.store import definitions
from activetui.store.events import log_event
from activetui.store.file import open_store
from benchmarks import clock
from benchmarks.report import Line, Report

MADE_AT = "2026-11-22T09:00:00Z"
OTHER = """
name = "Another definition"
[active]
any = [{ event = "purchase", within_days = 45 }, { subscription = "any", grace_days = 7 }]
[new]
days = 30
[reactivated]
days = 30
[at_risk]
any = [{ window_used = 0.8 }, { rhythm = 1.5, min_purchases = 4 }]
[lost]
days = 365
"""
LEDGER = """
SELECT customer_id, day, kind, counts, net, until, recorded, action, nature, rating FROM event
ORDER BY customer_id, day, id
"""
"""What a definition looks at, in the order in which it looks."""


def measure(report: Report, store: Path, today: Day) -> None:
    """Measure on a store that holds the orders."""
    with closing(open_store(store, today=today)) as conn:
        floor = clock.quickest(2, lambda: clock.seconds(lambda: conn.execute(LEDGER).fetchall()))
        before = _held_mb()
        change = clock.seconds(
            lambda: definitions.save(conn, OTHER, note="", made_at=MADE_AT, today=today)
        )
        grown = max(0.0, _held_mb() - before)
        report.add(Line("another definition, everyone", change, "one SELECT of the ledger", floor, at_most=3))
        report.add(Line("another definition, memory beyond that", grown, "", at_most=600, unit="MB"))
        customers = [row[0] for row in conn.execute("SELECT id FROM customer ORDER BY id LIMIT 40")]
        times = sorted(clock.seconds(partial(_log, conn, number, today)) for number in customers)
        report.add(Line("one event by hand (95 of 100)", times[len(times) * 95 // 100], "", at_most=0.02))


def _log(conn: Connection, customer: int, day: Day) -> None:
    bought = EventRecord(int(Kind.PURCHASE), day, "", amount=1250)
    log_event(conn, customer, bought, today=day, made_at=MADE_AT)


def _held_mb() -> float:
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1024 * 1024 if sys.platform == "darwin" else 1024)
