"""Finding customers by what they are called: a piece of name, e-mail, phone, company, key or note."""

from __future__ import annotations

import sqlite3

from activetui.store.people import Clause


def found(conn: sqlite3.Connection, needle: str) -> Clause:
    """Who has `needle` (folded by `ledger.text.fold`) in name, e-mail, phone, company, key or note."""
    return Clause(
        "(instr(customer.search, ?) > 0 OR customer.id IN"
        " (SELECT id FROM customer WHERE note <> '' AND instr(fold(note), ?) > 0))",
        (needle, needle),
    )
