"""What the Definition screen asks the store, in a worker thread."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.consistency import Finding, LedgerFigures
from activetui.activity.definition import Definition
from activetui.activity.difference import Difference
from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import days_words
from activetui.store.definitions import SavedDefinition
from activetui.tui.reading import Connection
from activetui.tui.screens.definition_draft import Ground
from activetui.tui.screens.definition_past import SUGGESTED, WINDOWS, Past, Tested

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.backtest import Costs
    from activetui.activity.regularity import Regularity
    from activetui.activity.suggestion import Suggestion
    from activetui.store.what_if import Preview

_KEPT = "definition_draft"
"""The setting that holds a draft."""

Progress = Callable[[int, int], None]


class Standing(NamedTuple):
    """What is in force, and what the ledger says about definitions in general."""

    ground: Ground
    versions: list[SavedDefinition]
    changes: dict[int, list[str]]
    """For each version, in sentences, what it says otherwise than the one before."""
    figures: LedgerFigures
    kept: str
    """The text of a draft that was left unsaved; empty for none."""


def keep(conn: Connection, *, text: str) -> None:
    """Remember a draft for the next time; empty forgets it."""
    from activetui.store import settings
    from activetui.store.file import transaction

    with transaction(conn):
        settings.put(conn, _KEPT, text)


def standing(conn: Connection) -> Standing:
    """What is in force now."""
    from activetui.store import definitions, kinds, settings
    from activetui.store.ledger_figures import ledger_figures

    versions = definitions.history(conn)
    now = next(version for version in versions if version.in_force)
    ground = Ground(now.text, now.name, now.version, kinds.own_kinds(conn), settings.currency(conn))
    return Standing(ground, versions, definitions.changes(conn), ledger_figures(conn),
                    settings.get(conn, _KEPT))


class Looking:
    """The ledger in memory, so that looking at it with the next draft costs no reading.

    Used by one question at a time, in the worker that holds the reader.
    """

    def __init__(self) -> None:
        self._preview: Preview | None = None

    def difference(
        self, conn: Connection, *, before: Definition, after: Definition, day: Day, progress: Progress
    ) -> Difference:
        """Who moves when `after` counts; `progress` may raise to stop it."""
        return self._ledger(conn).difference(before, after, day, progress)

    def active_base(self, conn: Connection, *, definition: Definition, day: Day) -> NDArray[np.int64]:
        """The numbers of the customers who are in the active base on a day."""
        import numpy as np

        look = self._ledger(conn).look(definition, day)
        return look.customers[np.isin(look.status, list(ACTIVE_BASE))]

    def _ledger(self, conn: Connection) -> Preview:
        from activetui.store.what_if import Preview

        if self._preview is None or not self._preview.serves(conn):
            self._preview = Preview(conn)
        return self._preview


def findings(_conn: Connection, *, definition: Definition, figures: LedgerFigures) -> list[Finding]:
    """What does not make sense in a definition, for this ledger."""
    from activetui.activity.consistency import check

    return check(definition, figures if figures.customers else None)


class Suggested(NamedTuple):
    """What the ledger suggests."""

    suggestion: Suggestion
    regularity: Regularity


def suggested(conn: Connection, *, day: Day) -> Suggested:
    """What the purchases up to a day suggest."""
    from activetui.activity.regularity import regularity
    from activetui.activity.suggestion import suggest
    from activetui.store.purchase_history import purchase_history

    history = purchase_history(conn, up_to=day)
    return Suggested(suggest(history), regularity(history))


def past(
    conn: Connection,
    *,
    looking: Looking,
    definition: Definition,
    suggested_window: int | None,
    horizon: int,
    day: Day,
    costs: Costs | None,
) -> Past:
    """The definition and some windows, judged on the latest day that can be tested, seen from `day`."""
    from activetui.activity.backtest import cheapest_window, latest_day, outcome_of
    from activetui.store.purchase_history import purchase_history

    history = purchase_history(conn, up_to=day)
    latest = latest_day(history, horizon)
    outcome = outcome_of(history, latest if latest is not None else day, horizon)

    def tested(rule: str, active: NDArray[np.bool_], window: int | None) -> Tested:
        wrong = (outcome.false_alarms(active), outcome.misses(active))
        alarms, misses = (array("q", numbers.tolist()) for numbers in wrong)
        return Tested(rule, outcome.judge(active, window, costs), alarms, misses)

    base = looking.active_base(conn, definition=definition, day=outcome.as_of)
    rules = [tested(_("this definition"), outcome.among(base), None)]
    cheapest = cheapest_window([outcome], costs) if costs else None
    windows = {*WINDOWS, suggested_window, cheapest.window_days if cheapest else None} - {None}
    for window in sorted(window for window in windows if window is not None):
        rules.append(tested(_rule_words(window, suggested_window), outcome.within(window), window))
    return Past(outcome.as_of, horizon, outcome.buyers, outcome.of, outcome.auc(), rules, cheapest)


def _rule_words(window: int, suggested_window: int | None) -> str:
    words = _("within {days}").format(days=days_words(window))
    return f"{words} {SUGGESTED}" if window == suggested_window else words
