"""What the Definition screen asks the store, in a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.consistency import Finding, LedgerFigures
from activetui.activity.definition import Definition
from activetui.activity.difference import Difference
from activetui.ledger.days import Day
from activetui.store.definitions import SavedDefinition
from activetui.tui.reading import Connection
from activetui.tui.screens.definition_draft import Ground

if TYPE_CHECKING:
    from activetui.store.what_if import Preview

Progress = Callable[[int, int], None]


class Standing(NamedTuple):
    """What is in force, and what the ledger says about definitions in general."""

    ground: Ground
    versions: list[SavedDefinition]
    figures: LedgerFigures
    currency: str


def standing(conn: Connection) -> Standing:
    """What is in force now."""
    from activetui.store import definitions, kinds, settings
    from activetui.store.ledger_figures import ledger_figures

    versions = definitions.history(conn)
    now = next(version for version in versions if version.in_force)
    currency = settings.currency(conn)
    ground = Ground(now.text, now.name, now.version, kinds.own_kinds(conn), currency)
    return Standing(ground, versions, ledger_figures(conn), currency)


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
        from activetui.store.what_if import Preview

        if self._preview is None or not self._preview.serves(conn):
            self._preview = Preview(conn)
        return self._preview.difference(before, after, day, progress)


def findings(_conn: Connection, *, definition: Definition, figures: LedgerFigures) -> list[Finding]:
    """What does not make sense in a definition, for this ledger."""
    from activetui.activity.consistency import check

    return check(definition, figures if figures.customers else None)
