"""What the check of a definition finds for a store, and how it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from activetui.activity.consistency import Finding, LedgerFigures
    from activetui.activity.definition import Definition


def figures_of(conn: sqlite3.Connection) -> LedgerFigures | None:
    """What the check needs to know of the store on the day looked from; None where it has no customers."""
    from dataclasses import replace

    from activetui.reactivation.offers import offers
    from activetui.store import as_of
    from activetui.store.ledger_figures import ledger_figures

    day = as_of.day_of(conn)
    figures = ledger_figures(conn, day)
    return replace(figures, offers=offers(conn, day)) if figures.customers else None


def findings(conn: sqlite3.Connection, definition: Definition) -> list[Finding]:
    """What does not make sense in a definition, for the ledger of the store."""
    from activetui.activity.consistency import check as consistent

    return consistent(definition, figures_of(conn))


def finding_lines(advice: list[Any]) -> Iterator[str]:
    """The findings for people, each with its code and what to do; the harmless ones last."""
    from activetui.activity.consistency import Severity

    for found in sorted(advice, key=lambda each: each.severity is Severity.NOTE):
        yield ""
        yield f"{found.code}  {found.message}"
        yield "    " + found.advice
