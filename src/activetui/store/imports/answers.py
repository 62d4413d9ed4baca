"""What the owner answered about files of one kind, so that the next file of that kind asks nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from activetui.store.changes.operations import Operation

_SELECT = "SELECT answers FROM remembered_answer WHERE signature = ?"


def remembered(conn: sqlite3.Connection, signature: str) -> dict[str, Any] | None:
    """The answers that hold for files with this signature; None if nothing was answered yet."""
    row = conn.execute(_SELECT, (signature,)).fetchone()
    if row is None:
        return None
    answers: dict[str, Any] = json.loads(row[0])
    return answers


def every(conn: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """All answers that are remembered, by signature."""
    rows = conn.execute("SELECT signature, answers FROM remembered_answer")
    return {signature: json.loads(said) for signature, said in rows}


def remember(op: Operation, signature: str, answers: Mapping[str, Any], batch_id: int | None) -> None:
    """Let these answers hold from now on, as part of an operation; undoing it brings the former ones back.

    `batch_id` is the import for which they were given.
    """
    if remembered(op.conn, signature) == dict(answers):
        return
    op.changing("remembered_answer", signature)
    op.conn.execute(
        "INSERT INTO remembered_answer (signature, answers, batch_id) VALUES (?, ?, ?)"
        " ON CONFLICT (signature) DO UPDATE SET answers = excluded.answers, batch_id = excluded.batch_id",
        (signature, json.dumps(answers, ensure_ascii=False, sort_keys=True), batch_id),
    )


def forget(op: Operation, signature: str) -> None:
    """Ask again next time, as part of an operation."""
    op.changing("remembered_answer", signature)
    op.conn.execute("DELETE FROM remembered_answer WHERE signature = ?", (signature,))
