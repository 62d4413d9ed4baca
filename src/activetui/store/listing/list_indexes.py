"""The indexes that only long lists need: made when there is time, not with every import.

A short list is sorted as quickly without them, so that only stores with many customers have them. Nothing but
speed depends on them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from activetui.store.listing import status_order

MANY = 20_000
"""From so many customers on, lists need their indexes; when so many change at once, those are made anew."""
BEGINNING = "list_"
"""How the names of these indexes begin: whoever makes indexes anew after much was written leaves them out."""

NAMES: dict[str, str] = {
    "name": "customer_by_name",
    "key": "list_customer_key",
    "email": "list_customer_email",
    "phone": "list_customer_phone",
    "company": "list_customer_company",
    "country": "list_customer_country",
    "status": "fact_by_status",
    "active": "fact_by_status",
    "status_since": "list_fact_since",
    "status_until": "list_fact_until",
    "first_purchase": "list_fact_first_purchase",
    "last_purchase": "list_fact_last_purchase",
    "purchases": "list_fact_purchases",
    "spend": "list_fact_spend",
    "types": "list_fact_types",
    "tags": "tag_by_name",
    "rhythm": "list_fact_rhythm",
    "next_expected": "list_fact_next_expected",
    "year_spend": "list_fact_year_spend",
    "next_status": "list_fact_next_status",
}
"""The index that has the customers in the order of a sort; `id` needs none."""

_DESCENDING = ("since", "last_purchase", "purchases", "spend", "types", "year_spend")
_FACTS = (
    "spend", "last_purchase", "purchases", "year_spend", "since", "until", "first_purchase", "rhythm",
    "next_expected", "types", "next_status",
)
_TEXTS = ("email", "phone", "company", "country", "key")

_MADE: dict[str, str] = {
    **{
        f"list_fact_{column}": f"fact(status, {column}{' DESC' if column in _DESCENDING else ''})"
        for column in _FACTS
    },
    **{f"list_customer_{column}": f"customer({column} COLLATE NOCASE)" for column in _TEXTS},
}
"""The indexes that are made when there is time, those first that are wanted most."""


def ready(conn: sqlite3.Connection, sort: str) -> bool:
    """Whether the customers can be read in the order of a sort.

    For facts of another day (`as_of`) the index is made now: nobody else waits for it, and the next look at
    the same list needs it again.
    """
    name = NAMES.get(sort)
    if name is None:
        return True
    schema = _schema_of(conn, _table(name))
    if _exists(conn, schema, name):
        return True
    fixed = schema == "main" or name not in _MADE or conn.execute("PRAGMA query_only").fetchone()[0]
    if fixed or not are_many(conn):
        return False
    conn.execute(f"CREATE INDEX temp.{name} ON {_MADE[name]}")
    return True


def are_many(conn: sqlite3.Connection) -> bool:
    """Whether the store has so many customers that lists need their indexes."""
    found = conn.execute("SELECT count(*) FROM (SELECT 1 FROM main.fact LIMIT ?)", (MANY,)).fetchone()
    return int(found[0]) >= MANY


def made_names() -> tuple[str, ...]:
    """The names of the indexes that only long lists need, and of the table of some of them before those."""
    return *_MADE, *status_order.made_names()


def missing(conn: sqlite3.Connection) -> Iterator[str]:
    """The names of what is to be made; none where there are not many customers."""
    if are_many(conn):
        yield from (name for name in made_names() if not _exists(conn, "main", name))


def make(conn: sqlite3.Connection, name: str) -> None:
    """Make one of what is missing; the caller owns the transaction."""
    if name in _MADE:
        conn.execute(f"CREATE INDEX IF NOT EXISTS main.{name} ON {_MADE[name]}")
    else:
        status_order.make(conn, name)


def drop(conn: sqlite3.Connection, table: str) -> None:
    """Forget those of a table to which much is about to be written; the caller owns the transaction."""
    for name in _MADE:
        if _table(name) == table:
            conn.execute(f"DROP INDEX IF EXISTS main.{name}")
    status_order.drop(conn, table)


def _table(name: str) -> str:
    return name.removeprefix(BEGINNING).partition("_")[0]


def _schema_of(conn: sqlite3.Connection, table: str) -> str:
    found = conn.execute("SELECT 1 FROM sqlite_temp_schema WHERE type = 'table' AND name = ?", (table,))
    return "main" if found.fetchone() is None else "temp"


def _exists(conn: sqlite3.Connection, schema: str, name: str) -> bool:
    found = conn.execute(f"SELECT 1 FROM {schema}.sqlite_schema WHERE name = ?", (name,))  # noqa: S608
    return found.fetchone() is not None
