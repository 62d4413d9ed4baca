"""How soon the app shows the list of customers, and what paging through it costs."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from activetui.ledger.days import Day, iso
from activetui.store.file import open_store
from benchmarks.report import Line, Report
from benchmarks.terminal import PAGE_DOWN, opened

TIMES = 5
PAGES = 40
FIRST_CUSTOMER, NO_CUSTOMERS = "Customer 0", "No customers yet"


def measure(report: Report, store: Path, folder: Path, today: Day) -> None:
    """Open the app on the orders and on an empty store by turns; then page down."""
    empty, day = folder / "empty.db", str(iso(today))
    open_store(empty, today=today, create=True).close()
    with closing(open_store(store, today=today)):
        pass                                        # the facts are of today, as after any earlier start
    paints: dict[str, list[float]] = {FIRST_CUSTOMER: [], NO_CUSTOMERS: []}
    for _ in range(TIMES):
        for path, sign in ((store, FIRST_CUSTOMER), (empty, NO_CUSTOMERS)):
            with opened(path, day, sign) as (_terminal, seconds):
                paints[sign].append(seconds)
    full, bare = min(paints[FIRST_CUSTOMER]), min(paints[NO_CUSTOMERS])
    report.add(Line("app, start to the first list", full, "the app on an empty store", bare, at_most=1.5))
    with opened(store, day, FIRST_CUSTOMER) as (terminal, _seconds):
        waits = []
        before = terminal.processor_seconds()
        for _ in range(PAGES):
            pressed = time.perf_counter()
            terminal.press(PAGE_DOWN)
            terminal.wait_for_another()
            waits.append(time.perf_counter() - pressed)
        used = (terminal.processor_seconds() - before) / PAGES
    report.add(Line("app, a page down, processor", used, "", at_most=0.05))
    slow = sorted(waits)[PAGES * 95 // 100]
    report.add(Line("app, a page down, key to paint (95 of 100)", slow, "", at_most=0.05))
