"""Imports in words for people: the plan, the progress, the result, past batches."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from activetui.cli.output import Column, Format, emit, line
from activetui.importing.telling.plan_words import (
    assumption_lines,
    change_lines,
    found_lines,
    refusal_lines,
    shape_lines,
)
from activetui.ledger.days import from_iso
from activetui.locales import _
from activetui.locales.formats import format_day, format_share

if TYPE_CHECKING:
    from activetui.importing.deciding.understand import Understanding
    from activetui.importing.run import ImportPlan
    from activetui.ledger.records import Refusal
    from activetui.store.imports.batches import BatchRow

_SHOWN = 20
_BIG = 20_000_000
"""Bytes from which a file is told of although nobody watches the terminal."""

BATCH_FIELDS = (
    "id",
    "made_at",
    "file",
    "system",
    "source",
    "new",
    "changed",
    "unchanged",
    "refused",
    "undone_at",
)

_NAMED = 6
"""Columns of a known export that are named."""


def print_plan(plan: ImportPlan) -> None:
    """Print what the file was understood as and what importing it would change."""
    understood = plan.reading.understood
    for text in shape_lines(understood):
        line(text)
    if understood.system is not None:
        line(_known_columns(understood))
    else:
        line("")
        emit(_columns(understood), Format.TABLE, [
            Column("name", _("Column")), Column("field", _("Meaning")), Column("sure", _("Sure"), right=True),
            Column("why", _("Why")),
        ])
    line("")
    for text in assumption_lines(understood):
        line(text)
    for question in plan.questions:
        line(_("To decide: {why}").format(why=question.why))
    if plan.staged is not None:
        for text in (*found_lines(plan), *change_lines(plan), *refusal_lines(plan.refusals)):
            line(text)
    for warning in plan.warnings:
        line(_("Note: {text}").format(text=warning))
    line("")


def print_result(plan: ImportPlan, batch: int | None, aside: Path | None) -> None:
    """Say what was written."""
    if batch is None:
        line(_("Everything in the file is there already; nothing was changed."))
    else:
        line(_("Imported as number {id}. To take it back: activetui imports undo {id}").format(id=batch))
    if aside is not None:
        line(_("The refused rows are in {file}; correct them there and import that file.").format(file=aside))


class Telling:
    """Progress on the error stream: one line that changes on a terminal, else a line at most each second."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._terminal = sys.stderr.isatty()
        self._quiet = not self._terminal and size < _BIG
        self._last = monotonic()
        self._open = False

    def __call__(self, step: str, done: int, total: int) -> None:
        now = monotonic()
        if self._quiet or now - self._last < (0.2 if self._terminal else 1.0):
            return
        self._last = now
        words = {"reading": _("reading"), "writing": _("writing")}
        share = format_share(min(done / total, 1.0)) if total else ""
        text = f"{self._name}: {words.get(step, step)} {share}"
        print(
            f"\r\x1b[K{text}" if self._terminal else text,
            end="" if self._terminal else "\n",
            file=sys.stderr,
            flush=True,
        )
        self._open = self._terminal

    def end(self) -> None:
        """Leave the line clean."""
        if self._open:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._open = False


def batch_row(batch: BatchRow) -> dict[str, Any]:
    """A past import as data."""
    plan = batch.counts.get("plan", {})
    return {
        "id": batch.id, "made_at": batch.made_at, "file": batch.file_name, "system": batch.system or None,
        "source": batch.source, "new": plan.get("new"), "changed": plan.get("changed"),
        "unchanged": plan.get("unchanged"), "refused": batch.refused, "undone_at": batch.undone_at,
    }


def batch_columns() -> list[Column]:
    """The columns of the list of imports."""
    return [
        Column("id", _("No."), right=True), Column("made_at", _("When"), lambda row: _moment(row["made_at"])),
        Column("file", _("File")), Column("source", _("Source")), Column("new", _("New"), right=True),
        Column("changed", _("Changed"), right=True), Column("refused", _("Refused"), right=True),
        Column("undone_at", _("Undone"), lambda row: _moment(row["undone_at"]) if row["undone_at"] else ""),
    ]


def batch_text(batch: BatchRow, refusals: Sequence[Refusal]) -> Iterator[str]:
    """A past import in sentences."""
    yield _("Import {id}: {file}, {when}").format(
        id=batch.id, file=batch.file_name, when=_moment(batch.made_at)
    )
    if batch.undone_at:
        yield _("Undone: {when}").format(when=_moment(batch.undone_at))
    yield _("Source: {source}").format(source=batch.source)
    said = batch.assumptions
    for name, title in _said_titles():
        if said.get(name) not in (None, ""):
            why = said.get(f"{name}_why")
            yield f"{title}: {said[name]}" + (f" ({why})" if why else "")
    yield from _counted(batch.counts)
    yield from refusal_lines(refusals)


def _said_titles() -> list[tuple[str, str]]:
    return [
        ("system", _("Recognised as")), ("encoding", _("Encoding")), ("delimiter", _("Columns parted by")),
        ("date_order", _("Order of day and month")), ("decimal_mark", _("Decimal mark")),
        ("currency", _("Currency")),
    ]


def _counted(counts: Mapping[str, Any]) -> Iterator[str]:
    found, plan = counts.get("found", {}), counts.get("plan", {})
    if found:
        filled = ", ".join(f"{name} {number}" for name, number in found.items() if number)
        yield _("Found: {what}").format(what=filled)
    if counts.get("total"):
        yield _("Total: {total}, refunded: {refunded}").format(
            total=counts["total"], refunded=counts.get("refunded")
        )
    if plan:
        yield _("New {new}, changed {changed}, unchanged {unchanged}").format(
            new=plan.get("new"), changed=plan.get("changed"), unchanged=plan.get("unchanged")
        )


def _known_columns(understood: Understanding) -> str:
    """The columns of an export whose headings are known by heart, in one line."""
    used = [f"{column.name} → {column.field}" for column in understood.columns if column.field]
    words = _("{n} of {all} columns are used, by their names: {names} … (--format json lists every one)")
    return words.format(n=len(used), all=len(understood.columns), names=", ".join(used[:_NAMED]))


def _columns(understood: Understanding) -> list[dict[str, Any]]:
    """Columns that are used, then those that are not in one row, so that wide files stay readable."""
    used = [column for column in understood.columns if column.field]
    rows = [
        {"name": column.name or f"({column.index + 1})", "field": column.field,
         "sure": format_share(column.confidence), "why": column.why}
        for column in used
    ]
    unused = [column.name or f"({column.index + 1})" for column in understood.columns if not column.field]
    if unused:
        rows.append({"name": ", ".join(unused)[:60], "field": "", "sure": "", "why": _("not used")})
    return rows


def _moment(text: str) -> str:
    """The day and time of an ISO moment, as people read it."""
    try:
        return f"{format_day(from_iso(text[:10]))} {text[11:16]}".strip()
    except ValueError:
        return text
