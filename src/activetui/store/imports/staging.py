"""From the records of a file to a batch: staged beside the ledger, planned, then written whole."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.records import CustomerRecord, EventRecord, LineRecord, PaidPurchases, Refusal
from activetui.ledger.repeats import Repeats
from activetui.ledger.settlement import Settled
from activetui.store.imports import applying, planning, same_sales, settling
from activetui.store.imports.packing import Packing
from activetui.store.imports.paid_sales import PaidSales
from activetui.store.imports.plans import Batch, Plans, Staged, StagedPlan
from activetui.store.imports.staged_people import StagedPeople
from activetui.store.imports.staged_purchases import insert_purchases, mark_of, marks_of
from activetui.store.imports.staged_tables import (
    LINE,
    RARE,
    USUAL,
    close_staging,
    drop_indexes,
    insert_all,
    insert_event,
    let_take_back,
    open_staging,
    writing,
)
from activetui.store.opening.file import path_of, transaction
from activetui.store.opening.guard import owner_errors
from activetui.store.progress import Progress
from activetui.store.same_person import merged

_CHUNK = 5_000
_REMEMBERED = 50_000
_RARE = attrgetter(*RARE)
_NOTHING_RARE = tuple(RARE.values())
_INSERT_USUAL = insert_event(USUAL)
_INSERT_EVENT = insert_event((*USUAL, *RARE))
_INSERT_LINE = f"INSERT INTO staging.line VALUES ({', '.join('?' * (len(LINE) + 2))})"  # noqa: S608


class Staging:
    """The records of one file on their way into the ledger.

    Use it in a `with` block, not within a transaction; when the block ends, whatever was not applied is gone.
    `source` is where the file comes from: ids, names and event keys hold within it, unless a record names
    its own. With `file_hash`, an older file imported again does not put back what a later one has changed.
    `older` is the owner's answer where it is not clear which file is the older one (`StagedPlan.asks_older`):
    `keep` what the ledger has, or `take` what this file says. With `bring_back`, events that were deleted by
    hand come back. With `rows_are_lines`, an order without lines of its own is known to have but one.
    """

    def __init__(
        self,
        conn: sqlite3.Connection,
        source: str,
        today: Day,
        progress: Progress | None = None,
        *,
        file_hash: str = "",
        older: str = "",
        bring_back: bool = False,
        rows_are_lines: bool = False,
    ) -> None:
        self._conn = conn
        self._today = today
        self._progress = progress
        self._file_hash = file_hash
        self._older, self._bring_back, self._rows_are_lines = older, bring_back, rows_are_lines
        self._path = path_of(conn)
        self._plans: Plans | None = None
        self._locals: dict[str, int] = {}
        self._batch = 1
        self._stored: dict[str, int] = {}
        self._sales: PaidSales | None = None
        self._keys: Repeats | None = Repeats()
        self._seq = 0
        self._currency = ""
        self._currencies: set[str] = set()
        self._walk_ins = 0
        self._worth: dict[tuple[int, str, int | None, int], Settled] = {}
        self._last_day: Day = FAR_PAST
        self._first_day: Day = FAR_FUTURE
        self._refused = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {
            sql: [] for sql in (
                "INSERT INTO staging.source (local, name) VALUES (?, ?)",
                _INSERT_USUAL,
                _INSERT_EVENT,
                _INSERT_LINE,
                "INSERT INTO staging.refusal VALUES (?, ?, ?)",
                "INSERT OR IGNORE INTO staging.payment_ref VALUES (?, ?)",
            )
        }
        (self._sources, self._usual, self._events, self._lines, self._refusals,
         self._payments) = self._rows.values()
        with owner_errors(self._path):
            self._open()
            self._people = StagedPeople(source, merged.free_customer(conn), self._local)
        self._sources.append((0, ""))
        self._source = self._local(source)
        self._source_name = source

    def _open(self) -> None:
        """Make the tables, and see which numbers their rows are going to have in the store as it is now."""
        conn = self._conn
        first = conn.execute("SELECT 1 FROM main.event LIMIT 1").fetchone() is None
        open_staging(conn, first=first)
        if first:
            self._sales, self._keys = PaidSales(), None  # the table itself has each key once
        self._batch = 1 + int(conn.execute("SELECT coalesce(max(id), 0) FROM main.batch").fetchone()[0])
        self._stored = dict(conn.execute("SELECT name, id FROM main.source"))

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget everything that was staged; what was applied stays."""
        close_staging(self._conn)

    def add(self, record: EventRecord | CustomerRecord) -> None:
        """Stage one record. A customer without any identity is nobody: an event of theirs is a walk-in's."""
        if isinstance(record, CustomerRecord):
            self._people.always(record)
        else:
            self._let_go_of_sales()
            self._event(record)
        if max(len(self._usual), len(self._events), self._people.pending) >= _CHUNK:
            self._flush()

    def add_purchases(self, many: PaidPurchases) -> None:
        """Stage many plain purchases."""
        hints = self._people.hints(many)
        if not hints:
            return
        self._walk_ins += hints.count(0)
        self._note_days(hints, many)
        first = self._seq + 1
        self._seq += len(many)
        if self._keys is not None:
            self._keys.add_all(marks_of(many))
        self._currencies.add(many.currency)
        last = max(many.day)
        self._last_day, self._first_day = max(self._last_day, last), min(self._first_day, min(many.day))
        told = self._source, self._batch, self._today
        with owner_errors(self._path), writing(self._conn):
            insert_purchases(self._conn, many, hints, first, told, ahead=last > self._today)
        if self._people.pending >= _CHUNK:
            self._flush()

    def _note_days(self, hints: array[int], many: PaidPurchases) -> None:
        """Keep the last day of everyone who bought; of sales that are kept as numbers, in the end."""
        if self._sales is not None:
            self._sales.add(hints, many.day, many.amount)
            if self._sales.full:
                self._let_go_of_sales()
            return
        for hint, day in zip(hints, many.day, strict=True):
            if hint:
                self._people.note(hint, day)

    def _let_go_of_sales(self) -> None:
        """There is more than sales that can be kept as numbers."""
        if self._sales is not None:
            self._sales.bring_up(self._people.days, self._people.first)
            self._sales = None
            drop_indexes(self._conn)

    def refuse(self, refusal: Refusal) -> None:
        """Keep a row that could not be taken with the batch."""
        self._refused += 1
        self._refusals.append((refusal.line, refusal.reason, json.dumps(refusal.cells, ensure_ascii=False)))

    def plan(self) -> StagedPlan:
        """What applying would change. The ledger is only read."""
        with owner_errors(self._path):
            self._flush()
            self._people.forget_words()
            self._worth.clear()
            if self._sales is not None:
                self._sales.begin_sorting()
            let_take_back(self._conn)
            with writing(self._conn):
                self._plans = self._plan()
        return self._plans.summary

    def apply(
        self,
        *,
        file_name: str,
        file_hash: str,
        system: str,
        assumptions: Mapping[str, Any],
        counts: Mapping[str, Any],
        made_at: str,
        new_kinds: Mapping[str, int] | None = None,
        path: Path | None = None,
        packing: Packing | None = None,
        answers: Mapping[str, Mapping[str, Any]] | None = None,
        business: Mapping[str, str] | None = None,
    ) -> int | None:
        """Write it all in one transaction, and refresh whom it touches; the number of the batch.

        None, and not a byte written, if the file changes nothing. `assumptions` and `counts` are kept with
        the batch as JSON. `new_kinds` are the owner's own kinds of event that the store does not have yet,
        with the numbers that the records use; undoing the batch removes those that nothing else uses.
        `path`, `packing`, `answers` and `business` are as in `Batch`. If the ledger has changed since
        `plan`, the plan is made anew first.
        """
        self._file_hash = self._file_hash or file_hash
        batch = Batch(
            file_name, file_hash, system, assumptions, counts, made_at, path=path, packing=packing,
            answers=answers or {}, new_kinds=new_kinds or {}, business=business or {},
        )
        with owner_errors(self._path):
            self._flush()
            let_take_back(self._conn)
            with applying.ready_for(self._conn, self._seq), transaction(self._conn):
                if self._plans is None or self._plans.made_for != planning.state_of(self._conn):
                    self._plans = self._plan()
                if self._plans.summary.nothing_to_do:
                    return None
                return applying.apply(self._conn, self._plans, batch, self._today, self._progress)

    def _plan(self) -> Plans:
        if self._sales is not None:
            self._sales.bring_up(self._people.days, self._people.first)
        staged = Staged(
            self._source_name,
            self._file_hash,
            self._people.days,
            self._people.first,
            self._seq,
            self._first_day if self._seq else None,
            self._last_day if self._seq else None,
            self._walk_ins,
            frozenset(self._currencies),
            self._keys_repeat(),
            self._refused,
            self._today,
            self._older,
            self._bring_back,
            self._batch,
            self._sales,
            self._people.all_apart(),
            self._rows_are_lines,
        )
        return planning.plan_all(self._conn, staged)

    def _keys_repeat(self) -> bool:
        """Whether a key may stand in the file twice."""
        if self._keys is not None:
            return self._keys.seen()
        return int(self._conn.execute("SELECT count(*) FROM staging.event").fetchone()[0]) < self._seq

    def _event(self, record: EventRecord) -> None:
        day = record.day
        hint = None if record.customer is None else self._people.hint(record.customer)
        if hint is None:
            self._walk_ins += 1
        else:
            self._people.note(hint, day)
        source = self._local(record.source) if record.source else self._source
        if self._keys is not None:
            self._keys.add(mark_of(record.key) if source == self._source else hash((source, record.key)))
        if record.currency != self._currency:
            self._currency = record.currency
            self._currencies.add(record.currency)
        seq = self._seq = self._seq + 1
        self._last_day, self._first_day = max(self._last_day, day), min(self._first_day, day)
        what = (record.kind, record.state, record.amount, record.refunded)
        settled = self._worth.get(what)
        if settled is None:
            settled = self._settle(what)
        recorded = record.recorded
        if recorded is None:
            recorded = day if day < self._today else self._today
        entered = self._today if record.entered is None else min(record.entered, self._today)
        usual = (
            seq, hint, record.kind, day, record.amount, record.currency, record.state, record.product,
            record.order_ref, settled.net, settled.counts, recorded, source, record.key, record.line,
            entered, self._batch,
        )
        rare = _RARE(record)
        if rare == _NOTHING_RARE:
            self._usual.append(usual)
        else:
            self._events.append(usual + rare)
        if record.lines:
            self._add_lines(seq, record.lines)
        if record.payment_refs:
            self._payments.extend((seq, same_sales.normal(value)) for value in record.payment_refs)

    def _add_lines(self, seq: int, lines: list[LineRecord]) -> None:
        for place, line in enumerate(lines, start=1):
            self._lines.append((
                seq, place, line.product, line.sku, line.category, line.quantity, line.unit_price, line.amount
            ))

    def _settle(self, what: tuple[int, str, int | None, int]) -> Settled:
        if len(self._worth) >= _REMEMBERED:
            self._worth.clear()
        settled = self._worth[what] = settling.worth(*what)
        return settled

    def _local(self, name: str) -> int:
        number = self._locals.get(name)
        if number is None:
            number = self._stored.get(name)
            if number is None:  # the next one that is free, which it gets in the store as well
                number = self._stored[name] = max(self._stored.values(), default=0) + 1
            self._locals[name] = number
            self._sources.append((number, name))
        return number

    def _flush(self) -> None:
        waiting = self._rows | self._people.rows
        if not any(waiting.values()):
            return
        with owner_errors(self._path), writing(self._conn):
            for sql, rows in waiting.items():
                insert_all(self._conn, sql, rows)
                rows.clear()
