"""Who of a status comes first by source id, phone, company, country or tag, in stores with many customers.

A status stands with the facts of a customer, these texts elsewhere: no index has both. Where the customers of
a status are all the oldest ones, a list of them by source id would pass by nearly everyone else. So a table
has both, and indexes of its own. Triggers keep the texts what they are elsewhere; who writes facts says so
(`follow`), because with a trigger each of those statements would keep a journal of its own. Names and e-mail
addresses are not in it: what people are called says nothing about how they buy.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

TABLE = "list_status"
_SOURCES = ("fact", "customer", "tag")
_TEXTS = ("key", "phone", "company", "country")
_COLUMNS = {**{column: f"{column} COLLATE NOCASE" for column in _TEXTS}, "tag": "tag"}
NAMES = {"tags" if column == "tag" else column: f"{TABLE}_{column}" for column in _COLUMNS}
"""The index that has the customers of each status in the order of a sort."""

_FIRST_TAG = "(SELECT min(name) FROM tag WHERE customer_id = {customer})"
_OWN = ", ".join(_TEXTS)
_NEW, _OLD = (", ".join(f"{row}.{column}" for column in _TEXTS) for row in ("new", "old"))
_TAG_GONE = f"""
UPDATE {TABLE} SET tag = {_FIRST_TAG.format(customer="old.customer_id")}
WHERE customer_id = old.customer_id AND tag = old.name;"""  # noqa: S608
_TAG_ADDED = f"""
UPDATE {TABLE} SET tag = new.name
WHERE customer_id = new.customer_id AND (tag IS NULL OR tag > new.name);"""  # noqa: S608
_FOLLOW = f"""
INSERT INTO main.{TABLE}
SELECT customer.id, fact.status, {", ".join(f"customer.{column}" for column in _TEXTS)},
  {_FIRST_TAG.format(customer="customer.id")}
FROM json_each(?) AS some CROSS JOIN main.fact ON fact.customer_id = some.value
LEFT JOIN main.{TABLE} AS placed ON placed.customer_id = fact.customer_id
CROSS JOIN main.customer ON customer.id = fact.customer_id WHERE placed.status IS NOT fact.status
ON CONFLICT (customer_id) DO UPDATE SET status = excluded.status"""  # noqa: S608

_TRIGGERS = {
    "customer_changed": (
        f"UPDATE OF {_OWN} ON customer WHEN ({_NEW}) IS NOT ({_OLD})",
        f"UPDATE {TABLE} SET ({_OWN}) = ({_NEW}) WHERE customer_id = new.id;",  # noqa: S608
    ),
    "customer_gone": ("DELETE ON customer", f"DELETE FROM {TABLE} WHERE customer_id = old.id;"),  # noqa: S608
    "tag_added": ("INSERT ON tag", _TAG_ADDED),
    "tag_changed": ("UPDATE ON tag", _TAG_GONE + _TAG_ADDED),
    "tag_gone": ("DELETE ON tag", _TAG_GONE),
}
"""What changes the texts after what happens elsewhere."""


def ready(conn: sqlite3.Connection, sort: str) -> bool:
    """Whether the customers of a status can be read in the order of a sort.

    Not where the connection looks from another day, with facts or customers of its own.
    """
    if sort not in NAMES:
        return False
    if not _is_there(conn, NAMES[sort]):
        return False
    sources = ", ".join(f"'{table}'" for table in _SOURCES)
    elsewhere = conn.execute(f"SELECT 1 FROM sqlite_temp_schema WHERE name IN ({sources})")  # noqa: S608
    return elsewhere.fetchone() is None


def made_names() -> tuple[str, ...]:
    """The names of the table and of its indexes, in the order in which they are made."""
    return TABLE, *NAMES.values()


def make(conn: sqlite3.Connection, name: str) -> None:
    """Make the table, or one of its indexes after that; the caller owns the transaction."""
    if name != TABLE:
        column = _COLUMNS[name.removeprefix(f"{TABLE}_")]
        conn.execute(f"CREATE INDEX IF NOT EXISTS main.{name} ON {TABLE}(status, {column})")
        return
    texts = ", ".join(f"{column} TEXT NOT NULL" for column in _TEXTS)
    conn.execute(
        f"CREATE TABLE main.{TABLE} (customer_id INTEGER PRIMARY KEY, status INTEGER NOT NULL, {texts},"
        " tag TEXT) STRICT"
    )
    conn.execute(
        f"INSERT INTO main.{TABLE} SELECT id, status, {_OWN}, {_FIRST_TAG.format(customer='id')}"  # noqa: S608
        " FROM main.customer JOIN main.fact ON fact.customer_id = id ORDER BY id"
    )
    for trigger, (event, statements) in _TRIGGERS.items():
        conn.execute(f"CREATE TRIGGER main.{TABLE}_{trigger} AFTER {event} BEGIN {statements} END")


def follow(conn: sqlite3.Connection, customers: Iterable[int]) -> None:
    """Take over the statuses of customers whose facts were written; the caller owns the transaction."""
    if _is_there(conn, TABLE):
        conn.execute(_FOLLOW, (json.dumps(list(customers)),))


def drop(conn: sqlite3.Connection, table: str) -> None:
    """Forget it all, where it is made from a table to which much is about to be written; the caller owns the
    transaction."""
    if table not in _SOURCES:
        return
    for trigger in _TRIGGERS:
        conn.execute(f"DROP TRIGGER IF EXISTS main.{TABLE}_{trigger}")
    conn.execute(f"DROP TABLE IF EXISTS main.{TABLE}")


def _is_there(conn: sqlite3.Connection, name: str) -> bool:
    return conn.execute("SELECT 1 FROM main.sqlite_schema WHERE name = ?", (name,)).fetchone() is not None
