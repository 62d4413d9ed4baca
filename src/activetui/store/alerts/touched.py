"""Which customers the owner's last changes were about, so that only they are looked at anew."""

from __future__ import annotations

import sqlite3

from activetui.store.state_mark import StateMark

MOST = 2_000
"""Of more customers than that nothing is known better than that all may have changed."""

_OF_CUSTOMER = {
    "customer": "id", "tag": "customer_id", "event": "customer_id", "identity": "customer_id",
    "enrolment": "customer_id", "task": "customer_id", "round_member": "customer_id",
}
"""Tables whose rows belong to a customer, and the column that says to whom."""
_OF_NOBODY = frozenset(("alert_mark", "rule_text", "line", "payment_ref", "playbook_round"))
"""Tables on which no alert depends by itself: rules are told apart by what they say."""


def touched_since(conn: sqlite3.Connection, before: StateMark, now: StateMark) -> frozenset[int] | None:
    """The customers whom the changes between two marks were about; None where it may be anybody."""
    if now._replace(changes=before.changes) != before or now.changes < before.changes:
        return None
    found: set[int] = set()
    rows = conn.execute(
        "SELECT table_name, row_key, row FROM main.before_image WHERE operation_id > ? AND operation_id <= ?"
        " ORDER BY operation_id LIMIT ?",
        (before.changes, now.changes, MOST + 1),
    ).fetchall()
    if len(rows) > MOST:
        return None
    for table, key, row in rows:
        if table in _OF_NOBODY:
            continue
        column = _OF_CUSTOMER.get(table)
        if column is None:
            return None
        if column == "id":
            found.update(number for (number,) in conn.execute("SELECT json_extract(?, '$[0]')", (key,)))
            continue
        found.update(
            number for (number,) in conn.execute(
                f"SELECT json_extract(?1, '$.customer_id') UNION SELECT customer_id FROM main.{table}"  # noqa: S608
                f" WHERE {_KEY[table]}", (row, key),
            ) if number is not None
        )
    return frozenset(found)


_KEY = {
    "tag": "customer_id = json_extract(?2, '$[0]') AND name = json_extract(?2, '$[1]')",
    "identity": "kind = json_extract(?2, '$[0]') AND source_id = json_extract(?2, '$[1]')"
                " AND value = json_extract(?2, '$[2]')",
    "round_member": "round_id = json_extract(?2, '$[0]') AND customer_id = json_extract(?2, '$[1]')",
} | dict.fromkeys(("event", "enrolment", "task"), "id = json_extract(?2, '$[0]')")
