"""How many customers each condition of a query finds by itself, as the filter and the segments say it."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_number
from activetui.tui.reading import Connection

Counts = Sequence[tuple[str, int]]
"""Label and count of each condition."""


def clause_counts(conn: Connection, text: str, day: Day) -> list[tuple[str, int]]:
    """The count of each condition of a query by itself; empty where there is only one.

    The connection looks from the day that the query asks of.
    """
    from activetui.segments.asking import ask
    from activetui.segments.count import per_clause

    found = per_clause(conn, ask(conn, text, day).query, day)
    return [(one_line(each.label), each.customers) for each in found] if len(found) > 1 else []


def alone_words() -> str:
    """What introduces the `{counts}`."""
    return _("each alone: {counts}")


def counts_words(counts: Counts) -> str:
    """How many each condition finds by itself; empty where there are none."""
    said = " · ".join(f"{label} {format_number(number)}" for label, number in counts)
    return alone_words().format(counts=said) if said else ""
