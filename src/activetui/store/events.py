"""The events of one customer: reading, adding, correcting and deleting by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.records import EventRecord, LineRecord
from activetui.locales import _
from activetui.locales.formats import format_day
from activetui.store import customers, settings
from activetui.store.changes import by_hand, forgotten
from activetui.store.changes.operations import Operation, operation
from activetui.store.facts import refresh
from activetui.store.imports import settling
from activetui.store.imports.staged_tables import CONTENT
from activetui.store.opening.seed import HAND


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as stored, with the words for its numbers and its order lines."""

    id: int
    customer_id: int | None
    kind: int
    day: Day
    time: str
    amount: int | None
    """Minor units of `currency`, as the file said."""
    currency: str
    refunded: int
    """Minor units that the purchase's own row says were given back."""
    net: int
    """Minor units that remain, all refunds taken off; 0 in a currency other than the store's."""
    counts: bool
    """Whether the event is activity."""
    state: str
    action: str
    nature: str
    product: str
    quantity: float | None
    rating: int | None
    channel: str
    until: Day | None
    order_ref: str
    note: str
    recorded: Day
    """The day on which the business knew."""
    entered: Day
    """The day on which the store learned of it: that of the import, or of writing it down."""
    source_id: int
    key: str
    line: int
    batch_id: int | None
    kind_word: str = ""
    source: str = ""
    lines: tuple[LineRecord, ...] = ()


COLUMNS = (
    "id", "customer_id", "kind", "day", "time", "amount", "currency", "refunded", "net", "counts", "state",
    "action", "nature", "product", "quantity", "rating", "channel", "until", "order_ref", "note", "recorded",
    "entered", "source_id", "key", "line", "batch_id",
)
"""The columns of table `event`, in the order of `EventRow`."""
SELECT = (
    "SELECT " + ", ".join(f"event.{name}" for name in COLUMNS) + ", kind.name, source.name FROM event"  # noqa: S608
    " JOIN kind ON kind.id = event.kind JOIN source ON source.id = event.source_id"
)
"""Reads what `from_rows` makes events of; a WHERE may follow."""
_SELECT_LINES = (
    "SELECT event_id, product, quantity, unit_price, amount, sku, category FROM line WHERE event_id IN ({})"
    " ORDER BY event_id, position"
)
CORRECTABLE = (*CONTENT, "customer_id", "lines")
"""What `correct_event` can change: columns of table `event`, and the order lines."""
EventChanges: TypeAlias = Mapping[str, Any]
"""New values by name (of `CORRECTABLE`), as in `EventRow`; `lines` are `LineRecord`s."""
_COUNTS = COLUMNS.index("counts")
_FEW = 500


def from_rows(conn: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> list[EventRow]:
    """Events, with their order lines, from rows that `SELECT` read."""
    lines = _lines_of(conn, [row[0] for row in rows])
    return [
        EventRow(*(*row[:_COUNTS], bool(row[_COUNTS]), *row[_COUNTS + 1:], tuple(lines.get(row[0], ()))))
        for row in rows
    ]


def events_of(
    conn: sqlite3.Connection,
    customer_id: int,
    up_to: Day | None = None,
    kinds: Collection[int] | None = None,
    limit: int | None = None,
) -> list[EventRow]:
    """A customer's events, the newest first; of one day, the one that came in last first.

    `up_to` leaves out what the business did not know on that day: later events, but not those that were
    already booked then.
    """
    conditions, values = ["event.customer_id = ?"], [customer_id]
    if up_to is not None:
        conditions.append("min(event.day, event.recorded) <= ?")
        values.append(up_to)
    if kinds is not None:
        conditions.append(f"event.kind IN ({', '.join('?' * len(kinds))})")
        values.extend(kinds)
    rows = conn.execute(
        f"{SELECT} WHERE {' AND '.join(conditions)} ORDER BY event.day DESC, event.id DESC LIMIT ?",
        (*values, -1 if limit is None else limit),
    ).fetchall()
    return from_rows(conn, rows)


def event(conn: sqlite3.Connection, event_id: int) -> EventRow:
    """One event by its number; `OwnerError` if there is none."""
    rows = conn.execute(f"{SELECT} WHERE event.id = ?", (event_id,)).fetchall()
    if not rows:
        raise OwnerError(_("There is no event {id}.").format(id=event_id))
    return from_rows(conn, rows)[0]


def log_event(
    conn: sqlite3.Connection, customer_id: int, record: EventRecord, *, today: Day, made_at: str
) -> int:
    """Add an event by hand, as one operation; the event's number.

    Its source is `hand`; its key is made here. Joins the caller's transaction, if there is one; to make it
    part of a larger operation, use `add_event`.
    """
    name = customers.get(conn, customer_id).name or str(customer_id)
    word = _kind_word(conn, record.kind)
    with operation(conn, _("{kind} of {name}").format(kind=word, name=name), made_at, day=today) as op:
        return add_event(op, customer_id, record, today=today)


def add_event(op: Operation, customer_id: int | None, record: EventRecord, *, today: Day) -> int:
    """Add an event by hand as part of an operation, and refresh whom it touches; the event's number."""
    conn = op.conn
    number = int(conn.execute("SELECT coalesce(max(id), 0) + 1 FROM event").fetchone()[0])
    said = columns_by_hand(conn, record, today)
    values = {"id": number, "customer_id": customer_id, **said, "key": _free_key(conn, number)}
    op.inserted("event", number)
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    conn.execute(f"INSERT INTO event ({names}) VALUES ({marks})", list(values.values()))  # noqa: S608
    insert_lines(conn, number, record.lines)
    touched = settling.settle_orders(conn, settling.orders_of(values))
    if customer_id is not None:
        touched.add(customer_id)
    if touched:
        refresh.refresh(conn, sorted(touched), today)
    return number


def columns_by_hand(conn: sqlite3.Connection, record: EventRecord, today: Day) -> dict[str, Any]:
    """What an event written down by hand is worth and says, by column, but for whose it is and its key."""
    currency = settings.currency(conn)
    settled = settling.worth(record.kind, record.state, record.amount, record.refunded)
    stated = record.currency or currency
    return {
        "kind": record.kind, "day": record.day, "time": record.time,
        "amount": record.amount, "currency": stated if record.amount is not None else "",
        "refunded": record.refunded,
        "net": settled.net if stated == currency else 0, "counts": int(settled.counts),
        "state": record.state, "action": record.action, "nature": record.nature, "product": record.product,
        "quantity": record.quantity, "rating": record.rating, "channel": record.channel,
        "until": record.until, "order_ref": record.order_ref, "note": record.note,
        "recorded": min(today, record.day) if record.recorded is None else record.recorded,
        "entered": today if record.entered is None else min(today, record.entered),
        "source_id": HAND,
    }


def insert_lines(conn: sqlite3.Connection, event_id: int, lines: Iterable[LineRecord]) -> None:
    """Give a new event its order lines."""
    conn.executemany(
        "INSERT INTO line (event_id, position, product, sku, category, quantity, unit_price, amount)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (event_id, n, said.product, said.sku, said.category, said.quantity, said.unit_price, said.amount)
            for n, said in enumerate(lines, start=1)
        ],
    )


def delete_event(conn: sqlite3.Connection, event_id: int, *, today: Day, made_at: str) -> None:
    """Delete an event by hand, as one operation; `OwnerError` if there is none.

    An imported event does not come back with the next import of its file, unless that is allowed
    (`forgotten.let_return`).
    """
    found = event(conn, event_id)
    what = _("deletion of {kind} of {day}").format(kind=found.kind_word, day=format_day(found.day))
    with operation(conn, what, made_at, day=today) as op:
        forgotten.forget(op, _as_columns(found))
        op.changing("event", event_id)
        mine = (event_id,)
        for position, in conn.execute("SELECT position FROM line WHERE event_id = ?", mine).fetchall():
            op.changing("line", (event_id, position))
        for value, in conn.execute("SELECT value FROM payment_ref WHERE event_id = ?", mine).fetchall():
            op.changing("payment_ref", (value, event_id))
        for number, in conn.execute("SELECT id FROM task WHERE event_id = ?", mine).fetchall():
            op.changing("task", number)         # it forgets its contact
        conn.execute("DELETE FROM event WHERE id = ?", (event_id,))
        touched = settling.settle_orders(conn, settling.orders_of(_as_columns(found)))
        if found.customer_id is not None:
            touched.add(found.customer_id)
        if touched:
            refresh.refresh(conn, sorted(touched), today)


def correct_event(
    conn: sqlite3.Connection, event_id: int, changes: EventChanges, *, today: Day, made_at: str
) -> EventRow:
    """Correct an event by hand, as one operation; the event as it is then.

    What is given changes, the rest stays. The correction holds against later imports of the same row, field
    by field (`corrections`): what was not corrected follows the file further. `OwnerError` if there is no
    such event or customer, or if it cannot be so; `KeyError` for what cannot be changed.
    """
    if unknown := changes.keys() - set(CORRECTABLE):
        raise KeyError(*sorted(unknown))
    found = event(conn, event_id)
    before = _as_columns(found)
    wanted = {name: value for name, value in changes.items() if name != "lines"}
    kind = _kind_word(conn, wanted.get("kind", found.kind))
    new = by_hand.corrected(before, wanted, kind, today)
    lines = tuple(changes["lines"]) if "lines" in changes else found.lines
    if not new and lines == found.lines:
        return found
    if new.get("customer_id") is not None:
        customers.get(conn, new["customer_id"])
    what = _("correction of {kind} of {day}").format(kind=found.kind_word, day=format_day(found.day))
    with operation(conn, what, made_at, day=today) as op:
        op.changing("event", event_id)
        after = {**before, **new}
        after |= _worth_of(conn, after) | {"recorded": _known_on(found, after["day"], today)}
        _update(conn, event_id, {name: after[name] for name in COLUMNS if after[name] != before[name]})
        if "customer_id" in new:
            conn.execute("UPDATE event SET whose = NULL WHERE id = ?", (event_id,))
        if lines != found.lines:
            _replace_lines(op, event_id, lines)
        orders = settling.orders_of(before) + settling.orders_of(after)
        touched = settling.settle_orders(conn, orders) | {before["customer_id"], after["customer_id"]}
        refresh.refresh(conn, sorted(number for number in touched if number is not None), today)
    return event(conn, event_id)


def _worth_of(conn: sqlite3.Connection, values: dict[str, Any]) -> dict[str, Any]:
    """The columns that follow from the others."""
    home = settings.currency(conn)
    stated = "" if values["amount"] is None else values["currency"] or home
    settled = settling.worth(values["kind"], values["state"], values["amount"], values["refunded"])
    net = settled.net if stated in ("", home) else 0
    return {"currency": stated, "net": net, "counts": settled.counts}


def _known_on(found: EventRow, day: Day, today: Day) -> Day:
    """The day on which the business knew of an event that now has another day."""
    if found.day == day:
        return found.recorded
    if found.recorded < found.day:
        return min(found.recorded, day)  # it was known ahead, as a booking is
    return min(today, day if found.recorded == found.day else max(found.recorded, day))


def _update(conn: sqlite3.Connection, event_id: int, values: dict[str, Any]) -> None:
    columns = ", ".join(f'"{name}" = ?' for name in values)
    if columns:
        conn.execute(f"UPDATE event SET {columns} WHERE id = ?", (*values.values(), event_id))  # noqa: S608


def _replace_lines(op: Operation, event_id: int, lines: Sequence[LineRecord]) -> None:
    positions = {place for (place,) in op.conn.execute(
        "SELECT position FROM line WHERE event_id = ?", (event_id,)
    )}
    for place in sorted(positions | set(range(1, len(lines) + 1))):
        op.changing("line", (event_id, place))
    op.conn.execute("DELETE FROM line WHERE event_id = ?", (event_id,))
    insert_lines(op.conn, event_id, lines)


def _lines_of(conn: sqlite3.Connection, event_ids: Sequence[int]) -> dict[int, list[LineRecord]]:
    lines: dict[int, list[LineRecord]] = {}
    for start in range(0, len(event_ids), _FEW):
        some = event_ids[start:start + _FEW]
        for event_id, *values in conn.execute(_SELECT_LINES.format(", ".join("?" * len(some))), some):
            lines.setdefault(event_id, []).append(LineRecord(*values))
    return lines


def _as_columns(row: EventRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}


def _free_key(conn: sqlite3.Connection, number: int) -> str:
    while conn.execute(
        "SELECT 1 FROM event WHERE source_id = ? AND key = ?", (HAND, f"hand:{number}")
    ).fetchone():
        number += 1
    return f"hand:{number}"


def _kind_word(conn: sqlite3.Connection, kind: int) -> str:
    row = conn.execute("SELECT name FROM kind WHERE id = ?", (kind,)).fetchone()
    if row is None:
        raise OwnerError(_("There is no kind of event with the number {kind}.").format(kind=kind))
    return str(row[0])
