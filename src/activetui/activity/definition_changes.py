"""What differs between two definitions, in sentences: how one version came from another."""

from __future__ import annotations

from activetui.activity.condition_words import condition_in_words
from activetui.activity.conditions import AllOf, AnyOf, Condition, EventCondition, NoneOf
from activetui.activity.definition import Definition
from activetui.activity.status import Status
from activetui.activity.types import TYPES
from activetui.activity.words import status_word, type_word
from activetui.locales import _
from activetui.locales.formats import days_words


def changes_in_words(before: Definition, after: Definition) -> list[str]:
    """What `after` says otherwise than `before`, a sentence each; never empty where the texts differ."""
    found: list[str] = []
    if before.name != after.name:
        found.append(_instead(_("name"), before.name, after.name))
    found += _conditions(status_word(Status.ACTIVE), before.active, after.active)
    found += _days(Status.NEW, before.new_days, after.new_days)
    found += _days(Status.REACTIVATED, before.reactivated_days, after.reactivated_days)
    found += _conditions(status_word(Status.AT_RISK), before.at_risk, after.at_risk)
    found += _days(Status.LOST, before.lost_days or 0, after.lost_days or 0)
    for name in TYPES:
        found += _conditions(type_word(name), before.types.get(name), after.types.get(name))
    if before.agreed != after.agreed:
        found.append(_instead(_("questions settled"), _listed(before.agreed), _listed(after.agreed)))
    if not found and before.text != after.text:
        found.append(_("the same rules, written otherwise"))
    return found


def _conditions(what: str, before: Condition | None, after: Condition | None) -> list[str]:
    if before == after:
        return []
    old, new = _parts(before), _parts(after)
    if _tie(before) is not _tie(after) or not old or not new:
        return [_instead(what, _said(before), _said(after))]
    gone = [part for part in old if part not in new]
    come = [part for part in new if part not in old]
    if not gone and not come:
        return [_("{what}: in another order").format(what=what)]
    pairs = []
    for part in gone:
        heir = next((other for other in come if _same_sort(part, other)), None)
        if heir is not None:
            come.remove(heir)
            pairs.append((part, heir))
    gone = [part for part in gone if part not in dict(pairs)]
    if len(gone) == len(come) == 1:
        pairs.append((gone.pop(), come.pop()))
    return [
        *(_instead(what, _said(part), _said(heir)) for part, heir in pairs),
        *(_("{what}: left out: {condition}").format(what=what, condition=_said(part)) for part in gone),
        *(_("{what}: added: {condition}").format(what=what, condition=_said(part)) for part in come),
    ]


def _tie(condition: Condition | None) -> type:
    """What ties the parts together; a condition on its own is an `any` of one."""
    return type(condition) if isinstance(condition, AllOf | NoneOf) else AnyOf


def _same_sort(one: Condition, other: Condition) -> bool:
    """Whether two conditions differ in their figures rather than in what they are about."""
    if isinstance(one, EventCondition) and isinstance(other, EventCondition):
        return one.kinds == other.kinds
    return type(one) is type(other) and not isinstance(one, AnyOf | AllOf | NoneOf)


def _parts(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, AnyOf | AllOf | NoneOf) else (condition,)


def _days(status: Status, before: int, after: int) -> list[str]:
    if before == after:
        return []
    return [_instead(status_word(status), _days_said(before), _days_said(after))]


def _days_said(days: int) -> str:
    return days_words(days) if days else _("never")


def _said(condition: Condition | None) -> str:
    return _("never") if condition is None else condition_in_words(condition)


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(codes) or _("none")


def _instead(what: str, before: str, after: str) -> str:
    return _("{what}: {after} instead of {before}").format(what=what, after=after, before=before)
