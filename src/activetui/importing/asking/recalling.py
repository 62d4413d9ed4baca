"""A table understood with what is remembered of others that had the same headings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.asking.questions import map_option
from activetui.importing.asking.remembering import signature, to_remember, with_remembered
from activetui.importing.deciding.understand import Assumption, Understanding
from activetui.importing.deciding.written_once import understand_shape
from activetui.importing.tables.table import Table
from activetui.importing.telling.found import Found
from activetui.locales import _

_LINES = "rows_are_lines"
"""Under this name it is remembered that the rows of an order are its lines."""


def understand_remembering(table: Table, answers: Answers, setting: Setting) -> Understanding:
    """Decide everything about a table; where its headings are known from an earlier import, as then.

    What is used of the earlier answers stands among the assumptions.
    """
    understood = understand_shape(table, answers, setting)
    remembered = setting.remembered.get(signature(table, understood.sample))
    if not remembered:
        return understood
    together = answers
    while True:  # what a column means may lead to the next question
        open_about = frozenset(question.about for question in understood.questions)
        more = with_remembered(together, remembered, open_about)
        if more == together:
            break
        together = more
        understood = understand_shape(table, together, setting)
    if together == answers:
        return understood
    why = _("you said so for a file with the same headings")
    told = Assumption("remembered", _said(answers, together), why)
    return replace(understood, assumptions=(*understood.assumptions, told))


def _said(before: Answers, together: Answers) -> str:
    """The answers that were filled in, written like options."""
    named = (
        "source", "currency", "country", "time_zone", "same_sale", "date_order", "decimal", "cents",
        "serials", "carry_down", "day_sums",
    )
    said = [
        f"--{name.replace('_', '-')} {getattr(together, name)}" for name in named
        if getattr(together, name) != getattr(before, name)
    ]
    columns = ((name, field) for name, field in together.columns.items() if name not in before.columns)
    said += [map_option(name, field) for name, field in columns]
    return " ".join(said)


def rows_are_lines(understood: Understanding) -> bool:
    """Whether an earlier table with the same headings had orders that go on over several rows."""
    known = understood.setting.remembered.get(signature(understood.table, understood.sample), {})
    return bool(known.get(_LINES))


def remembered_of(understood: Understanding, found: Found) -> tuple[str, dict[str, Any]]:
    """The signature of a table that is imported, and what of it holds for the next one like it.

    `found` is what the tables of the file held. Where orders had several rows, the next table may have none
    such: that its rows are lines is then known from this one.
    """
    table, decisions, layout = understood.table, understood.decisions, understood.layout
    kept = to_remember(
        understood.answers, table, date_order=decisions.of_days(layout).choice or "",
        decimal=decisions.of_marks(layout).choice or "",
    )
    if rows_are_lines(understood) or (
        found.lines > found.orders > 0 and layout.has("order_id") and layout.has("product", "sku")
    ):
        kept[_LINES] = True
    return signature(table, understood.sample), kept
