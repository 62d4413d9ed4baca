"""The words for what came of a contact, and for why a customer stayed away."""

from __future__ import annotations

from activetui.ledger.errors import UsageError
from activetui.ledger.reasons import REASONS
from activetui.ledger.text import fold
from activetui.locales import _
from activetui.segments.reason_words import reason_words

__all__ = [
    "NOT_REACHED", "OUTCOMES", "REASONS", "SENT", "known_outcome", "known_reason", "outcome_words",
    "reason_words",
]

OUTCOMES = (
    "reached", "no_answer", "coming_back", "thinking", "put_right", "not_interested", "wrong_contact",
    "no_contact",
)
"""What can come of a contact, in the order in which it is offered."""
SENT = "sent"
"""The outcome of a step that was done for many at once with another program: nobody was called for it."""
NOT_REACHED = frozenset({"no_answer", "wrong_contact"})
"""Outcomes of a step that was tried and has not reached the customer: it is no contact."""


def outcome_words(outcome: str) -> str:
    """An outcome for people."""
    return {
        "reached": _("reached"),
        "no_answer": _("no answer"),
        "coming_back": _("wants to come back"),
        "thinking": _("is thinking about it"),
        "put_right": _("put right"),
        "not_interested": _("not interested"),
        "wrong_contact": _("wrong number or address"),
        "no_contact": _("wants no contact"),
        SENT: _("sent"),
    }.get(outcome, outcome)


def known_outcome(word: str) -> str:
    """The outcome that a word means; `UsageError` naming those there are."""
    return _one_of(word, OUTCOMES, _("There is no outcome called “{word}”."))


def known_reason(word: str) -> str:
    """The reason that a word means; `UsageError` naming those there are."""
    return _one_of(word, REASONS, _("There is no reason called “{word}”."))


def _one_of(word: str, allowed: tuple[str, ...], message: str) -> str:
    wanted = fold(word).replace(" ", "_").replace("-", "_")
    if wanted in allowed:
        return wanted
    raise UsageError(message.format(word=word), _("Choose one of: {words}").format(words=", ".join(allowed)))
