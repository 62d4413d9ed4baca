"""The figures of a segment under the names of the JSON output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from activetui.store.listing.people import Total


def total_fields(total: Total, currency: str) -> dict[str, Any]:
    """Customers and money, as decimal strings in `currency`."""
    from activetui.ledger.money import plain

    return {
        "customers": total.customers, "revenue": plain(total.spend, currency),
        "year_revenue": plain(total.year_spend, currency),
    }
