"""From a file to a batch: read it, stage it, show what it would change, write it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from activetui.importing import apart
from activetui.importing.asking.knowing import setting_of
from activetui.importing.asking.missing import Missing
from activetui.importing.asking.older import older_question
from activetui.importing.asking.questions import Question
from activetui.importing.asking.recalling import remembered_of, rows_are_lines
from activetui.importing.asking.same_sale import Part, SameSales
from activetui.importing.asking.stated import spend_warnings
from activetui.importing.deciding.understand import Understanding
from activetui.importing.read import FileReading, Scattered
from activetui.importing.refused import too_many_refused
from activetui.importing.telling.kept_figures import assumptions_of, counts_of
from activetui.importing.telling.warnings import warnings_of
from activetui.ledger.records import CustomerRecord, EventRecord, PaidPurchases, Refusal
from activetui.store.collector import few_collections
from activetui.store.imports.packing import Packing
from activetui.store.imports.plans import StagedPlan
from activetui.store.imports.staging import Staging

__all__ = ["ImportPlan", "Steps", "plan_reading", "setting_of"]

Steps = Callable[[str, int, int], None]
"""Called with what is going on (`reading`, `writing`), how much is done, and about how much there is."""

_EVERY = 5_000
KEPT = 100_000
"""Refused rows that are held at once; more of them come from a file that was not understood."""


@dataclass(slots=True)
class ImportPlan:
    """A file with what importing it would change. Close it, or use it in a `with` block."""

    conn: sqlite3.Connection
    reading: FileReading
    staging: Staging | None = None
    staged: StagedPlan | None = None
    """None while there are questions."""
    refusals: list[Refusal] = field(default_factory=list)
    same_sales: SameSales | None = None
    """What of the file another program has told already; None while there are questions about the file."""
    compared: list[str] = field(default_factory=list)
    """Where the sums that a list states are others than those of the ledger, in sentences."""
    packing: Packing | None = None
    """A long file on its way into the store, packed while its plan is made and looked at."""
    missing: Missing | None = None
    """Who was on the list before and is not any more; None while there are questions about the file."""

    @property
    def path(self) -> Path:
        """The owner's file."""
        return self.reading.part.owner_path

    @property
    def customers(self) -> int:
        """How many customers the file knows."""
        return 0 if self.staged is None else self.staged.customers

    @property
    def questions(self) -> tuple[Question, ...]:
        """What only the owner can decide: about the file, then about what it says against the ledger."""
        asked = self.reading.questions
        if self.staged is not None and self.staged.asks_older and not self.reading.understood.answers.older:
            asked = (*asked, older_question(self.staged))
        if self.missing is not None and (gone := self.missing.question) is not None:
            asked = (*asked, gone)
        if self.same_sales is not None and (question := self.same_sales.question) is not None:
            asked = (*asked, question)
        return asked

    @property
    def warnings(self) -> list[str]:
        """What the owner should know before accepting."""
        same = self.same_sales.warnings if self.same_sales is not None else []
        gone = self.missing.warnings if self.missing is not None else []
        return [*same, *self.compared, *gone, *warnings_of(self.reading, self.staged)]

    def apply(self, made_at: str) -> int | None:
        """Write it in one transaction; the number of the batch, None if the file changes nothing."""
        assert self.staging is not None and not self.questions
        understood = self.reading.understood
        packing = self.packing or _packing(understood)
        self.packing = None  # it can be written only once
        try:
            return self.staging.apply(
                file_name=understood.table.label,
                file_hash=understood.table.scan.sha256,
                system=understood.system.name if understood.system else "",
                assumptions=assumptions_of(understood),
                counts=counts_of(self.reading.found, self.staged, understood.currency.code),
                made_at=made_at,
                new_kinds=self.reading.new_kinds,
                packing=packing,
                answers=dict(remembered_of(one, self.reading.found) for one in self.reading.sections),
                business={
                    "country": understood.answers.country.upper(), "time_zone": understood.answers.time_zone,
                },
            )
        finally:
            packing.end()

    def close(self) -> None:
        """Forget what was not written."""
        if self.packing is not None:
            self.packing.end()
            self.packing = None
        if self.staging is not None:
            self.staging.close()
            self.staging = None

    def __enter__(self) -> ImportPlan:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def plan_reading(conn: sqlite3.Connection, reading: FileReading, steps: Steps | None = None) -> ImportPlan:
    """Compare a file that was looked into with the ledger. Nothing of the store is changed.

    With questions, the plan holds nothing but them.
    """
    if reading.questions:
        return ImportPlan(conn, reading)
    try:
        return _staged_soonest(conn, reading, steps)
    except Scattered:
        return _staged_soonest(conn, reading.again(gather=True), steps)


def _staged_soonest(conn: sqlite3.Connection, reading: FileReading, steps: Steps | None) -> ImportPlan:
    """Read in another process where that is quicker; where it fails, in this one."""
    if apart.is_worth_it(reading):
        with suppress(apart.Failed), apart.parts_apart(reading) as parts:
            return _staged(conn, reading, parts, steps)
        reading = reading.again(gather=reading.gather)
    return _staged(conn, reading, reading.parts(), steps)


def _staged(
    conn: sqlite3.Connection, reading: FileReading, parts: Iterator[Part], steps: Steps | None
) -> ImportPlan:
    understood = reading.understood
    writing = (lambda done, total: steps("writing", done, total)) if steps else None
    staging = Staging(
        conn, understood.source, understood.setting.today, writing, file_hash=understood.table.scan.sha256,
        older=understood.answers.older, bring_back=understood.answers.bring_back,
        rows_are_lines=any(map(rows_are_lines, reading.sections)),
    )
    same = SameSales(conn, understood.source, understood.answers.same_sale, reading.found)
    missing = Missing(conn, understood)
    plan = ImportPlan(conn, reading, staging, same_sales=same, missing=missing)
    try:
        plan.packing = _packed_soon(understood)
        with few_collections():
            _feed(plan, same.through(missing.through(parts)), staging, steps)
        plan.staged = staging.plan()
        same.look_for_alike()
        plan.compared = spend_warnings(conn, reading.found, understood.currency.code)
        reading.found.customers = plan.customers
    except BaseException:
        with suppress(sqlite3.Error):
            plan.close()
        raise
    return plan


def _packing(understood: Understanding) -> Packing:
    encoding = str(assumptions_of(understood).get("encoding") or "")
    return Packing(understood.table.path, understood.table.scan.sha256, encoding)


def _packed_soon(understood: Understanding) -> Packing | None:
    """A long file is packed by another thread while it is staged, a short one where it is written.

    The process that reads waits for the one that stages, a fifth of the time: a processor is idle then.
    """
    if understood.table.scan.size < apart.LONG:
        return None
    packing = _packing(understood)
    packing.begin()
    return packing


def _feed(plan: ImportPlan, parts: Iterable[Part], staging: Staging, steps: Steps | None) -> None:
    expected = _expected_rows(plan.reading)
    wanted = CustomerRecord if plan.reading.understood.meaning == "customers" else EventRecord
    taken = 0
    for record in parts:
        if isinstance(record, PaidPurchases):
            staging.add_purchases(record)
            if steps is not None:
                steps("reading", taken + len(record), max(expected, taken + len(record)))
            taken += len(record)
        elif isinstance(record, Refusal):
            staging.refuse(record)
            plan.refusals.append(record)
            if len(plan.refusals) % 1000 == 0:
                too_many_refused(plan.refusals, taken, KEPT)
        else:
            staging.add(record)
            if isinstance(record, wanted):
                taken += 1
                if steps is not None and taken % _EVERY == 0:
                    steps("reading", taken, max(expected, taken))
    if steps is not None:
        steps("reading", taken, taken)


def _expected_rows(reading: FileReading) -> int:
    """About how many rows the file has, from its size and its first rows."""
    sample = reading.understood.sample[:500]
    if not sample:
        return 0
    each = sum(sum(len(cell) + 1 for cell in row) for _line, row in sample) / len(sample)
    return int(reading.understood.table.scan.size / max(each, 1.0))


