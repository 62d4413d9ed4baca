"""Rounds of playbooks and who was drawn into them, as rows. What they mean is decided in `reactivation`."""

# ruff: noqa: S608 - only fixed texts are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.store.changes import images
from activetui.store.changes.operations import Operation
from activetui.store.listing.numbers import LISTED, parts
from activetui.store.listing.sorts import Clause
from activetui.store.progress import Steps
from activetui.store.same_person.merged import kept_of_merged


class Side(IntEnum):
    """On which side of a round a customer was drawn. The numbers are stored: they never change."""

    TO_CONTACT = 0
    HELD_OUT = 1
    """Left in peace, to compare with."""


class Round(NamedTuple):
    """One start of a playbook for many."""

    id: int
    playbook: str
    """The playbook's key."""
    name: str
    started: Day
    ended: Day | None
    """The day on which the owner ended it before its time; None if that was not done."""
    hold_out: int
    """How many in a hundred are left in peace."""
    window_days: int
    """For how many days after the draw a return counts, and the held-out are left in peace."""
    seed: str
    """What the coin of the round is tossed with."""
    rules: str
    """What was decided at the start, as JSON (`reactivation.rounds.rounds`)."""


class Member(NamedTuple):
    """A customer who was drawn into a round."""

    customer_id: int
    """Who stands for them now, if they were merged into another since."""
    side: Side | None
    """None where customers were drawn on both sides who turned out to be one."""
    drawn: Day
    """The day of the draw: the start of the round, or a later day for who came in later."""


_ROUND = "id, playbook, name, started, ended, hold_out, window_days, seed, rules"


def rounds(conn: sqlite3.Connection, up_to: Day) -> list[Round]:
    """The rounds that had started by the end of a day, the newest first; one ended later still ran then."""
    rows = conn.execute(
        f"SELECT {_ROUND} FROM playbook_round WHERE started <= ? ORDER BY started DESC, id DESC", (up_to,)
    )
    found = [Round(*row) for row in rows]
    return [
        each._replace(ended=None) if each.ended is not None and each.ended > up_to else each for each in found
    ]


def number_of(conn: sqlite3.Connection, up_to: Day) -> int:
    """How many rounds had started by the end of a day."""
    row = conn.execute("SELECT count(*) FROM playbook_round WHERE started <= ?", (up_to,)).fetchone()
    return int(row[0])


def round_of(conn: sqlite3.Connection, round_id: int) -> Round | None:
    """The round of a number, None if there is none."""
    row = conn.execute(f"SELECT {_ROUND} FROM playbook_round WHERE id = ?", (round_id,)).fetchone()
    return Round(*row) if row else None


def members(conn: sqlite3.Connection, round_id: int, up_to: Day) -> list[Member]:
    """Who had been drawn into a round by the end of a day, each once, in the order of their numbers.

    Customers who were merged since are one, as of the first day on which one of them was drawn.
    """
    now = kept_of_merged(conn)
    found: dict[int, Member] = {}
    for number, side, drawn in conn.execute(
        "SELECT customer_id, held_out, drawn FROM round_member WHERE round_id = ? AND drawn <= ?"
        " ORDER BY drawn, customer_id",
        (round_id, up_to),
    ):
        customer = now.get(number, number)
        before = found.get(customer)
        if before is None:
            found[customer] = Member(customer, Side(side), drawn)
        elif before.side != side:
            found[customer] = before._replace(side=None)
    return [found[customer] for customer in sorted(found)]


def drawn_in_all(conn: sqlite3.Connection, round_id: int) -> int:
    """How many were ever drawn into a round and are not forgotten; merged ones for each."""
    row = conn.execute("SELECT count(*) FROM round_member WHERE round_id = ?", (round_id,)).fetchone()
    return int(row[0])


def held_out(day: Day) -> Clause:
    """The customers whom a round leaves in peace on a day: no playbook that wins back may fetch them."""
    return Clause(f"customer.id IN ({_HELD_OUT})", (day, day, day))


_HELD_OUT = f"""
WITH RECURSIVE drawn_once(number) AS (
  SELECT customer_id FROM round_member JOIN playbook_round ON playbook_round.id = round_member.round_id
  WHERE held_out = {Side.HELD_OUT:d} AND drawn <= ? AND drawn + window_days >= ?
  AND (ended IS NULL OR ended > ?)
  UNION
  SELECT kept FROM drawn_once JOIN merged_customer ON merged_customer.id = drawn_once.number
) SELECT number FROM drawn_once"""


def stable_signs(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """The sign of each customer that is most likely to stay, whatever file names them.

    The id of a source (of several the first by name of the source and id), else an e-mail, else a phone
    number, as they are matched by; else the customer's number.
    """
    signs = {int(number): f"number:{number}" for number in ids}
    for _at, part in parts(ids):
        rows = conn.execute(
            "SELECT customer_id, identity.kind, coalesce(source.name, ''), value FROM identity"
            " LEFT JOIN source ON source.id = identity.source_id"
            f" WHERE customer_id IN ({LISTED}) AND identity.kind IN ('id', 'email', 'phone')"
            " ORDER BY customer_id, CASE identity.kind WHEN 'id' THEN 0 WHEN 'email' THEN 1 ELSE 2 END,"
            " source.name, value",
            (json.dumps(part),),
        )
        first: set[int] = set()
        for number, kind, source, value in rows:
            if number not in first:
                first.add(number)
                signs[number] = f"{kind}:{source}:{value}"
    return signs


def add_round(
    op: Operation,
    *,
    playbook: str,
    name: str,
    started: Day,
    hold_out: int,
    window_days: int,
    seed: str,
    rules: str,
) -> int:
    """Write a new round down as part of an operation; its number."""
    cursor = op.conn.execute(
        "INSERT INTO playbook_round (playbook, name, started, hold_out, window_days, seed, rules)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (playbook, name, started, hold_out, window_days, seed, rules),
    )
    number = int(cursor.lastrowid or 0)
    op.inserted("playbook_round", number)
    return number


def add_members(
    op: Operation, round_id: int, drawn: Day, side: Side, customers: Sequence[int], steps: Steps
) -> None:
    """Write down who was drawn on a side of a round, as part of an operation."""
    for _at, part in parts(customers):
        images.add_images(
            op.conn, op.id, "round_member", [(images.row_key((round_id, number)), None) for number in part]
        )
        op.conn.executemany(
            "INSERT INTO round_member (round_id, customer_id, held_out, drawn) VALUES (?, ?, ?, ?)",
            [(round_id, number, int(side), drawn) for number in part],
        )
        steps.more(len(part))


def change_round(op: Operation, round_id: int, *, ended: Day | None, rules: str) -> None:
    """Write down that a round was ended, or what has changed in it, as part of an operation."""
    op.changing("playbook_round", round_id)
    op.conn.execute(
        "UPDATE playbook_round SET ended = ?, rules = ? WHERE id = ?", (ended, rules, round_id)
    )


class Drawn(NamedTuple):
    """A draw of one customer."""

    round: Round
    side: Side
    day: Day


def draws_of(conn: sqlite3.Connection, customers: Iterable[int]) -> list[Drawn]:
    """The rounds into which customers of these numbers were drawn, in the order of the draws."""
    rows = conn.execute(
        f"SELECT round_id, held_out, drawn FROM round_member WHERE customer_id IN ({LISTED})"
        " ORDER BY drawn, round_id, customer_id",
        (json.dumps(sorted(customers)),),
    ).fetchall()
    found = ((round_of(conn, number), side, day) for number, side, day in rows)
    return [Drawn(each, Side(side), day) for each, side, day in found if each is not None]


def drawn_into(round_id: int) -> Clause:
    """The customers who have been drawn into a round, on whichever side."""
    return Clause(f"customer.id IN ({_DRAWN})", (round_id,))


_DRAWN = """
WITH RECURSIVE drawn_once(number) AS (
  SELECT customer_id FROM round_member WHERE round_id = ?
  UNION
  SELECT kept FROM drawn_once JOIN merged_customer ON merged_customer.id = drawn_once.number
) SELECT number FROM drawn_once"""


def stop_work(op: Operation, round_id: int, day: Day) -> int:
    """End what is still open of the playbooks and tasks of a round, as part of an operation.

    How many playbooks that were.
    """
    open_work = (
        ("task", "state = 'open' AND enrolment_id IN (SELECT id FROM enrolment WHERE round_id = ?)",
         "state = 'skipped', closed = ?"),
        ("enrolment", "ended IS NULL AND round_id = ?", "ended = ?, ending = 'stopped'"),
    )
    changed = 0
    for table, where, change in open_work:
        images.add_images_of(op.conn, op.id, table, f"SELECT * FROM {table} WHERE {where}", (round_id,))
        changed = op.conn.execute(f"UPDATE {table} SET {change} WHERE {where}", (day, round_id)).rowcount
    return changed
