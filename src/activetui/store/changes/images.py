"""Rows as they were before a change, so that the change can be taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Key: TypeAlias = "int | str | tuple[int | str, ...]"
"""A row's primary key: one value, or the values in the order of `KEYS`."""
Row: TypeAlias = dict[str, Any]
"""A row by column."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "meta": ("key",),
    "source": ("id",),
    "kind": ("id",),
    "customer": ("id",),
    "identity": ("kind", "source_id", "value"),
    "tag": ("customer_id", "name"),
    "event": ("id",),
    "line": ("event_id", "position"),
    "payment_ref": ("value", "event_id"),
    "segment": ("id",),
    "enrolment": ("id",),
    "task": ("id",),
    "rule_text": ("sort", "key"),
    "playbook_round": ("id",),
    "round_member": ("round_id", "customer_id"),
    "alert_mark": ("rule", "customer_id", "occasion"),
    "remembered_answer": ("signature",),
    "forgotten_event": ("source_id", "key"),
    "not_the_same": ("one", "other"),
    "forgotten_sign": ("mark",),
}
"""The tables whose rows can be brought back, with their primary keys."""


def row_key(key: Key) -> str:
    """The key as it stands in `before_image.row_key`."""
    values = list(key) if isinstance(key, tuple) else [key]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def key_values(text: str) -> list[int | str]:
    """The values of a key out of `before_image.row_key`."""
    values: list[int | str] = json.loads(text)
    return values


def columns_of(conn: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table that can be brought back; `KeyError` for any other."""
    KEYS[table]
    return tuple(name for (name,) in conn.execute("SELECT name FROM pragma_table_info(?)", (table,)))


def row_of(conn: sqlite3.Connection, table: str, key: str) -> Row | None:
    """The row as it is now, None if there is none; `key` as in `before_image.row_key`."""
    cursor = conn.execute(f'SELECT * FROM "{table}" WHERE {_is_row(table)}', key_values(key))  # noqa: S608
    row = cursor.fetchone()
    return None if row is None else dict(zip((part[0] for part in cursor.description), row, strict=True))


def add_images(
    conn: sqlite3.Connection, operation_id: int, table: str, images: Iterable[tuple[str, str | None]]
) -> None:
    """Keep rows of one table as they were: pairs of key and row as JSON (None: the row was not there)."""
    KEYS[table]
    position = conn.execute(
        "SELECT coalesce(max(position), 0) FROM before_image WHERE operation_id = ?", (operation_id,)
    ).fetchone()[0]
    conn.executemany(
        "INSERT INTO before_image (operation_id, position, table_name, row_key, row) VALUES (?, ?, ?, ?, ?)",
        (
            (operation_id, number, table, key, row)
            for number, (key, row) in enumerate(images, start=position + 1)
        ),
    )


def add_images_of(
    conn: sqlite3.Connection, operation_id: int, table: str, select: str, parameters: Sequence[object] = ()
) -> None:
    """Keep the rows that `select` (all columns of one table) finds, as they are now."""
    cursor = conn.execute(select, parameters)
    names = [part[0] for part in cursor.description]
    places = [names.index(part) for part in KEYS[table]]
    add_images(conn, operation_id, table, _with_keys(cursor, names, places))


def as_text(row: Row) -> str:
    """A row as JSON that gives every value back exactly."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def put_back(conn: sqlite3.Connection, table: str, key: str, row: str | None) -> None:
    """Make a row what it was: insert, overwrite or delete it.

    Not by REPLACE, which would first delete the row and with it whatever hangs on it.
    """
    if row is None:
        conn.execute(f'DELETE FROM "{table}" WHERE {_is_row(table)}', key_values(key))  # noqa: S608
        return
    values: Row = json.loads(row)
    keys = KEYS[table]
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in values if name not in keys)
    what = f"UPDATE SET {changes}" if changes else "NOTHING"
    conn.execute(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT ({", ".join(keys)}) DO {what}',  # noqa: S608
        list(values.values()),
    )


def _is_row(table: str) -> str:
    return " AND ".join(f'"{part}" = ?' for part in KEYS[table])


def _with_keys(
    rows: Iterable[tuple[Any, ...]], names: list[str], places: list[int]
) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield row_key(tuple(row[place] for place in places)), as_text(dict(zip(names, row, strict=True)))
