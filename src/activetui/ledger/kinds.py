"""The kinds of event that a ledger holds, and the words that detail them."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """Built-in event kinds. The numbers are stored in files: they never change."""

    PURCHASE = 1
    REFUND = 2
    VISIT = 3
    BOOKING = 4
    USAGE = 5
    SUBSCRIPTION = 6
    CONTACT = 7
    SUPPORT = 8
    COMPLAINT = 9
    COMPLAINT_RESOLVED = 10
    REVIEW = 11
    FEEDBACK = 12
    REFERRAL = 13
    SOCIAL = 14
    NEWSLETTER = 15
    LOYALTY = 16
    NOTE = 17

    @property
    def word(self) -> str:
        """The kind's name in files, definitions and JSON, such as `complaint_resolved`."""
        return self.name.lower()


FIRST_OWN_KIND = 100
"""Kinds that an owner adds are numbered from here."""

KIND_OF_WORD: dict[str, int] = {kind.word: int(kind) for kind in Kind}

ACTIONS: dict[str, tuple[str, ...]] = {
    "subscription": ("start", "renewal", "pause", "cancel"),
    "contact": ("in", "out"),
    "newsletter": ("open", "click", "reply", "unsubscribe"),
    "loyalty": ("join", "earn", "redeem"),
}
"""What an event of a kind can be, in the `action` field."""

ACTION_CODES: dict[str, int] = {
    "start": 1, "renewal": 2, "pause": 3, "cancel": 4,
    "in": 5, "out": 6,
    "open": 7, "click": 8, "reply": 9, "unsubscribe": 10,
    "join": 11, "earn": 12, "redeem": 13,
}
"""Numbers of the actions in arrays; 0 is none."""

NATURES: dict[str, int] = {"product": 1, "service": 2}
"""What a subscription (or a purchase) is for; 0 in arrays is unknown."""

CHANNELS = ("email", "phone", "chat", "social", "in_person", "letter", "web")
"""The usual channels of a contact; any other word is kept as it is."""
