"""An alert rule in words: what sets it off, for whom, for how long it is told."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.activity.condition_words import condition_in_words, events_in_words, one_or_other
from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words
from activetui.reactivation.alerts.types import (
    AlertRule,
    Begins,
    EachEvent,
    EndsSoon,
    Leavers,
    NoImport,
    Tone,
    Trigger,
    Turns,
    Unrenewed,
)

__all__ = ["rule_lines", "tone_word", "trigger_words"]


def tone_word(tone: Tone) -> str:
    """A problem or an opportunity, in the language in use."""
    return _("problem") if tone is Tone.PROBLEM else _("opportunity")


def trigger_words(trigger: Trigger) -> str:
    """What sets a rule off, such as "each complaint, until it is resolved"."""
    match trigger:
        case EachEvent(condition, states):
            return _each(events_in_words(condition), states, condition.unless_resolved)
        case Begins(condition):
            return _("the first day of: {condition}").format(condition=condition_in_words(condition))
        case Turns(to, before):
            after = _statuses(to)
            if not before:
                return _("the first day of being {status}").format(status=after)
            words = _("the first day of being {status}, after having been {before}")
            return words.format(status=after, before=_statuses(before))
        case EndsSoon(days):
            words = _("a subscription that ends within {days}, is not renewed and does not renew by itself")
            return words.format(days=days_words(days))
        case Unrenewed(days):
            words = _("a subscription that ended in the last {days} and was neither renewed nor cancelled")
            return words.format(days=days_words(days))
        case NoImport(days):
            words = _("no file of a source that usually brings some has come for {days}")
            return words.format(days=days_words(days))
        case Leavers(days, least):
            words = ngettext(
                "{n} customer or more of those who left in the last {days} bought one product last,"
                " and that is more than chance would have it",
                "{n} customers or more of those who left in the last {days} bought one product last,"
                " and that is more than chance would have it", least,
            )
            return words.format(n=least, days=days_words(days))


def rule_lines(rule: AlertRule) -> list[str]:
    """The rule in a few lines for people."""
    lines = [f"{rule.tone.sign} {rule.title}"]
    if rule.why:
        lines.append(rule.why)
    lines += ["", _("Set off by: {what}").format(what=trigger_words(rule.trigger))]
    if rule.stage:
        lines.append(_("If the customer is then: {statuses}").format(statuses=_statuses(rule.stage)))
    if rule.who:
        lines.append(_("Only whom this finds: {query}").format(query=rule.who))
    if not isinstance(rule.trigger, EndsSoon | Unrenewed):
        lines.append(_("Told for: {days}").format(days=days_words(rule.within_days)))
    if rule.playbook:
        lines.append(_("Answered by the playbook: {key}").format(key=rule.playbook))
    return lines


def _each(events: str, states: Sequence[str], until_resolved: bool) -> str:
    if states:
        words = _("every time: {events}, in the state {states}")
        return words.format(events=events, states=one_or_other(list(states)))
    words = _("every time: {events}, until it is resolved") if until_resolved else _("every time: {events}")
    return words.format(events=events)


def _statuses(statuses: Sequence[Status]) -> str:
    return one_or_other([status_word(status) for status in statuses])
