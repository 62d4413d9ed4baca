"""Statuses as the app shows them: a symbol, a word and a colour, the same on every screen."""

from __future__ import annotations

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.locales import _

SYMBOLS: dict[Status, str] = {
    Status.PROSPECT: "◌",
    Status.NEW: "✦",
    Status.ACTIVE: "●",
    Status.REACTIVATED: "↺",
    Status.AT_RISK: "◐",
    Status.INACTIVE: "○",
    Status.LOST: "✕",
    Status.UNKNOWN: "?",
}
"""One symbol a status, one cell wide; its word stands beside it, or in a legend nearby."""


def status_meaning(status: Status) -> str:
    """What the status says, in one sentence, whatever the definition."""
    return {
        Status.PROSPECT: _("known, but never active until now"),
        Status.NEW: _("in the first days of being active"),
        Status.ACTIVE: _("active by your definition"),
        Status.REACTIVATED: _("back after having been inactive"),
        Status.AT_RISK: _("still active, but likely to slip away"),
        Status.INACTIVE: _("was active, is not any more"),
        Status.LOST: _("inactive for a long time"),
        Status.UNKNOWN: _("the ledger does not reach back far enough"),
    }[status]


def status_label(status: Status) -> str:
    """Symbol and word, such as "◐ at risk"."""
    return f"{SYMBOLS[status]} {status_word(status)}"


def status_variable(status: Status) -> str:
    """The theme variable that holds the colour of the status."""
    return f"status-{status.word.replace('_', '-')}"


def status_style(status: Status) -> str:
    """The colour of the status, as a style for `Content`."""
    return f"${status_variable(status)}"
