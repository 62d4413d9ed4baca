"""What readers share whose rows each tell something of one customer that is no sale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from activetui.importing.columns.vocabulary import FIELDS, WHO
from activetui.importing.deciding.understand import Understanding
from activetui.importing.readers import moments, numbers, row_moments
from activetui.importing.records.customers import CustomerReader
from activetui.importing.records.keys import Keys
from activetui.importing.records.rowvalues import RowValues
from activetui.importing.records.sums import ColumnSums
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.contacts import unwrap_formula
from activetui.importing.values.dates import NO_MOMENT, Moment
from activetui.importing.values.words import is_nothing, yes_or_no
from activetui.ledger.days import Day
from activetui.ledger.records import CustomerRecord, EventRecord, Refusal
from activetui.ledger.text import one_line
from activetui.locales import _

Record = EventRecord | CustomerRecord | Refusal

_FAR = 366 * 10
_OLDEST: Day = -25567
"""1 January 1900."""


@dataclass(slots=True)
class OneRow:
    """One row of a file with its customer."""

    line: int
    cells: list[str]
    customer: CustomerRecord | None
    """None: nobody in particular."""
    who: str
    """What tells the customer apart, for keys."""


class EventReader:
    """Makes the records of one file, row by row. A subclass says what one row makes."""

    keys: tuple[str, ...] = ()
    """Fields that every true row fills, besides those of the customer."""

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        self.understood, self.found, self.left = understood, found, left
        self.layout = understood.layout
        self.today = understood.setting.today
        self.values = RowValues(understood, found)
        self.customers = CustomerReader(understood, found)
        self.event_keys = Keys()
        names = [name for name in self.layout.fields if FIELDS[name].sort == "day"]
        days = [place for name in names for place in self.layout.of(name)]
        self._moments = {place: moments(understood, place) for place in days}
        self._has_money = any(FIELDS[name].sort == "money" for name in self.layout.fields)
        self._sums = ColumnSums(understood, found, several_signs=self.values.several_signs)
        self._numbers: dict[int, Callable[[str], float | None]] = {}
        self._of_rows = {place: row_moments(understood, place) for place in days}

    def parts(self) -> Iterator[Record]:
        """Every record of the file, as its rows come."""
        names = self.keys or WHO
        places = [place for name in names for place in self.layout.of(name)]
        for line, cells in self.understood.table.rows(places, self.left):
            customer, who = self.customers.of(cells, line)
            row = OneRow(line, cells, customer, who)
            if self._has_money:
                self._sums.add([(line, cells)])
            try:
                made = list(self.made(row))
            except BadCell as bad:
                if customer is not None:
                    yield customer
                yield Refusal(line, bad.reason, tuple(cells))
                continue
            yield from made
        yield from self.left.refusals

    def made(self, row: OneRow) -> Iterable[Record]:
        """What one row makes. `BadCell` for a row that cannot be taken, naming the column."""
        raise NotImplementedError

    def counted(self, event: EventRecord, word: str) -> EventRecord:
        """The event, once it has been counted; `word` is its kind's."""
        self.found.add(event, word, self.today)
        return event

    def without_day(self, row: OneRow) -> Record:
        """Nothing happens on no day: such a row is at most a customer."""
        return row.customer or Refusal(row.line, _("the day is missing"), tuple(row.cells))

    def moment(self, field: str, row: OneRow) -> Moment:
        """Day and time of the first filled column of a field."""
        for place in self.layout.of(field):
            moment = self._moment(place, row.cells)
            if moment.day is not None:
                return moment
        return NO_MOMENT

    def happened(self, row: OneRow, *fields: str) -> Moment:
        """The moment of the first of these fields that has one, with the column of times beside it."""
        for place in (place for field in fields for place in self.layout.of(field)):
            try:
                moment = self._of_rows[place](row.cells)
            except BadCell as bad:
                raise BadCell(f"{self.layout.name_of(place)}: {bad.reason}") from None
            if moment.day is not None:
                self._believable(place, moment.day, row)
                return moment
        return NO_MOMENT

    def day(self, field: str, row: OneRow) -> Day | None:
        """The day in a column of that field."""
        return self.moment(field, row).day

    def text(self, field: str, row: OneRow) -> str:
        """The first filled cell of a field, else what the system says of every row."""
        for place in self.layout.of(field):
            text = one_line(unwrap_formula(row.cells[place].strip()))
            if text and not is_nothing(text):
                return text
        return self.understood.fixed.get(field, "")

    def flag(self, field: str, row: OneRow) -> bool | None:
        """Yes, no, or None where nothing says so."""
        return yes_or_no(self.text(field, row))

    def number(self, field: str, row: OneRow) -> float | None:
        """A plain number; None where there is none."""
        place = self.layout.one(field)
        if place is None:
            return None
        if place not in self._numbers:
            self._numbers[place] = numbers(self.understood, place)
        return self._numbers[place](row.cells[place])

    def key(self, word: str, number: str, *contents: object) -> str:
        """The key of an event: by its number in the source, else by what it tells."""
        if number:
            return self.event_keys.of_order(word, number)
        return self.event_keys.of_contents(word, *contents)

    def _moment(self, place: int, cells: Sequence[str]) -> Moment:
        cell = cells[place]
        try:
            return self._moments[place](cell)
        except BadCell as bad:
            raise BadCell(f"{self.layout.name_of(place)}: {bad.reason}") from None

    def _believable(self, place: int, day: Day, row: OneRow) -> None:
        if not _OLDEST <= day <= self.today + _FAR:
            reason = _("{cell} is too far away to be true").format(cell=row.cells[place].strip())
            raise BadCell(f"{self.layout.name_of(place)}: {reason}")
