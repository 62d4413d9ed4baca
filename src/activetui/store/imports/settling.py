"""What remains of purchases once the refunds of their order are known: the columns `counts` and `net`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from activetui.ledger.kinds import Kind
from activetui.ledger.settlement import VOID_STATES, Settled, settle
from activetui.store import settings

PURCHASE_KEY = "purchase:"
"""The key of a purchase that is a whole order begins so; the order's number follows."""

_PURCHASE, _REFUND = int(Kind.PURCHASE), int(Kind.REFUND)
_WORDS = {int(kind): kind.word for kind in Kind}


class Order(NamedTuple):
    """An order of a source, by the number that its purchase and its refunds name."""

    source_id: int
    ref: str


class _Part(NamedTuple):
    """A purchase or a refund of an order."""

    id: int
    customer_id: int | None
    state: str
    amount: int | None
    refunded: int
    currency: str
    net: int
    counts: int


_PART = "id, customer_id, state, amount, refunded, currency, net, counts"


def orders_of(event: Mapping[str, Any]) -> list[Order]:
    """The orders that an event (its columns by name) has to do with."""
    if event["kind"] not in (_PURCHASE, _REFUND):
        return []
    refs = [event["order_ref"]]
    if event["kind"] == _PURCHASE and event["key"].startswith(PURCHASE_KEY):
        refs.append(event["key"][len(PURCHASE_KEY):])
    return [Order(event["source_id"], ref) for ref in dict.fromkeys(refs) if ref]


def worth(kind: int, state: str, amount: int | None, refunded: int) -> Settled:
    """What one event is worth, seen alone."""
    return settle(_WORDS.get(kind, ""), state, amount, refunded)


def settle_orders(conn: sqlite3.Connection, orders: Iterable[Order]) -> set[int]:
    """Bring `counts` and `net` of the purchases and refunds of these orders up to date.

    A refund belongs to the purchase of its source whose key or order number it names; then it lowers that
    purchase and is worth nothing itself. What a purchase says of its own refunds and the refunds that stand
    as events are two reports of the same money: the larger of the two sums counts, never both. Returns the
    customers with a changed event; the caller owns the transaction and refreshes them.
    """
    currency = settings.currency(conn)
    touched: set[int] = set()
    for order in sorted(set(orders)):
        refunds, purchases = _refunds(conn, order), _purchases(conn, order)
        left = sum(abs(part.amount or 0) for part in refunds if part.state not in VOID_STATES)
        left = max(0, left - sum(part.refunded for part in purchases))
        for part in purchases:
            room = max(0, (part.amount or 0) - part.refunded)
            given = left if part is purchases[-1] else min(left, room)
            left -= given
            settled = worth(_PURCHASE, part.state, part.amount, part.refunded + given)
            touched |= _write(conn, part, settled, currency)
        for part in refunds:
            settled = worth(_REFUND, part.state, part.amount, int(bool(purchases)))
            touched |= _write(conn, part, settled, currency)
    return touched


def settle_alone(conn: sqlite3.Connection, which: str = "true") -> None:
    """Set `counts` and `net` of the events for which the SQL condition `which` holds to what each says alone.

    The orders among them must be settled after it. The caller owns the transaction.
    """
    currency = settings.currency(conn)
    last = 0
    while rows := conn.execute(
        f"SELECT {_PART}, kind FROM event WHERE id > ? AND ({which}) ORDER BY id LIMIT 10000", (last,)  # noqa: S608
    ).fetchall():
        last = rows[-1][0]
        for *columns, kind in rows:
            part = _Part(*columns)
            _write(conn, part, worth(kind, part.state, part.amount, part.refunded), currency)


def settle_everything(conn: sqlite3.Connection) -> None:
    """Bring `counts` and `net` of the whole ledger up to date, after a change of the store's currency.

    The caller owns the transaction and refreshes everyone.
    """
    settle_alone(conn)
    refunds = conn.execute(
        "SELECT DISTINCT source_id, order_ref FROM event WHERE kind = 2 AND order_ref <> ''"
    ).fetchall()
    settle_orders(conn, [Order(*row) for row in refunds])


def _refunds(conn: sqlite3.Connection, order: Order) -> list[_Part]:
    rows = conn.execute(
        f"SELECT {_PART} FROM event WHERE source_id = ? AND order_ref = ?"  # noqa: S608
        " AND kind = 2 AND order_ref <> '' ORDER BY id",
        order,
    )
    return [_Part(*row) for row in rows]


def _purchases(conn: sqlite3.Connection, order: Order) -> list[_Part]:
    rows = conn.execute(
        f"SELECT {_PART} FROM event WHERE source_id = ? AND key = ? AND kind = 1"  # noqa: S608
        f" UNION ALL SELECT {_PART} FROM event WHERE source_id = ? AND order_ref = ?"
        " AND kind = 1 AND order_ref <> '' AND key <> 'purchase:' || order_ref ORDER BY id",
        (order.source_id, PURCHASE_KEY + order.ref, *order),
    )
    return [_Part(*row) for row in rows]


def _write(conn: sqlite3.Connection, part: _Part, settled: Settled, currency: str) -> set[int]:
    net = settled.net if part.currency in ("", currency) else 0
    if (net, settled.counts) == (part.net, bool(part.counts)):
        return set()
    conn.execute("UPDATE event SET net = ?, counts = ? WHERE id = ?", (net, int(settled.counts), part.id))
    return set() if part.customer_id is None else {part.customer_id}
