"""What SQLite alone needs for the orders: into one table of text, and from there into a store's tables."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from activetui.ledger.days import to_day
from activetui.store.opening.file import open_store
from benchmarks import clock
from benchmarks.clock import Ran
from benchmarks.files import LAST

DAY = to_day(LAST) + 1
INTO_THE_LEDGER = f"""
PRAGMA foreign_keys = OFF;
PRAGMA cache_size = -16384;
BEGIN;
INSERT INTO source (id, name) VALUES (1000, 'till');
INSERT INTO batch (id, made_at, source_id, file_name, file_hash, system, assumptions, counts)
VALUES (1, '2026-11-22T09:00:00Z', 1000, 'orders.csv', '', '', '{{}}', '{{}}');
INSERT INTO customer (key, name, email, search, batch_id, entered)
SELECT "Customer number", "Customer name", lower(Email),
  lower("Customer name" || ' ' || Email || ' ' || "Customer number"), 1, {DAY}
FROM raw GROUP BY "Customer number";
INSERT INTO identity (kind, source_id, value, customer_id)
SELECT 'email', 0, email, id FROM customer ORDER BY email;
INSERT INTO identity (kind, source_id, value, customer_id)
SELECT 'id', 1000, key, id FROM customer ORDER BY key;
INSERT INTO event (customer_id, kind, day, amount, net, currency, product, order_ref, recorded, entered,
  source_id, key, line, batch_id)
SELECT identity.customer_id, 1,
  julianday(substr("Order date", 7, 4) || '-' || substr("Order date", 4, 2) || '-'
    || substr("Order date", 1, 2)) - 2440587.5,
  CAST(replace(Total, ',', '') AS INTEGER), CAST(replace(Total, ',', '') AS INTEGER), 'EUR', Product,
  "Order number", {DAY}, {DAY}, 1000, 'purchase:' || "Order number", raw.rowid + 1, 1
FROM raw JOIN identity
ON identity.kind = 'id' AND identity.source_id = 1000 AND identity.value = "Customer number";
COMMIT;
"""


def text_table(orders: Path) -> Ran:
    """The file into one table of text, by the sqlite3 program or, without it, by Python."""
    raw = orders.with_suffix(".raw.db")
    try:
        return _load(orders, raw)
    finally:
        raw.unlink(missing_ok=True)


def into_a_store(orders: Path) -> float:
    """Seconds for the same in a new store, and on into its tables by SQL alone: no plan, checks or undo."""
    store = orders.with_suffix(".sql.db")
    open_store(store, today=DAY, create=True).close()
    try:
        return _load(orders, store).seconds + _run(store, INTO_THE_LEDGER)
    finally:
        for name in (store, Path(f"{store}-wal"), Path(f"{store}-shm")):
            name.unlink(missing_ok=True)


def _load(orders: Path, into: Path) -> Ran:
    program = shutil.which("sqlite3")
    if program is None:
        begun = time.process_time()
        seconds = clock.seconds(lambda: _by_hand(orders, into))
        return Ran(seconds, 0.0, time.process_time() - begun)
    words = [program, "-batch", str(into), ".mode csv", ".separator ;", f".import '{orders}' raw"]
    return clock.command(words)


def _run(store: Path, script: str) -> float:
    program = shutil.which("sqlite3")
    if program is not None:
        words = [program, "-batch", "-bail", str(store)]
        return clock.seconds(lambda: subprocess.run(words, input=script, text=True, check=True))

    def by_hand() -> None:
        with closing(sqlite3.connect(os.fspath(store), isolation_level=None)) as conn:
            conn.executescript(script)

    return clock.seconds(by_hand)


def _by_hand(orders: Path, into: Path) -> None:
    with (
        orders.open(encoding="utf-8", newline="") as stream,
        closing(sqlite3.connect(os.fspath(into))) as conn,
    ):
        rows = csv.reader(stream, delimiter=";")
        names = [f'"{name}" TEXT' for name in next(rows)]
        conn.execute(f"CREATE TABLE raw ({', '.join(names)})")
        conn.executemany(f"INSERT INTO raw VALUES ({', '.join('?' * len(names))})", rows)
        conn.commit()
