"""Questions about a definition that are answered by trying it on customers made up for the purpose.

The evaluator says which statuses the customers of `made_up` ever have, and on which days conditions hold for
them. What never happens to any of them cannot happen; tests hold that against random ledgers. Every answer
is kept, so that asking again about what an owner types costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.block import BlockEvent, LedgerBlock, block_of
from activetui.activity.conditions import AllOf, AnyOf, Condition, NoneOf, SeasonalCondition
from activetui.activity.consistency.deeds import all_leaves, deeds_of
from activetui.activity.consistency.made_up import everything, series, usual_times
from activetui.activity.consistency.trees import in_small
from activetui.activity.definition import Definition
from activetui.activity.evaluate import Spans, evaluate
from activetui.activity.holding import Holding
from activetui.activity.intervals import intersection
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import FAR_FUTURE
from activetui.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Question(NamedTuple):
    """What of a definition the probes depend on: two that agree in it have the same answers."""

    active: Condition
    at_risk: Condition | None
    new_days: int
    reactivated_days: int
    lost_days: int | None

    @classmethod
    def of(cls, definition: Definition) -> Question:
        """What matters of a definition."""
        return cls(
            definition.active, definition.at_risk, definition.new_days, definition.reactivated_days,
            definition.lost_days,
        )

    def definition(self) -> Definition:
        """A definition that says this, with small counts, and no more."""
        return in_small(Definition(name="", types={}, text="", **self._asdict()))


def possible(definition: Definition, kinds: frozenset[int] | None = None) -> frozenset[Status]:
    """The statuses that some customer has on some day, if only events of `kinds` (default: all) happen."""
    return _possible(Question.of(definition), kinds)


def possible_without_risk(definition: Definition) -> frozenset[Status]:
    """As `possible`, if the definition had no [at_risk]."""
    return _possible(Question.of(definition)._replace(at_risk=None), None)


def says_nothing_yet(definition: Definition) -> bool:
    """Whether a customer without any event is active."""
    return bool(possible(definition, frozenset()) & ACTIVE_BASE)


@dataclass(frozen=True, slots=True)
class Alone:
    """What becomes of a customer of whom the ledger holds nothing but one deed."""

    event: BlockEvent
    first_status: Status
    """On the day of the deed."""
    active_days: int | None
    """How many days after its day the customer is still active; None: never active by it, or for ever."""
    for_ever: bool
    """Whether nothing but another event ever ends the activity."""
    risk_days: int | None
    """After how many days the customer is at risk; None: never."""


def alone(definition: Definition) -> tuple[Alone, ...]:
    """What each deed does alone, done as often on its day as a condition asks for."""
    return _alone(Question.of(definition))


class Steady(NamedTuple):
    """What becomes of customers who buy again and again after the same number of days."""

    lapses: bool
    """Inactive between two purchases, once active."""
    alarms: bool
    """At risk between two purchases, all the while."""
    warned: bool
    """At risk before turning inactive, when the purchases stop."""


def steady(definition: Definition, gaps: Sequence[int]) -> dict[int, Steady]:
    """For each of the gaps (1 or more), what becomes of who buys after so many days each time.

    Gaps with which a customer is never active are left out.
    """
    return _steady(Question.of(definition), tuple(gaps))


@lru_cache(256)
def _possible(question: Question, kinds: frozenset[int] | None) -> frozenset[Status]:
    definition = question.definition()
    if kinds is None and _too_intricate(definition):
        return frozenset(Status)
    return frozenset(_seen(definition, _ledgers(question, kinds)))


def _too_intricate(definition: Definition) -> bool:
    """Whether what is tried may miss what can happen: then nothing is called impossible.

    Two seasons of different width can hold together in a few ledgers only, out of very many.
    """
    leaves = all_leaves(definition)
    return len({leaf for leaf in leaves if isinstance(leaf, SeasonalCondition)}) > 1


@lru_cache(4)
def _ledgers(question: Question, kinds: frozenset[int] | None) -> LedgerBlock:
    return everything(question.definition(), kinds)


class Idle(NamedTuple):
    """A condition that makes no difference, as it never holds."""

    section: str
    """The section that it stands in: `active` or `at_risk`."""
    condition: Condition


def idle(definition: Definition) -> tuple[Idle, ...]:
    """The conditions inside the groups of [active] that can never hold, and those of [at_risk] that can
    never hold while a customer is active; of nested ones the outermost."""
    return _idle(Question.of(definition))


@lru_cache(64)
def _idle(question: Question) -> tuple[Idle, ...]:
    definition = question.definition()
    if _too_intricate(definition):
        return ()
    holding = Holding(_ledgers(question, None), definition.active)
    active = holding.days(definition.active)

    def idle_in(name: str, condition: Condition, small: Condition) -> Iterator[Idle]:
        if not isinstance(condition, AnyOf | AllOf | NoneOf) or not isinstance(small, AnyOf | AllOf | NoneOf):
            return
        for part, its_small in zip(condition.parts, small.parts, strict=True):
            days = holding.days(its_small)
            if name == "at_risk":
                days = intersection(days, active)
            if len(days):
                yield from idle_in(name, part, its_small)
            else:
                yield Idle(name, part)

    found = list(idle_in("active", question.active, definition.active))
    if question.at_risk is not None and definition.at_risk is not None and len(active):
        found += idle_in("at_risk", question.at_risk, definition.at_risk)
    return tuple(found)


@lru_cache(64)
def _alone(question: Question) -> tuple[Alone, ...]:

    definition = question.definition()
    deeds = deeds_of(definition)
    spans = evaluate(definition, block_of(range(len(deeds)), [
        deed.event._replace(customer=number)
        for number, deed in enumerate(deeds) for _time in range(deed.times)
    ]), _start(definition))
    return tuple(
        _Story.of(spans, number).told(deed.event) for number, deed in enumerate(deeds)
    )


@lru_cache(64)
def _steady(question: Question, gaps: tuple[int, ...]) -> dict[int, Steady]:
    import numpy as np

    definition = question.definition()
    deed = max(
        (deed for deed in deeds_of(definition) if deed.event.kind == Kind.PURCHASE and deed.times == 1),
        key=lambda deed: deed.event.net, default=None,
    )
    if deed is None or not gaps:
        return {}
    times = usual_times(definition)
    spans = evaluate(definition, series(deed, np.array(gaps), times), _start(definition))
    stories = {gap: _Story.of(spans, number) for number, gap in enumerate(gaps, start=1)}
    return {
        gap: story.of_steady(gap * (times - 1)) for gap, story in stories.items() if story.active().any()
    }


class _Story(NamedTuple):
    """The status spans of one customer."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    status: NDArray[np.int8]

    @classmethod
    def of(cls, spans: Spans, owner: int) -> _Story:
        mine = slice(*spans.owner.searchsorted((owner, owner + 1)).tolist())
        return cls(spans.start[mine], spans.end[mine], spans.status[mine])

    def active(self) -> NDArray[np.bool_]:
        import numpy as np

        return np.isin(self.status, [int(status) for status in ACTIVE_BASE])

    def told(self, event: BlockEvent) -> Alone:
        """The story of whom nothing is known but `event` of day 0."""
        active = self.active()
        status = Status(int(self.status[(self.start <= 0) & (self.end > 0)][0]))
        end = int(self.end[active].max()) if active.any() else 0
        risky = self.start[(self.status == Status.AT_RISK) & (self.end > 0)]
        return Alone(
            event=event,
            first_status=status,
            active_days=end - 1 if 0 < end < FAR_FUTURE and status in ACTIVE_BASE else None,
            for_ever=end >= FAR_FUTURE,
            risk_days=max(0, int(risky.min())) if len(risky) else None,
        )

    def of_steady(self, last: int) -> Steady:
        """The story of who buys again and again from day 0 to the day `last`, and then no more."""
        import numpy as np

        active, risky = self.active(), self.status == Status.AT_RISK
        # The first half of the purchases may be needed to become active, or to have a rhythm.
        settled = (self.end > last // 2) & (self.start < last)
        return Steady(
            lapses=bool((settled & ~active).any()),
            alarms=bool((settled & risky).any()),
            warned=bool(risky[np.flatnonzero(active)[-1]]),
        )


def _start(definition: Definition) -> int:
    """A start of the ledger so early that nothing that is made up is unknown, but the days before are."""
    return -definition.reach - 10


def _seen(definition: Definition, block: LedgerBlock) -> set[Status]:
    spans = evaluate(definition, block, _start(definition))
    return {Status(status) for status in set(spans.status.tolist())}
