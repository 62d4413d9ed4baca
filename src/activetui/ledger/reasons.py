"""Why customers stay away, in the words of the store."""

from __future__ import annotations

REASONS = (
    "lost_interest", "price", "competitor", "product", "service", "complaint",
    "moved", "season", "forgot", "not_needed", "unknown",
)
"""The reasons that can be given, as the store keeps them."""
