"""Days that stand alone on a line above their rows, as in the printout of a booking book."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.importing.deciding.decided import HAPPENED
from activetui.importing.deciding.understand import Understanding
from activetui.importing.tables.grouped import Above, day_alone
from activetui.importing.tables.header import filled
from activetui.ledger.text import one_line

_FEWEST = 2
"""Lines with nothing but a day from which on they are no chance; one is enough above rows with times."""
Cells = Sequence[str]


def below_days(understood: Understanding, rows: Sequence[Cells]) -> tuple[Above, str] | None:
    """How the days above their rows are carried down, and one of them; None where the table is not so.

    No column holds a day; whatever stands alone on a line is one, and nothing stands above the first.
    """
    layout = understood.layout
    time = layout.one("time")
    place_of_time = -1 if time is None else time
    if not rows or layout.has(*HAPPENED):
        return None
    titles = understood.table.titles
    first = day_alone(titles[-1:])
    days = [day_alone(row) for row in rows]
    others = [
        row for row, day in zip(rows, days, strict=True) if not day and len(filled(row)) > 1
    ]
    alone = [
        row for row, day in zip(rows, days, strict=True)
        if not day and len(filled(row)) == 1 and not (time is not None and row[time].strip())
    ]
    found = [day for day in (first, *days) if day]
    if not found or not others or alone or not (first or days[0]):
        return None
    if len(found) < _FEWEST and time is None:
        return None
    return Above(dated=True, first_day=first, time=place_of_time), one_line(found[0])
