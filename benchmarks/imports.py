"""How long an import takes, against SQLite's own `.import` of the same file into one text table."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from activetui.importing.asking.answers import Answers
from activetui.importing.files.part import plain_part
from activetui.importing.read import read_part
from activetui.importing.run import plan_reading, setting_of
from activetui.ledger.days import to_day
from activetui.store.facts import refresh
from activetui.store.opening.file import open_store
from benchmarks import clock, plain_sql
from benchmarks.files import HEADER, LAST
from benchmarks.report import Line, Report

FLOOR, SQL = "sqlite3 .import", ".import, then INSERT … SELECT"
MADE_AT = "2026-11-22T09:00:00Z"
TIMES = 10


def measure(report: Report, orders: Path, store: Path) -> None:
    """Import the orders into a new store as an owner would; the store stays for what follows.

    The floors are measured before and after it, as the machine may be busy with other things.
    """
    before = plain_sql.text_table(orders)
    ran = clock.command(clock.activetui("import", str(orders), "--yes", "--db", str(store)))
    ledger = _up_to_the_ledger(orders)
    after = plain_sql.text_table(orders)
    floor = (before.seconds + after.seconds) / 2
    by_sql = plain_sql.into_a_store(orders)
    statuses = _statuses(store)
    report.add(Line("import, first time", ran.seconds, FLOOR, floor, at_most=4))
    report.add(Line("import, first time", ran.seconds, SQL, by_sql, at_most=1))
    report.add(Line("the same, without the statuses", ledger, FLOOR, floor))
    report.add(Line("the same, without the statuses", ledger, SQL, by_sql))
    report.add(Line("working out the statuses, by itself", statuses, FLOOR, floor))
    if ran.processor:
        used = (before.processor + after.processor) / 2
        report.add(Line("import, first time, processor", ran.processor, FLOOR, used))
    report.add(Line("import, most memory held", ran.peak_mb, "", at_most=200, unit="MB"))
    again = clock.command(clock.activetui("import", str(orders), "--yes", "--db", str(store)))
    report.add(Line("import, the same file again", again.seconds, FLOOR, floor))
    report.add(Line("the same, most memory held", again.peak_mb, "", at_most=200, unit="MB"))
    report.add(Line("a file of one more row (median)", _one_more(orders, store), "", at_most=0.02))


def _up_to_the_ledger(orders: Path) -> float:
    """Seconds for customers, events and their indexes alone, which is what SQLite alone is asked for."""
    store = orders.with_suffix(".ledger.db")
    words = [sys.executable, "-m", "benchmarks.ledger_import", str(orders), str(store)]
    try:
        return clock.command(words).seconds
    finally:
        for name in (store, Path(f"{store}-wal"), Path(f"{store}-shm")):
            name.unlink(missing_ok=True)


def _statuses(store: Path) -> float:
    """Seconds for everyone's statuses from scratch; nothing is kept.

    A first import works them out too, most of it beside the making of indexes.
    """
    with closing(open_store(store, today=to_day(LAST) + 1)) as conn:
        conn.execute("BEGIN IMMEDIATE")
        took = clock.seconds(lambda: refresh.refresh_all(conn, to_day(LAST) + 1))
        conn.rollback()
    return took


def _one_more(orders: Path, store: Path) -> float:
    """Seconds from the file to the ledger for files of one row each, without the start of the program."""
    waits = []
    with closing(open_store(store, today=to_day(LAST) + 1)) as conn:
        for number in range(TIMES):
            path = orders.with_name(f"row{number}.csv")
            who = f"K{number:06d};Customer {number};k{number}@example.com"
            path.write_text(f"{HEADER}\n{10**9 + number};{who};21.11.2026;Bread;3,20\n", encoding="utf-8")

            def bring(path: Path = path) -> None:
                told = setting_of(conn, to_day(LAST) + 1)
                with plan_reading(conn, read_part(plain_part(path), Answers(), told)) as plan:
                    plan.apply(MADE_AT)

            waits.append(clock.seconds(bring))
    return sorted(waits)[len(waits) // 2]
