"""A store of any size, made straight in its tables: a shop of three years, the same for a size.

The largest takes minutes, so it is kept between runs where the caller says.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from activetui.ledger.days import to_day
from activetui.ledger.kinds import Kind
from activetui.store.customers import search_text
from activetui.store.facts import refresh
from activetui.store.facts.indexes import indexes_after
from activetui.store.opening.file import open_store
from activetui.store.opening.migrations import schema_of
from activetui.store.opening.new_file import side_files
from activetui.store.opening.schema import MIGRATIONS
from benchmarks.files import DAYS, LAST, PRODUCTS

TODAY = to_day(LAST) + 1
_FIRST = TODAY - DAYS
_SOURCE = 1_000
_AT_ONCE = 200_000

_FIRST_NAMES = (
    "Ana", "Inês", "João", "Maria", "Rui", "Tiago", "Sofia", "Beatriz", "Léa", "Jean", "Camille",
    "Hugo", "Chloé", "Louis", "Giulia", "Marco", "Luca", "Chiara", "Ольга", "Иван", "Анна", "Дмитрий",
    "José", "Carmen", "Lucía", "Pablo", "Emma", "Oliver", "Amelia", "Noah", "Zoë", "Björn", "Åsa",
    "Łukasz", "Øyvind", "Ying",
)
_LAST_NAMES = (
    "Silva", "Carvalho", "Sousa", "Ferreira", "Costa", "Almeida", "Martin", "Bernard", "Dubois",
    "Moreau", "Rossi", "Bianchi", "Ricci", "Greco", "Смирнова", "Иванов", "Кузнецова", "Попов",
    "García", "Fernández", "López", "Ruiz", "Smith", "Jones", "Taylor", "Brown", "Müller", "Weiß",
    "Kowalski", "Nowak", "Andersson", "Hansen", "Nguyen", "Chen", "Quintela", "Vasquez", "Zylberstein",
    "Xavier",
)
_COMPANIES = ("Café Lua", "Familie Weber", "Bistro Zola", "Studio Nord", "Casa Azul", "Ателье")
_CITIES = ("Lisboa", "Porto", "Madrid", "Milano", "Lyon", "Berlin", "Москва", "London")
_COUNTRIES = ("PT", "PT", "ES", "IT", "FR", "DE", "RU", "GB")
_NOTES = ("asked about the autumn box", "prefers mornings", "allergic to nuts", "knows the owner of Lua")
_TAGS = (("vip", 0.01), ("newsletter", 0.2), ("wholesale", 0.005))

_KINDS = (
    (Kind.PURCHASE, 0.90), (Kind.CONTACT, 0.04), (Kind.VISIT, 0.02), (Kind.SUPPORT, 0.01),
    (Kind.NEWSLETTER, 0.01), (Kind.COMPLAINT, 0.006), (Kind.COMPLAINT_RESOLVED, 0.004), (Kind.REVIEW, 0.005),
    (Kind.SUBSCRIPTION, 0.005),
)
_ACTIONS = {int(Kind.CONTACT): "out", int(Kind.NEWSLETTER): "open", int(Kind.SUBSCRIPTION): "start"}


def made(folder: Path, customers: int, events: int) -> Path:
    """The store of this size in `folder`; made now, unless it is there with the tables of this program."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{customers}-{events}.db"
    if not (path.exists() and _is_current(path)):
        draft = path.with_suffix(".draft")
        for file in (path, draft, *side_files(path), *side_files(draft)):
            file.unlink(missing_ok=True)
        _make(draft, customers, events)
        draft.rename(path)
    return path


def _is_current(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as conn:
        return schema_of(conn) == len(MIGRATIONS)


def _make(path: Path, customers: int, events: int) -> None:
    random = np.random.default_rng(customers * 1_000_003 + events)
    with closing(open_store(path, today=TODAY, create=True)) as conn:
        for setting in ("journal_mode", "synchronous", "foreign_keys"):
            conn.execute(f"PRAGMA {setting} = OFF")
        conn.execute("PRAGMA cache_size = -200000")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT INTO source (id, name) VALUES (?, 'till')", (_SOURCE,))
        conn.execute("INSERT OR REPLACE INTO meta VALUES ('currency', 'EUR')")
        with indexes_after(conn, "customer"):
            conn.executemany(_CUSTOMER, _customers(random, customers))
        for name, share in _TAGS:
            tagged = np.flatnonzero(random.random(customers) < share) + 1
            conn.executemany("INSERT INTO tag VALUES (?, ?)", ((number, name) for number in tagged.tolist()))
        with indexes_after(conn, "event"):
            conn.executemany(_EVENT, _events(random, customers, events))
        refresh.refresh_all(conn, TODAY)
        conn.commit()
        conn.execute("PRAGMA journal_mode = WAL")


_CUSTOMER = """
INSERT INTO customer (id, key, name, email, phone, company, city, country, note, search, entered)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_EVENT = f"""
INSERT INTO event (id, customer_id, kind, day, amount, net, currency, action, product, until, rating, channel,
  order_ref, key, recorded, entered, source_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {TODAY}, {_SOURCE})"""


def _customers(random: np.random.Generator, number: int) -> Iterator[tuple[object, ...]]:
    first, last = (random.integers(0, len(names), number).tolist() for names in (_FIRST_NAMES, _LAST_NAMES))
    place = random.integers(0, len(_CITIES), number).tolist()
    chance = random.random((number, 4))
    for at in range(number):
        who, has = at + 1, chance[at]
        given, family = _FIRST_NAMES[first[at]], _LAST_NAMES[last[at]]
        name = f"{given} {family}" if has[0] < 0.98 else ""
        email = f"{given[:1]}.{family}{who}@example.com".lower() if has[1] < 0.85 or not name else ""
        phone = f"+3519{10_000_000 + who * 7 % 89_999_999}" if has[2] < 0.6 else ""
        company = _COMPANIES[who % len(_COMPANIES)] if has[3] < 0.1 else ""
        note = _NOTES[who % len(_NOTES)] if has[3] > 0.98 else ""
        key = f"K{who:07d}"
        search = search_text(name, email, phone, company, key)
        where = place[at]
        yield who, key, name, email, phone, company, _CITIES[where], _COUNTRIES[where], note, search, TODAY


def _events(random: np.random.Generator, customers: int, number: int) -> Iterator[tuple[object, ...]]:
    """Events by day. Some customers buy much more often than others; most stop one day."""
    came = np.sort(random.integers(0, DAYS - 30, customers))
    stays = np.minimum(came + 1 + random.exponential(400, customers), DAYS)
    often = random.gamma(0.7, size=customers) + 0.02
    weight = np.cumsum(often * (stays - came))
    who = np.searchsorted(weight, random.random(number) * weight[-1])
    who[: min(customers, number)] = np.arange(min(customers, number))
    day = (came[who] + random.random(number) * (stays - came)[who]).astype(np.int64) + _FIRST
    order = np.argsort(day, kind="stable")
    who, day = who[order] + 1, day[order]
    kinds = np.array([int(kind) for kind, _share in _KINDS])
    kind = random.choice(kinds, size=number, p=[share for _kind, share in _KINDS])
    cents = random.integers(100, 12_000, number)
    product = random.integers(0, len(PRODUCTS), number)
    for at in range(0, number, _AT_ONCE):
        part = slice(at, at + _AT_ONCE)
        yield from _rows(at, *(_list(column[part]) for column in (who, day, kind, cents, product)))


def _rows(
    before: int, who: list[int], day: list[int], kind: list[int], cents: list[int], product: list[int]
) -> Iterator[tuple[object, ...]]:
    bought, subscribed, reviewed = int(Kind.PURCHASE), int(Kind.SUBSCRIPTION), int(Kind.REVIEW)
    for number, (customer, on, what, amount, thing) in enumerate(
        zip(who, day, kind, cents, product, strict=True), before + 1
    ):
        if what == bought:
            yield (
                number, customer, what, on, amount, amount, "EUR", "", PRODUCTS[thing], None, None, "",
                str(number), f"purchase:{number}", on,
            )
        else:
            yield (
                number, customer, what, on, None, 0, "", _ACTIONS.get(what, ""),
                PRODUCTS[thing] if what == subscribed else "", on + 90 if what == subscribed else None,
                1 + thing % 5 if what == reviewed else None, "phone" if what == int(Kind.CONTACT) else "", "",
                f"other:{number}", on,
            )


def _list(column: NDArray[np.int64]) -> list[int]:
    found: list[int] = column.tolist()
    return found
