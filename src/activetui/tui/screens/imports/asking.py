"""The dialogs in which the owner decides about a file, and the answers that come of them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from activetui.importing.asking.answers import Answers
from activetui.importing.asking.choices import answered, choices_of
from activetui.importing.asking.questions import Question
from activetui.importing.columns.column import Column
from activetui.importing.columns.headings import normal
from activetui.importing.deciding.understand import Understanding
from activetui.importing.values.amounts import read_amount
from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import read_moment
from activetui.ledger.money import to_minor
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_day, format_money
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.host import Host
from activetui.tui.screens.imports.columns_panel import ColumnRow, column_rows, heading_of
from activetui.tui.screens.imports.job import Looked
from activetui.tui.screens.imports.meaning_dialog import MeaningDialog
from activetui.tui.screens.imports.reading_panel import RETURN, way_of

Take = Callable[[Answers], None]
"""What to do with the new answers; not called where the dialog was left."""


def ask_question(app: Host, looked: Looked, take: Take) -> None:
    """Ask the first thing that is open."""
    understood, questions = looked.plan.reading.understood, looked.plan.questions
    examples = {row.column.name: row.examples for row in column_rows(understood)}
    choices = [
        Choice(each.option, each.title, _meaning(each.option, understood, examples))
        for each in choices_of(questions[0], understood.table.header)
    ]

    def chosen(option: str | None) -> None:
        if option is not None:
            take(answered(looked.answers, option))

    why = one_line(questions[0].why)
    app.push_screen(ChooseDialog(_question_title(questions), choices, hint=why), chosen)


def ask_meaning(app: Host, looked: Looked, row: ColumnRow, take: Take) -> None:
    """Ask what a column means."""
    understood = looked.plan.reading.understood
    taken = {column.field: heading_of(column) for column in understood.columns if column.field}

    def chosen(field: str | None) -> None:
        if field is not None:
            take(_with_meaning(looked.answers, understood, row.column, field))

    app.push_screen(MeaningDialog(row, taken), chosen)


def ask_reading(app: Host, looked: Looked, about: str, take: Take) -> None:
    """Ask how one thing about the file is to be read."""
    way, now = way_of(about), _reading_now(looked, about)

    def chosen(value: str | None) -> None:
        if value is not None:
            take(_with_reading(looked.answers, about, value.strip() or value))

    if way.choices:
        app.push_screen(ChooseDialog(way.question, way.choices, now, hint=way.hint), chosen)
    else:
        app.push_screen(AskTextDialog(way.question, way.hint, value=now), chosen)


def _meaning(option: str, understood: Understanding, examples: Mapping[str, Sequence[str]]) -> str:
    """What stands below an answer: what it makes of a cell, or cells of the column that it is about."""
    name, value, *more = [*shlex.split(option), "", ""][:4]
    layout, decisions = understood.layout, understood.decisions
    if name == "--map" and not more[0]:
        cells = examples.get(value.rpartition("=")[0], ())
        return _("such as {cells}").format(cells=" · ".join(cells)) if cells else ""
    if name == "--date-order":
        return _as_day(decisions.of_days(layout).example, value)
    if name == "--decimal":
        return _as_money(decisions.of_marks(layout).example, value, understood.currency.code)
    return ""


def _as_day(cell: str, order: str) -> str:
    try:
        day = read_moment(cell, order).day if cell else None  # type: ignore[arg-type]
    except BadCell:
        return ""
    return "" if day is None else _made_of(cell, format_day(day, "long"))


def _as_money(cell: str, mark: str, currency: str) -> str:
    try:
        amount = read_amount(cell, mark) if cell else None  # type: ignore[arg-type]
    except BadCell:
        return ""
    return "" if amount is None else _made_of(cell, format_money(to_minor(amount.value, currency), currency))


def _made_of(cell: str, meant: str) -> str:
    return _("{cell} is {meant}").format(cell=one_line(cell), meant=meant)


def _question_title(questions: Sequence[Question]) -> str:
    """The title of the dialog that asks the first of these."""
    if len(questions) == 1:
        return _("One question")
    return _("Question 1 of {n}").format(n=len(questions))


def _with_meaning(answers: Answers, understood: Understanding, column: Column, field: str) -> Answers:
    """The answers with another meaning of a column: by its heading or, where others have that, its number."""
    alike = [one for one in understood.columns if normal(one.name) == normal(column.name)]
    name = column.name if column.name.strip() and len(alike) == 1 else str(column.index + 1)
    return replace(answers, columns={**answers.columns, name: field})


def _with_reading(answers: Answers, about: str, value: str) -> Answers:
    """The answers with something else decided about the file; an empty value leaves it to the file."""
    if about in ("currency", "country"):
        value = value.upper()
    said: dict[str, Any] = {about: value == RETURN if about == "bring_back" else value}
    return replace(answers, **said)


def _reading_now(looked: Looked, about: str) -> str:
    """What the owner said, now or for an earlier file, about one thing; empty for nothing."""
    said = getattr(looked.plan.reading.understood.answers, about)
    return str(said) if about != "bring_back" else RETURN if said else ""
