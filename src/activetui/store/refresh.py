"""Spans, status changes, subscriptions and facts kept equal to what ledger and definition say.

Nothing here commits: the caller owns the transaction, so that a change and what follows from it are one.
All rows of the stored `fact` are for one day, the setting `facts_day`.

What works statuses out is loaded when it is used: every module that can change something imports this one,
and most commands change nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from activetui.ledger.days import Day
from activetui.store import as_of, settings
from activetui.store.progress import Progress, Steps

_AT_ONCE = 20_000
_BLOCK = 5_000
"""Customers that are worked out between two steps of progress."""
_STEPS_A_BLOCK = 3
"""Working out and writing a block takes about three times as long as one step of reading the ledger."""


def refresh(conn: sqlite3.Connection, customers: Sequence[int], today: Day) -> None:
    """Work out `customers` anew after their events, tags or existence changed.

    Numbers that are nobody's (merged, forgotten) lose their rows. Everyone is worked out where the ledger
    now reaches back further, or less far. Facts are brought to `today` first if they are for an earlier day.
    """
    from activetui.store.blocks import readings
    from activetui.store.derived import derive, replace
    from activetui.store.in_force import in_force
    from activetui.store.ledger_start import follow, ledger_start

    roll(conn, today)
    definition = in_force(conn)
    touched = sorted({int(customer) for customer in customers})
    if follow(conn, definition, touched):
        refresh_all(conn, settings.facts_day(conn))
        return
    day, start = settings.facts_day(conn), ledger_start(conn, definition)
    for at in range(0, len(touched), _AT_ONCE):
        part = touched[at : at + _AT_ONCE]
        found = (derive(definition, reading, start, day) for reading in readings(conn, definition, part))
        replace(conn, part, found)
    as_of.refresh_rows(conn, touched)


def refresh_all(conn: sqlite3.Connection, today: Day, progress: Progress | None = None) -> None:
    """Work out everyone from scratch, with facts as of `today`.

    `progress` is called with steps done and in all, many a second; if it raises, the caller is to roll back.
    """
    from activetui.store.blocks import readings, ticks
    from activetui.store.derived import append, count, derive, together
    from activetui.store.in_force import in_force
    from activetui.store.ledger_start import follow, ledger_start

    definition = in_force(conn)
    follow(conn, definition, None)
    start = ledger_start(conn, definition)
    customers = int(conn.execute("SELECT count(*) FROM customer").fetchone()[0])
    blocks = -(-customers // _BLOCK)
    steps = Steps(progress, ticks(conn, definition.columns) + _STEPS_A_BLOCK * blocks)
    changes = []
    with _emptied(conn):
        steps.more(0)
        for reading in readings(conn, definition, size=_BLOCK, tick=steps.more):
            derived = derive(definition, reading, start, today)
            append(conn, derived)
            changes.append(derived.changes())
            steps.more(_STEPS_A_BLOCK)
        count(conn, together(changes))
    steps.end()
    settings.put(conn, "facts_day", str(today))
    as_of.look_again(conn)


def roll(conn: sqlite3.Connection, today: Day) -> int:
    """Bring the facts to `today` if they are for an earlier day; how many customers' facts changed.

    Only rows that time changes, or an event that was still ahead, are worked out. When the clock has gone
    back the stored facts stay, and this connection looks from `today` (`as_of.look_from`).
    """
    before = settings.facts_day(conn)
    if today < before:
        as_of.look_from(conn, today)
    if today <= before:
        return 0
    due = [customer for (customer,) in conn.execute(_DUE, (today, before, today))]
    if due:
        from activetui.store.blocks import readings
        from activetui.store.collector import few_collections
        from activetui.store.derived import FACT_ROW, derive
        from activetui.store.in_force import in_force
        from activetui.store.ledger_start import ledger_start

        definition = in_force(conn)
        start = ledger_start(conn, definition)
        for reading in readings(conn, definition, due):
            found = derive(definition, reading, start, today)
            with few_collections():
                conn.executemany(FACT_ROW.replace("INSERT", "REPLACE", 1), found.facts.rows())
    settings.put(conn, "facts_day", str(today))
    return len(due)


_DUE = """
SELECT customer_id FROM main.fact WHERE next_change <= ?
UNION SELECT customer_id FROM event INDEXED BY event_ahead
WHERE day > ? AND day <= ? AND day > recorded AND customer_id IS NOT NULL"""


_EMPTY = (
    "DELETE FROM span", "DELETE FROM status_change", "DELETE FROM subscription", "DELETE FROM main.fact",
)


@contextmanager
def _emptied(conn: sqlite3.Connection) -> Iterator[None]:
    """The derived tables without rows; the indexes on facts are made again at the end, which is quicker."""
    indexes = conn.execute(
        "SELECT name, sql FROM main.sqlite_schema "
        "WHERE type = 'index' AND tbl_name = 'fact' AND sql IS NOT NULL"
    ).fetchall()
    for name, _sql in indexes:
        conn.execute(f'DROP INDEX main."{name}"')
    for statement in _EMPTY:
        conn.execute(statement)
    yield
    for name, sql in indexes:
        conn.execute(sql.replace(name, f"main.{name}", 1))
