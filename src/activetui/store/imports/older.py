"""What a file would turn back: refunds, cancellations and no-shows that it does not know of yet.

An export that was made before another one, and is imported after it, shows orders as they were. What the
ledger has from a more recent file stays, and is told. Where the file would turn back a refund or a
cancellation, or it is not clear which of the two is the more recent one, the owner is asked; until there is
an answer it stays as well.
"""

from __future__ import annotations

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from activetui.ledger.kinds import Kind
from activetui.store.imports.plans import SAMPLES, Change, Context, EventPlan
from activetui.store.imports.staged_tables import CONTENT

KEEP, TAKE = "keep", "take"
"""The owner's answer: keep what the ledger has, or take what the file says."""

_RANKS = {
    "pending": 0, "unpaid": 0, "draft": 0, "failed": 0, "expired": 0, "": 1, "paid": 1,
    "partially_refunded": 2, "refunded": 3, "cancelled": 3, "voided": 3, "no_show": 3,
}
"""How far an order or a visit has come: from being waited for, over having taken place, to its end."""


def _rank(column: str) -> str:
    cases = " ".join(f"WHEN '{state}' THEN {rank}" for state, rank in _RANKS.items())
    return f"CASE {column} {cases} ELSE 1 END"


_CHANGED = "(known.differs OR known.lines_differ)"
_TURNS_BACK = f"""(
  (said.state <> '' AND {_rank('said.state')} < {_rank('event.state')})
  OR (said.state <> '' AND said.refunded < event.refunded)
  OR (event.kind = {int(Kind.VISIT)} AND said.kind = {int(Kind.BOOKING)})
  OR (event.action = 'cancel' AND said.action NOT IN ('', 'cancel')))"""
_ENDED = "('refunded', 'partially_refunded', 'cancelled', 'voided', 'no_show')"
_UNDOES = f"""(
  (event.state IN {_ENDED} AND said.state <> '' AND {_rank('said.state')} < {_rank('event.state')})
  OR (said.state <> '' AND said.refunded < event.refunded)
  OR (event.action = 'cancel' AND said.action NOT IN ('', 'cancel')))"""
"""Of these, what turns back a refund or a cancellation, and not only a payment that was waited for."""
_PROLONGS = f"""(event.kind = {int(Kind.SUBSCRIPTION)} AND said.until > event.until)"""
"""An older file that lets a subscription run longer does not know that it was ended."""
_SHOWN = ("state", "refunded", "kind", "action", "until")
_SAID = ", ".join(f"said.{name}" for name in CONTENT)


def hold_back(conn: sqlite3.Connection, context: Context, plan: EventPlan) -> None:
    """Let the staged events change nothing that they would turn back, and count that in the plan.

    To be asked when `staging.known` has what differs. The caller owns the transaction.
    """
    if context.older == TAKE:
        return
    left = _as_before(conn, context) if context.newer else set()
    rows = conn.execute(
        f"SELECT known.seq, known.event_id, event.batch_id, {_TURNS_BACK}, {_UNDOES} FROM staging.known"
        " JOIN staging.event AS said ON said.seq = known.seq JOIN main.event ON event.id = known.event_id"
        f" WHERE {_CHANGED} AND ({_TURNS_BACK} OR {_PROLONGS}) ORDER BY known.seq"
    ).fetchall()
    newer = _told_by(conn, context.newer, (row[1] for row in rows)) if context.newer else set()
    for seq, event_id, batch_id, turns_back, undoes in rows:
        unclear = seq not in left and event_id not in newer and batch_id not in context.newer
        if unclear and not (turns_back and context.unclear):
            continue  # the file is the more recent one, or says nothing that an older one would
        told_before = seq in left  # what has become of it since is known: there is nothing to decide
        left.add(seq)
        plan.turned_back += 1
        asks = (unclear or bool(undoes)) and not told_before
        plan.asks_older = plan.asks_older or (asks and not context.older)
        plan.older_unclear = plan.older_unclear or unclear
        if len(plan.turned_back_samples) < SAMPLES:
            plan.turned_back_samples += _changes(conn, seq)
    conn.executemany(
        "UPDATE staging.known SET differs = 0, lines_differ = 0 WHERE seq = ?", ((seq,) for seq in left)
    )


def _changes(conn: sqlite3.Connection, seq: int) -> list[Change]:
    names = ", ".join(f"event.{name}, said.{name}" for name in _SHOWN)
    number, label, *values = conn.execute(
        f"SELECT event.id, coalesce(nullif(event.order_ref, ''), event.key), {names} FROM staging.known"
        " JOIN staging.event AS said ON said.seq = known.seq JOIN main.event ON event.id = known.event_id"
        " WHERE known.seq = ?",
        (seq,),
    ).fetchone()
    pairs = zip(_SHOWN, values[::2], values[1::2], strict=True)
    return [
        Change("event", number, label, name, before, after)
        for name, before, after in pairs
        if before != after and after not in ("", None)
    ]


def _told_by(conn: sqlite3.Connection, batches: Collection[int], events: Iterable[int]) -> set[int]:
    """The events that one of these imports has changed."""
    found = set()
    for number in events:
        rows = conn.execute(
            "SELECT operation.batch_id FROM before_image JOIN operation"
            " ON operation.id = before_image.operation_id"
            " WHERE table_name = 'event' AND row_key = '[' || ? || ']' AND operation.undone_at IS NULL",
            (number,),
        )
        if any(batch_id in batches for (batch_id,) in rows):
            found.add(number)
    return found


def _as_before(conn: sqlite3.Connection, context: Context) -> set[int]:
    """The staged events that are as they were before a more recent file changed them, in any respect."""
    rows = conn.execute(
        f"SELECT known.seq, operation.batch_id, before_image.row, {_SAID}"
        " FROM staging.known JOIN staging.event AS said ON said.seq = known.seq"
        " JOIN before_image ON before_image.table_name = 'event'"
        " AND before_image.row_key = '[' || known.event_id || ']' AND before_image.row IS NOT NULL"
        " JOIN operation ON operation.id = before_image.operation_id AND operation.undone_at IS NULL"
        f" WHERE {_CHANGED}"
    )
    older = set()
    for seq, batch_id, text, *said in rows:
        if batch_id in context.newer and says_the_same(
            json.loads(text), dict(zip(CONTENT, said, strict=True))
        ):
            older.add(seq)
    return older


def says_the_same(once: Mapping[str, object], said: Mapping[str, Any]) -> bool:
    """Whether a staged event, by `CONTENT`, says nothing else than an event did once."""
    return not any(once[name] != value and says_something(said, name) for name, value in said.items())


def says_something(said: Mapping[str, Any], name: str) -> bool:
    """Whether a staged event says something in a column, rather than that its file lacks the column."""
    if name == "refunded":
        return bool(said["refunded"] or said["state"])
    return name in ("kind", "day") or said[name] not in ("", None)
