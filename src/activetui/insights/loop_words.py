"""The loop in words, for commands and screens alike."""

from __future__ import annotations

from activetui.activity.words import status_word
from activetui.insights.loop import Stage
from activetui.locales import _


def stage_words(stage: Stage) -> str:
    """The stage for people."""
    return status_word(stage.statuses[0])


def event_words(stage: Stage) -> str:
    """What the key event of a stage is, behind a number of customers."""
    return {
        Stage.PROSPECT: _("in touch"), Stage.NEW: _("came"), Stage.ACTIVE: _("came back"),
        Stage.AT_RISK: _("slipped"), Stage.INACTIVE: _("left"), Stage.LOST: _("lost for long"),
    }[stage]


def column_words() -> dict[str, str]:
    """The heading of each figure of a row by its name."""
    return {
        "customers": _("Customers"), "events": _("In 30 days"), "alerts": _("Alerts"),
        "under_way": _("Playbook"), "due": _("Due"), "contacted": _("Contacted"), "won_back": _("Won back"),
    }


def meaning_words() -> str:
    """What the columns mean."""
    return _(
        "Of the customers who are in the stage now: how many; those with its key event in the last 30 days; "
        "with an alert that is not done; in a playbook; with a step of it due. Contacted and won back are of "
        "the last 90 days, by the stage in which customers were when the playbook began."
    )
