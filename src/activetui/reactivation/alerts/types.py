"""What an alert rule is: what sets it off, for whom, how it is said, what answers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from activetui.activity.conditions import Condition, EventCondition
from activetui.activity.status import Status
from activetui.locales import _
from activetui.reactivation.rules.worded import Worded

USUAL_RANK = 50
USUAL_DAYS = 30


class Tone(StrEnum):
    """Whether something went wrong or something can be made of it; the word is that of TOML and JSON."""

    PROBLEM = "problem"
    OPPORTUNITY = "opportunity"

    @property
    def sign(self) -> str:
        """One letter that says it without colour."""
        return "!" if self is Tone.PROBLEM else "+"


@dataclass(frozen=True, slots=True)
class EachEvent:
    """Every event of a sort is an alert of its own."""

    condition: EventCondition
    """Its window is how long the event is told of."""
    states: tuple[str, ...] = ()
    """States that the event must be in, such as `failed`; empty: it must be one that counts."""


@dataclass(frozen=True, slots=True)
class Begins:
    """A condition of the definition's language begins to hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Turns:
    """A customer comes to one of these statuses."""

    to: tuple[Status, ...]
    before: tuple[Status, ...] = ()
    """From one of these; empty: from any other."""


@dataclass(frozen=True, slots=True)
class EndsSoon:
    """A subscription ends within so many days, is not renewed, and does not renew by itself."""

    days: int


@dataclass(frozen=True, slots=True)
class Unrenewed:
    """A subscription ended at most so many days ago and was neither renewed nor cancelled."""

    days: int


@dataclass(frozen=True, slots=True)
class NoImport:
    """No file of a source has come for so many days."""

    days: int


@dataclass(frozen=True, slots=True)
class Leavers:
    """More than chance would have it of those who left in the last days bought one product last."""

    days: int
    least: int
    """With fewer of them nothing is said."""


Trigger: TypeAlias = EachEvent | Begins | Turns | EndsSoon | Unrenewed | NoImport | Leavers


@dataclass(frozen=True, slots=True)
class AlertRule(Worded):
    """One rule. Its texts are in English where it comes with the program, and translated when shown."""

    key: str
    rank: int
    """The lower, the more important."""
    title_source: str
    says_source: str
    """A sentence with fields such as `{name}`."""
    why_source: str
    tone: Tone
    within_days: int
    """For how many days it is told of, if nothing ends it earlier."""
    who: str
    """A query that narrows it to some customers, as they are on the day looked from; empty: everyone."""
    stage: tuple[Status, ...]
    """The statuses in which a customer must be on the day of the alert; empty: any."""
    playbook: str
    """The key of the playbook that answers it; empty where none does."""
    trigger: Trigger

    @property
    def says(self) -> str:
        """The sentence with its fields, in the language in use."""
        return _(self.says_source)

    @property
    def is_of_the_store(self) -> bool:
        """Whether it speaks of the business as a whole, not of one customer."""
        return isinstance(self.trigger, NoImport | Leavers)
