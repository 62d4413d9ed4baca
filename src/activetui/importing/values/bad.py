"""A cell that cannot be taken, with the reason in the owner's words."""

from __future__ import annotations


class BadCell(Exception):
    """The cell holds something, but not what its column needs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
