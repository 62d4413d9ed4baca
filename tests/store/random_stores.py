"""Random definitions and ledgers in stores in memory, and changes to them."""

from __future__ import annotations

import sqlite3
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from activetui.activity.block import BlockEvent
from activetui.ledger.days import Day
from activetui.store import definitions, settings
from activetui.store.facts.refresh import refresh_all
from activetui.store.opening import functions
from activetui.store.opening.file import open_store, transaction
from tests.activity import ledgers
from tests.store.building import MADE_AT, Building, derived

CUSTOMERS = (1, 2, 5)
EARLIEST, LATEST = -5, ledgers.LAST_DAY + 30
days = st.integers(EARLIEST, LATEST)
customers = st.sampled_from(CUSTOMERS)
Change = tuple[Any, ...]


class Situation(NamedTuple):
    """A definition, a ledger that it has something to say of, and what happens then."""

    text: str
    events: list[BlockEvent]
    changes: list[Change]


def _events(theme: ledgers.Theme) -> st.SearchStrategy[list[BlockEvent]]:
    each = [ledgers.ledgers(theme, customer, most=7) for customer in CUSTOMERS]
    return st.tuples(*each).flatmap(lambda lists: st.permutations([event for one in lists for event in one]))


def _change(theme: ledgers.Theme) -> st.SearchStrategy[Change]:
    one = customers.flatmap(lambda customer: ledgers.ledgers(theme, customer, most=2)).filter(bool)
    add = st.tuples(st.just("add"), one.map(lambda events: events[0]))
    return st.one_of(
        add,
        add,
        st.tuples(st.just("remove"), st.integers(0, 20)),
        st.tuples(st.just("give"), st.integers(0, 20), customers),
        st.tuples(st.just("void"), st.integers(0, 20)),
        st.tuples(st.just("tag"), customers),
        st.tuples(st.just("untag"), customers),
        st.tuples(st.just("forget"), customers),
        st.tuples(st.just("wait"), st.integers(1, 20)),
    )


def _situation(theme: ledgers.Theme) -> st.SearchStrategy[Situation]:
    return st.builds(
        Situation,
        ledgers.definitions(theme).map(ledgers.toml_of),
        _events(theme),
        st.lists(_change(theme), min_size=1, max_size=5),
    )


situations = st.sampled_from(list(ledgers.THEMES.values())).flatmap(_situation)
some_events = _events(ledgers.THEMES["everything"])


@cache
def _fresh() -> sqlite3.Connection:
    """A new store without customers, in memory; made once, copied for each example."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with tempfile.TemporaryDirectory() as folder:
        conn = open_store(Path(folder) / "shop.db", today=0, create=True)
        conn.backup(kept)
        conn.close()
    return kept


class Store(Building):
    """A store in memory with `CUSTOMERS` and some events, worked out."""

    def __init__(self, text: str, events: list[BlockEvent], today: Day) -> None:
        self.path, self.today, self._events = Path(":memory:"), today, 0
        self.conn = sqlite3.connect(":memory:", isolation_level="IMMEDIATE")
        _fresh().backup(self.conn)
        self.conn.execute("PRAGMA foreign_keys = ON")
        functions.register(self.conn)
        for number in CUSTOMERS:
            self.customer(id=number)
        for event in events:
            self.put(event)
        settings.put(self.conn, "facts_day", str(today))
        self.conn.commit()
        definitions.save(self.conn, text, note="", made_at=MADE_AT, today=today)
        self.ready()

    def close(self) -> Path:
        self.conn.close()
        return self.path

    def from_scratch(self, day: Day | None = None) -> dict[str, list[tuple[Any, ...]]]:
        """What the derived tables would hold if all were worked out anew, for the facts' day or another."""
        rows = {}
        self.conn.commit()
        try:
            with transaction(self.conn):
                refresh_all(self.conn, settings.facts_day(self.conn) if day is None else day)
                rows = derived(self.conn)
                raise _Back
        except _Back:
            return rows


class _Back(Exception):
    """Not kept."""


def apply(store: Store, change: Change) -> set[int]:
    """Make a change in the ledger; the customers it touched (those who are gone, too)."""
    conn = store.conn

    def exists(customer: int) -> bool:
        return conn.execute("SELECT 1 FROM customer WHERE id = ?", (customer,)).fetchone() is not None

    def event_at(number: int) -> tuple[int, int] | None:
        rows = conn.execute("SELECT id, customer_id FROM event ORDER BY id").fetchall()
        return rows[number % len(rows)] if rows else None

    match change:
        case ("add", event) if exists(event.customer):
            store.put(event)
            return {event.customer}
        case ("remove", number) if found := event_at(number):
            conn.execute("DELETE FROM event WHERE id = ?", (found[0],))
            return {found[1]}
        case ("give", number, customer) if found := event_at(number):
            if exists(customer):
                conn.execute("UPDATE event SET customer_id = ? WHERE id = ?", (customer, found[0]))
                return {found[1], customer}
        case ("void", number) if found := event_at(number):
            conn.execute("UPDATE event SET counts = 0, net = 0 WHERE id = ?", (found[0],))
            return {found[1]}
        case ("tag", customer) if exists(customer):
            conn.execute("INSERT OR IGNORE INTO tag VALUES (?, 'VIP')", (customer,))
            return {customer}
        case ("untag", customer):
            conn.execute("DELETE FROM tag WHERE customer_id = ?", (customer,))
            return {customer}
        case ("forget", customer):
            conn.execute("DELETE FROM event WHERE customer_id = ?", (customer,))
            conn.execute("DELETE FROM customer WHERE id = ?", (customer,))
            return {customer}
        case ("wait", days_gone):
            store.today += days_gone
    return set()
