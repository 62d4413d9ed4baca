"""Spans, status changes, subscriptions and facts kept equal to what ledger and definition say.

Nothing here commits: the caller owns the transaction, so that a change and what follows from it are one.
All rows of the stored `fact` are for one day, the setting `facts_day`.

What works statuses out is loaded when it is used: every module that can change something imports this one,
and most commands change nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from activetui.ledger.days import Day
from activetui.store import settings
from activetui.store.listing import list_indexes, status_order
from activetui.store.other_days import as_of
from activetui.store.progress import Progress

_AT_ONCE = 20_000


def refresh(
    conn: sqlite3.Connection,
    customers: Sequence[int],
    today: Day,
    told: Callable[[int], None] = lambda _done: None,
) -> None:
    """Work out `customers` anew after their events, tags or existence changed.

    `told` is called now and then with how many more are done; if it raises, the caller is to roll back.

    Numbers that are nobody's (merged, forgotten) lose their rows. Everyone is worked out where the ledger
    now reaches back further, or less far. Facts are brought to `today` first if they are for an earlier day.
    """
    from activetui.store.facts.blocks import readings
    from activetui.store.facts.derived import derive, replace
    from activetui.store.in_force import in_force
    from activetui.store.ledger_start import follow, ledger_start

    roll(conn, today)
    definition = in_force(conn)
    touched = sorted({int(customer) for customer in customers})
    if follow(conn, definition, touched):
        refresh_all(conn, settings.facts_day(conn))
        return
    if len(touched) >= list_indexes.MANY:
        list_indexes.drop(conn, "fact")
    day, start = settings.facts_day(conn), ledger_start(conn, definition)
    for at in range(0, len(touched), _AT_ONCE):
        part = touched[at : at + _AT_ONCE]
        found = (derive(definition, reading, start, day) for reading in readings(conn, definition, part))
        replace(conn, part, found)
        status_order.follow(conn, part)
        told(len(part))
    as_of.refresh_rows(conn, touched)


def refresh_all(conn: sqlite3.Connection, today: Day, progress: Progress | None = None) -> None:
    """Work out everyone from scratch, with facts as of `today`.

    `progress` is called with steps done and in all, many a second; if it raises, the caller is to roll back.
    """
    from activetui.store.facts.everyone import Everyone

    with Everyone(conn, today) as everyone:
        everyone.write(progress)


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
        from activetui.store.collector import few_collections
        from activetui.store.facts.blocks import readings
        from activetui.store.facts.derived import derive
        from activetui.store.facts.fact_changes import write_changes
        from activetui.store.in_force import in_force
        from activetui.store.ledger_start import ledger_start

        definition = in_force(conn)
        start = ledger_start(conn, definition)
        for reading in readings(conn, definition, due):
            found = derive(definition, reading, start, today)
            with few_collections():
                write_changes(conn, found.facts.rows())
            status_order.follow(conn, found.customers.tolist())
    settings.put(conn, "facts_day", str(today))
    return len(due)


_DUE = """
SELECT customer_id FROM main.fact WHERE next_change <= ?
UNION SELECT customer_id FROM event INDEXED BY event_ahead
WHERE day > ? AND day <= ? AND day > recorded AND customer_id IS NOT NULL"""
