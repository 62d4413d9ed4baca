"""The imports there have been: what each read, assumed, added and refused; undoing them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from activetui.ledger.days import Day
from activetui.ledger.records import Refusal
from activetui.store.imports.undoing import Left, Undone, no_such_batch, undo

__all__ = ["BatchRow", "Left", "Undone", "list_batches", "refusals", "same_file", "show", "undo"]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import."""

    id: int
    made_at: str
    """ISO date and time, UTC."""
    source: str
    file_name: str
    file_hash: str
    system: str
    assumptions: Mapping[str, Any]
    counts: Mapping[str, Any]
    """What the file held and what the plan was, as it was written then."""
    last_day: Day | None
    """Day of the last event in the file."""
    refused: int
    undone_at: str | None


_SELECT = """
SELECT batch.id, made_at, source.name, file_name, file_hash, system, assumptions, counts, last_day,
  (SELECT count(*) FROM refusal WHERE refusal.batch_id = batch.id), undone_at
FROM batch JOIN source ON source.id = batch.source_id"""


def list_batches(conn: sqlite3.Connection) -> list[BatchRow]:
    """All imports, the newest first; undone ones too."""
    return [_row(row) for row in conn.execute(f"{_SELECT} ORDER BY batch.id DESC")]


def show(conn: sqlite3.Connection, batch_id: int) -> BatchRow:
    """One import; `OwnerError` if there is none with this number."""
    row = conn.execute(f"{_SELECT} WHERE batch.id = ?", (batch_id,)).fetchone()
    if row is None:
        raise no_such_batch(batch_id)
    return _row(row)


def refusals(conn: sqlite3.Connection, batch_id: int) -> list[Refusal]:
    """The rows that an import could not take, by line."""
    rows = conn.execute(
        "SELECT line, reason, cells FROM refusal WHERE batch_id = ? ORDER BY line, rowid", (batch_id,)
    )
    return [Refusal(line, reason, tuple(json.loads(cells))) for line, reason, cells in rows]


def same_file(conn: sqlite3.Connection, file_hash: str) -> list[int]:
    """The imports, not undone, of a file with exactly these contents."""
    rows = conn.execute(
        "SELECT id FROM batch WHERE file_hash = ? AND undone_at IS NULL ORDER BY id", (file_hash,)
    )
    return [number for (number,) in rows]


def _row(row: tuple[Any, ...]) -> BatchRow:
    values = list(row)
    values[6], values[7] = json.loads(row[6]), json.loads(row[7])
    return BatchRow(*values)
