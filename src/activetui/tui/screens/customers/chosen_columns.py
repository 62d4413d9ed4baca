"""Which columns the list of customers has: remembered between sessions."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.tui import config
from activetui.tui.people import USUAL

_KEY = "customers.columns"


def remembered() -> tuple[str, ...]:
    """The ids of the columns that were chosen; empty for the usual ones."""
    return tuple(name for name in config.load().get(_KEY, "").split() if name)


def remember(chosen: Sequence[str]) -> None:
    """Have these columns from now on."""
    config.remember(_KEY, "" if tuple(chosen) == USUAL else " ".join(chosen))
