"""Looking into the conditions of a definition, and putting others in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EventCondition,
    Leaf,
    NoneOf,
    RhythmCondition,
    SeasonalCondition,
    leaves,
)
from activetui.activity.definition import Definition
from activetui.activity.receipts.remedies import asked_for
from activetui.ledger.kinds import KIND_OF_WORD

_FEW = 6


def wanted_events(condition: Condition) -> Iterator[EventCondition]:
    """The event conditions of a tree that are wanted, not those under `none`."""
    return (leaf for leaf in asked_for(condition, True) if isinstance(leaf, EventCondition))


def sections(definition: Definition) -> list[tuple[str, Condition]]:
    """[active] and, where it stands, [at_risk], each with its name in the file."""
    found = [("active", definition.active)]
    if definition.at_risk is not None:
        found.append(("at_risk", definition.at_risk))
    return found


def groups(condition: Condition) -> Iterator[AnyOf | AllOf | NoneOf]:
    """Every group in a tree, the outer ones first."""
    if isinstance(condition, AnyOf | AllOf | NoneOf):
        yield condition
        for part in condition.parts:
            yield from groups(part)


def rewritten(condition: Condition, change: Callable[[Leaf], Leaf]) -> Condition:
    """The tree with every simple condition changed."""
    if isinstance(condition, AnyOf | AllOf | NoneOf):
        return type(condition)(tuple(rewritten(part, change) for part in condition.parts))
    return change(condition)


def in_small(definition: Definition) -> Definition:
    """The definition with its large counts made small, in the same order: what is possible stays so.

    A condition that asks for 500 events would make the ledgers of the probes large for nothing.
    """
    every = [leaf for _name, section in sections(definition) for leaf in leaves(section)]
    counts = {leaf.count for leaf in every if isinstance(leaf, EventCondition)}
    counts |= {leaf.min_purchases for leaf in every if isinstance(leaf, RhythmCondition)}
    many = sorted(count for count in counts if count > _FEW)
    if not many:
        return definition
    small = {count: _FEW + 1 + rank for rank, count in enumerate(many)}

    def change(leaf: Leaf) -> Leaf:
        if isinstance(leaf, EventCondition):
            return replace(leaf, count=small.get(leaf.count, leaf.count))
        if isinstance(leaf, RhythmCondition):
            return replace(leaf, min_purchases=small.get(leaf.min_purchases, leaf.min_purchases))
        return leaf

    at_risk = definition.at_risk
    return replace(
        definition,
        active=rewritten(definition.active, change),
        at_risk=None if at_risk is None else rewritten(at_risk, change),
    )


def word_of(definition: Definition, kind: int) -> str:
    """The name of a kind as the definition writes it, also one that the owner added."""
    for _name, section in sections(definition):
        for leaf in leaves(section):
            if isinstance(leaf, EventCondition | SeasonalCondition) and kind in leaf.kinds:
                return leaf.words[leaf.kinds.index(kind)]
    return next((word for word, number in KIND_OF_WORD.items() if number == kind), "")
