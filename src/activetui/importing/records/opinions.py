"""Rows that tell what customers think: reviews of one to five stars, answers from zero to ten, words."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.bad import BadCell
from activetui.importing.values.ratings import read_rating
from activetui.importing.values.words import is_nothing
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord, Refusal
from activetui.locales import _

_DAYS = ("date", "visit_date")
_BEST = {Kind.REVIEW: 5, Kind.FEEDBACK: 10}


class OpinionReader(EventReader):
    """Makes the reviews and the feedback of one file."""

    keys = _DAYS

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        super().__init__(understood, found, left)
        self._opinions = Opinions(self)

    def made(self, row: OneRow) -> Iterator[Record]:
        """The opinions of a row: its rating, its score, or its words alone."""
        moment = self.happened(row, *_DAYS)
        if moment.day is None:
            yield self.without_day(row)
            return
        made = self._opinions.made(row, moment.day, moment.time)
        if made:
            yield from made
        else:
            yield row.customer or _without_opinion(row)


class Opinions:
    """Reads the opinion of a row, whatever else the row tells.

    Ratings up to 5 are reviews, scores up to 10 feedback; a column of ratings that goes beyond 5 holds
    scores. Words without a number are feedback too.
    """

    def __init__(self, reader: EventReader) -> None:
        self._reader = reader
        self._column, self._score = reader.layout.one("rating"), reader.layout.one("score")
        self._kind = Kind.FEEDBACK if self._goes_beyond_five() else Kind.REVIEW

    def made(self, row: OneRow, day: Day, time: str) -> list[EventRecord]:
        """The events of a row; none where it holds no opinion. `BadCell` for a rating beyond its scale."""
        reader = self._reader
        said: list[tuple[Kind, int | None]] = [
            (kind, rating) for kind, place in ((self._kind, self._column), (Kind.FEEDBACK, self._score))
            if place is not None and (rating := self._rating(row, place, kind)) is not None
        ]
        words = reader.text("review_text", row)
        if not said and words:
            said = [(Kind.FEEDBACK, None)]
        number, product = reader.values.order(row.cells), reader.values.product(row.cells)
        return [
            reader.counted(EventRecord(
                int(kind), day, reader.key(kind.word, number, day, row.who, product), row.customer, time=time,
                product=product, rating=rating, channel=reader.text("channel", row), order_ref=number,
                note=words or reader.text("note", row), line=row.line,
            ), kind.word)
            for kind, rating in said
        ]

    def _rating(self, row: OneRow, place: int, kind: Kind) -> int | None:
        """A rating on the scale of its kind; `BadCell` for one beyond it."""
        cell = row.cells[place].strip()
        if is_nothing(cell):
            return None
        read = read_rating(cell)
        best = _BEST[kind]
        if read is not None:
            given, of = read
            if of and of != best:
                given = given * best / of
            rating = int(given + 0.5)
            if (0 if kind == Kind.FEEDBACK else 1) <= rating <= best and given <= best:
                return rating
        reason = (
            _("{cell} is no rating from 1 to 5") if kind == Kind.REVIEW
            else _("{cell} is no score from 0 to 10")
        ).format(cell=cell)
        raise BadCell(f"{self._reader.layout.name_of(place)}: {reason}")

    def _goes_beyond_five(self) -> bool:
        if self._column is None:
            return False
        given = [read_rating(row[self._column].strip()) for _line, row in self._reader.understood.sample]
        read = [one for one in given if one is not None]
        if any(of == 5 for _number, of in read):
            return False
        return any(of == 10 or 5 < number <= 10 for number, of in read)


def _without_opinion(row: OneRow) -> Record:
    """A row with a day that says nothing."""
    return Refusal(row.line, _("the row holds no rating and no words"), tuple(row.cells))
