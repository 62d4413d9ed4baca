"""Whether a definition makes sense, by itself and for a given ledger: `check`.

The figures of the ledger are gathered once (`store.ledger_figures`); to check is then a matter of
milliseconds.
"""

from activetui.activity.consistency.figures import LedgerFigures, Offer, Past
from activetui.activity.consistency.finding import Finding, Severity
from activetui.activity.consistency.rules import CODES, check

__all__ = ["CODES", "Finding", "LedgerFigures", "Offer", "Past", "Severity", "check"]
