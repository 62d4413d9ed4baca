"""The ledger as blocks of arrays, which is what the evaluator works on.

A few customers' events are looked up through the index. For many customers the ledger is read once from end
to end in the order in which it lies, and sorted in memory: following the index would jump through the file.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.block import LedgerBlock, history_of
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.store import settings
from activetui.store.facts.packed import KEY, NET, REST, Packed, Texts, in_order, kind_of, numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.definition import Definition

_EVER = 1 << 40
_IDS_A_STEP = 50_000
_EVENTS_A_PASS = 2_500_000
_EVENTS_A_PASS_WITH_TEXT = 800_000
_SAMPLE = 5_000
_FEW = 1_000
"""Up to so many customers, or a tenth of all, their events are looked up."""


class Reading(NamedTuple):
    """A block, and what it leaves out but the tables show."""

    block: LedgerBlock
    products: Texts
    """The product as written of every subscription event (and of others, where the definition asks)."""


class Run(NamedTuple):
    """Customers with all their events in memory: the blocks are made without asking the store again."""

    customers: NDArray[np.int64]
    events: Packed
    vips: list[int]
    history: dict[int, Day]
    """The customers whom the ledger knows only from a certain day."""

    def readings(self, size: int) -> Iterator[Reading]:
        """The blocks, of `size` customers each."""
        for at in range(0, len(self.customers), size):
            part = self.customers[at : at + size]
            events = self.events.of(part)
            block = events.block(part, self.vips)
            if self.history and not self.history.keys().isdisjoint(who := part.tolist()):
                block = replace(block, history=history_of(who, self.history))
            yield Reading(block, events.product)


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
    also: frozenset[str] = frozenset(),
) -> Iterator[Reading]:
    """As `blocks`, with the products as they were written; `tick` is called now and then and may raise.

    `also` names optional columns that are wanted beside those that the definition asks for.
    """
    ids = _customers(conn, customers)
    reader = _Reader(conn, definition.columns | also, _EVER if up_to is None else up_to, tick)
    if customers is not None and len(ids) <= max(_FEW, _number_of_customers(conn) // 10):
        for at in range(0, len(ids), size):
            part = ids[at : at + size]
            yield reader.reading(part, reader.look_up(part))
        return
    for run in reader.passes(ids):
        yield from reader.run(run).readings(size)


def runs(
    conn: sqlite3.Connection, definition: Definition, tick: Callable[[], None] | None = None
) -> Iterator[Run]:
    """Everyone, as many at a time as fit into memory with their events; `tick` as for `readings`."""
    reader = _Reader(conn, definition.columns, _EVER, tick)
    return map(reader.run, reader.passes(_customers(conn, None)))


def run_of(conn: sqlite3.Connection, definition: Definition, events: Packed) -> Run:
    """Everyone, with these events, which are all that the ledger holds or is going to hold."""
    reader = _Reader(conn, definition.columns, _EVER, None)
    return reader.run_with(_customers(conn, None), events)


def ticks(conn: sqlite3.Connection, columns: frozenset[str]) -> int:
    """How often `readings` of everyone calls `tick`, at most, where these columns are wanted."""
    reader = _Reader(conn, columns, _EVER, None)
    first, last = event_ids(conn)
    return reader.number_of_passes() * -(-(last - first + 1) // _IDS_A_STEP)


def event_ids(conn: sqlite3.Connection) -> tuple[int, int]:
    """The lowest and the highest number of an event; 0 and -1 where there is none."""
    first, last = conn.execute(_ENDS).fetchone()
    return (0, -1) if first is None else (first, last)


class _Reader:
    """Reads events of one connection, up to one day, with the text columns that a definition asks for."""

    def __init__(
        self, conn: sqlite3.Connection, columns: frozenset[str], up_to: Day, tick: Callable[[], None] | None
    ) -> None:
        self.conn = conn
        self.columns = columns
        self.up_to = up_to
        self.tick = tick or (lambda: None)
        self.currency = settings.currency(conn)

    def look_up(self, customers: NDArray[np.int64]) -> Packed:
        """The events of a few customers, through the index."""
        import numpy as np

        wanted = (self.currency, json.dumps(customers.tolist()), self.up_to)
        rows = self.conn.execute(_LOOK_UP, wanted).fetchall()
        cells = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3)
        texts = np.array([row[3:] for row in rows], dtype=np.object_).reshape(-1, 2)
        at = np.arange(len(rows))
        channel = Texts(at, texts[:, 1]) if "channel" in self.columns else None
        return Packed(cells[:, 0], cells[:, 1], cells[:, 2], Texts(at, texts[:, 0]), channel)

    def passes(self, customers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """Runs of customers whose events fit into memory together."""
        import numpy as np

        first, last = event_ids(self.conn)
        number = self.number_of_passes()
        edges: list[int] = []
        if number > 1:  # as customers of long standing have many events, a sample of these says where to cut
            sample = json.dumps(list(range(first, last + 1, max(1, (last - first) // _SAMPLE))))
            owners = np.array(self.conn.execute(_OWNERS, (sample,)).fetchall(), dtype=np.int64).reshape(-1)
            places = np.arange(1, number) * len(owners) // number
            edges = np.searchsorted(customers, owners[places]).tolist() if len(owners) else []
        for low, high in pairwise([0, *edges, len(customers)]):
            if low < high:
                yield customers[low:high]

    def number_of_passes(self) -> int:
        """How often the ledger is read from end to end for everyone."""
        first, last = event_ids(self.conn)
        most = _EVENTS_A_PASS_WITH_TEXT if self.columns else _EVENTS_A_PASS
        return -(-(last - first + 1) // most)

    def scan(self, customers: NDArray[np.int64]) -> Packed:
        """The events of a run of customers, by reading the ledger from end to end."""
        import numpy as np

        whole = [column in self.columns for column in ("product", "channel")]
        run = (int(customers[0]), int(customers[-1]), self.up_to)
        first, last = event_ids(self.conn)
        read = [array("q"), array("q"), array("q")]  # these grow in place, without a second copy
        products: list[str] = []
        channels: list[str] = []
        for at in range(first, last + 1, _IDS_A_STEP):
            wanted = (*whole, self.currency, at, at + _IDS_A_STEP - 1, *run)
            *columns, product, channel = self.conn.execute(_SCAN, wanted).fetchone()
            for column, text in zip(read, columns, strict=True):
                column.frombytes(numbers(text).tobytes())
            products += json.loads(product)
            channels += json.loads(channel)
            self.tick()
        everyone = np.arange(len(read[0])) if any(whole) else numbers(None)
        subscribed = everyone
        if not whole[0]:
            subscribed = np.flatnonzero(kind_of(np.frombuffer(read[0], np.int64)) == Kind.SUBSCRIPTION)
        return in_order(
            read,
            Texts(subscribed, np.array(products, dtype=np.object_)),
            Texts(everyone, np.array(channels, dtype=np.object_)) if whole[1] else None,
        )

    def run(self, customers: NDArray[np.int64]) -> Run:
        """A run of customers, read by scanning."""
        return self.run_with(customers, self.scan(customers))

    def run_with(self, customers: NDArray[np.int64], events: Packed) -> Run:
        """A run of customers with their events."""
        return Run(customers, events, self._vips(customers), self._history(customers))

    def reading(self, customers: NDArray[np.int64], events: Packed) -> Reading:
        """The block of some customers."""
        run = self.run_with(customers, events)
        return next(run.readings(max(len(customers), 1)))

    def _vips(self, customers: NDArray[np.int64]) -> list[int]:
        if not len(customers):
            return []
        if len(customers) <= _FEW:
            rows = self.conn.execute(_VIPS_AMONG, (json.dumps(customers.tolist()),))
        else:
            rows = self.conn.execute(_VIPS_BETWEEN, (int(customers[0]), int(customers[-1])))
        return [customer for (customer,) in rows]

    def _history(self, customers: NDArray[np.int64]) -> dict[int, Day]:
        """The customers whom the ledger knows only from a certain day."""
        if not len(customers):
            return {}
        run = (int(customers[0]), int(customers[-1]))
        return dict(self.conn.execute(_HISTORY_BETWEEN, run))


def _customers(conn: sqlite3.Connection, customers: Sequence[int] | None) -> NDArray[np.int64]:
    """The numbers of those who exist, ascending."""
    import numpy as np

    if customers is None:
        return numbers(conn.execute(_EVERYONE).fetchone()[0])
    wanted = json.dumps(sorted({int(customer) for customer in customers}))
    rows = conn.execute(
        "SELECT id FROM customer WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (wanted,)
    ).fetchall()
    return np.array(rows, dtype=np.int64).reshape(-1)


def _number_of_customers(conn: sqlite3.Connection) -> int:
    # the highest number will do, and needs no scan
    return int(conn.execute("SELECT max(id) FROM customer").fetchone()[0] or 0)


_EVERYONE = "SELECT group_concat(id) FROM (SELECT id FROM customer ORDER BY id)"
_LOOK_UP = " ".join((
    "SELECT", KEY, ",", NET, ",", REST, ", product, channel FROM event",
    "WHERE customer_id IN (SELECT value FROM json_each(?)) AND day <= ? ORDER BY customer_id, day, id",
))
_SCAN = " ".join((
    "SELECT group_concat(key), group_concat(net), group_concat(rest),",
    f"json_group_array(product) FILTER (WHERE ? OR kind = {Kind.SUBSCRIPTION:d}),",
    "json_group_array(channel) FILTER (WHERE ?)",
    "FROM (SELECT", KEY, "AS key,", NET, "AS net,", REST, "AS rest, kind, product, channel",
    "FROM event NOT INDEXED",
    "WHERE id BETWEEN ? AND ? AND customer_id BETWEEN ? AND ? AND day <= ? ORDER BY id)",
))
# asked for both at once without the inner SELECTs, SQLite would read the whole table
_ENDS = "SELECT (SELECT min(id) FROM event), (SELECT max(id) FROM event)"
_OWNERS = """
SELECT customer_id FROM event
WHERE id IN (SELECT value FROM json_each(?)) AND customer_id IS NOT NULL ORDER BY customer_id"""
_VIPS_BETWEEN = "SELECT customer_id FROM tag WHERE customer_id BETWEEN ? AND ? AND lower(name) = 'vip'"
_HISTORY_BETWEEN = (
    "SELECT id, history_from FROM customer WHERE history_from IS NOT NULL AND id BETWEEN ? AND ?"
)
_VIPS_AMONG = """
SELECT customer_id FROM tag WHERE customer_id IN (SELECT value FROM json_each(?)) AND lower(name) = 'vip'"""
