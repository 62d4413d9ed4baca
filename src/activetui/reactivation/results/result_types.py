"""The figures that results consist of: plain data, for commands and screens alike (words: `result_words`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.reactivation.playbooks.playbook_types import Playbook
from activetui.reactivation.results.beside_nature import Beside
from activetui.reactivation.results.round_results import RoundResult, Verdict
from activetui.reactivation.results.shares import Difference, Share


class By(StrEnum):
    """What the rows of results are."""

    PLAYBOOK = "playbook"
    STEP = "step"
    CHANNEL = "channel"
    REASON = "reason"
    ROUND = "round"
    MONTH = "month"


class Key(NamedTuple):
    """What one row is about; what does not belong to it is None."""

    playbook: str | None = None
    step: int | None = None
    """Position in the playbook, from 0."""
    channel: str | None = None
    reason: str | None = None
    """Empty where it is not known."""
    round: int | None = None
    """Its number; 0 for playbooks that were begun outside any round."""
    month: Day | None = None
    """Its first day."""


class HeldOut(NamedTuple):
    """The difference that rounds made against those left in peace, put together."""

    rounds: int
    """How many rounds, over or not."""
    to_contact: int
    """Who was drawn to be contacted, with the window over."""
    held_out: int
    """Who was left in peace, with the window over."""
    difference: Difference | None
    more_needed: int | None
    verdict: Verdict
    window_ends: Day
    """The last day of the last window."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the playbooks of one row. A customer counts once for each playbook begun for them."""

    key: Key
    begun: int
    """For how many a playbook was begun; by step or channel, for how many that was a contact."""
    not_contacted: int
    by_themselves: int
    contacted: int
    reached: int
    """Of the contacted, those of whom an outcome says that they were spoken to."""
    won_back: int
    """Of the contacted, those won back so far, whether their window is over or not."""
    too_early: int
    """Of the contacted, those who are not back yet and whose window still runs."""
    share: Share | None
    """Won back of those contacted whose window is over; None where there is nobody yet."""
    revenue: int
    """What those won back so far have paid in their windows, in minor units of the results' currency."""
    beside: Beside | None = None
    """Beside those who come back by themselves; None by step, channel or reason, where it says nothing."""
    held_out: HeldOut | None = None
    """Against those left in peace; None where there was no round."""


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a period as of a day."""

    by: By
    day: Day
    since: Day | None
    until: Day | None
    """A playbook belongs to the period in which the first contact was; without one, in which it began."""
    known_to: Day | None
    """The last day on which the ledger has a purchase of a customer; later returns are not known yet."""
    currency: str
    rows: tuple[Result, ...]
    whole: Result
    rounds: tuple[RoundResult, ...]
    """The rounds that started in the period, the newest first."""
    plans: Mapping[str, Playbook]
    """The playbooks that are named, those that are still there."""
