"""What a list says that its customers have spent, beside what the ledger has of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from activetui.ledger.money import to_minor
from activetui.store import settings


@dataclass(frozen=True, slots=True)
class Difference:
    """A customer of whom a list and the ledger tell otherwise; amounts in minor units."""

    name: str
    stated: int
    known: int


def differences(conn: sqlite3.Connection, currency: str, limit: int) -> tuple[int, list[Difference]]:
    """Customers of the planned list whose purchases in the ledger add up to something else, and some of them.

    Those without purchases in the ledger are left out, as is a list in another currency than the store's. To
    be asked while the plan of the file stands.
    """
    if settings.currency(conn, default=currency) != currency:
        return 0, []
    rows = conn.execute(
        "SELECT hint.name, hint.email, json_extract(hint.extra, '$.total_spent'), sum(event.net)"
        " FROM staging.hint CROSS JOIN staging.person ON person.hint = hint.hint"
        " CROSS JOIN main.event ON event.customer_id = person.customer_id AND event.kind IN (1, 2)"
        " WHERE json_extract(hint.extra, '$.total_spent') IS NOT NULL"
        " GROUP BY hint.hint HAVING count(*) FILTER (WHERE event.kind = 1) > 0 ORDER BY hint.hint"
    )
    count = 0
    some: list[Difference] = []
    for name, email, text, known in rows:
        try:
            stated = to_minor(Decimal(text), currency)
        except InvalidOperation:
            continue
        if stated != known:
            count += 1
            if len(some) < limit:
                some.append(Difference(name or email, stated, known))
    return count, some
