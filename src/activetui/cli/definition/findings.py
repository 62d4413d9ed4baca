"""What the check of a definition finds, and how it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from activetui.activity.consistency import Finding
    from activetui.activity.definition import Definition


def findings(conn: sqlite3.Connection, definition: Definition) -> list[Finding]:
    """What does not make sense in a definition, for the ledger of the store."""
    from activetui.activity.consistency import check as consistent
    from activetui.store.ledger_figures import ledger_figures

    figures = ledger_figures(conn)
    return consistent(definition, figures if figures.customers else None)


def finding_lines(advice: list[Any]) -> Iterator[str]:
    """The findings for people, each with what to do."""
    for found in advice:
        yield ""
        yield found.message
        yield "  " + found.advice
