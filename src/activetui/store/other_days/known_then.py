"""The ledger as it stood at the end of a day: what was entered later is not there, what was changed later
is as it was, what was deleted later is back.

TEMP tables of the names of the stored ones stand before them, for this connection only, and everything that
is derived is worked out from them by the same evaluator. So every list, count, receipt and segment asked on
this connection agrees. An import or a change that has been taken back counts as if it had never been. The
definition is the one in force: the second clock is that of the facts.
"""

from __future__ import annotations

import re
import sqlite3

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_day
from activetui.store import settings
from activetui.store.imports import settling
from activetui.store.listing import list_indexes
from activetui.store.other_days import then_rows
from activetui.store.progress import Progress

_STOOD = ("event", "enrolment", "customer", "tag", "identity", "task", "line")
"""The tables of the ledger, each after those that say which of its rows were there."""
_DERIVED = ("life", "status_change", "subscription", "fact")
_REFERENCE = re.compile(r" REFERENCES \w+\(\w+\)(?: ON DELETE (?:CASCADE|SET NULL))?")


class NothingKnownError(OwnerError):
    """On the day asked for nothing had been entered yet."""


def make(conn: sqlite3.Connection, day: Day, progress: Progress | None = None) -> None:
    """Put the ledger of the end of `day` before the stored one; not within a transaction of writing.

    The facts are as of `day` too. `NothingKnownError` where nothing had been entered by then.
    """
    then_rows.collect(conn, day)
    for table in _STOOD:
        _copy_table(conn, table)
        then_rows.fill(conn, table, day)
        _copy_indexes(conn, table)
    _refuse_where_nothing_was_known(conn, day)
    _settle(conn)
    conn.execute("DROP TABLE temp.then_image")
    _derive(conn, day, progress)
    conn.execute("CREATE TEMP TABLE known_day (day INTEGER NOT NULL)")
    conn.execute("INSERT INTO temp.known_day VALUES (?)", (day,))


def forget(conn: sqlite3.Connection) -> None:
    """Let this connection see the stored ledger again."""
    for table in (*_STOOD, *_DERIVED, "meta", "known_day"):
        conn.execute(f"DROP TABLE temp.{table}")


def first_entry(conn: sqlite3.Connection) -> Day | None:
    """The first day on which anything was entered; None for an empty ledger."""
    day = conn.execute(
        "SELECT min(day) FROM (SELECT min(entered) AS day FROM main.event NOT INDEXED"
        " UNION ALL SELECT min(entered) FROM main.customer)"
    ).fetchone()[0]
    return None if day is None else int(day)


def refuse_before_first_entry(conn: sqlite3.Connection, day: Day) -> None:
    """`NothingKnownError` where nothing that still stands had been entered by the end of `day`."""
    first = first_entry(conn)
    if first is not None and day < first:
        raise NothingKnownError(
            _("Nothing was known yet on {day}: the first entry is of {first}.").format(
                day=format_day(day), first=format_day(first)
            ),
            _("Choose that day or a later one, or look at what is known now."),
        )


def _refuse_where_nothing_was_known(conn: sqlite3.Connection, day: Day) -> None:
    found = conn.execute("SELECT EXISTS (SELECT 1 FROM temp.customer) OR EXISTS (SELECT 1 FROM temp.event)")
    if not found.fetchone()[0]:
        refuse_before_first_entry(conn, day)
        raise NothingKnownError(
            _("Of what the ledger holds now, nothing was known yet on {day}.").format(day=format_day(day)),
            _("Choose a later day, or look at what is known now."),
        )


def _copy_table(conn: sqlite3.Connection, table: str) -> None:
    """An empty TEMP table with the same columns; references would be sought among TEMP tables."""
    [(sql,)] = conn.execute(
        "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?", (table,)
    ).fetchall()
    conn.execute(_REFERENCE.sub("", sql).replace("CREATE TABLE ", "CREATE TEMP TABLE ", 1))


def _copy_indexes(conn: sqlite3.Connection, table: str) -> None:
    """The same indexes, by the same names, for queries that name theirs."""
    for (sql,) in conn.execute(
        "SELECT sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
        " AND substr(name, 1, ?) <> ? ORDER BY name",
        (table, len(list_indexes.BEGINNING), list_indexes.BEGINNING),
    ).fetchall():
        conn.execute(sql.replace("CREATE INDEX ", "CREATE INDEX temp.", 1))


def _settle(conn: sqlite3.Connection) -> None:
    """`net` and `counts` as they follow from the refunds known then, not from those that came later."""
    settling.settle_alone(conn, then_rows.RESTORED)
    settling.settle_orders(conn, then_rows.orders_to_settle(conn))


def _derive(conn: sqlite3.Connection, day: Day, progress: Progress | None) -> None:
    from activetui.store.facts.blocks import readings
    from activetui.store.facts.derived import append, count, derive, together
    from activetui.store.in_force import in_force
    from activetui.store.ledger_start import follow, ledger_start

    _copy_table(conn, "meta")
    conn.execute("INSERT INTO temp.meta SELECT * FROM main.meta WHERE key <> 'ledger_start'")
    settings.put(conn, "facts_day", str(day))
    for table in _DERIVED:
        _copy_table(conn, table)
    definition = in_force(conn)
    follow(conn, definition, None)
    start = ledger_start(conn, definition)
    total = int(conn.execute("SELECT count(*) FROM temp.customer").fetchone()[0])
    done, changes = 0, []

    def tell() -> None:
        if progress:
            progress(done, total)

    for reading in readings(conn, definition, tick=tell):
        derived = derive(definition, reading, start, day)
        append(conn, derived, "temp")
        changes.append(derived.changes())
        done += len(reading.block.customers)
        tell()
    count(conn, together(changes))
    for table in _DERIVED:
        _copy_indexes(conn, table)
