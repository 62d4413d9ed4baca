"""How long a change takes: another definition for everyone, tried or saved, and one event."""

from __future__ import annotations

from collections import deque
from contextlib import closing
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from activetui.activity.reading.parsing import parse
from activetui.ledger.days import Day, iso
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.store import definitions
from activetui.store.events import log_event
from activetui.store.opening.file import open_store
from activetui.store.other_days.what_if import Preview
from benchmarks import clock
from benchmarks.report import Line, Report

MADE_AT = "2026-11-22T09:00:00Z"
TIMES = 3
OTHER = """
name = "Another definition"
[active]
any = [{{ event = "purchase", within_days = {window} }}, {{ subscription = "any", grace_days = 7 }}]
[new]
days = 30
[reactivated]
days = 30
[at_risk]
any = [{{ window_used = 0.8 }}, {{ rhythm = 1.5, min_purchases = 4 }}]
[lost]
days = 365
"""
EVENTS = "SELECT customer_id, day, kind, counts, net, until, recorded, action, nature, rating FROM event"
"""What a definition looks at."""
FLOOR = "reading the events once"


def measure(report: Report, store: Path, today: Day) -> None:
    """Measure on a store that holds the orders."""
    with closing(open_store(store, today=today)) as conn:
        _trying(report, conn, today)
        _saving(report, conn, today)
        customers = [row[0] for row in conn.execute("SELECT id FROM customer ORDER BY id LIMIT 40")]
        times = sorted(clock.seconds(partial(_log, conn, number, today)) for number in customers)
        report.add(Line("one event by hand (95 of 100)", times[len(times) * 95 // 100], "", at_most=0.02))
    _memory(report, store, today)


def _trying(report: Report, conn: Connection, today: Day) -> None:
    """Looking at everyone with another definition, and with one more after that; by turns with the floor."""
    floors: list[float] = []
    first: list[float] = []
    further: list[float] = []
    for window in range(TIMES):
        floors.append(clock.seconds(lambda: _read(conn)))
        preview = Preview(conn)
        for took, more in ((first, 0), (further, TIMES)):
            definition = parse(OTHER.format(window=40 + window + more))
            took.append(clock.seconds(partial(preview.look, definition, today)))
    report.add(Line("another definition, tried", min(first), FLOOR, min(floors), at_most=3))
    report.add(Line("another definition, tried after that", min(further), FLOOR, min(floors), at_most=1))


def _saving(report: Report, conn: Connection, today: Day) -> None:
    """Everyone worked out by another definition and written down, by turns with the floor."""
    floors, changes = [], []
    for window in range(TIMES):
        floors.append(clock.seconds(lambda: _read(conn)))
        text = OTHER.format(window=50 + window)
        changes.append(clock.seconds(
            partial(definitions.save, conn, text, note="", made_at=MADE_AT, today=today)
        ))
    report.add(Line("another definition, saved", min(changes), FLOOR, min(floors), at_most=3))


def _memory(report: Report, store: Path, today: Day) -> None:
    """The most that the commands hold, each in a process of its own."""
    other = store.with_name("other.toml")
    other.write_text(OTHER.format(window=60), encoding="utf-8")
    environment = {"ACTIVETUI_DB": str(store), "ACTIVETUI_TODAY": str(iso(today))}
    for command in ("diff", "use"):
        ran = clock.command(clock.activetui("definition", command, str(other)), environment)
        what = f"activetui definition {command}, most memory held"
        report.add(Line(what, ran.peak_mb, "", at_most=600, unit="MB"))


def _read(conn: Connection) -> None:
    """Every cell of every event as a Python value, as quickly as that goes, and nothing kept."""
    deque(conn.execute(EVENTS), maxlen=0)


def _log(conn: Connection, customer: int, day: Day) -> None:
    bought = EventRecord(int(Kind.PURCHASE), day, "", amount=1250)
    log_event(conn, customer, bought, today=day, made_at=MADE_AT)
