"""Definitions that differ only in what the ledger does not hold: they say the same of everybody."""

from __future__ import annotations

from collections.abc import Collection

from activetui.activity.conditions import AllOf, AnyOf, Condition, NoneOf
from activetui.activity.definition import Definition, kinds_of


def same_for(one: Definition, other: Definition, held: Collection[int]) -> bool:
    """Whether two definitions give every customer the same statuses, with events of the kinds `held` only.

    False where their words alone do not tell.
    """
    return (
        one.reach == other.reach
        and one.active_kinds & set(held) == other.active_kinds & set(held)
        and (one.new_days, one.reactivated_days, one.lost_days)
        == (other.new_days, other.reactivated_days, other.lost_days)
        and _left(one.active, held) == _left(other.active, held)
        and _left(one.at_risk, held) == _left(other.at_risk, held)
    )


def _left(condition: Condition | None, held: Collection[int]) -> Condition | bool:
    """What is left of a condition where events of other kinds never happen; True or False where nothing is.

    No condition at all holds never.
    """
    if condition is None:
        return False
    if isinstance(condition, AnyOf | NoneOf):
        parts = [part for part in (_left(part, held) for part in condition.parts) if part is not False]
        some: Condition | bool = True in parts
        if parts and not some:
            whole = [part for part in parts if not isinstance(part, bool)]
            some = whole[0] if len(whole) == 1 else AnyOf(tuple(whole))
        if isinstance(condition, AnyOf):
            return some
        return not some if isinstance(some, bool) else NoneOf((some,))
    if isinstance(condition, AllOf):
        every = [part for part in (_left(part, held) for part in condition.parts) if part is not True]
        if False in every or not every:
            return not every
        whole = [part for part in every if not isinstance(part, bool)]
        return whole[0] if len(whole) == 1 else AllOf(tuple(whole))
    kinds = kinds_of(condition)
    return condition if not kinds or set(kinds) & set(held) else False
