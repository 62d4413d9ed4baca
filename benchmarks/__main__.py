"""`python -m benchmarks`: everything in one run, as ratios to what the machine can do at that moment."""

from __future__ import annotations

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from activetui.ledger.days import to_day
from benchmarks import app, changes, imports, lists, million, starts
from benchmarks.files import LAST, write_orders
from benchmarks.report import Report

DEMO = Path(__file__).resolve().parents[1] / "demo.db"
PARTS = ("start", "import", "change", "app", "lists")


def main() -> int:
    """Measure what was asked for; 1 if a figure is over its target."""
    asked = _asked()
    report = Report()
    today = to_day(LAST) + 1
    with tempfile.TemporaryDirectory(prefix="activetui-benchmarks-") as place:
        folder = Path(place)
        if "start" in asked.parts:
            starts.measure(report, DEMO, folder)
        if "lists" in asked.parts:
            store = million.made(asked.keep or folder, *asked.long)
            print(f"\n{asked.long[0]:,} customers, {asked.long[1]:,} events\n")
            lists.measure(report, store, folder)
        if set(asked.parts) - {"start", "lists"}:
            orders, store = folder / "orders.csv", folder / "shop.db"
            with ProcessPoolExecutor(1) as aside:           # what is started later begins with our memory
                aside.submit(write_orders, orders, asked.customers, asked.events).result()
            print(f"\n{asked.customers:,} customers, {asked.events:,} orders\n")
            imports.measure(report, orders, store)
            if "change" in asked.parts:
                changes.measure(report, store, today)
            if "app" in asked.parts:
                app.measure(report, store, folder, today)
    print(f"\n{report.over()} of {len(report.lines)} over their target")
    return 1 if report.over() else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios within one run.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; without any, all")
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--full", action="store_true", help="100,000 customers; for lists 1,000,000")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the store for lists stays")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    asked.parts = asked.parts or PARTS
    if asked.full:
        asked.customers, asked.events = 100_000, 1_000_000
    asked.long = (10 * asked.customers, 10 * asked.events) if asked.full else (asked.customers, asked.events)
    return asked


if __name__ == "__main__":
    raise SystemExit(main())
