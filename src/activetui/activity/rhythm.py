"""A customer's rhythm: the median of the last gaps between purchase days."""

from __future__ import annotations

LAST_GAPS = 12
"""How many of the latest gaps the rhythm rests on."""
