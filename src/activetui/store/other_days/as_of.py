"""Facts of another day than the stored one, from what is known now or from what was known then.

Reading queries say `fact` without a schema. For another day a TEMP table of that name, with the same columns
and indexes, stands before the stored one, for this connection only; for what was known then, so do tables
of the whole ledger (`known_then`).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from activetui.ledger.days import Day
from activetui.store import settings
from activetui.store.in_force import in_force
from activetui.store.listing import list_indexes
from activetui.store.other_days.reading_ahead import another, runs_ahead, version
from activetui.store.progress import Progress, Steps

if TYPE_CHECKING:
    from activetui.activity.definition import Definition
    from activetui.store.facts.blocks import Reading

_BLOCK = 10_000
"""Customers that are worked out between two steps of progress."""
_STEPS_A_BLOCK, _STEPS_AN_INDEX = 6, 10
"""How long that takes, and an index, beside reading a step of the ledger."""


def look_from(
    conn: sqlite3.Connection, day: Day, *, known_then: bool = False, progress: Progress | None = None
) -> None:
    """From now on `fact` answers for `day` on this connection.

    For the day of the stored facts nothing is made, and the view moves on with them. Changes through this
    connection are followed; for those of other programs look again. A transaction of the caller goes on.

    With `known_then` every table answers as the ledger stood at the end of `day`, and nothing can be written
    through this connection; `OwnerError` where nothing was known by then.
    """
    before = version(conn)
    with _changing_the_view(conn), another(conn) as other, _unlocked(conn):
        _forget(conn)
        if known_then and _then_differs(conn, day):
            from activetui.store.other_days.known_then import make

            make(conn, day, progress)
        elif day != settings.facts_day(conn):
            # the other one came between the two: it sees what is seen here
            _make(conn, day, progress, other if version(conn) == before else None)


def day_of(conn: sqlite3.Connection) -> Day:
    """The day that `fact` answers for on this connection."""
    return settings.facts_day(conn) if not _looks_elsewhere(conn) else _other_day(conn)


def knows_then(conn: sqlite3.Connection) -> bool:
    """Whether this connection sees the ledger as it stood on another day."""
    found = conn.execute("SELECT 1 FROM sqlite_temp_schema WHERE name = 'known_day'")
    return found.fetchone() is not None


def look_again(conn: sqlite3.Connection) -> None:
    """After everyone was worked out anew: facts of the other day, if one is looked from, too."""
    if _looks_elsewhere(conn):
        look_from(conn, _other_day(conn))


def refresh_rows(conn: sqlite3.Connection, customers: Sequence[int]) -> None:
    """After `customers` were worked out anew: their facts of the other day, if one is looked from, too."""
    if _looks_elsewhere(conn):
        conn.executemany("DELETE FROM temp.fact WHERE customer_id = ?", ((number,) for number in customers))
        from activetui.store.facts.blocks import readings

        some = readings(conn, in_force(conn), customers, size=_BLOCK)
        _fill(conn, _other_day(conn), some, Steps(None, 1))


def _looks_elsewhere(conn: sqlite3.Connection) -> bool:
    return conn.execute("SELECT 1 FROM sqlite_temp_schema WHERE name = 'fact_day'").fetchone() is not None


def _other_day(conn: sqlite3.Connection) -> Day:
    return int(conn.execute("SELECT day FROM temp.fact_day").fetchone()[0])


def _forget(conn: sqlite3.Connection) -> None:
    if knows_then(conn):
        from activetui.store.other_days.known_then import forget

        forget(conn)
    conn.execute("DROP TABLE IF EXISTS temp.fact")
    conn.execute("DROP TABLE IF EXISTS temp.fact_day")


def _make(
    conn: sqlite3.Connection, day: Day, progress: Progress | None, other: sqlite3.Connection | None
) -> None:
    statements = [
        sql
        for (sql,) in conn.execute(
            "SELECT sql FROM main.sqlite_schema WHERE tbl_name = 'fact' AND sql IS NOT NULL "
            "AND substr(name, 1, ?) <> ? "  # long lists make theirs when they need them
            "ORDER BY type DESC, name",  # the table before its indexes
            (len(list_indexes.BEGINNING), list_indexes.BEGINNING),
        )
    ]
    conn.execute(re.sub(r"^CREATE TABLE ", "CREATE TEMP TABLE ", statements[0]))
    indexes = statements[1:]
    steps = _steps(conn, progress, len(indexes))
    _fill(conn, day, _everyone(other or conn, in_force(conn), steps, ahead=other is not None), steps)
    for sql in indexes:
        conn.execute(re.sub(r"^CREATE INDEX ", "CREATE INDEX temp.", sql))
        steps.more(_STEPS_AN_INDEX)
    conn.execute("CREATE TEMP TABLE fact_day (day INTEGER NOT NULL)")
    conn.execute("INSERT INTO temp.fact_day VALUES (?)", (day,))


def _steps(conn: sqlite3.Connection, progress: Progress | None, indexes: int) -> Steps:
    if progress is None:
        return Steps(None, 1)
    from activetui.store.facts.blocks import ticks

    customers = conn.execute("SELECT count(*) FROM customer").fetchone()[0]
    blocks = _STEPS_A_BLOCK * -(-customers // _BLOCK) + _STEPS_AN_INDEX * indexes
    return Steps(progress, ticks(conn, in_force(conn).columns) + blocks)


def _everyone(
    conn: sqlite3.Connection, definition: Definition, steps: Steps, *, ahead: bool
) -> Iterator[Reading]:
    from activetui.store.facts.blocks import runs

    if not ahead:
        for run in runs(conn, definition, steps.more):
            yield from run.readings(_BLOCK)
        return
    with closing(runs_ahead(conn, definition, steps.more)) as found:
        for run in found:
            yield from run.readings(_BLOCK)


def _fill(conn: sqlite3.Connection, day: Day, found: Iterator[Reading], steps: Steps) -> None:
    from activetui.activity.evaluate import type_spans
    from activetui.activity.facts import facts
    from activetui.store.collector import few_collections
    from activetui.store.facts.derived import FACT_ROW
    from activetui.store.facts.life_arrays import spans_of_block

    definition = in_force(conn)
    for reading in found:
        spans = spans_of_block(conn, reading.block.customers, since=day)
        figures = facts(reading.block, spans, type_spans(definition, reading.block), day)
        with few_collections():
            conn.executemany(FACT_ROW.replace("main.", "temp.", 1), figures.rows())
        steps.more(_STEPS_A_BLOCK)


def _then_differs(conn: sqlite3.Connection, day: Day) -> bool:
    """Whether anything that still stands has been entered, changed or deleted since the end of `day`."""
    found = conn.execute(
        "SELECT EXISTS (SELECT 1 FROM operation WHERE day > ?1 AND undone_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM customer WHERE entered > ?1)"
        " OR EXISTS (SELECT 1 FROM event NOT INDEXED WHERE entered > ?1)",
        (day,),
    )
    return bool(found.fetchone()[0])


@contextmanager
def _changing_the_view(conn: sqlite3.Connection) -> Iterator[None]:
    """Views are made and dropped in the block. Outside it, nothing can be written while the ledger of
    another day is seen: a change would go to the TEMP tables in part, and to the stored ones in part."""
    conn.execute("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        if knows_then(conn):
            conn.execute("PRAGMA query_only = ON")


@contextmanager
def _unlocked(conn: sqlite3.Connection) -> Iterator[None]:
    """One view of the file, made whole or left as it was, without keeping others from writing (TEMP tables
    are this connection's own)."""
    if conn.in_transaction:
        conn.execute("SAVEPOINT view")
        try:
            yield
        except BaseException:
            if conn.in_transaction:  # SQLite ends some of them itself
                conn.execute("ROLLBACK TO view")
                conn.execute("RELEASE view")
            raise
        conn.execute("RELEASE view")
        return
    conn.execute("BEGIN DEFERRED")
    try:
        yield
        conn.commit()
    finally:
        conn.rollback()  # nothing, where it was committed
