"""Sales of nobody in particular."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.kinds import Kind


class WalkIns(NamedTuple):
    """Sales that name no customer."""

    sales: int
    net: int
    """What remains of them, in minor units of the store's currency."""


def walk_ins(conn: sqlite3.Connection) -> WalkIns:
    """All sales that count and name no customer."""
    sales, net = conn.execute(
        "SELECT count(*), total(net) FROM event WHERE kind = ? AND counts AND customer_id IS NULL",
        (int(Kind.PURCHASE),),
    ).fetchone()
    return WalkIns(int(sales), int(net))
