"""The eight statuses. Every customer has exactly one on every day."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """A customer's status. The numbers are stored in files: they never change."""

    PROSPECT = 0
    NEW = 1
    ACTIVE = 2
    REACTIVATED = 3
    AT_RISK = 4
    INACTIVE = 5
    LOST = 6
    UNKNOWN = 7

    @property
    def word(self) -> str:
        """The status in queries, files and JSON, such as `at_risk`."""
        return self.name.lower()


ACTIVE_BASE = frozenset({Status.NEW, Status.ACTIVE, Status.REACTIVATED, Status.AT_RISK})
"""The statuses that make up the active base."""

STATUS_OF_WORD: dict[str, Status] = {status.word: status for status in Status}
