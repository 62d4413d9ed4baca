"""How many customers each condition of a query finds by itself, as the filter and the segments ask it."""

from __future__ import annotations

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.tui.reading import Connection


def clause_counts(conn: Connection, text: str, day: Day) -> list[tuple[str, int]]:
    """The count of each condition of a query by itself; empty where there is only one.

    The connection looks from the day that the query asks of.
    """
    from activetui.segments.asking import ask
    from activetui.segments.count import per_clause

    found = per_clause(conn, ask(conn, text, day).query, day)
    return [(one_line(each.label), each.customers) for each in found] if len(found) > 1 else []
