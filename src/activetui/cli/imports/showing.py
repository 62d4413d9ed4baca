"""A plan shown, and written: the same for a new file and for one that is read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from activetui.cli.context import current, made_at
from activetui.cli.options import Format

if TYPE_CHECKING:
    from activetui.importing.read import FileReading
    from activetui.importing.run import ImportPlan


@contextmanager
def planned(conn: sqlite3.Connection, reading: FileReading) -> Iterator[ImportPlan]:
    """The plan of a file, with progress while it is made."""
    from activetui.cli.imports.words import Telling
    from activetui.importing.run import plan_reading

    telling = Telling(reading.part.label, reading.understood.table.scan.size)
    try:
        with plan_reading(conn, reading, telling) as plan:
            yield plan
    finally:
        telling.end()


def plan_row(plan: ImportPlan) -> dict[str, Any]:
    """What importing a file would change, as data."""
    from activetui.importing.telling.plan_json import plan_as_json

    return plan_as_json(plan)


def print_plan_words(plan: ImportPlan) -> None:
    """The same in words."""
    from activetui.cli.imports.words import print_plan

    print_plan(plan)


def write_plan(plan: ImportPlan, form: Format, refused: Path | None) -> dict[str, object]:
    """Write it and the rows that it refused, and say so; what JSON tells besides the plan."""
    from activetui.cli.imports.words import print_result
    from activetui.importing.refused import write_refused

    batch = plan.apply(made_at())
    aside = None
    if plan.refusals:
        aside = write_refused(plan.refusals, plan.reading, current().db.parent, refused)
    if form is not Format.JSON:
        print_result(plan, batch, aside)
    return {"batch": batch, "refused_rows": None if aside is None else str(aside)}
