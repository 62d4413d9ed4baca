"""Days that stand at the end of another cell: `Invoice 123 of 13.10.2026`, as bookkeeping writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from activetui.importing.tables.rows import Row
from activetui.importing.values.dates import shape_of

_WITHIN = re.compile(
    r".*\S\s+(?:от|of|dated|del|de|do|du|vom|of the)\s+(?P<day>\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}"
    r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?)\s*", re.IGNORECASE | re.DOTALL,
)
_LONGEST = 200


def day_within(cell: str) -> str:
    """The day, with its time, at the end of a cell that says something else before it; or nothing."""
    match = _WITHIN.fullmatch(cell) if len(cell) <= _LONGEST else None
    return match["day"] if match and shape_of(match["day"]) in ("iso", "triple") else ""


class Within:
    """Writes the day within a cell into a column of its own, the last one."""

    def __init__(self, place: int) -> None:
        self._place = place

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """The rows, each with the day."""
        return [(line, [*row, day_within(row[self._place])]) for line, row in rows]
