"""How soon those who fit a condition are met, guessed by looking at some customers here and there."""

# ruff: noqa: S608 - only compiled clauses are put together; values are bound
from __future__ import annotations

import json
import sqlite3

from activetui.store.listing.sorts import Clause

_LOOKED_AT = 300
_CUSTOMERS_A_STEP = 50_000
"""One more stretch of walking for so many customers: a tenth, at most, of what sorting them out takes."""
_PASSED_A_STEP = 400
"""So many customers are passed by in such a stretch, as most conditions go."""


def stretches_worth_walking(conn: sqlite3.Connection, clause: Clause, wanted: int, *, walked: int) -> int:
    """For how many stretches (`stopping.STEPS`) a list is best walked anew to meet so many who fit.

    0 where so many are hardly met by then, or where it was walked as far before.
    """
    last = conn.execute("SELECT max(id) FROM customer").fetchone()[0] or 0
    stretches = int(last) // _CUSTOMERS_A_STEP
    if stretches <= walked:
        return 0
    some = range(1, last + 1, max(1, last // _LOOKED_AT))
    seen = (
        "SELECT count(*) FROM json_each(?) AS some CROSS JOIN customer ON customer.id = some.value"
        f" CROSS JOIN fact ON fact.customer_id = customer.id WHERE {clause.sql}"
    )
    fitting = conn.execute(seen, (json.dumps(list(some)), *clause.params)).fetchone()[0]
    met = fitting * stretches * _PASSED_A_STEP // len(some)
    return stretches if met >= wanted else 0
