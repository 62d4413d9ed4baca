"""The words for what came of a contact, and for why a customer stayed away."""

from __future__ import annotations

from activetui.ledger.errors import UsageError
from activetui.ledger.reasons import REASONS
from activetui.ledger.text import fold
from activetui.locales import _
from activetui.segments.reason_words import reason_words

__all__ = [
    "NOT_REACHED", "NO_ANSWER", "NO_CONTACT", "OUTCOMES", "PUT_RIGHT", "REASONS", "SENT", "STOPS",
    "WRONG_CONTACT", "known_outcome", "known_reason", "outcome_words", "reason_words",
]

NO_ANSWER, WRONG_CONTACT = "no_answer", "wrong_contact"
PUT_RIGHT = "put_right"
"""A complaint has been put right, which the ledger is to know."""
NO_CONTACT = "no_contact"
"""The customer wants no contact, ever."""
OUTCOMES = (
    "reached", NO_ANSWER, "coming_back", "thinking", PUT_RIGHT, "not_interested", WRONG_CONTACT, NO_CONTACT,
)
"""What can come of a contact, in the order in which it is offered."""
SENT = "sent"
"""The outcome of a step that was done for many at once with another program: nobody was called for it."""
NOT_REACHED = frozenset({NO_ANSWER, WRONG_CONTACT})
"""Outcomes of a step that was tried and has not reached the customer: it is no contact."""
STOPS = frozenset({"not_interested", NO_CONTACT})
"""Outcomes after which no further step is given."""


def outcome_words(outcome: str) -> str:
    """An outcome for people."""
    return {
        "reached": _("reached"),
        NO_ANSWER: _("no answer"),
        "coming_back": _("wants to come back"),
        "thinking": _("is thinking about it"),
        PUT_RIGHT: _("put right"),
        "not_interested": _("not interested"),
        WRONG_CONTACT: _("wrong number or address"),
        NO_CONTACT: _("wants no contact"),
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
