"""The words for what came of a contact, and for why a customer stayed away."""

from __future__ import annotations

from activetui.ledger.errors import UsageError
from activetui.ledger.reasons import REASONS
from activetui.ledger.text import fold
from activetui.locales import _
from activetui.segments.reason_words import reason_words

__all__ = ["OUTCOMES", "REASONS", "known_outcome", "known_reason", "outcome_words", "reason_words"]

OUTCOMES = ("reached", "no_answer", "coming_back", "thinking", "not_interested", "wrong_contact")


def outcome_words(outcome: str) -> str:
    """An outcome for people."""
    return {
        "reached": _("reached"),
        "no_answer": _("no answer"),
        "coming_back": _("wants to come back"),
        "thinking": _("is thinking about it"),
        "not_interested": _("not interested"),
        "wrong_contact": _("wrong number or address"),
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
