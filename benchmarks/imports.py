"""How long an import takes, against SQLite's own `.import` of the same file into one text table."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
from pathlib import Path

from benchmarks import clock
from benchmarks.report import Line, Report


def measure(report: Report, orders: Path, store: Path) -> None:
    """Import the orders into a new store as an owner would; the store stays for what follows."""
    floor = _text_table(orders)
    ran = clock.command(clock.activetui("import", str(orders), "--yes", "--db", str(store)))
    report.add(Line("import, first time", ran.seconds, "sqlite3 .import", floor, at_most=4))
    report.add(Line("import, most memory held", ran.peak_mb, "", at_most=200, unit="MB"))
    again = clock.command(clock.activetui("import", str(orders), "--yes", "--db", str(store)))
    report.add(Line("import, the same file again", again.seconds, "sqlite3 .import", floor))


def _text_table(orders: Path) -> float:
    """Seconds for the file into one table of text, by the sqlite3 program or, without it, by Python."""
    raw = orders.with_suffix(".raw.db")
    raw.unlink(missing_ok=True)
    program = shutil.which("sqlite3")
    try:
        if program:
            words = [program, "-batch", str(raw), ".mode csv", ".separator ;", f".import '{orders}' raw"]
            return clock.command(words).seconds
        return clock.seconds(lambda: _by_hand(orders, raw))
    finally:
        raw.unlink(missing_ok=True)


def _by_hand(orders: Path, raw: Path) -> None:
    with orders.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, delimiter=";")
        names = next(rows)
        conn = sqlite3.connect(os.fspath(raw))
        conn.execute(f"CREATE TABLE raw ({', '.join(f'{name} TEXT' for name in names)})")
        conn.executemany(f"INSERT INTO raw VALUES ({', '.join('?' * len(names))})", rows)
        conn.commit()
        conn.close()
