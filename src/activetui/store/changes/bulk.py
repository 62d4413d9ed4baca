"""One change of many customers at once, each as one operation: a hundred thousand take seconds.

Numbers of nobody (merged or deleted meanwhile) and repeated ones are passed over. What needs no change is
left alone and not counted. `progress` is told how far the work is; where it raises, nothing was changed.
"""

# ruff: noqa: S608 - only fixed texts are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.records import EventRecord
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.countries import country_code
from activetui.locales.formats import format_number
from activetui.store import events, kinds
from activetui.store.changes import images
from activetui.store.changes.operations import TYPE_TAGS, Operation, operation
from activetui.store.customers import tag_name
from activetui.store.facts import refresh
from activetui.store.listing.numbers import LISTED, parts, there
from activetui.store.opening.file import transaction
from activetui.store.opening.seed import HAND
from activetui.store.progress import Progress, Steps

SETTABLE = ("consent", "do_not_contact", "country", "language")
"""The columns that `set_many` can change: those that can be the same for many, and find nobody."""
_GIVE = "INSERT INTO tag (customer_id, name) VALUES (?, ?)"
_TAKE = "DELETE FROM tag WHERE customer_id = ? AND name = ?"


def tag_many(
    conn: sqlite3.Connection,
    ids: Iterable[int],
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    made_at: str,
    today: Day,
    progress: Progress | None = None,
) -> int:
    """Give tags and take tags away; how many customers are changed by that. `OwnerError` for an empty tag."""
    given, taken = [_tag(name) for name in add], [_tag(name) for name in remove]
    with transaction(conn):
        numbers = there(conn, ids)
        having = {name: _with_tag(conn, numbers, name) for name in (*given, *taken)}
        changes = [(name, [n for n in numbers if n not in having[name]]) for name in dict.fromkeys(given)]
        losses = [(name, sorted(having[name])) for name in dict.fromkeys(taken) if name not in given]
        changed = {n for _name, some in changes + losses for n in some}
        what = _tags_words(given, [name for name, _some in losses], len(changed))
        steps = Steps(progress, sum(len(some) for _name, some in changes + losses) + len(changed))
        with operation(conn, what, made_at, day=today) as op:
            for name, some in changes:
                _each(op, name, some, _GIVE, steps, had=False)
            for name, some in losses:
                _each(op, name, some, _TAKE, steps, had=True)
            if TYPE_TAGS & {*given, *taken}:
                _refresh(conn, changed, today, steps)
    steps.end()
    return len(changed)


def tags_of(conn: sqlite3.Connection, ids: Iterable[int]) -> dict[str, int]:
    """Every tag that these customers have, with how many of them have it, the commonest first."""
    found: Counter[str] = Counter()
    for _at, part in parts(sorted(set(ids))):
        rows = conn.execute(
            f"SELECT name, count(*) FROM tag WHERE customer_id IN ({LISTED}) GROUP BY name",
            (json.dumps(part),),
        )
        found.update(dict(rows))
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def log_many(
    conn: sqlite3.Connection,
    ids: Iterable[int],
    record: EventRecord,
    *,
    made_at: str,
    today: Day,
    progress: Progress | None = None,
) -> int:
    """Write the same event down for each customer; how many were written.

    The record names no order and has no lines: those are of one customer only.
    """
    assert not record.order_ref and not record.lines
    with transaction(conn):
        numbers = there(conn, ids)
        words = {code: word for word, code in kinds.kind_codes(conn).items()}
        what = ngettext("{kind} of {n} customer", "{kind} of {n} customers", len(numbers))
        what = what.format(kind=words[record.kind], n=format_number(len(numbers)))
        steps = Steps(progress, 2 * len(numbers))
        with operation(conn, what, made_at, day=today) as op:
            add_to_each(op, numbers, record, today=today, steps=steps)
            _refresh(conn, numbers, today, steps)
    steps.end()
    return len(numbers)


def add_to_each(
    op: Operation, numbers: Sequence[int], record: EventRecord, *, today: Day, steps: Steps
) -> int:
    """Write the same event by hand for each customer, as part of an operation; the number of the first event.

    The others follow it in the order of the customers. The caller refreshes the customers.
    """
    said = events.columns_by_hand(op.conn, record, today)
    first, key = _next_numbers(op.conn)
    names = ("id", "customer_id", "key", *said)
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    insert = f"INSERT INTO event ({columns}) VALUES ({marks})"
    for at, part in parts(numbers):
        images.add_images(op.conn, op.id, "event", (
            (images.row_key(first + at + i), None) for i in range(len(part))
        ))
        op.conn.executemany(insert, (
            (first + at + i, customer, f"hand:{key + at + i}", *said.values())
            for i, customer in enumerate(part)
        ))
        steps.more(len(part))
    return first


def set_many(
    conn: sqlite3.Connection,
    ids: Iterable[int],
    changes: Mapping[str, object],
    *,
    made_at: str,
    today: Day,
    progress: Progress | None = None,
) -> int:
    """Change columns of `SETTABLE`; how many customers are changed by that."""
    wanted = {name: _stored(name, value) for name, value in changes.items()}
    if not wanted:
        return 0
    differs = " OR ".join(f'"{name}" IS NOT ?' for name in wanted)
    sets = ", ".join(f'"{name}" = ?' for name in wanted)
    values = tuple(wanted.values())
    with transaction(conn):
        numbers = [
            number
            for _at, part in parts(sorted(set(ids)))
            for (number,) in conn.execute(
                f"SELECT id FROM customer WHERE id IN ({LISTED}) AND ({differs})",
                (json.dumps(part), *values),
            )
        ]
        what = ngettext("change of {n} customer", "change of {n} customers", len(numbers))
        steps = Steps(progress, len(numbers))
        with operation(conn, what.format(n=format_number(len(numbers))), made_at, day=today) as op:
            for _at, part in parts(numbers):
                listed = json.dumps(part)
                images.add_images_of(
                    conn, op.id, "customer", f"SELECT * FROM customer WHERE id IN ({LISTED})", (listed,)
                )
                conn.execute(f"UPDATE customer SET {sets} WHERE id IN ({LISTED})", (*values, listed))
                steps.more(len(part))
    steps.end()
    return len(numbers)


def _with_tag(conn: sqlite3.Connection, numbers: Sequence[int], name: str) -> set[int]:
    """Those of the customers who have the tag."""
    having: set[int] = set()
    for _at, part in parts(numbers):
        rows = conn.execute(
            f"SELECT customer_id FROM tag WHERE name = ? AND customer_id IN ({LISTED})",
            (name, json.dumps(part)),
        )
        having.update(number for (number,) in rows)
    return having


def _each(op: Operation, name: str, numbers: Sequence[int], change: str, steps: Steps, *, had: bool) -> None:
    """Keep what the rows of the tag were (`had`: they were there), then change them."""
    for _at, part in parts(numbers):
        images.add_images(op.conn, op.id, "tag", (
            (
                images.row_key((number, name)),
                images.as_text({"customer_id": number, "name": name}) if had else None,
            )
            for number in part
        ))
        op.conn.executemany(change, ((number, name) for number in part))
        steps.more(len(part))


def _refresh(conn: sqlite3.Connection, numbers: Iterable[int], today: Day, steps: Steps) -> None:
    if touched := sorted(numbers):
        refresh.refresh(conn, touched, today, steps.more)


def _next_numbers(conn: sqlite3.Connection) -> tuple[int, int]:
    """The number of the next event, and one from which on no key of an event by hand is taken."""
    first = int(conn.execute("SELECT coalesce(max(id), 0) + 1 FROM event").fetchone()[0])
    taken = conn.execute(
        "SELECT coalesce(max(CAST(substr(key, 6) AS INTEGER)), 0) + 1 FROM event"
        " WHERE source_id = ? AND key >= 'hand:' AND key < 'hand;'", (HAND,)
    ).fetchone()[0]
    return first, max(first, int(taken))


def _tag(name: str) -> str:
    cleaned = tag_name(name)
    if not cleaned:
        raise OwnerError(_("A tag needs a name."))
    return cleaned


def _tags_words(given: Sequence[str], taken: Sequence[str], customers: int) -> str:
    """What the operation is called."""
    parts = []
    if given:
        parts.append(_("tag {name}").format(name=", ".join(given)))
    if taken:
        parts.append(_("no tag {name}").format(name=", ".join(taken)))
    whom = ngettext("{n} customer", "{n} customers", customers).format(n=format_number(customers))
    return f"{' · '.join(parts)} ({whom})"


def _stored(name: str, value: object) -> object:
    if name not in SETTABLE:
        raise KeyError(name)
    if name == "consent":
        return None if value is None else int(bool(value))
    if name == "do_not_contact":
        return int(bool(value))
    text = one_line(str(value or ""))
    return country_code(text) if name == "country" else text
