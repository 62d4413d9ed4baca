"""Who has been merged into whom. How that is done and taken back again: `merging`."""

from __future__ import annotations

import sqlite3


def kept_of_merged(conn: sqlite3.Connection) -> dict[int, int]:
    """For every customer who was merged into another, the customer who stands for them now."""
    into: dict[int, int] = dict(conn.execute("SELECT id, kept FROM merged_customer"))
    return {number: _end(into, number) for number in into}


def kept_of(conn: sqlite3.Connection, customer_id: int) -> int:
    """The customer who stands for this one now: the same, unless they were merged into another."""
    while row := conn.execute("SELECT kept FROM merged_customer WHERE id = ?", (customer_id,)).fetchone():
        customer_id = int(row[0])
    return customer_id


def within(conn: sqlite3.Connection, customer_id: int) -> list[int]:
    """The number, and those of all who were merged into this customer, directly or through others."""
    found = [customer_id]
    for number in found:
        found += [one for (one,) in conn.execute(
            "SELECT id FROM merged_customer WHERE kept = ? ORDER BY id", (number,)
        )]
    return found


def free_customer(conn: sqlite3.Connection) -> int:
    """The next number for a customer: that of one who was merged is never given away."""
    return int(conn.execute(
        "SELECT max((SELECT coalesce(max(id), 0) FROM main.customer),"
        " (SELECT coalesce(max(id), 0) FROM merged_customer)) + 1"
    ).fetchone()[0])


def _end(into: dict[int, int], number: int) -> int:
    while number in into:
        number = into[number]
    return number
