"""From tables of a definition to conditions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from activetui.activity.condition_words import one_or_other
from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    Condition,
    NoneOf,
    RhythmCondition,
    SeasonalCondition,
    SubscriptionCondition,
    TenureCondition,
    WindowUsed,
)
from activetui.activity.reading.event_parsing import EVENT_KEYS, MOST_EVENTS, EventReader, known_kinds
from activetui.activity.reading.positions import Path
from activetui.activity.reading.table_reading import LONGEST, Problems, Table, did_you_mean, shown
from activetui.ledger.kinds import KIND_OF_WORD, NATURES, Kind
from activetui.ledger.text import fold
from activetui.locales import _

GROUPS: dict[str, type[AnyOf | AllOf | NoneOf]] = {"any": AnyOf, "all": AllOf, "none": NoneOf}
KEYS_OF: dict[str, frozenset[str]] = {
    "event": EVENT_KEYS,
    "subscription": frozenset(("subscription", "grace_days", "product")),
    "window_used": frozenset(("window_used",)),
    "rhythm": frozenset(("rhythm", "min_purchases")),
    "tenure_at_least": frozenset(("tenure_at_least", "tenure_at_most")),
    "tenure_at_most": frozenset(("tenure_at_least", "tenure_at_most")),
    "seasonal": frozenset(("seasonal", "around_days", "event")),
}
"""For each key that makes a condition, the keys that may stand in it."""

_ALL_KEYS = frozenset(GROUPS).union(*KEYS_OF.values())
_DEEPEST = 20
_FEWEST_FOR_RHYTHM = 3
_USUAL_FOR_RHYTHM = 4
FEWEST_SEASONS, MOST_SEASONS = 2, 20
WIDEST_SEASON = 60
"""Days. With wider seasons, two of them a year would hold most days of someone who comes all the time."""
_USUAL_SEASON = 30
_WITHOUT_SEASON = frozenset((Kind.SUBSCRIPTION, Kind.REFUND))
"""A subscription runs through the year; a refund is no visit."""


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
        if groups:
            return self._group(table, groups, place)
        heads = _heads(table)
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
        for key in table:
            heads = [head for head, keys in KEYS_OF.items() if key in keys]
            if heads:
                return _("{key} needs {heads} beside it").format(key=key, heads=one_or_other(heads))
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
                table.unknown(key, GROUPS)
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
            case "tenure_at_least" | "tenure_at_most":
                made = _tenure(table)
            case "seasonal":
                made = self._seasonal(table)
            case _:
                made = self._event(table)
        return made if fits else None

    def _subscription(self, table: Table) -> Condition | None:
        word = table.text("subscription")
        if word is not None and word != "any" and word not in NATURES:
            message = _("{value} is no sort of subscription").format(value=shown(word))
            table.problem_with_text("subscription", word, message + did_you_mean(word, {"any", *NATURES}))
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
        return EventReader(table, self._kinds, self.currency).condition()

    def _seasonal(self, table: Table) -> Condition | None:
        years = table.whole("seasonal", FEWEST_SEASONS, MOST_SEASONS)
        around = table.whole("around_days", 0, WIDEST_SEASON) if "around_days" in table else _USUAL_SEASON
        words = known_kinds(table, self._kinds) if "event" in table else ("purchase",)
        if years is None or around is None or words is None:
            return None
        kinds = tuple(self._kinds[word] for word in words)
        for kind, word in zip(kinds, words, strict=True):
            if kind in _WITHOUT_SEASON:
                table.problem("event", _("seasonal does not go with {kind}").format(kind=word))
                return None
        return SeasonalCondition(years, around, kinds, words)


def _heads(table: Table) -> list[str]:
    """The keys that say what condition a table is; `event` only names the kind beside another such key."""
    heads: list[str] = []
    for key in table:
        if key in KEYS_OF and not any(key in KEYS_OF[other] for other in heads):
            heads = [*(other for other in heads if other not in KEYS_OF[key]), key]
    if not heads and ("spend" in table or "count" in table):
        return ["event"]                                   # what is counted or spent are purchases
    return heads


def _tenure(table: Table) -> Condition | None:
    bounds: list[int | None] = []
    for key in ("tenure_at_least", "tenure_at_most"):
        bound = table.whole(key, 0, LONGEST) if key in table else None
        if key in table and bound is None:
            return None
        bounds.append(bound)
    least, most = bounds
    if least is not None and most is not None and least > most:
        message = _("nobody has been a customer for at least {least} and at most {most} days")
        table.problem("tenure_at_most", message.format(least=least, most=most))
        return None
    return TenureCondition(least, most)
