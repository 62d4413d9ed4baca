"""Whether a condition can be read, asked of the reader itself: the form knows no rule of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from activetui.activity.conditions import Condition
from activetui.activity.reading.condition_parsing import ConditionReader, Place
from activetui.activity.reading.positions import Path, Positions
from activetui.activity.reading.table_reading import Problems

_PLACES = {"active": Place.ACTIVE, "at_risk": Place.AT_RISK}


@dataclass(frozen=True)
class Terms:
    """What a definition of this shop may name besides what is built in."""

    own_kinds: Mapping[str, int] = field(default_factory=dict)
    """The owner's kinds of event with their numbers."""
    currency: str = "EUR"
    """That of the amounts."""

    def read(self, table: Any, path: Path) -> tuple[Condition | None, str]:
        """The condition that a table says in its place, or None and what is wrong with it."""
        problems = Problems(Positions(""))
        reader = ConditionReader(problems, self.own_kinds, self.currency)
        place = _PLACES.get(str(path[0]) if path else "", Place.TYPES)
        made = reader.condition(table, path, place)
        if made is not None and not problems.found:
            return made, ""
        return None, problems.found[0].message if problems.found else ""

    def fits(self, table: Mapping[str, Any], path: Path) -> bool:
        """Whether a table says a condition that may stand in its place."""
        return self.read(dict(table), path)[0] is not None
