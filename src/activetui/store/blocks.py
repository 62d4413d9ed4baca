"""The ledger as blocks of arrays, which is what the evaluator works on.

Making a Python object of every cell costs more than all the rest. So every event is packed into three whole
numbers by SQL, and for many customers at once these come as one text a column, which numpy reads directly.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from activetui.activity.block import LedgerBlock
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import ACTION_CODES, NATURES, Kind
from activetui.ledger.text import fold
from activetui.store import settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.definition import Definition

MOST_KINDS = 4096
"""Kinds are numbered below this: twelve bits."""
_EVER = 1 << 40
_IDS_A_STEP = 250_000
_EVENTS_A_PASS = 6_000_000
_EVENTS_A_PASS_WITH_TEXT = 1_000_000
_FEW = 1_000
"""Up to so many customers, or a tenth of all, their events are looked up; beyond, the ledger is read once."""


class Reading(NamedTuple):
    """A block, and what it leaves out but the tables show."""

    block: LedgerBlock
    products: NDArray[np.object_]
    """One element an event: the product as written, for subscription events (others: as asked, or None)."""


def blocks(
    conn: sqlite3.Connection,
    definition: Definition,
    customers: Sequence[int] | None = None,
    up_to: Day | None = None,
    size: int = 20_000,
) -> Iterator[LedgerBlock]:
    """The events of `customers` (default: everyone) up to a day (default: all), `size` customers at a time.

    Money in another currency than the store's is 0 in `net`: currencies are never added. Numbers that are
    nobody's are left out.
    """
    return (reading.block for reading in readings(conn, definition, customers, up_to, size))


def readings(
    conn: sqlite3.Connection,
    definition: Definition,
    customers: Sequence[int] | None = None,
    up_to: Day | None = None,
    size: int = 20_000,
    tick: Callable[[], None] | None = None,
) -> Iterator[Reading]:
    """As `blocks`, with the products as they were written; `tick` is called now and then and may raise."""
    ids = _customers(conn, customers)
    reader = _Reader(conn, definition.columns, _EVER if up_to is None else up_to, tick)
    if customers is not None and len(ids) <= max(_FEW, _number_of_customers(conn) // 10):
        for at in range(0, len(ids), size):
            part = ids[at : at + size]
            yield reader.reading(part, reader.look_up(part))
        return
    for span_of_ids in reader.passes(ids):
        events = reader.scan(span_of_ids)
        for at in range(0, len(span_of_ids), size):
            part = span_of_ids[at : at + size]
            yield reader.reading(part, events.of(part))


class _Events(NamedTuple):
    """Packed events by customer, day and number; see `_KEY` and `_REST`."""

    key: NDArray[np.int64]
    net: NDArray[np.int64]
    rest: NDArray[np.int64]
    product: NDArray[np.object_]
    channel: NDArray[np.object_] | None

    def of(self, customers: NDArray[np.int64]) -> _Events:
        """The events of customers that are neighbours among those read."""
        import numpy as np

        if not len(customers):
            return self.at(slice(0, 0))
        edges = np.array([customers[0] << _CUSTOMER_AT, (customers[-1] + 1) << _CUSTOMER_AT])
        first, last = np.searchsorted(self.key, edges).tolist()
        found = self.at(slice(first, last))
        owners = found.key >> _CUSTOMER_AT
        wanted = customers[np.searchsorted(customers, owners)] == owners
        return found if wanted.all() else found.at(wanted)

    def at(self, places: Any) -> _Events:
        """The events at some places, in their order."""
        channel = None if self.channel is None else self.channel[places]
        return _Events(self.key[places], self.net[places], self.rest[places], self.product[places], channel)


class _Reader:
    """Reads events of one connection, up to one day, with the text columns that a definition asks for."""

    def __init__(
        self, conn: sqlite3.Connection, columns: frozenset[str], up_to: Day, tick: Callable[[], None] | None
    ) -> None:
        self.conn = conn
        self.tick = tick or (lambda: None)
        self.columns = columns
        self.up_to = up_to
        self.currency = settings.currency(conn)

    def look_up(self, customers: NDArray[np.int64]) -> _Events:
        """The events of a few customers, through the index."""
        import numpy as np

        wanted = (self.currency, json.dumps(customers.tolist()), self.up_to)
        rows = self.conn.execute(_LOOK_UP, wanted).fetchall()
        numbers = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3)
        texts = np.empty((2, len(rows)), dtype=np.object_)
        texts[0] = [row[3] for row in rows]
        texts[1] = [row[4] for row in rows]
        channel = texts[1] if "channel" in self.columns else None
        return _Events(numbers[:, 0], numbers[:, 1], numbers[:, 2], texts[0], channel)

    def passes(self, customers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """Runs of customers whose events fit into memory together."""
        first, last = self._ids()
        most = _EVENTS_A_PASS_WITH_TEXT if self.columns else _EVENTS_A_PASS
        number = max(1, -(-(last - first + 1) // most))
        size = max(1, -(-len(customers) // number))
        for at in range(0, len(customers), size):
            yield customers[at : at + size]

    def scan(self, customers: NDArray[np.int64]) -> _Events:
        """The events of a run of customers, by reading the ledger from end to end."""
        import numpy as np

        low, high = int(customers[0]), int(customers[-1])
        first, last = self._ids()
        parts: list[list[NDArray[np.int64]]] = [[], [], []]
        for at in range(first, last + 1, _IDS_A_STEP):
            bounds = (self.currency, at, at + _IDS_A_STEP - 1, low, high, self.up_to)
            for part, text in zip(parts, self.conn.execute(_SCAN, bounds).fetchone(), strict=True):
                part.append(_numbers(text))
            self.tick()
        key, net, rest = (np.concatenate(part) if part else np.empty(0, np.int64) for part in parts)
        of_kind = None if "product" in self.columns else Kind.SUBSCRIPTION
        product = self._text("product", key, (low, high), of_kind)
        channel = self._text("channel", key, (low, high)) if "channel" in self.columns else None
        order = np.argsort(key >> _DAY_AT, kind="stable")
        return _Events(key, net, rest, product, channel).at(order)

    def _text(
        self, column: str, key: NDArray[np.int64], customers: tuple[int, int], kind: int | None = None
    ) -> NDArray[np.object_]:
        """A text column in the order of the ledger; only of one kind, if one is given."""
        import numpy as np

        found = np.empty(len(key), dtype=np.object_)
        places = np.arange(len(key)) if kind is None else np.flatnonzero(_kind_of(key) == kind)
        if len(places):
            rows = self.conn.execute(_TEXT[column], (*customers, self.up_to, kind, kind))
            found[places] = [text for (text,) in rows]
        return found

    def _ids(self) -> tuple[int, int]:
        first, last = self.conn.execute("SELECT min(id), max(id) FROM event").fetchone()
        return (0, -1) if first is None else (first, last)

    def reading(self, customers: NDArray[np.int64], events: _Events) -> Reading:
        """The arrays that the packed numbers stand for."""
        import numpy as np

        day = ((events.key >> _DAY_AT) & _DAY_BITS) + FAR_PAST
        plain = events.rest == 0
        block = LedgerBlock(
            customers=customers,
            owner=np.searchsorted(customers, events.key >> _CUSTOMER_AT).astype(np.int32),
            day=day.astype(np.int32),
            kind=_kind_of(events.key),
            counts=(events.key & 1).astype(np.bool_),
            net=events.net,
            until=np.where(plain, FAR_FUTURE, (events.rest >> 20 & 0x1FFFFF) + FAR_PAST).astype(np.int32),
            known=np.where(plain, day, (events.rest >> 41) + FAR_PAST).astype(np.int32),
            action=(events.rest >> 1 & 0x1F).astype(np.int8),
            nature=(events.rest >> 6 & 0x3).astype(np.int8),
            rating=np.where(plain, -1, (events.rest >> 8 & 0xFFF) - 1).astype(np.int16),
            product=_folded(events.product),
            channel=None if events.channel is None else _folded(events.channel),
            vip=np.isin(customers, self._vips(customers)),
        )
        return Reading(block, events.product)

    def _vips(self, customers: NDArray[np.int64]) -> list[int]:
        if not len(customers):
            return []
        if len(customers) <= _FEW:
            rows = self.conn.execute(_VIPS_AMONG, (json.dumps(customers.tolist()),))
        else:
            rows = self.conn.execute(_VIPS_BETWEEN, (int(customers[0]), int(customers[-1])))
        return [customer for (customer,) in rows]


def _customers(conn: sqlite3.Connection, customers: Sequence[int] | None) -> NDArray[np.int64]:
    """The numbers of those who exist, ascending."""
    import numpy as np

    if customers is None:
        rows = conn.execute("SELECT id FROM customer ORDER BY id").fetchall()
    else:
        wanted = json.dumps(sorted({int(customer) for customer in customers}))
        rows = conn.execute(
            "SELECT id FROM customer WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (wanted,)
        ).fetchall()
    return np.array(rows, dtype=np.int64).reshape(-1)


def _number_of_customers(conn: sqlite3.Connection) -> int:
    # the highest number will do, and needs no scan
    return int(conn.execute("SELECT max(id) FROM customer").fetchone()[0] or 0)


def _numbers(text: str | None) -> NDArray[np.int64]:
    import numpy as np

    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)


def _kind_of(key: NDArray[np.int64]) -> NDArray[np.int16]:
    import numpy as np

    return (key >> 1 & (MOST_KINDS - 1)).astype(np.int16)


def _folded(texts: NDArray[np.object_]) -> NDArray[np.object_]:
    import numpy as np

    once = cache(fold)
    folded = np.full(len(texts), "", dtype=np.object_)
    there = np.flatnonzero(texts.astype(np.bool_))
    folded[there] = [once(text) for text in texts[there]]
    return folded


# Packed numbers. `key`: customer | day (22 bits, from FAR_PAST) | kind (12 bits) | counts (1 bit), so that
# it sorts by customer and day. `rest`: 0 for the usual event, else, from the lowest bit: 1 | action (5) |
# nature (2) | rating + 1 (12) | until from FAR_PAST (21) | day known from FAR_PAST (22).
_CUSTOMER_AT, _DAY_AT, _DAY_BITS = 35, 13, (1 << 22) - 1


def _codes(column: str, codes: dict[str, int]) -> str:
    cases = " ".join(f"WHEN '{word}' THEN {code}" for word, code in codes.items())
    return f"CASE {column} WHEN '' THEN 0 {cases} ELSE 0 END"


_KEY = f"(customer_id << {_CUSTOMER_AT}) | ((day - {FAR_PAST}) << {_DAY_AT}) | (kind << 1) | (counts <> 0)"
_NET = "CASE WHEN currency IN ('', ?) THEN net ELSE 0 END"
_REST = f"""
CASE WHEN action = '' AND nature = '' AND rating IS NULL AND until IS NULL AND recorded >= day THEN 0
ELSE 1 | ({_codes("action", ACTION_CODES)} << 1) | ({_codes("nature", NATURES)} << 6)
  | ((min(max(coalesce(rating, -1), -1), 4000) + 1) << 8)
  | ((min(max(coalesce(until, {FAR_FUTURE}), {FAR_PAST}), {FAR_FUTURE}) - {FAR_PAST}) << 20)
  | ((max(min(recorded, day), {FAR_PAST}) - {FAR_PAST}) << 41) END"""

_LOOK_UP = " ".join((
    "SELECT", _KEY, ",", _NET, ",", _REST, ", product, channel FROM event",
    "WHERE customer_id IN (SELECT value FROM json_each(?)) AND day <= ? ORDER BY customer_id, day, id",
))
_SCAN = " ".join((
    "SELECT group_concat(key), group_concat(net), group_concat(rest) FROM (SELECT",
    _KEY, "AS key,", _NET, "AS net,", _REST, "AS rest FROM event NOT INDEXED",
    "WHERE id BETWEEN ? AND ? AND customer_id BETWEEN ? AND ? AND day <= ? ORDER BY id)",
))
_TEXT = {
    column: " ".join((
        "SELECT", column, "FROM event NOT INDEXED",
        "WHERE customer_id BETWEEN ? AND ? AND day <= ? AND (? IS NULL OR kind = ?) ORDER BY id",
    ))
    for column in ("product", "channel")
}
_VIPS_BETWEEN = "SELECT customer_id FROM tag WHERE customer_id BETWEEN ? AND ? AND lower(name) = 'vip'"
_VIPS_AMONG = """
SELECT customer_id FROM tag WHERE customer_id IN (SELECT value FROM json_each(?)) AND lower(name) = 'vip'"""
