"""From tables of a definition to conditions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    Condition,
    NoneOf,
    RhythmCondition,
    SubscriptionCondition,
    WindowUsed,
)
from activetui.activity.event_parsing import EVENT_KEYS, MOST_EVENTS, EventReader
from activetui.activity.positions import Path
from activetui.activity.table_reading import LONGEST, Problems, Table, did_you_mean, shown
from activetui.ledger.kinds import KIND_OF_WORD, NATURES
from activetui.ledger.text import fold
from activetui.locales import _

GROUPS: dict[str, type[AnyOf | AllOf | NoneOf]] = {"any": AnyOf, "all": AllOf, "none": NoneOf}
KEYS_OF: dict[str, frozenset[str]] = {
    "event": EVENT_KEYS,
    "subscription": frozenset(("subscription", "grace_days", "product")),
    "window_used": frozenset(("window_used",)),
    "rhythm": frozenset(("rhythm", "min_purchases")),
}
"""For each key that makes a condition, the keys that may stand beside it."""

_ALL_KEYS = frozenset(GROUPS).union(*KEYS_OF.values())
_DEEPEST = 20
_FEWEST_FOR_RHYTHM = 3
_USUAL_FOR_RHYTHM = 4


class Place(Enum):
    """The section that a condition stands in."""

    ACTIVE = auto()
    AT_RISK = auto()
    TYPES = auto()


class ConditionReader:
    """Reads conditions and notes what is wrong with them."""

    def __init__(self, problems: Problems, own_kinds: Mapping[str, int], currency: str) -> None:
        self._problems = problems
        self.own_kinds = own_kinds
        self.currency = currency
        self._kinds = KIND_OF_WORD | dict(own_kinds)

    def condition(self, value: Any, path: Path, place: Place) -> Condition | None:
        """The condition that a value says; None where it is wrong, which is noted."""
        if not isinstance(value, dict):
            expected = _("a condition is expected here, such as {example}, not {value}").format(
                example='{ event = "purchase", within_days = 30 }', value=shown(value)
            )
            self._problems.at_value(path, expected)
            return None
        if len(path) > _DEEPEST:
            self._problems.at_value(path, _("conditions are nested too deeply"))
            return None
        table = Table(value, path, self._problems)
        groups = [key for key in GROUPS if key in value]
        heads = [key for key in KEYS_OF if key in value]
        if groups:
            return self._group(table, groups, place)
        if not heads and ("spend" in value or "count" in value):
            heads = ["event"]                              # what is counted or spent are purchases
        if len(heads) > 1:
            message = _("{keys} cannot stand in one condition; put each into braces of its own").format(
                keys=", ".join(heads)
            )
            table.problem(heads[1], message)
            return None
        if not heads:
            if table.only(_ALL_KEYS):
                table.problem_here(self._no_head(table))
            return None
        return self._simple(table, heads[0], place)

    def _no_head(self, table: Table) -> str:
        if "within_days" in table:
            return _('within_days needs to know of what; add event = "purchase" or another kind')
        return _("this says no condition; it needs one of {keys}").format(
            keys=", ".join((*GROUPS, *KEYS_OF))
        )

    def _group(self, table: Table, groups: list[str], place: Place) -> Condition | None:
        beside = [key for key in table if key not in GROUPS]
        for key in beside:
            if key in _ALL_KEYS:
                message = _("{key} cannot stand beside {group}; put it into the list, in braces of its own")
                table.problem(key, message.format(key=key, group=groups[0]))
            else:
                table.problem(key, _("{key} is not known here").format(key=key) + did_you_mean(key, GROUPS))
        made = [self._list(table, group, place) for group in groups]
        parts = [part for part in made if part is not None]
        if beside or len(parts) < len(groups):
            return None
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _list(self, table: Table, group: str, place: Place) -> Condition | None:
        given = table[group]
        path = (*table.path, group)
        if not isinstance(given, list) or not given:
            message = _("{group} needs a list of conditions in square brackets, at least one")
            self._problems.at_value(path, message.format(group=group))
            return None
        made = [self.condition(item, (*path, number), place) for number, item in enumerate(given)]
        parts = tuple(part for part in made if part is not None)
        if len(parts) < len(given):
            return None
        return GROUPS[group](parts)

    def _simple(self, table: Table, head: str, place: Place) -> Condition | None:
        for key in table:
            if key in _ALL_KEYS and key not in KEYS_OF[head]:
                message = _("{key} does not go with {head}").format(key=key, head=head)
                table.problem(key, message + did_you_mean(key, KEYS_OF[head] - {head}))
        fits = table.only(_ALL_KEYS) and all(key in KEYS_OF[head] for key in table)
        made: Condition | None
        match head:
            case "subscription":
                made = self._subscription(table)
            case "window_used":
                made = self._window_used(table, place)
            case "rhythm":
                made = self._rhythm(table)
            case _:
                made = self._event(table)
        return made if fits else None

    def _subscription(self, table: Table) -> Condition | None:
        word = table.text("subscription")
        if word is not None and word != "any" and word not in NATURES:
            message = _("{value} is no sort of subscription").format(value=shown(word))
            self._problems.at_value(
                (*table.path, "subscription"), message + did_you_mean(word, {"any", *NATURES})
            )
            word = None
        grace = table.whole("grace_days", 0, LONGEST) if "grace_days" in table else 0
        products = table.texts("product")
        if word is None or grace is None or products is None:
            return None
        return SubscriptionCondition(NATURES.get(word, 0), grace, tuple(map(fold, products)))

    def _window_used(self, table: Table, place: Place) -> Condition | None:
        if place is not Place.AT_RISK:
            table.problem("window_used", _("window_used belongs to [at_risk] alone"))
            return None
        share = table.ratio("window_used", above=0, below=1)
        return None if share is None else WindowUsed(share)

    def _rhythm(self, table: Table) -> Condition | None:
        times = table.ratio("rhythm", above=0, below=1000)
        fewest = _USUAL_FOR_RHYTHM
        if "min_purchases" in table:
            given = table.whole("min_purchases", _FEWEST_FOR_RHYTHM, MOST_EVENTS)
            if given is None:
                return None
            fewest = given
        return None if times is None else RhythmCondition(times, fewest)

    def _event(self, table: Table) -> Condition | None:
        return EventReader(table, self._problems, self._kinds, self.currency).condition()
