"""How many customers each condition of a query finds by itself, in words."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.locales import _
from activetui.locales.formats import format_number

Counts = Sequence[tuple[str, int]]
"""Label, safe to show, and count of each condition."""


def alone_words() -> str:
    """What introduces the `{counts}`."""
    return _("each alone: {counts}")


def counts_words(counts: Counts) -> str:
    """How many each condition finds by itself; empty where there are none."""
    said = " · ".join(f"{label} {format_number(number)}" for label, number in counts)
    return alone_words().format(counts=said) if said else ""
