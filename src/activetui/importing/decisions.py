"""Date order and decimal mark of every column of a file, from its own evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from activetui.importing.answers import Answers
from activetui.importing.columns.column import Layout
from activetui.importing.columns.systems import System
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.questions import Question
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Table
from activetui.importing.tables.totals import is_total
from activetui.importing.values.amounts import Mark
from activetui.importing.values.dates import Order
from activetui.importing.values.decide import DateEvidence, Decision, MarkEvidence
from activetui.locales import _

SAMPLE = 3000
"""Rows that are looked at first."""
_HAPPENED = ("date", "visit_date", "until", "recorded", "entered")
"""Days of which one must be certain; others are left as written."""
_PAID = ("order_total", "amount", "refunded", "unit_price", "subtotal")
_MONEY = (*_PAID, "outstanding", "total_spent")


@dataclass(slots=True)
class Decisions:
    """How the columns of one file write days and amounts."""

    days: dict[int, Decision] = field(default_factory=dict)
    marks: dict[int, Decision] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def order(self, column: int) -> Order | None:
        """The order of day, month and year in a column."""
        decision = self.days.get(column)
        return decision.choice if decision else None  # type: ignore[return-value]

    def mark(self, column: int) -> Mark | None:
        """The decimal mark of a column."""
        decision = self.marks.get(column)
        return decision.choice if decision else None  # type: ignore[return-value]

    def usual_mark(self) -> Mark | None:
        """The decimal mark of the file, if its columns agree."""
        found = {decision.choice for decision in self.marks.values() if decision.choice}
        return found.pop() if len(found) == 1 else None  # type: ignore[return-value]

    def of_days(self, layout: Layout) -> Decision:
        """The decision on the days that matter most."""
        return self._first(
            layout, self.days, (*_HAPPENED, "customer_since", "first_visit", "last_visit", "birthday")
        )

    def of_marks(self, layout: Layout) -> Decision:
        """The decision on the amounts that matter most; where they need no mark, on any that do."""
        first = self._first(layout, self.marks, _MONEY)
        return first if first.choice else next((one for one in self.marks.values() if one.choice), first)

    @staticmethod
    def _first(layout: Layout, decisions: dict[int, Decision], fields: Sequence[str]) -> Decision:
        for name in fields:
            for column in layout.of(name):
                if column in decisions:
                    return decisions[column]
        return Decision(None)


def decide_columns(
    table: Table, sample: Sequence[Row], layout: Layout, answers: Answers, system: System | None
) -> Decisions:
    """Decide for every column of days and of money; what stays open becomes a question."""
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
        found.marks[place] = marked.decide(answers.decimal, usual, by_system)
    _agree(found.days, layout, ("dmy", "mdy"))
    _agree(found.marks, layout, (",", "."))
    _ask(found, layout)
    return found


def _places(layout: Layout, sort: str) -> list[int]:
    names = [name for name in layout.fields if FIELDS[name].sort == sort and FIELDS[name].about != "nothing"]
    return [place for name in names for place in layout.of(name)]


def _money(layout: Layout) -> list[int]:
    names = [name for name in _MONEY if layout.has(name)]
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
        if decision.open:
            decisions[other] = Decision(choice, why)


def _ask(found: Decisions, layout: Layout) -> None:
    for name in _HAPPENED:
        for place in layout.of(name):
            decision = found.days.get(place)
            if decision and decision.open:
                why = _(
                    "{column}: {cell} can have the day or the month first, and no other cell of the column "
                    "settles it."
                ).format(column=layout.name_of(place), cell=decision.example)
                found.questions.append(Question("date_order", why, "--date-order dmy|mdy"))
                break
    for name in _PAID:
        for place in layout.of(name):
            decision = found.marks.get(place)
            if decision and decision.open and not any(one.about == "decimal_mark" for one in found.questions):
                why = _("{column}: {cell} can be thousands or decimals, and no other cell of the column "
                        "settles it.").format(column=layout.name_of(place), cell=decision.example)
                found.questions.append(Question("decimal_mark", why, '--decimal ",|."'))
