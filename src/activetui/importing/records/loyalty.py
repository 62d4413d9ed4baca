"""Rows that tell of loyalty points: who joined, what was earned, what was redeemed."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.values.bad import BadCell
from activetui.importing.values.people_words import meaning_of_word
from activetui.importing.values.words import is_nothing
from activetui.ledger.kinds import ACTIONS, Kind
from activetui.ledger.records import EventRecord
from activetui.locales import _

_DAYS = ("date", "visit_date")


class LoyaltyReader(EventReader):
    """Makes the loyalty events of one file: a log of points, or a list of members with what they have.

    A list tells only the day of joining; the points that it names are kept beside the customer.
    """

    keys = _DAYS

    def made(self, row: OneRow) -> Iterator[Record]:
        """What happened to a row's points, or that a member joined."""
        moment = self.happened(row, *_DAYS)
        if moment.day is None:
            joined = None if self.layout.has("points") else self.happened(row, "customer_since").day
            if joined is None or row.customer is None:
                yield self.without_day(row)
            else:
                yield self._event(row, joined, "join", None)
            return
        points = self._points(row)
        yield self._event(row, moment.day, self._action(row, points), points, moment.time)

    def _event(
        self, row: OneRow, day: int, action: str, points: float | None, time: str = ""
    ) -> EventRecord:
        number = self.values.order(row.cells)
        return self.counted(EventRecord(
            int(Kind.LOYALTY), day, self.key("loyalty", "", action, day, time, row.who, points, number),
            row.customer, time=time, action=action, quantity=None if points is None else abs(points),
            product=self.values.product(row.cells), channel=self.text("channel", row), order_ref=number,
            note=self.text("note", row), line=row.line,
        ), Kind.LOYALTY.word)

    def _points(self, row: OneRow) -> float | None:
        place = self.layout.one("points")
        if place is None or is_nothing(row.cells[place].strip()):
            return None
        points = self.number("points", row)
        if points is None:
            cell = row.cells[place].strip()
            raise BadCell(
                f"{self.layout.name_of(place)}: " + _("{cell} is no number of points").format(cell=cell)
            )
        return points

    def _action(self, row: OneRow, points: float | None) -> str:
        """Points taken away are redeemed, whatever the word; a word that nobody knows follows the sign."""
        word = self.text("action", row) or self.text("kind", row) or self.text("row_class", row)
        if points is not None and points < 0:
            return "redeem"
        if word.lower() in ACTIONS["loyalty"]:
            return word.lower()
        return meaning_of_word("loyalty_action", word) or ("join" if points is None else "earn")
