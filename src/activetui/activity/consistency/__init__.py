"""Whether a definition makes sense, by itself and for a given ledger."""

from activetui.activity.consistency.rules import RULES, Finding, LedgerFigures, check

__all__ = ["RULES", "Finding", "LedgerFigures", "check"]
