"""What was decided when a round started, kept with it: its results do not follow later changes."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from activetui.reactivation.playbooks.playbook_types import Goal
from activetui.reactivation.results.won_back import Aim
from activetui.store.rounds import Round


class RoundRules(NamedTuple):
    """The content of `Round.rules`."""

    playbook: str
    """The TOML of the playbook as it was."""
    goals: tuple[Goal, ...]
    """What it aimed at."""
    query: str
    """Who of its audience, as the owner has narrowed it; empty for all."""
    most: int | None
    """At the most so many were drawn, the dearest ones; None for no such limit."""
    to_contact: int = 0
    """How many have been drawn to be contacted …"""
    held_out: int = 0
    """… and how many to be left in peace. Whoever is forgotten since, for good, is still counted here."""

    def text(self) -> str:
        """As JSON, which `rules_of` reads."""
        return json.dumps(self._asdict() | {"goals": self.goals}, ensure_ascii=False, default=_goal_row)


def rules_of(found: Round) -> RoundRules:
    """What was decided when a round started."""
    kept: dict[str, Any] = json.loads(found.rules)
    goals = tuple(
        Goal(word, kind, tuple(actions), rating) for word, kind, actions, rating in kept.pop("goals")
    )
    return RoundRules(goals=goals, **kept)


def aim_of(found: Round) -> Aim:
    """What the results of a round are counted by: the playbook's goals and window as they were."""
    return Aim(rules_of(found).goals, found.window_days)


def _goal_row(goal: Goal) -> list[Any]:
    return [goal.word, goal.kind, list(goal.actions), goal.rating_at_least]
