"""A file that says less than the ledger knows, where nothing tells which of the two is the more recent."""

from __future__ import annotations

from activetui.importing.asking.questions import Question
from activetui.locales import ngettext
from activetui.store.imports.plans import StagedPlan


def older_question(staged: StagedPlan) -> Question:
    """Whether the refunds, cancellations and unsubscriptions that the file does not know stay."""
    examples = ", ".join(dict.fromkeys(change.label for change in staged.turned_back[:3]))
    why = ngettext(
        "The file would turn back {n} refund, cancellation or unsubscription that is known by now"
        " ({examples}), and it is not clear which is the more recent.",
        "The file would turn back {n} refunds, cancellations or unsubscriptions that are known by now"
        " ({examples}), and it is not clear which is the more recent.",
        staged.turned_back_count,
    ).format(n=staged.turned_back_count, examples=examples)
    return Question("older", why, "--older keep|take")
