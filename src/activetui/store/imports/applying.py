"""Writing a planned file into the ledger, as one batch."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.locales import _
from activetui.store import settings
from activetui.store.changes.operations import Operation, operation
from activetui.store.facts import aside, refresh
from activetui.store.facts.indexes import indexes_after, sorting_little
from activetui.store.imports import settling
from activetui.store.imports.answers import remember
from activetui.store.imports.packing import Packing
from activetui.store.imports.plans import Batch, Plans
from activetui.store.imports.same_sales import keep_payment_refs
from activetui.store.imports.staged_customers import write_customers, write_signs
from activetui.store.imports.staged_events import orders_with_refunds, write_events
from activetui.store.imports.staged_tables import indexes_of_events
from activetui.store.imports.unshared import straight_into
from activetui.store.kinds import kind_codes
from activetui.store.privacy import leaving_out
from activetui.store.progress import Progress
from activetui.store.same_person.merged import note_whose

if TYPE_CHECKING:
    from activetui.store.facts.everyone import Everyone
    from activetui.store.facts.packed import Packed

_MANY = 50_000
"""From so many new events on it pays to make the indexes anew, if the ledger is not much larger already."""
_CACHE_KIB = 12_288


def apply(conn: sqlite3.Connection, plans: Plans, batch: Batch, today: Day, progress: Progress | None) -> int:
    """Write everything planned and refresh whom it touches; the number of the batch.

    The caller owns the transaction; staging and plan are those of this connection and this moment.
    """
    _write_sources(conn)
    batch_id = _write_batch(conn, plans, batch)
    what = _("import of {file}").format(file=batch.file_name)
    encoding = str(batch.assumptions.get("encoding") or "")
    with (
        batch.packing or Packing(batch.path, batch.file_hash, encoding) as packing,
        _Early(conn, today) as early,
        operation(conn, what, batch.made_at, batch_id=batch_id, day=today) as op,
    ):
        packing.write_ready(conn, batch_id)
        _settle_on_currency(op, plans)
        _add_kinds(op, batch.new_kinds)
        _keep_answers(op, batch, batch_id)
        with _quickest_indexes(conn, "customer", plans.customers.new):
            write_customers(op, batch_id, plans.customers, today)
        early.begin_before(plans)
        with sorting_little(conn), _quickest_indexes(conn, "identity", plans.customers.new):
            write_signs(op, plans.customers)
        packing.write_ready(conn, batch_id)
        with _quickest_indexes(conn, "event", plans.events.new, indexes_of_events(conn)):
            orders = write_events(op, batch_id, plans, today, progress)
            packing.write_ready(conn, batch_id)
            if plans.events.new >= _MANY and not orders:
                early.begin()
        packing.write_ready(conn, batch_id)
        note_whose(conn, batch_id)
        keep_payment_refs(conn, batch_id)
        _check_references(conn, plans)
        touched = settling.settle_orders(conn, orders | orders_with_refunds(conn))
        if touched or not early.write(progress):
            touched.update(number for (number,) in conn.execute("SELECT customer_id FROM staging.touched"))
            refresh_touched(conn, touched, today, progress)
        packing.write(conn, batch_id)
        leaving_out.empty_file(conn, batch_id)
    return batch_id


def refresh_touched(
    conn: sqlite3.Connection, touched: Collection[int], today: Day, progress: Progress | None = None
) -> None:
    """Work out these customers anew, or everyone if they are most; the caller owns the transaction."""
    if _are_most(conn, len(touched)):
        refresh.refresh_all(conn, max(today, settings.facts_day(conn)), progress)
    elif touched:
        refresh.refresh(conn, sorted(touched), today)


def _are_most(conn: sqlite3.Connection, customers: int) -> bool:
    """Whether so many customers are more than half of all."""
    enough = 2 * customers
    some = conn.execute("SELECT count(*) FROM (SELECT 1 FROM customer LIMIT ?)", (enough,)).fetchone()[0]
    return enough > int(some)


class _Early:
    """Everyone's statuses, worked out by another thread while indexes are made. Use it in a `with` block."""

    def __init__(self, conn: sqlite3.Connection, today: Day) -> None:
        self._conn, self._today = conn, today
        self._ends = ExitStack()
        self._everyone: Everyone | None = None

    def __enter__(self) -> _Early:
        return self

    def __exit__(self, *_error: object) -> None:
        self._ends.close()

    def begin_before(self, plans: Plans) -> None:
        """Begin before the events are written, where all that there will be are at hand."""
        events = plans.events
        if events.sales is None or events.new < _MANY or not self._are_most():
            return
        import numpy as np

        conn, customers = self._conn, plans.customers
        if customers.as_staged:
            customer_of = np.arange(customers.first_new, customers.first_new + customers.new)
        else:
            found = conn.execute("SELECT coalesce(customer_id, 0) FROM staging.person ORDER BY hint")
            customer_of = np.fromiter((number for (number,) in found), np.int64)
        ledger = events.sales.take(customer_of, customers.first_hint, self._today)
        if ledger is not None:
            self._begin(max(self._today, settings.facts_day(conn)), ledger)

    def begin(self) -> None:
        """Begin, if most customers are to be worked out and it is not done; the events stand as they will."""
        if self._everyone is None and self._are_most():
            self._begin(max(self._today, settings.facts_day(self._conn)), None)

    def _are_most(self) -> bool:
        return _are_most(self._conn, self._conn.execute("SELECT count(*) FROM staging.touched").fetchone()[0])

    def _begin(self, day: Day, ledger: Packed | None) -> None:
        from activetui.store.facts.everyone import Everyone

        self._everyone = self._ends.enter_context(Everyone(self._conn, day))
        self._everyone.begin(ledger)

    def write(self, progress: Progress | None) -> bool:
        """Write what was worked out; False if nothing was."""
        if self._everyone is None:
            return False
        self._everyone.write(progress)
        return True


@contextmanager
def ready_for(conn: sqlite3.Connection, events: int) -> Iterator[None]:
    """Settings of the connection for writing so many events; not within a transaction.

    A large file gets a larger cache, and what its rows refer to is looked up once (`_check_references`)
    rather than for every row, which halves the time for which others cannot write. A first one goes
    `straight_into` the store.
    """
    if events < _MANY:
        yield
        return
    before = conn.execute("PRAGMA main.cache_size").fetchone()[0]
    conn.execute(f"PRAGMA main.cache_size = -{_CACHE_KIB}")
    conn.execute("PRAGMA foreign_keys = OFF")
    try:
        with straight_into(conn):
            yield
    finally:
        aside.detach(conn)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute(f"PRAGMA main.cache_size = {before}")


def _check_references(conn: sqlite3.Connection, plans: Plans) -> None:
    """`sqlite3.IntegrityError` if staged rows name a kind, source or customer that is not stored by now."""
    kinds = "SELECT DISTINCT kind AS number FROM staging.event"
    for parent, named in (
        ("kind", kinds if plans.events.sales is None else f"SELECT {Kind.PURCHASE:d} AS number"),
        ("source", "SELECT id AS number FROM staging.source WHERE local > 0"),
        ("customer", "SELECT customer_id AS number FROM staging.person WHERE customer_id IS NOT NULL"),
    ):
        row = conn.execute(
            f"SELECT number FROM ({named}) WHERE number NOT IN (SELECT id FROM main.{parent})"  # noqa: S608
        ).fetchone()
        if row is not None:
            raise sqlite3.IntegrityError(f"{parent} {row[0]}")


def _write_sources(conn: sqlite3.Connection) -> None:
    conn.execute(
        "INSERT INTO main.source (id, name) SELECT id, name FROM staging.source AS said"
        " WHERE said.local > 0 AND NOT EXISTS (SELECT 1 FROM main.source WHERE source.id = said.id)"
    )


def _write_batch(conn: sqlite3.Connection, plans: Plans, batch: Batch) -> int:
    events, customers = plans.events, plans.customers
    numbers = (
        (events.first_id + 1, events.first_id + events.last_seq) if events.new else (None, None),
        (customers.first_new, customers.first_new + customers.new - 1) if customers.new else (None, None),
    )
    batch_id = conn.execute(
        "INSERT INTO batch (made_at, source_id, file_name, file_hash, system, assumptions, counts, last_day,"
        " first_event, last_event, first_customer, last_customer)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            batch.made_at, plans.context.source_id, batch.file_name, batch.file_hash, batch.system,
            _json(batch.assumptions), _json(batch.counts), plans.context.last_day, *numbers[0], *numbers[1],
        ),
    ).lastrowid
    conn.execute(
        "INSERT INTO main.refusal (batch_id, line, reason, cells)"
        " SELECT ?, line, reason, cells FROM staging.refusal ORDER BY rowid",
        (batch_id,),
    )
    return int(batch_id or 0)


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, default=str)


def _settle_on_currency(op: Operation, plans: Plans) -> None:
    """The first file with money decides the currency of the store, if the owner has not."""
    if plans.events.currency and not settings.get(op.conn, "currency"):
        op.changing("meta", "currency")
        settings.put(op.conn, "currency", plans.events.currency)


def _keep_answers(op: Operation, batch: Batch, batch_id: int) -> None:
    """What the owner said of this file holds for the next one like it, and of the business for every one."""
    for signature, said in batch.answers.items():
        remember(op, signature, said, batch_id)
    for key, value in batch.business.items():
        if value and not settings.get(op.conn, key):
            op.changing("meta", key)
            settings.put(op.conn, key, value)


def _add_kinds(op: Operation, kinds: Mapping[str, int]) -> None:
    known = kind_codes(op.conn)
    for word, number in kinds.items():
        if known.get(word) == number:
            continue
        op.inserted("kind", number)
        op.conn.execute("INSERT INTO kind (id, name) VALUES (?, ?)", (number, word))


def _quickest_indexes(
    conn: sqlite3.Connection, table: str, new: int, but: Collection[str] = ()
) -> AbstractContextManager[None]:
    """Make the indexes of a table anew after the block where that is quicker than keeping them up to date;
    those `but` are kept so in any case."""
    there = conn.execute(f"SELECT count(*) FROM (SELECT 1 FROM main.{table} LIMIT ?)", (2 * new,))  # noqa: S608
    if new >= _MANY and there.fetchone()[0] < 2 * new:
        return indexes_after(conn, table, but)
    return nullcontext()
