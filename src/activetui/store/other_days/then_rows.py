"""Which rows of the ledger stood at the end of a day, from when they were entered and what they were before
each later change. `known_then` asks this for one table after the other, and builds on the answers.

The rows that a later change has touched are in the TEMP table `then_image`, as they were before the first
such change; a row that is NULL there was not there yet.
"""

from __future__ import annotations

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
import json
import sqlite3

from activetui.ledger.days import Day
from activetui.store.changes import images
from activetui.store.imports import settling
from activetui.store.imports.settling import Order

RESTORED = "id IN (SELECT number FROM temp.then_image WHERE table_name = 'event')"
"""SQL: the events that a later change has touched."""

_COLLECT = """
CREATE TEMP TABLE then_image AS
SELECT table_name, row_key, json_extract(row_key, '$[0]') AS number, row FROM (
  SELECT table_name, row_key, row,
    row_number() OVER (PARTITION BY table_name, row_key ORDER BY operation_id, position) AS place
  FROM main.before_image JOIN main.operation ON operation.id = before_image.operation_id
  WHERE operation.day > ? AND operation.undone_at IS NULL AND table_name <> 'line')
WHERE place = 1"""

# A number may have been given anew after its event was deleted. A line is of the event that the change had
# in hand, told by its source, key and day of entry; every change of a line keeps its event as well.
_COLLECT_LINES = """
INSERT INTO temp.then_image
SELECT 'line', row_key, number, row FROM (
  SELECT line.row_key, json_extract(line.row_key, '$[0]') AS number, line.row,
    row_number() OVER (PARTITION BY line.row_key ORDER BY line.operation_id, line.position) AS place
  FROM main.before_image AS line JOIN main.operation ON operation.id = line.operation_id
  JOIN main.before_image AS whole ON whole.operation_id = line.operation_id
    AND whole.table_name = 'event' AND whole.row_key = '[' || json_extract(line.row_key, '$[0]') || ']'
  JOIN temp.event ON event.id = json_extract(line.row_key, '$[0]')
    AND event.source_id = json_extract(whole.row, '$.source_id')
    AND event.key = json_extract(whole.row, '$.key') AND event.entered = json_extract(whole.row, '$.entered')
  WHERE operation.day > ? AND operation.undone_at IS NULL AND line.table_name = 'line')
WHERE place = 1"""

# An import that was taken back never was: what it left behind, because something that still stands holds
# it, was there from that on.
_CHANGED_BY_THEN = """
EXISTS (SELECT 1 FROM main.before_image JOIN main.operation ON operation.id = before_image.operation_id
  WHERE table_name = '{table}' AND row_key = '[' || {table}.id || ']'
  AND operation.undone_at IS NULL AND operation.day <= ?1)"""
_SIGNED_BY_THEN = """
EXISTS (SELECT 1 FROM main.identity AS sign
  JOIN main.before_image ON table_name = 'identity'
    AND row_key = json_array(sign.kind, sign.source_id, sign.value)
  JOIN main.operation ON operation.id = before_image.operation_id
  WHERE sign.customer_id = customer.id AND operation.undone_at IS NULL AND operation.day <= ?1)"""
_TAGGED_BY_THEN = """
EXISTS (SELECT 1 FROM main.before_image JOIN main.operation ON operation.id = before_image.operation_id
  WHERE table_name = 'tag' AND row_key >= '[' || customer.id || ',' AND row_key < '[' || customer.id || '-'
  AND operation.undone_at IS NULL AND operation.day <= ?1)"""
_TAKEN_BACK = "(SELECT id FROM main.batch WHERE undone_at IS NOT NULL)"
_ENTERED = f"""
{{table}}.entered <= ?1 AND (batch_id IS NULL OR batch_id NOT IN {_TAKEN_BACK} OR {{held}})"""
_HAS_EVENTS = "customer.id IN (SELECT customer_id FROM temp.event WHERE customer_id IS NOT NULL)"

_CONDITIONS = {
    "event": _ENTERED.format(table="event", held=_CHANGED_BY_THEN.format(table="event")),
    "enrolment": "true",
    "customer": _ENTERED.format(
        table="customer",
        held=f"{_CHANGED_BY_THEN.format(table='customer')} OR {_TAGGED_BY_THEN} OR {_SIGNED_BY_THEN}"
             " OR customer.id IN (SELECT customer_id FROM temp.enrolment)",
    ) + f" OR {_HAS_EVENTS}",
    "tag": "customer_id IN (SELECT id FROM temp.customer)",
    "identity": "customer_id IN (SELECT id FROM temp.customer)",
    "task": "enrolment_id IN (SELECT id FROM temp.enrolment)",
    "line": "event_id IN (SELECT id FROM temp.event)",
}
"""Of each table: which of its rows, as they were, had been entered by the day `?1`."""

# Lines of an event that has since got the number of one that was deleted.
_OF_ANOTHER_EVENT = """
event_id NOT IN (SELECT event.id FROM temp.event JOIN main.event AS now ON now.id = event.id
  WHERE (now.source_id, now.key, now.entered) <> (event.source_id, event.key, event.entered))"""


def collect(conn: sqlite3.Connection, day: Day) -> None:
    """Find what a change after the end of `day`, which still stands, has touched; makes `then_image`."""
    conn.execute(_COLLECT, (day,))
    conn.execute("CREATE INDEX temp.then_image_of_row ON then_image(table_name, row_key)")


def fill(conn: sqlite3.Connection, table: str, day: Day) -> None:
    """Fill the empty TEMP table with the rows that stood at the end of `day`."""
    if table == "line":
        conn.execute(_COLLECT_LINES, (day,))
    _restore(conn, table, day)
    _keep(conn, table, day)
    if table == "customer":
        conn.execute(
            "DELETE FROM temp.event WHERE customer_id IS NOT NULL"
            " AND customer_id NOT IN (SELECT id FROM temp.customer)"
        )


def orders_to_settle(conn: sqlite3.Connection) -> set[Order]:
    """The orders that had other purchases or refunds then, or had them otherwise, than now."""
    found = {Order(*row) for row in conn.execute(_ORDERS)}
    for (text,) in conn.execute(
        "SELECT row FROM temp.then_image WHERE table_name = 'event' AND row IS NOT NULL"
    ):
        found.update(settling.orders_of(json.loads(text)))
    names = ("kind", "source_id", "order_ref", "key")
    for row in conn.execute(f"SELECT {', '.join(names)} FROM main.event WHERE {RESTORED}"):
        found.update(settling.orders_of(dict(zip(names, row, strict=True))))
    return found


# Orders with a refund or a purchase that is not there yet.
_ORDERS = """
SELECT source_id, order_ref FROM main.event AS refund
WHERE kind = 2 AND order_ref <> '' AND NOT EXISTS (SELECT 1 FROM temp.event WHERE event.id = refund.id)
UNION
SELECT refund.source_id, refund.order_ref FROM temp.event AS refund
JOIN main.event AS purchase
  ON purchase.source_id = refund.source_id AND purchase.key = 'purchase:' || refund.order_ref
WHERE refund.kind = 2 AND refund.order_ref <> '' AND purchase.kind = 1
  AND NOT EXISTS (SELECT 1 FROM temp.event WHERE event.id = purchase.id)
UNION
SELECT refund.source_id, refund.order_ref FROM temp.event AS refund
JOIN main.event AS purchase
  ON purchase.source_id = refund.source_id AND purchase.order_ref = refund.order_ref
  AND purchase.kind = 1 AND purchase.order_ref <> '' AND purchase.key <> 'purchase:' || purchase.order_ref
WHERE refund.kind = 2 AND refund.order_ref <> ''
  AND NOT EXISTS (SELECT 1 FROM temp.event WHERE event.id = purchase.id)"""


def _restore(conn: sqlite3.Connection, table: str, day: Day) -> None:
    """The rows that were changed or deleted later, as they were."""
    columns = conn.execute(f'PRAGMA main.table_info("{table}")').fetchall()
    values = ", ".join(
        # a row that was kept before the table got a column has nothing there
        f"coalesce(json_extract(row, '$.{name}'), {usual or 'NULL'}) AS \"{name}\""
        for _number, name, _type, _not_null, usual, _key in columns
    )
    # OR IGNORE: where the computer's clock was set back between two changes, both can seem to have stood
    conn.execute(
        f'INSERT OR IGNORE INTO temp."{table}" SELECT * FROM ('
        f"SELECT {values} FROM temp.then_image WHERE table_name = '{table}' AND row IS NOT NULL)"
        f' AS "{table}"'
        f" WHERE {_CONDITIONS[table]}",
        _day_if_asked(table, day),
    )


def _keep(conn: sqlite3.Connection, table: str, day: Day) -> None:
    """The rows that no later change has touched."""
    key = ", ".join(f'"{part}"' for part in images.KEYS[table])
    whole, part = (key, "number") if len(images.KEYS[table]) == 1 else (f"json_array({key})", "row_key")
    untouched = f"{whole} NOT IN (SELECT {part} FROM temp.then_image WHERE table_name = '{table}')"
    if table == "line":
        untouched += f" AND {_OF_ANOTHER_EVENT}"
    conn.execute(
        f'INSERT OR IGNORE INTO temp."{table}" SELECT * FROM main."{table}" AS "{table}"'
        f" WHERE ({_CONDITIONS[table]}) AND {untouched}",
        _day_if_asked(table, day),
    )


def _day_if_asked(table: str, day: Day) -> tuple[Day, ...]:
    return (day,) if "?1" in _CONDITIONS[table] else ()
