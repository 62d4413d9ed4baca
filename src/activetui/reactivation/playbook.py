"""Playbooks: the steps to win a kind of customer back, kept as TOML files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from activetui.locales import _


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a playbook."""

    after_days: int
    """Days after the playbook began for this customer."""
    channel: str
    title_source: str
    marketing: bool
    """Whether the step needs the customer's consent to marketing; a service call does not."""

    @property
    def title(self) -> str:
        """What to do, in the language in use."""
        return _(self.title_source)


@dataclass(frozen=True, slots=True)
class Playbook:
    """For whom, which steps, and how long a return counts as its success."""

    key: str
    rank: int
    """Of several playbooks that fit a customer, the one with the lowest rank is taken."""
    title_source: str
    audience: str
    """A query of the segment language."""
    goal_days: int
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """The playbook's name in the language in use."""
        return _(self.title_source)


@cache
def playbooks() -> tuple[Playbook, ...]:
    """All playbooks, by rank."""
    folder = Path(__file__).parent / "playbooks"
    found = [
        _playbook(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
        for file in folder.glob("*.toml")
    ]
    return tuple(sorted(found, key=lambda playbook: playbook.rank))


def playbook(key: str) -> Playbook | None:
    """The playbook of that key, or None if there is no such playbook any more."""
    return next((each for each in playbooks() if each.key == key), None)


def _playbook(key: str, table: dict[str, Any]) -> Playbook:
    return Playbook(
        key=key,
        rank=table["rank"],
        title_source=table["title"],
        audience=table["for"],
        goal_days=table["goal_days"],
        steps=tuple(
            Step(step["after_days"], step["channel"], step["title"], step.get("marketing", False))
            for step in table["steps"]
        ),
    )
