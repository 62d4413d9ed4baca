"""Date order and decimal mark of every column of a file, from its own evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from activetui.importing.asking.answers import Answers
from activetui.importing.asking.questions import Question
from activetui.importing.columns.column import Layout
from activetui.importing.columns.headings import is_in_cents
from activetui.importing.columns.systems import System
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.deciding.decided import HAPPENED, MONEY, PAID, Decisions
from activetui.importing.deciding.side_evidence import (
    is_counted_from_1904,
    is_dumped_in_cents,
    order_by_the_rows,
    seems_in_cents,
)
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Table
from activetui.importing.tables.totals import is_total
from activetui.importing.values.amounts import Mark, without_unit
from activetui.importing.values.decide import DateEvidence, Decision, MarkEvidence
from activetui.ledger.days import Day
from activetui.locales import _

SAMPLE = 3000
"""Rows that are looked at first."""
_NOT_AHEAD = ("date", "recorded", "entered", "unsubscribed_at", "resolved_at")
"""Days that lie in the past."""


def decide_columns(
    table: Table, sample: Sequence[Row], layout: Layout, answers: Answers, system: System | None,
    *, currency: str = "", today: Day | None = None,
) -> Decisions:
    """Decide for every column of days and of money; what stays open becomes a question.

    `currency` is that of the amounts; days after `today` cannot have happened.
    """
    days = {place: DateEvidence() for place in _places(layout, "day")}
    marks = {place: MarkEvidence() for place in _money(layout)}
    _look(sample, days, marks)
    if len(sample) >= SAMPLE:
        _look_at_all(table, days, marks)
    found = Decisions()
    by_system = _("{system} always writes it so").format(system=system.name) if system else ""
    for place, evidence in days.items():
        usual = system.date_order if system else ""
        found.days[place] = evidence.decide(answers.date_order, usual, by_system)
    for place, marked in marks.items():
        usual = system.decimal if system else ""
        found.marks[place] = marked.decide(answers.decimal, usual, by_system, currency)
    _agree(found.days, layout, ("dmy", "mdy"))
    _agree(found.marks, layout, (",", "."))
    _by_the_rows(found, days, sample, layout, today)
    _later_base(found, days, sample, answers)
    _numbers(found, sample, layout)
    _in_cents(found, sample, layout, answers, currency, known_system=system is not None)
    _ask(found, layout)
    return found


def _places(layout: Layout, sort: str) -> list[int]:
    names = sorted(
        name for name in layout.fields if FIELDS[name].sort == sort and FIELDS[name].about != "nothing"
    )
    return [place for name in names for place in layout.of(name)]


def _money(layout: Layout) -> list[int]:
    names = [name for name in MONEY if layout.has(name)]
    if "subtotal" in names and layout.has("amount", "order_total", "unit_price"):
        names.remove("subtotal")
    return [place for name in names for place in layout.of(name)]


def _look(rows: Iterable[Row], days: dict[int, DateEvidence], marks: dict[int, MarkEvidence]) -> None:
    for _line, row in rows:
        for place, evidence in days.items():
            evidence.add(row[place])
        for place, marked in marks.items():
            marked.add(row[place])


def _look_at_all(table: Table, days: dict[int, DateEvidence], marks: dict[int, MarkEvidence]) -> None:
    """Go through the whole file for the columns that the sample has not settled, until it has."""
    days = {place: evidence for place, evidence in days.items() if not evidence.settled}
    marks = {place: marked for place, marked in marks.items() if not marked.settled}
    if not days and not marks:
        return
    for number, (_line, row) in enumerate(table.rows()):
        if is_total(row, ()):
            continue
        for place, evidence in days.items():
            evidence.add(row[place])
        for place, marked in marks.items():
            marked.add(row[place])
        if number % 5000 == 0:
            days = {place: evidence for place, evidence in days.items() if not evidence.settled}
            marks = {place: marked for place, marked in marks.items() if not marked.settled}
            if not days and not marks:
                return


def _agree(decisions: dict[int, Decision], layout: Layout, choices: Sequence[str]) -> None:
    """A column that is open follows the others, if these agree."""
    said = {decision.choice: place for place, decision in decisions.items() if decision.choice in choices}
    if len(said) != 1:
        return
    ((choice, place),) = said.items()
    why = _("as in the column {column}").format(column=layout.name_of(place))
    for other, decision in decisions.items():
        if decision.open and not decision.mixed:
            decisions[other] = Decision(choice, why)


def _by_the_rows(
    found: Decisions, days: dict[int, DateEvidence], sample: Sequence[Row], layout: Layout,
    today: Day | None,
) -> None:
    """What no cell proves alone, the rows may: days ahead, days near others, rows in the order of time."""
    certain = [
        place for place, decision in found.days.items()
        if decision.choice in ("ymd", "dmy", "mdy") and not decision.mixed
    ]
    past = {place for name in _NOT_AHEAD for place in layout.of(name)}
    for place, decision in found.days.items():
        if decision.open and not decision.mixed:
            beside = [(one, found.order(one), layout.name_of(one)) for one in certain]
            choice, why = order_by_the_rows(place, sample, beside, today if place in past else None)
            if choice:
                found.days[place] = Decision(choice, why)
    _agree(found.days, layout, ("dmy", "mdy"))


def _later_base(
    found: Decisions, days: dict[int, DateEvidence], sample: Sequence[Row], answers: Answers
) -> None:
    """Columns of day numbers of which a Mac counted from 1904."""
    for place, evidence in days.items():
        if not evidence.shapes["serial"]:
            continue
        others = [
            (one, found.order(one)) for one, beside in days.items()
            if one != place and not beside.shapes["serial"] and not found.days[one].open
        ]
        if answers.serials == "1904" or (
            not answers.serials and is_counted_from_1904(place, sample, others)
        ):
            why = _("day numbers are counted from 1904, as on an old Mac")
            found.days[place] = replace(found.days[place], why=why, later_base=True)


def _numbers(found: Decisions, sample: Sequence[Row], layout: Layout) -> None:
    """The decimal mark of pieces and points: of 1.000 kg the column itself, else the file's."""
    for place in _places(layout, "number"):
        evidence = MarkEvidence()
        for _line, row in sample:
            evidence.add(without_unit(row[place]))
        decision = evidence.decide()
        mark: Mark | None = decision.choice  # type: ignore[assignment]
        if mark is None and len(evidence.open_signs) == 1 and not evidence.proofs["none"]:
            (mark,) = evidence.open_signs  # type: ignore[assignment]
        found.numbers[place] = mark or found.usual_mark()


def _in_cents(
    found: Decisions, sample: Sequence[Row], layout: Layout, answers: Answers, currency: str,
    *, known_system: bool,
) -> None:
    """Amounts written in hundredths: a heading says so, the owner does, or prices beside them ask for it."""
    for place, decision in found.marks.items():
        said = answers.cents == "yes" or (not answers.cents and is_in_cents(layout.name_of(place)))
        if said and _are_whole(row[place].strip() for _line, row in sample):
            found.marks[place] = replace(decision, cents=True)
    if answers.cents or known_system:
        return
    for field_name in ("order_total", "amount"):
        column = layout.one(field_name)
        if column is None or found.in_cents(column):
            continue
        if seems_in_cents(column, sample, layout, found):
            why = _("{column}: its amounts are a hundred times the prices beside them. Are they in cents?")
            text = why.format(column=layout.name_of(column))
            found.questions.append(Question("cents", text, "--cents yes|no"))
            return
        if is_dumped_in_cents(column, sample, layout, currency):
            why = _("{column}: all amounts are whole numbers, and the headings are those of a program, which "
                    "often count in cents. Are they in cents?")
            text = why.format(column=layout.name_of(column))
            found.questions.append(Question("cents", text, "--cents yes|no"))
            return


def _are_whole(cells: Iterable[str]) -> bool:
    return all(not cell or cell.lstrip("-").isdigit() for cell in cells)


def _ask(found: Decisions, layout: Layout) -> None:
    for name in HAPPENED:
        for place in layout.of(name):
            decision = found.days.get(place)
            if decision and decision.open:
                found.questions.append(_date_question(layout.name_of(place), decision))
                break
        if found.questions and found.questions[-1].about == "date_order":
            break
    for name in PAID:
        for place in layout.of(name):
            decision = found.marks.get(place)
            if decision and decision.open and not any(one.about == "decimal_mark" for one in found.questions):
                why = _("{column}: {cell} can be thousands or decimals, and no other cell of the column "
                        "settles it.").format(column=layout.name_of(place), cell=decision.example)
                found.questions.append(Question("decimal_mark", why, '--decimal ",|."'))


def _date_question(column: str, decision: Decision) -> Question:
    if decision.mixed:
        why = _(
            "{column}: {proof}. Days that leave no doubt are read as they are; how are those such as {cell} "
            "to be read?"
        ).format(column=column, proof=decision.why, cell=decision.example)
    else:
        why = _(
            "{column}: {cell} can have the day or the month first, and no other cell of the column "
            "settles it."
        ).format(column=column, cell=decision.example)
    return Question("date_order", why, "--date-order dmy|mdy")
