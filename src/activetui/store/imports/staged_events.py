"""The events of a staged file: which are new, which have changed, and writing that.

What a row leaves empty it says nothing about: a shorter export of the same events takes nothing away.
"""

from __future__ import annotations

import sqlite3

from activetui.ledger.days import Day
from activetui.locales import ngettext
from activetui.store import settings
from activetui.store.changes import corrections, forgotten, images
from activetui.store.changes.operations import Operation
from activetui.store.imports import older, settling
from activetui.store.imports.plans import SAMPLES, Change, Context, EventPlan, Plans, Staged
from activetui.store.imports.settling import Order
from activetui.store.imports.staged_tables import CONTENT, LINE
from activetui.store.privacy import leaving_out
from activetui.store.progress import Progress

_CHUNK = 100_000
_STAGED = "staging.event AS said CROSS JOIN staging.source ON source.local = said.source"
_PERSON = "LEFT JOIN staging.person ON person.hint = said.hint"
_SAID = ", ".join(f"said.{name}" for name in CONTENT)
_NAMES = ", ".join(CONTENT)
_IS_SAID = {
    "kind": "true",
    "day": "true",
    "refunded": "(said.refunded <> 0 OR said.state <> '')",  # nothing given back, or no such column
    **{name: f"said.{name} IS NOT NULL" for name in ("amount", "quantity", "rating", "until")},
}
"""Where a column of a staged event says something; for all others: where it is not empty."""
_SAYS = {name: _IS_SAID.get(name, f"said.{name} <> ''") for name in CONTENT}
_DIFFERS = " OR ".join(f"({says} AND event.{name} IS NOT said.{name})" for name, says in _SAYS.items())
_LINES_DIFFER = " OR ".join(f"line.{name} IS NOT said.{name}" for name in LINE)
_LINE = ", ".join(LINE)
_ONE_LINE = """
SELECT known.seq FROM staging.known CROSS JOIN staging.event AS said ON said.seq = known.seq
CROSS JOIN main.line ON line.event_id = known.event_id
WHERE said.kind IN (1, 2) AND said.product <> ''
AND NOT EXISTS (SELECT 1 FROM staging.line AS own WHERE own.seq = known.seq)
GROUP BY known.seq, said.product, said.amount
HAVING count(*) > 1 OR max(line.product) <> said.product OR max(line.amount) <> said.amount"""
"""Sales that the file tells in one row, and of which the ledger has lines that say something else."""
_CHANGED = "(known.differs OR known.lines_differ)"


def plan_events(
    conn: sqlite3.Connection, context: Context, staged: Staged, *, count_walk_ins: bool
) -> EventPlan:
    """Find out which staged events the ledger has; fills `staging.known`. The caller owns the transaction.

    Customers must have been planned before; `count_walk_ins` is whether some turned out to be nobody.
    """
    plan = EventPlan(conn.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0])
    plan.walk_ins = staged.walk_ins
    if staged.keys_repeat:
        plan.repeated = _drop_repeated(conn, staged.events)
    leaving_out.empty_events(conn, plan)
    forgotten.leave_out(conn, plan, bring_back=staged.bring_back)
    plan.warnings += _set_foreign_aside(conn, plan, staged.currencies - {""})
    plan.staged, plan.last_seq = conn.execute(
        "SELECT (SELECT count(*) FROM staging.event), (SELECT coalesce(max(seq), 0) FROM staging.event)"
    ).fetchone()
    if count_walk_ins or plan.repeated or plan.forgotten:
        plan.walk_ins = conn.execute(
            f"SELECT count(*) FROM staging.event AS said {_PERSON} WHERE person.customer_id IS NULL"  # noqa: S608
        ).fetchone()[0]
    if not _any_known(conn):
        return plan
    corrections.hold(conn, plan)
    _compare(conn)
    _compare_lines(conn, rows_are_lines=staged.rows_are_lines)
    older.hold_back(conn, context, plan)
    plan.known = conn.execute("SELECT count(*) FROM staging.known").fetchone()[0]
    plan.changed = conn.execute(f"SELECT count(*) FROM staging.known WHERE {_CHANGED}").fetchone()[0]  # noqa: S608
    plan.state_changes = _state_changes(conn)
    plan.samples = _samples(conn)
    return plan


def write_events(
    op: Operation, batch_id: int, plans: Plans, today: Day, progress: Progress | None = None
) -> set[Order]:
    """Write the new and changed events; the orders of which some changed. The caller owns the transaction.

    Adds the customers of all these events, as they were and as they are, to `staging.touched`.
    """
    conn, orders = op.conn, set[Order]()
    forgotten.note(op, plans.events)
    if plans.events.changed:
        orders |= _touch_changed(conn)
        _keep_changed(conn, op.id)
        _write_changed(conn)
        orders |= _touch_changed(conn)
    if plans.events.new:
        _write_new(conn, batch_id, plans, progress)
    return orders


def orders_with_refunds(conn: sqlite3.Connection) -> set[Order]:
    """The orders that the staged events name and that have refunds; to be asked after `write_events`."""
    waiting = conn.execute(
        "SELECT 1 FROM staging.source JOIN main.event ON event.source_id = source.id"
        " WHERE event.kind = 2 AND event.order_ref <> '' LIMIT 1"
    ).fetchone()
    if waiting is None:
        return set()
    rows = conn.execute(
        "SELECT DISTINCT source.id, refund.order_ref"  # noqa: S608
        f" FROM {_STAGED} CROSS JOIN main.event AS refund"
        " ON refund.source_id = source.id AND refund.kind = 2 AND refund.order_ref <> ''"
        f" AND refund.order_ref IN (said.order_ref, substr(said.key, {len(settling.PURCHASE_KEY) + 1}))"
        " WHERE said.kind IN (1, 2)"
        f" AND said.seq NOT IN (SELECT seq FROM staging.known WHERE NOT {_CHANGED})"
    )
    return {Order(*row) for row in rows}


def _drop_repeated(conn: sqlite3.Connection, staged: int) -> int:
    """Leave only the last event of each key; how many of those `staged` there are more."""
    conn.execute(
        "DELETE FROM staging.event WHERE seq NOT IN (SELECT max(seq) FROM staging.event GROUP BY source, key)"
    )
    left = int(conn.execute("SELECT count(*) FROM staging.event").fetchone()[0])
    if left < staged:
        conn.execute("DELETE FROM staging.line WHERE seq NOT IN (SELECT seq FROM staging.event)")
    return staged - left


def _set_foreign_aside(conn: sqlite3.Connection, plan: EventPlan, currencies: frozenset[str]) -> list[str]:
    """Money in another currency than the store's is shown where it stands, and never added up."""
    found = dict.fromkeys(sorted(currencies), 0)
    if len(found) > 1:
        counted = dict(conn.execute(  # of as many of each, the one that stands first is at home
            "SELECT currency, count(*) FROM staging.event WHERE currency <> ''"
            " GROUP BY currency ORDER BY min(seq)"
        ))
        found = counted | {other: 0 for other in found if other not in counted}
    if not found:
        return []
    home = settings.get(conn, "currency") or _first_currency(conn) or max(found, key=lambda name: found[name])
    plan.currency = home
    foreign = [currency for currency in found if currency != home]
    if not foreign:
        return []
    n = conn.execute("UPDATE staging.event SET net = 0 WHERE currency NOT IN ('', ?)", (home,)).rowcount
    return [
        ngettext(
            "{n} event is in {foreign}: its money is shown but not added to {home}.",
            "{n} events are in {foreign}: their money is shown but not added to {home}.",
            n,
        ).format(n=n, foreign=", ".join(sorted(foreign)), home=home)
    ]


def _first_currency(conn: sqlite3.Connection) -> str:
    row = conn.execute("SELECT currency FROM event WHERE currency <> '' ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _any_known(conn: sqlite3.Connection) -> bool:
    found = conn.execute(
        "SELECT 1 FROM staging.source WHERE EXISTS (SELECT 1 FROM event WHERE event.source_id = source.id)"
    )
    return found.fetchone() is not None


def _compare(conn: sqlite3.Connection) -> None:
    conn.execute(
        "INSERT INTO staging.known (seq, event_id, differs, lines_differ)"  # noqa: S608
        f" SELECT said.seq, event.id, {_DIFFERS}"
        " OR event.customer_id IS NOT coalesce(person.customer_id, event.customer_id)"
        " OR (person.customer_id IS NOT NULL AND event.whose IS NOT person.whose), 0"
        f" FROM {_STAGED}"
        f" CROSS JOIN main.event ON event.source_id = source.id AND event.key = said.key {_PERSON}"
    )


def _compare_lines(conn: sqlite3.Connection, *, rows_are_lines: bool) -> None:
    """A file without lines says nothing about lines; one with lines gives all of them.

    Where rows are lines, an order in one row is its only line; so it is where other orders have several.
    """
    has_lines = conn.execute("SELECT 1 FROM staging.line LIMIT 1").fetchone() is not None
    if not has_lines and not rows_are_lines:
        return
    conn.execute(f"UPDATE staging.known SET lines_differ = 1 WHERE seq IN ({_ONE_LINE})")  # noqa: S608
    conn.execute(
        "UPDATE staging.known SET lines_differ = 1 WHERE seq IN ("  # noqa: S608
        " SELECT known.seq FROM staging.known CROSS JOIN staging.line AS said ON said.seq = known.seq"
        " LEFT JOIN main.line ON line.event_id = known.event_id AND line.position = said.position"
        f" WHERE line.event_id IS NULL OR {_LINES_DIFFER}"
        " UNION ALL"
        " SELECT known.seq FROM staging.known"
        " WHERE EXISTS (SELECT 1 FROM staging.line AS said WHERE said.seq = known.seq)"
        " AND (SELECT count(*) FROM main.line WHERE line.event_id = known.event_id)"
        " > (SELECT count(*) FROM staging.line AS said WHERE said.seq = known.seq))"
    )
    corrections.hold_lines(conn)


def _state_changes(conn: sqlite3.Connection) -> dict[tuple[str, str], int]:
    rows = conn.execute(
        "SELECT event.state, said.state, count(*) FROM staging.known"
        " JOIN staging.event AS said ON said.seq = known.seq JOIN main.event ON event.id = known.event_id"
        " WHERE known.differs AND said.state <> '' AND event.state <> said.state"
        " GROUP BY event.state, said.state ORDER BY 1, 2"
    )
    return {(before, after): n for before, after, n in rows}


def _samples(conn: sqlite3.Connection) -> list[Change]:
    old = ", ".join(f"event.{name}" for name in CONTENT)
    rows = conn.execute(
        f"SELECT event.id, event.order_ref, event.key, {old}, {_SAID} FROM staging.known"  # noqa: S608
        " JOIN staging.event AS said ON said.seq = known.seq JOIN main.event ON event.id = known.event_id"
        " WHERE known.differs ORDER BY known.seq LIMIT ?",
        (SAMPLES,),
    )
    found: list[Change] = []
    for number, order_ref, key, *values in rows:
        before, after = values[:len(CONTENT)], values[len(CONTENT):]
        said = dict(zip(CONTENT, after, strict=True))
        for name, old_value, new_value in zip(CONTENT, before, after, strict=True):
            if old_value != new_value and older.says_something(said, name):
                found.append(Change("event", number, order_ref or key, name, old_value, new_value))
    return found[:SAMPLES]


def _touch_changed(conn: sqlite3.Connection) -> set[Order]:
    names = ("customer_id", "source_id", "kind", "order_ref", "key")
    rows = conn.execute(
        f"SELECT {', '.join(names)} FROM main.event"  # noqa: S608
        f" WHERE id IN (SELECT event_id FROM staging.known WHERE {_CHANGED})"
    ).fetchall()
    conn.executemany(
        "INSERT OR IGNORE INTO staging.touched VALUES (?)", ((row[0],) for row in rows if row[0] is not None)
    )
    return {order for row in rows for order in settling.orders_of(dict(zip(names, row, strict=True)))}


def _keep_changed(conn: sqlite3.Connection, operation_id: int) -> None:
    changed = f"SELECT event_id FROM staging.known WHERE {_CHANGED}"  # noqa: S608
    images.add_images_of(
        conn, operation_id, "event", f"SELECT * FROM main.event WHERE id IN ({changed}) ORDER BY id"  # noqa: S608
    )
    lines = "SELECT event_id FROM staging.known WHERE lines_differ"
    images.add_images_of(
        conn, operation_id, "line",
        f"SELECT * FROM main.line WHERE event_id IN ({lines}) ORDER BY event_id, position",  # noqa: S608
    )
    added = conn.execute(
        "SELECT known.event_id, said.position FROM staging.known"
        " JOIN staging.line AS said ON said.seq = known.seq"
        " LEFT JOIN main.line ON line.event_id = known.event_id AND line.position = said.position"
        " WHERE known.lines_differ AND line.event_id IS NULL ORDER BY 1, 2"
    ).fetchall()
    images.add_images(conn, operation_id, "line", ((images.row_key(key), None) for key in added))


def _write_changed(conn: sqlite3.Connection) -> None:
    assignments = ", ".join(
        f"{name} = CASE WHEN {says} THEN said.{name} ELSE event.{name} END" for name, says in _SAYS.items()
    )
    conn.execute(
        f"UPDATE main.event SET customer_id = coalesce(person.customer_id, event.customer_id), {assignments}"  # noqa: S608
        f" FROM staging.known CROSS JOIN staging.event AS said ON said.seq = known.seq {_PERSON}"
        " WHERE event.id = known.event_id AND known.differs"
    )
    settling.settle_alone(conn, "id IN (SELECT event_id FROM staging.known WHERE differs)")
    conn.execute(
        "DELETE FROM main.line WHERE event_id IN (SELECT event_id FROM staging.known WHERE lines_differ)"
    )
    conn.execute(
        f"INSERT INTO main.line (event_id, position, {_LINE}) SELECT known.event_id, said.position, "  # noqa: S608
        + ", ".join(f"said.{name}" for name in LINE)
        + " FROM staging.known CROSS JOIN staging.line AS said ON said.seq = known.seq"
        " WHERE known.lines_differ ORDER BY known.event_id, said.position"
    )


def _write_new(
    conn: sqlite3.Connection, batch_id: int, plans: Plans, progress: Progress | None
) -> None:
    plan, customers = plans.events, plans.customers
    fresh = "AND said.seq NOT IN (SELECT seq FROM staging.known)" if plan.known else ""
    if plan.batch == batch_id:
        # two tables that are defined alike, the second one empty: SQLite copies what lies in the file
        conn.execute("INSERT INTO main.event SELECT * FROM staging.event")
    else:
        _number_and_write(conn, batch_id, plan, fresh, progress)
    if progress is not None:
        progress(plan.last_seq, plan.last_seq)
    conn.execute(
        f"INSERT INTO main.line (event_id, position, {_LINE}) SELECT ? + said.seq, said.position, "  # noqa: S608
        + ", ".join(f"said.{name}" for name in LINE)
        + f" FROM staging.line AS said WHERE true {fresh} ORDER BY said.seq, said.position",
        (plan.first_id,),
    )
    if customers.known:  # new ones are touched as it is
        conn.execute(
            "INSERT OR IGNORE INTO staging.touched SELECT person.customer_id"  # noqa: S608
            f" FROM staging.event AS said CROSS JOIN staging.person ON person.hint = said.hint"
            f" WHERE person.customer_id < ? {fresh}",
            (customers.first_new,),
        )


def _number_and_write(
    conn: sqlite3.Connection, batch_id: int, plan: EventPlan, fresh: str, progress: Progress | None
) -> None:
    insert = (
        f"INSERT INTO main.event (id, customer_id, {_NAMES},"  # noqa: S608
        " net, counts, recorded, entered, source_id, key, line, batch_id)"
        f" SELECT ?1 + said.seq, person.customer_id, {_SAID}, said.net, said.counts, said.recorded,"
        f" said.entered, source.id, said.key, said.line, ?2 FROM {_STAGED} {_PERSON}"
        f" WHERE said.seq > ?3 AND said.seq <= ?4 {fresh} ORDER BY said.seq"
    )
    for start in range(0, plan.last_seq, _CHUNK):
        conn.execute(insert, (plan.first_id, batch_id, start, start + _CHUNK))
        if progress is not None:
            progress(min(start + _CHUNK, plan.last_seq), plan.last_seq)
