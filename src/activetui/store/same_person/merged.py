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
    """The next number for a customer: that of one who was merged or forgotten is never given away."""
    return int(conn.execute(
        "SELECT max((SELECT coalesce(max(id), 0) FROM main.customer),"
        " (SELECT coalesce(max(id), 0) FROM merged_customer),"
        " (SELECT coalesce(max(id), 0) FROM forgotten_person)) + 1"
    ).fetchone()[0])


def _end(into: dict[int, int], number: int) -> int:
    while number in into:
        number = into[number]
    return number


def note_whose(conn: sqlite3.Connection, batch_id: int) -> None:
    """Note of every event that a batch has brought or changed to whom of the merged it belongs.

    To be asked while the file is staged; the caller owns the transaction.
    """
    if conn.execute("SELECT 1 FROM merged_customer LIMIT 1").fetchone() is None:
        return
    conn.execute(
        "UPDATE main.event SET whose = said.whose FROM ("
        " SELECT source.id AS source_id, said.key, person.customer_id, person.whose"
        " FROM staging.event AS said CROSS JOIN staging.source ON source.local = said.source"
        " CROSS JOIN staging.person ON person.hint = said.hint"
        " WHERE person.customer_id IN (SELECT kept FROM merged_customer)) AS said"
        " WHERE event.source_id = said.source_id AND event.key = said.key"
        " AND event.customer_id = said.customer_id AND event.whose IS NOT said.whose"
        " AND (event.batch_id = ? OR event.id IN ("
        "  SELECT event_id FROM staging.known WHERE differs))",
        (batch_id,),
    )
    conn.execute(
        "UPDATE main.event SET whose = NULL WHERE whose IS NOT NULL"
        " AND customer_id NOT IN (SELECT kept FROM merged_customer)"
        " AND id IN (SELECT event_id FROM staging.known WHERE differs)"
    )


def own_wishes(conn: sqlite3.Connection) -> list[tuple[int, str]]:
    """Merged customers and a wish (`consent`, `do_not_contact`) that the one who is kept had from them alone.

    Only where the staged file says it of the one who is kept, too: taking them apart must not loosen it then.
    """
    found: list[tuple[int, str]] = []
    for name, strict in (("consent", 0), ("do_not_contact", 1)):
        found += ((number, name) for (number,) in conn.execute(
            "SELECT id FROM merged_customer"  # noqa: S608
            " WHERE json_extract(filled, '$.customer.' || ?1 || '[1]') = ?2 AND kept IN ("
            f"  SELECT coalesce(whose, customer_id) FROM staging.hint JOIN staging.person USING (hint)"
            f"  WHERE hint.{name} = ?2)",
            (name, strict),
        ))
    return found


def note_wishes(conn: sqlite3.Connection) -> None:
    """Keep `own_wishes`; the caller owns the transaction."""
    conn.executemany(
        "UPDATE merged_customer SET filled = json_remove(filled, '$.customer.' || ?2) WHERE id = ?1",
        own_wishes(conn),
    )
