"""Cells of a native file, read without losing anything: the spreadsheet guard is undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from activetui.importing.deciding.understand import Understanding
from activetui.importing.telling.found import Found
from activetui.importing.values.amounts import minor_reader, read_amount
from activetui.importing.values.bad import BadCell
from activetui.importing.values.dates import Moment, moment_reader, time_reader
from activetui.importing.values.words import PARTLY_PAID, state_reader
from activetui.ledger.days import Day
from activetui.ledger.spreadsheet import unguard
from activetui.ledger.text import one_line
from activetui.locales import _

_REMEMBERED = 100_000
_DAYS = ("date", "until", "recorded", "entered", "birthday")

Cells = Sequence[str]


class NativeCells:
    """Reads the cells of one native file by the names of its columns."""

    def __init__(self, understood: Understanding, found: Found) -> None:
        layout, self._decisions = understood.layout, understood.decisions
        self._place = {name: layout.one(name) for name in layout.fields}
        self._days = {
            name: moment_reader(self._decisions.order(place))
            for name in _DAYS if (place := layout.one(name)) is not None
        }
        self._time = time_reader()
        self._state = state_reader({}, found.states)
        self._code = understood.currency.code
        self._codes: dict[str, str] = {"": self._code}
        self._money: dict[tuple[str, str], Callable[[str], int | None]] = {}
        self._mark = self._decisions.usual_mark() or "."
        self._texts: dict[str, str] = {}

    def text(self, name: str, row: Cells) -> str:
        """A cell as text of one line."""
        place = self._place.get(name)
        if place is None:
            return ""
        cell = row[place]
        if not cell:
            return ""
        known = self._texts.get(cell)
        if known is None:
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            known = self._texts[cell] = one_line(unguard(cell))
        return known

    def word(self, name: str, row: Cells) -> str:
        """A cell as a word of the program: small letters, `_` for blanks."""
        text = self.text(name, row)
        return text.lower().replace(" ", "_") if text else ""

    def moment(self, row: Cells) -> Moment:
        """The day of the row and the time beside it."""
        place = self._place.get("date")
        if place is None:
            return Moment(None)
        return self._named("date", row, place)

    def day(self, name: str, row: Cells) -> Day | None:
        """A day in a column of that name."""
        place = self._place.get(name)
        return None if place is None or not row[place] else self._named(name, row, place).day

    def time(self, row: Cells) -> str:
        """The time of day in its own column."""
        place = self._place.get("time")
        return "" if place is None or not row[place] else self._time(row[place])

    def state(self, row: Cells) -> str:
        """The state of the event."""
        place = self._place.get("state")
        state = "" if place is None or not row[place] else self._state(row[place])
        return "paid" if state == PARTLY_PAID else state

    def money(self, name: str, row: Cells) -> int | None:
        """An amount in minor units of the row's currency."""
        place = self._place.get(name)
        if place is None or not row[place]:
            return None
        code = self.currency(row)
        read = self._money.get((name, code))
        if read is None:
            read = self._money[name, code] = minor_reader(self._decisions.mark(place), code)
        try:
            return read(row[place])
        except BadCell as bad:
            raise BadCell(f"{name}: {bad.reason}") from None

    def number(self, name: str, row: Cells) -> float | None:
        """A plain number."""
        place = self._place.get(name)
        if place is None or not row[place].strip():
            return None
        try:
            amount = read_amount(row[place], self._mark)
        except BadCell:
            raise BadCell(
                _("{column}: {cell} is not a number").format(column=name, cell=row[place].strip())
            ) from None
        return None if amount is None else float(amount.value)

    def currency(self, row: Cells) -> str:
        """The currency of the row."""
        place = self._place.get("currency")
        cell = "" if place is None else row[place]
        code = self._codes.get(cell)
        if code is None:
            word = cell.strip().upper()
            if len(word) != 3 or not word.isalpha():
                raise BadCell(_("currency: {cell} is no code of three letters").format(cell=cell.strip()))
            code = self._codes[cell] = word
        return code

    def has_line(self, row: Cells) -> bool:
        """Whether the row says more of what was bought than the event itself can."""
        return bool(self.text("sku", row) or self.text("category", row) or self.text("unit_price", row))

    def _named(self, name: str, row: Cells, place: int) -> Moment:
        try:
            return self._days[name](row[place])
        except BadCell as bad:
            raise BadCell(f"{name}: {bad.reason}") from None
