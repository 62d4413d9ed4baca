"""Rows that tell what customers think: reviews of one to five stars, answers from zero to ten, words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from activetui.importing.found import Found
from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.tables.table import Left
from activetui.importing.understand import Understanding
from activetui.importing.values.amounts import read_amount
from activetui.importing.values.bad import BadCell
from activetui.importing.values.words import is_nothing
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord, Refusal
from activetui.locales import _

_DAYS = ("date", "visit_date")
_STARS = re.compile(r"[★⭐✭✮]\ufe0f?")
_OF = re.compile(
    r"(?P<given>\d+(?:[.,]\d+)?)\s*(?:/|\bof\b|\bout of\b|\bde\b|\bsu\b|\bsur\b|\bиз\b)\s*(?P<best>5|10)\b",
    re.IGNORECASE,
)
_WITH_WORDS = re.compile(
    r"(?P<given>\d+(?:[.,]\d+)?)\s*(?:stars?|estrelas?|estrellas?|stelle|stella|[ée]toiles?|зв[её]зд\w*)?"
    r"(?:\s*[-–:(].*)?",
    re.IGNORECASE,
)
_BEST = {Kind.REVIEW: 5, Kind.FEEDBACK: 10}


class OpinionReader(EventReader):
    """Makes the reviews and the feedback of one file.

    Ratings up to 5 are reviews, scores up to 10 feedback; a column of ratings that goes beyond 5 holds
    scores. Words without a number are feedback too.
    """

    keys = _DAYS

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        super().__init__(understood, found, left)
        self._column = self.layout.one("rating")
        self._score = self.layout.one("score")
        self._kind = Kind.FEEDBACK if self._goes_beyond_five() else Kind.REVIEW

    def made(self, row: OneRow) -> Iterator[Record]:
        """The opinions of a row: its rating, its score, or its words alone."""
        moment = self.happened(row, *_DAYS)
        if moment.day is None:
            yield self.without_day(row)
            return
        said: list[tuple[Kind, int | None]] = [
            (kind, rating) for kind, place in ((self._kind, self._column), (Kind.FEEDBACK, self._score))
            if place is not None and (rating := self._rating(row, place, kind)) is not None
        ]
        words = self.text("review_text", row) or self.text("note", row)
        if not said and not words:
            yield row.customer or _without_opinion(row)
            return
        number, product = self.values.order(row.cells), self.values.product(row.cells)
        for kind, rating in said or [(Kind.FEEDBACK, None)]:
            yield self.counted(EventRecord(
                int(kind), moment.day, self.key(kind.word, number, moment.day, row.who, product),
                row.customer, time=moment.time, product=product, rating=rating,
                channel=self.text("channel", row), order_ref=number, note=words, line=row.line,
            ), kind.word)

    def _rating(self, row: OneRow, place: int, kind: Kind) -> int | None:
        """A rating on the scale of its kind; `BadCell` for one beyond it."""
        cell = row.cells[place].strip()
        if is_nothing(cell):
            return None
        read = _given(cell)
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
        raise BadCell(f"{self.layout.name_of(place)}: {reason}")

    def _goes_beyond_five(self) -> bool:
        if self._column is None:
            return False
        for _line, row in self.understood.sample:
            read = _given(row[self._column].strip())
            if read is not None and (read[1] == 10 or (not read[1] and 5 < read[0] <= 10)):
                return True
        return False


def _without_opinion(row: OneRow) -> Record:
    """A row with a day that says nothing."""
    return Refusal(row.line, _("the row holds no rating and no words"), tuple(row.cells))


def _given(cell: str) -> tuple[float, int] | None:
    """What a cell gives, and of how many where it says so: `4`, `4/5`, `★★★★☆`, `5 stars`, `9 из 10`."""
    stars = len(_STARS.findall(cell))
    if stars:
        return float(stars), 5
    match = _OF.fullmatch(cell)
    if match:
        return float(match["given"].replace(",", ".")), int(match["best"])
    match = _WITH_WORDS.fullmatch(cell)
    if match:
        return float(match["given"].replace(",", ".")), 0
    try:
        amount = read_amount(cell, ".")
    except BadCell:
        return None
    return None if amount is None else (float(amount.value), 0)
