"""Stores of a few invented customers, written straight into the tables."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from functools import cache

from activetui.activity.status import Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day, from_iso
from activetui.ledger.kinds import Kind
from activetui.ledger.text import fold
from activetui.store.customers import search_text
from activetui.store.facts.lives import life_of
from activetui.store.opening import functions
from activetui.store.opening.schema import MIGRATIONS

TODAY: Day = from_iso("2026-11-22")
OWN_KIND = ("wine tasting", 100)


@dataclass
class Happening:
    """One event."""

    kind: int
    day: Day
    counts: bool = True
    product: str = ""
    action: str = ""
    until: Day | None = None
    recorded: Day | None = None
    lines: tuple[str, ...] = ()


@dataclass
class Pursuit:
    """One playbook that a customer was or is in."""

    playbook: str
    started: Day
    ended: Day | None = None
    reason: str = ""


@dataclass
class Someone:
    """One customer with the figures of the day."""

    id: int = 0
    name: str = ""
    key: str = ""
    email: str = ""
    phone: str = ""
    company: str = ""
    city: str = ""
    country: str = ""
    language: str = ""
    note: str = ""
    consent: bool | None = None
    do_not_contact: bool = False
    tags: tuple[str, ...] = ()
    status: Status = Status.ACTIVE
    since: Day = FAR_PAST
    until: Day = FAR_FUTURE
    next_status: Status = Status.ACTIVE
    first_purchase: Day | None = None
    last_purchase: Day | None = None
    purchases: int = 0
    spend: int = 0
    year_spend: int = 0
    rhythm: float | None = None
    next_expected: Day | None = None
    last_contact: Day | None = None
    types: int = 0
    spans: tuple[tuple[Status, Day], ...] = ()
    """Status and first day of the status spans."""
    events: list[Happening] = field(default_factory=list)
    birthday: Day | None = None
    pursuits: list[Pursuit] = field(default_factory=list)

    @property
    def life(self) -> list[tuple[Day, int]]:
        """The first day and the status of each span, in order; the first one has always held."""
        (_first, status), *others = sorted((start, int(status)) for status, start in self.spans) or [
            (FAR_PAST, int(self.status))
        ]
        return [(FAR_PAST, status), *others]

    @property
    def search(self) -> str:
        """What words are looked for in, beside the note."""
        return search_text(self.name, self.email, self.phone, self.company, self.key)


def store_of(
    people: list[Someone], currency: str = "EUR", *, facts_day: Day | None = None
) -> sqlite3.Connection:
    """A store in memory with these customers, numbered from 1 where they have no number.

    Without the day of the facts, the store takes them for those of another day.
    """
    conn = sqlite3.connect(":memory:")
    conn.deserialize(_empty())
    functions.register(conn)
    conn.execute("INSERT INTO meta VALUES ('currency', ?)", (currency,))
    if facts_day is not None:
        conn.execute("INSERT INTO meta VALUES ('facts_day', ?)", (str(facts_day),))
    conn.execute("INSERT INTO source (id, name) VALUES (1, 'test')")
    conn.executemany("INSERT INTO kind (id, name) VALUES (?, ?)", [(int(kind), kind.word) for kind in Kind])
    conn.execute("INSERT INTO kind (name, id) VALUES (?, ?)", OWN_KIND)
    for number, someone in enumerate(people, start=1):
        someone.id = someone.id or number
        add(conn, someone)
    return conn


@cache
def _empty() -> bytes:
    """The tables without a row, made once."""
    conn = sqlite3.connect(":memory:")
    for _name, script in MIGRATIONS:
        conn.executescript(script)
    return conn.serialize()


def add(conn: sqlite3.Connection, someone: Someone) -> None:
    """Write one customer into the tables."""
    texts = ("key", "name", "email", "phone", "company", "city", "country", "language", "note")
    conn.execute(
        f"INSERT INTO customer (id, {', '.join(texts)}, consent, do_not_contact, search, birthday) "
        f"VALUES (?, {', '.join('?' * len(texts))}, ?, ?, ?, ?)",
        (
            someone.id, *(getattr(someone, name) for name in texts),
            someone.consent, someone.do_not_contact, fold(someone.search), someone.birthday,
        ),
    )
    conn.executemany("INSERT INTO tag VALUES (?, ?)", [(someone.id, tag) for tag in someone.tags])
    conn.executemany(
        "INSERT INTO enrolment (customer_id, playbook, started, ended, reason) VALUES (?, ?, ?, ?, ?)",
        [(someone.id, each.playbook, each.started, each.ended, each.reason) for each in someone.pursuits],
    )
    conn.execute("INSERT OR REPLACE INTO life VALUES (?, ?)", (someone.id, life_of(someone.life)))
    conn.execute(
        "INSERT INTO fact (customer_id, status, since, until, next_status, next_change, first_purchase, "
        "last_purchase, purchases, purchase_days, spend, year_spend, rhythm, next_expected, last_event, "
        "last_contact, types) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, 0, ?, ?, ?, ?, NULL, ?, ?)",
        (
            someone.id, int(someone.status), someone.since, someone.until, int(someone.next_status),
            someone.first_purchase, someone.last_purchase, someone.purchases, someone.spend,
            someone.year_spend, someone.rhythm, someone.next_expected, someone.last_contact, someone.types,
        ),
    )
    for number, event in enumerate(someone.events):
        cursor = conn.execute(
            "INSERT INTO event (customer_id, kind, day, counts, product, action, until, recorded, source_id, "
            "key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
            (
                someone.id, event.kind, event.day, event.counts, event.product, event.action, event.until,
                event.day if event.recorded is None else event.recorded, f"{someone.id}-{number}",
            ),
        )
        conn.executemany(
            "INSERT INTO line (event_id, position, product) VALUES (?, ?, ?)",
            [(cursor.lastrowid, place, product) for place, product in enumerate(event.lines)],
        )
