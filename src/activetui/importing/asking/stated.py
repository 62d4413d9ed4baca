"""A list that says what its customers have spent is compared with their purchases."""

from __future__ import annotations

import sqlite3

from activetui.importing.telling.found import Found
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_money
from activetui.store.imports.stated_spend import differences

_SHOWN = 3


def spend_warnings(conn: sqlite3.Connection, found: Found, currency: str) -> list[str]:
    """A sentence where a list and the ledger differ; to be asked while the plan of the file stands."""
    if found.stated_spend is None:
        return []
    count, some = differences(conn, currency, _SHOWN)
    if not count:
        return []
    examples = "; ".join(
        _("{name}: {stated} in the list, {known} in your purchases").format(
            name=one_line(one.name), stated=format_money(one.stated, currency),
            known=format_money(one.known, currency),
        )
        for one in some
    )
    return [ngettext(
        "Of {n} customer the list says another sum than your purchases ({examples}). The purchases count; "
        "perhaps some are missing, or are here twice.",
        "Of {n} customers the list says other sums than your purchases ({examples}). The purchases count; "
        "perhaps some are missing, or are here twice.",
        count,
    ).format(n=count, examples=examples)]
