"""Who was in the active base on days of the past, by any definition."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from activetui.activity.evaluate import evaluate
from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import Day
from activetui.store import in_force
from activetui.store.facts.blocks import readings, ticks
from activetui.store.ledger_start import ledger_start
from activetui.store.opening.connection import one_view
from activetui.store.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.definition import Definition

_BASE = sorted(int(status) for status in ACTIVE_BASE)


def active_on(
    conn: sqlite3.Connection, definition: Definition, days: Sequence[Day], progress: Progress | None = None
) -> list[NDArray[np.int64]]:
    """For each day the numbers of those who were active, ascending.

    No event after a day matters to it, except a booking that was already made. Everyone is worked out once
    for all days, and not at all by the definition in force. `progress` is called with steps done and in all,
    and may raise.
    """
    if definition.text == in_force.in_force(conn).text:
        return _looked_up(conn, days)
    with one_view(conn):
        return _worked_out(conn, definition, days, progress)


def _looked_up(conn: sqlite3.Connection, days: Sequence[Day]) -> list[NDArray[np.int64]]:
    import numpy as np

    from activetui.store.facts import life_arrays

    found: list[list[NDArray[np.int64]]] = [[np.empty(0, dtype=np.int64)] for _day in days]
    for lives in life_arrays.everyone(conn):
        for who, day in zip(found, days, strict=True):
            who.append(lives.customers[np.isin(lives.status_then(day), _BASE)])
    return [np.concatenate(who) for who in found]


def _worked_out(
    conn: sqlite3.Connection, definition: Definition, days: Sequence[Day], progress: Progress | None
) -> list[NDArray[np.int64]]:
    import numpy as np

    done, steps = 0, ticks(conn, definition.columns) + 1

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(min(done, steps), steps)

    found: list[list[NDArray[np.int64]]] = [[np.empty(0, dtype=np.int64)] for _day in days]
    start = ledger_start(conn, definition)
    for reading in readings(conn, definition, tick=tick):
        spans = evaluate(definition, reading.block, start)
        active = np.isin(spans.status, _BASE)
        for who, day in zip(found, days, strict=True):
            then = active & (spans.start <= day) & (day < spans.end)
            who.append(reading.block.customers[spans.owner[then]])
    tick()
    return [np.concatenate(who) for who in found]
