"""A file that does not know of a refund or a cancellation that the ledger has."""

from __future__ import annotations

from activetui.importing.asking.questions import Question
from activetui.locales import ngettext
from activetui.store.imports.plans import StagedPlan

_SHOWN = 3


def older_question(staged: StagedPlan) -> Question:
    """Whether the refunds and cancellations that the file does not know of stay."""
    events = (change.label for change in staged.turned_back if change.table == "event")
    examples = ", ".join(list(dict.fromkeys(events))[:_SHOWN])
    if not staged.older_unclear:
        return Question("older", _of_older(staged.turned_back_count, examples), "--older keep|take")
    why = ngettext(
        "The file would turn back {n} refund, cancellation or unsubscription that is known by now"
        " ({examples}), and it is not clear which is the more recent.",
        "The file would turn back {n} refunds, cancellations or unsubscriptions that are known by now"
        " ({examples}), and it is not clear which is the more recent.",
        staged.turned_back_count,
    ).format(n=staged.turned_back_count, examples=examples)
    return Question("older", why, "--older keep|take")


def _of_older(count: int, examples: str) -> str:
    return ngettext(
        "The file is older than what you have, and does not know what has become of {n} event since, "
        "such as a refund or a cancellation ({examples}). Keep that, or take what the file says?",
        "The file is older than what you have, and does not know what has become of {n} events since, "
        "such as refunds or cancellations ({examples}). Keep that, or take what the file says?",
        count,
    ).format(n=count, examples=examples)
