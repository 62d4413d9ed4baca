"""What the Definition screen asks the store, in a worker thread."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.consistency import Finding, LedgerFigures
from activetui.activity.definition import Definition
from activetui.activity.difference import Difference
from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import days_words
from activetui.store.definitions import SavedDefinition
from activetui.tui.reading import Connection
from activetui.tui.screens.definition.check import Effect, Open
from activetui.tui.screens.definition.draft import Ground
from activetui.tui.screens.definition.past import ROUNDS, SUGGESTED, Past, Tested

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.past.backtest import Costs, Row
    from activetui.activity.past.purchase_history import PurchaseHistory
    from activetui.store.other_days.what_if import Preview

_KEPT = "definition_draft"
"""The setting that holds a draft."""

Progress = Callable[[int, int], None]


class Standing(NamedTuple):
    """What is in force, and what was before."""

    ground: Ground
    versions: list[SavedDefinition]
    changes: dict[int, list[str]]
    """For each version, in sentences, what it says otherwise than the one before."""
    kept: str
    """The text of a draft that was left unsaved; empty for none."""


def keep(conn: Connection, *, text: str) -> None:
    """Remember a draft for the next time; empty forgets it."""
    from activetui.store import settings
    from activetui.store.opening.file import transaction

    with transaction(conn):
        settings.put(conn, _KEPT, text)


def standing(conn: Connection) -> Standing:
    """What is in force now."""
    from activetui.store import definitions, kinds, settings

    versions = definitions.history(conn)
    now = next(version for version in versions if version.in_force)
    ground = Ground(now.text, now.name, now.version, kinds.own_kinds(conn), settings.currency(conn))
    return Standing(ground, versions, definitions.changes(conn), settings.get(conn, _KEPT))


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
        from activetui.store.other_days.what_if import Preview

        if self._preview is None or not self._preview.serves(conn):
            self._preview = Preview(conn)
        return self._preview.difference(before, after, day, progress)


class Checked(NamedTuple):
    """What there is to say of a definition."""

    findings: list[Finding]
    questions: list[Open]


def checked(
    _conn: Connection, *, definition: Definition, ground: Ground, figures: LedgerFigures
) -> Checked:
    """What does not make sense in a definition, for this ledger, and what it leaves open."""
    from activetui.activity.consistency import check
    from activetui.activity.questions import questions

    found = questions(definition, ground.own_kinds, ground.currency)
    return Checked(check(definition, figures if figures.customers else None), [Open(each) for each in found])


def answered(
    conn: Connection,
    *,
    looking: Looking,
    questions: list[Open],
    before: Definition,
    ground: Ground,
    day: Day,
    progress: Progress,
) -> list[Open]:
    """The questions, each with what its other answer would do."""
    from activetui.activity.reading.parsing import parse

    found = []
    for question, _unknown in questions:
        if question.toml is None:
            found.append(Open(question))
            continue
        other = parse(question.toml, own_kinds=ground.own_kinds, currency=ground.currency)
        would_be = looking.difference(conn, before=before, after=other, day=day, progress=progress)
        of = sum(would_be.before_counts.values())
        effect = Effect(would_be.moved, of, would_be.before_base, would_be.after_base)
        found.append(Open(question, effect if of else None))
    return found


def figures(conn: Connection) -> LedgerFigures:
    """What check, suggestion and back-test need to know of the ledger as of the day looked from."""
    from activetui.reactivation.playbooks.offers import check_figures
    from activetui.store.ledger_figures import ledger_figures

    return check_figures(conn) or ledger_figures(conn)


def past(
    conn: Connection,
    *,
    definition: Definition,
    history: PurchaseHistory,
    horizon: int,
    costs: Costs | None,
    progress: Progress,
) -> Past:
    """The definition and some windows, judged on the latest day that can be tested and on earlier ones."""
    from activetui.insights.tested_on_past import past_test

    found = past_test(
        conn, definition, history, None, horizon, number=ROUNDS, costs=costs, progress=progress
    )
    outcome, cheapest = found.outcome, found.rounds.cheapest

    def tested(rule: str, row: Row, active: NDArray[np.bool_]) -> Tested:
        wrong = (outcome.false_alarms(active), outcome.misses(active))
        alarms, misses = (array("q", numbers.tolist()) for numbers in wrong)
        return Tested(rule, row, alarms, misses)

    windows = list(found.windows)
    if cheapest is not None and cheapest.window_days not in {row.window_days for row in windows}:
        windows.append(outcome.judge(outcome.within(cheapest.window_days or 0), cheapest.window_days, costs))
    rules = [tested(_("this definition"), found.row, found.active)]
    for row in sorted(windows, key=lambda row: row.window_days or 0):
        days = row.window_days or 0
        rules.append(tested(_rule_words(days, found.suggested), row, outcome.within(days)))
    return Past(
        outcome.as_of, horizon, outcome.buyers, outcome.of, outcome.auc(), rules, cheapest,
        [test.as_of for test in found.rounds.tests], found.measures,
    )


def _rule_words(window: int, suggested: int | None) -> str:
    words = _("within {days}").format(days=days_words(window))
    return f"{words} {SUGGESTED}" if window == suggested else words
