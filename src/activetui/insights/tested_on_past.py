"""A definition, and windows beside it, tested on days of the shop's own past."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity.definition import Definition
from activetui.activity.past.backtest import Costs, Outcome, Row
from activetui.activity.past.backtest_rounds import Measures, Rounds, measures_of, rounds
from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.activity.past.suggestion import suggest
from activetui.ledger.days import Day
from activetui.store.other_days.active_then import active_on
from activetui.store.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

USUAL_WINDOWS = (30, 60, 90, 120, 180, 365)
"""Compared where nobody asks for others, with the one that was suggested on the day tested."""


@dataclass(frozen=True)
class PastTest:
    """How right a definition and some windows would have been."""

    definition: Definition
    rounds: Rounds
    """The windows; the first round is the one that everything tells, the others tell the spread."""
    rows: list[Row]
    """The definition, one row a round."""
    active: NDArray[np.bool_]
    """Whom the definition called active in the first round, in the order of its outcome."""
    suggested: int | None
    """The window that the ledger suggested on the first day, knowing nothing of what came after."""
    costs: Costs | None

    @property
    def outcome(self) -> Outcome:
        """Who bought in the first round."""
        return self.rounds.outcomes[0]

    @property
    def row(self) -> Row:
        """The definition in the first round."""
        return self.rows[0]

    @property
    def windows(self) -> list[Row]:
        """The windows in the first round."""
        return self.rounds.tests[0].rows

    @property
    def measures(self) -> Measures:
        """The definition over all rounds."""
        return measures_of(self.rows)


def past_test(
    conn: sqlite3.Connection,
    definition: Definition,
    history: PurchaseHistory,
    as_of: Day | None,
    horizon: int,
    windows: Sequence[int] | None = None,
    *,
    number: int = 1,
    costs: Costs | None = None,
    progress: Progress | None = None,
) -> PastTest:
    """Test a definition on up to `number` days, the as-of day (default: the latest that allows it) first.

    `history`: the purchases of the whole ledger. `windows` in days of silence; None: the usual ones and the
    one suggested on the as-of day. `progress` is called with steps done and in all, and may raise.
    `OwnerError` where the horizon has not passed yet, or nobody had bought.
    """
    first = rounds(history, as_of, horizon, windows or USUAL_WINDOWS, 1).outcomes[0]
    suggested = suggest(history, first.as_of).window_days
    if windows is None:
        windows = sorted({*USUAL_WINDOWS, *([suggested] if suggested else [])})
    found = rounds(history, first.as_of, horizon, windows, number, costs)
    bases = active_on(conn, definition, [outcome.as_of for outcome in found.outcomes], progress)
    active = [outcome.among(base) for outcome, base in zip(found.outcomes, bases, strict=True)]
    rows = [
        outcome.judge(called, costs=costs) for outcome, called in zip(found.outcomes, active, strict=True)
    ]
    return PastTest(definition, found, rows, active[0], suggested, costs)
