"""A cell that cannot be taken, with the reason in the owner's words."""

from __future__ import annotations

from activetui.ledger.text import one_line

_LONGEST = 60


class BadCell(Exception):
    """The cell holds something, but not what its column needs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def shown(cell: str) -> str:
    """A cell as a reason quotes it: one line, not too long, nothing that could act on a terminal."""
    text = one_line(cell[: 4 * _LONGEST]).strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
