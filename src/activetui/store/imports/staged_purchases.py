"""Plain purchases into the staging table: most of what all of them say alike stands in the statement."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import PaidPurchases
from activetui.store.imports.settling import PURCHASE_KEY
from activetui.store.imports.staged_tables import insert_event


def insert_purchases(
    many: PaidPurchases, source: int, batch: int, today: Day
) -> tuple[str, list[Iterable[object]]]:
    """The statement for these purchases, and the columns that it needs after number and hint.

    All of a paid purchase remains: its net is its amount, and it counts. It is known on its day, or today if
    that is earlier.
    """
    columns: list[Iterable[object]] = [many.day, many.amount, repeat(many.currency), many.order_ref]
    ahead = max(many.day) > today
    says = {
        "seq": "?1", "hint": "?2", "kind": f"{Kind.PURCHASE:d}", "day": "?3", "amount": "?4",
        "currency": "?5", "order_ref": "?6", "net": "?4", "counts": "1",
        "recorded": f"min(?3, {today:d})" if ahead else "?3", "source": f"{source:d}",
        "entered": f"{today:d}", "batch_id": f"{batch:d}",
    }
    for name, column, otherwise in (
        ("state", many.state if any(many.state) else (), ""), ("product", many.product, ""),
        ("time", many.time, ""), ("quantity", many.quantity, ""),
        ("key", many.key, f"'{PURCHASE_KEY}' || ?6"), ("line", many.line, ""),
    ):
        if column:
            columns.append(column)
            says[name] = f"?{len(columns) + 2}"
        elif otherwise:
            says[name] = otherwise
    return insert_event(says, says.values()), columns


def mark_of(key: str) -> int:
    """What is remembered of a key: of a purchase that is a whole order, only of the order's number."""
    return hash(key.removeprefix(PURCHASE_KEY))


def marks_of(many: PaidPurchases) -> Iterable[int]:
    """The marks of the keys of purchases."""
    return map(mark_of, many.key) if many.key else map(hash, many.order_ref)
