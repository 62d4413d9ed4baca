"""The lives of many customers as arrays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store.facts import lives
from activetui.store.facts.lives import (
    AT_ONCE,
    DAY_AT,
    FIRST_BELOW,
    NUMBERS_AND_LIVES,
    PARTS,
    STATUS_BITS,
    word,
)
from activetui.store.facts.packed import numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activetui.activity.evaluate import Spans

_WORD = np.dtype("<u4")
_HIGHEST = (1 << 32) - 1


class Lives(NamedTuple):
    """Some customers, by number, and their spans in one row, as they are kept."""

    customers: NDArray[np.int64]
    words: NDArray[np.uint32]
    first: NDArray[np.int64]
    """The place of each customer's first span."""

    @property
    def start(self) -> NDArray[np.int32]:
        """The day on which each span starts."""
        return (self.words >> DAY_AT).astype(np.int32) + np.int32(FAR_PAST)

    @property
    def end(self) -> NDArray[np.int32]:
        """The day after the last of each span."""
        end = np.roll(self.start, -1)
        end[self.first - 1] = FAR_FUTURE  # of the very last as well: its place is -1
        return end

    @property
    def status(self) -> NDArray[np.int8]:
        """The status of each span."""
        return (self.words & STATUS_BITS).astype(np.int8)

    @property
    def owner(self) -> NDArray[np.int32]:
        """Whose each span is, as the place among the customers."""
        return np.cumsum(self.words < FIRST_BELOW, dtype=np.int32) - np.int32(1)

    def begun(self, day: Day) -> NDArray[np.bool_]:
        """Which spans have begun on a day."""
        return self.words <= np.uint32(_within(word(day, STATUS_BITS)))

    def changes(self, first: Day, last: Day) -> NDArray[np.int64]:
        """The places of spans, not of first ones, that start from the first to the last of some days."""
        low = np.uint32(_within(max(word(first, 0), FIRST_BELOW)))
        return np.flatnonzero((self.words >= low) & self.begun(last))

    def status_then(self, day: Day) -> NDArray[np.int8]:
        """Each customer's status on a day."""
        begun = np.add.reduceat(self.begun(day), self.first, dtype=np.int64)
        return (self.words[self.first + begun - 1] & STATUS_BITS).astype(np.int8)


class DamagedLivesError(OwnerError):
    """Not each of some customers has one life."""

    def __init__(self) -> None:
        super().__init__(_("The stored statuses of some customers are damaged."), lives.how_to_mend())


def lives_of(customers: str | None, row: bytes | None) -> Lives:
    """What SQL made of some customers: their numbers as one text, their lives as one row.

    `DamagedLivesError` where these cannot be theirs.
    """
    if len(row or b"") % _WORD.itemsize:
        raise DamagedLivesError
    words = np.frombuffer(row or b"", dtype=_WORD)
    low, in_a_row, high = (customers or "").partition(lives.IN_A_ROW)
    return _lives(np.arange(int(low), int(high) + 1) if in_a_row else numbers(customers), words)


def _lives(customers: NDArray[np.int64], words: NDArray[np.uint32]) -> Lives:
    first = np.flatnonzero(words < FIRST_BELOW)
    if len(first) != len(customers) or (len(first) and first[0]):
        raise DamagedLivesError
    return Lives(customers, words, first)


def of_rows(rows: Sequence[tuple[int, bytes]]) -> tuple[Lives, list[int]]:
    """The lives in rows of the table, each for itself, where they are whole spans; whose the others are."""
    size = np.array([len(life) for _number, life in rows], dtype=np.int64)
    whole = (size > 0) & (size % _WORD.itemsize == 0)
    joined = b"".join(life for (_number, life), fits in zip(rows, whole.tolist(), strict=True) if fits)
    whose = np.array([number for number, _life in rows], dtype=np.int64)
    spans = size[whole] // _WORD.itemsize
    found = Lives(whose[whole], np.frombuffer(joined, dtype=_WORD), np.cumsum(spans) - spans)
    return found, whose[~whole].tolist()


def everyone(conn: sqlite3.Connection) -> Iterator[Lives]:
    """All customers, some at a time."""
    for row in conn.execute(f"{PARTS} SELECT {NUMBERS_AND_LIVES} FROM part"):  # noqa: S608
        yield lives_of(*row)


def packed(customers: NDArray[np.int64], spans: Spans) -> list[tuple[int, bytes]]:
    """The rows of the table `life` for what the evaluator found of customers."""
    words = (spans.start.astype(np.int64) - FAR_PAST) << DAY_AT | spans.status
    row = words.astype(_WORD).tobytes()
    first = np.flatnonzero(spans.start == FAR_PAST)
    at = [*(first * _WORD.itemsize).tolist(), len(row)]
    whose = customers[spans.owner[first]].tolist()
    return [(number, row[low:high]) for number, low, high in zip(whose, at, at[1:], strict=False)]


def spans_of_block(
    conn: sqlite3.Connection, customers: NDArray[np.int64], since: Day = FAR_PAST
) -> Spans:
    """The stored spans of customers (ascending numbers) as the evaluator gives them.

    With `since`, only those that still hold on that day or begin later.
    """
    from activetui.activity.evaluate import Spans

    found = some(conn, customers)
    end = found.end
    held = end > since
    owner = np.searchsorted(customers, found.customers).astype(np.int32)[found.owner]
    return Spans(owner=owner[held], start=found.start[held], end=end[held], status=found.status[held])


def some(conn: sqlite3.Connection, customers: NDArray[np.int64]) -> Lives:
    """Those of customers (ascending numbers), of as many as there are."""
    parts = [_part(conn, customers[at : at + AT_ONCE]) for at in range(0, len(customers), AT_ONCE)]
    return _lives(
        np.concatenate([np.empty(0, np.int64), *(part.customers for part in parts)]),
        np.concatenate([np.empty(0, _WORD), *(part.words for part in parts)]),
    )


def _part(conn: sqlite3.Connection, customers: NDArray[np.int64]) -> Lives:
    first, last = int(customers[0]), int(customers[-1])
    if last - first < len(customers):
        return lives_of(*conn.execute(_READ.format("BETWEEN ? AND ?"), (first, last)).fetchone())
    wanted = (str(customers.tolist()),)
    return lives_of(*conn.execute(_READ.format("IN (SELECT value FROM json_each(?))"), wanted).fetchone())


_READ = (
    "SELECT group_concat(customer_id), CAST(group_concat(spans, '') AS BLOB)"
    " FROM (SELECT customer_id, spans FROM life WHERE customer_id {} ORDER BY customer_id)"
)


def have_been(customers: str, row: bytes, statuses: int, day: Day) -> str:
    """As `lives_in_sql.have_been`, of many."""
    found = lives_of(customers, row)
    held = found.begun(day) & _among(statuses)[found.words & STATUS_BITS]
    return str(found.customers[np.logical_or.reduceat(held, found.first)].tolist())


def have_flipped(customers: str, row: bytes, before: int, after: int, first: Day, last: Day) -> str:
    """As `lives_in_sql.have_flipped`, of many."""
    found = lives_of(customers, row)
    at = found.changes(first, last)
    at = at[_among(after)[found.words[at] & STATUS_BITS]]
    at = at[_among(before)[found.words[at - 1] & STATUS_BITS]]
    whose = np.searchsorted(found.first, at, side="right") - 1
    return str(found.customers[np.unique(whose)].tolist())


class Changes(NamedTuple):
    """Changes of status, one element each, by customer and day."""

    customer: NDArray[np.int64]
    day: NDArray[np.int64]
    before: NDArray[np.int64]
    after: NDArray[np.int64]

    def by_day(self) -> Iterator[tuple[Day, int, int, int]]:
        """Day, customer, status before and after, by day and customer."""
        order = np.argsort(self.day, kind="stable")
        columns = (self.day, self.customer, self.before, self.after)
        return zip(*(column[order].tolist() for column in columns), strict=True)

    def counted(self) -> dict[tuple[int, int], int]:
        """How many there are, by the status before and the one after."""
        counted = np.bincount(self.before << DAY_AT | self.after).tolist()
        return {divmod(pair, STATUS_BITS + 1): number for pair, number in enumerate(counted) if number}


def changes(conn: sqlite3.Connection, first: Day, last: Day) -> Changes:
    """Everyone's from the first to the last of some days."""
    parts = [np.empty((len(Changes._fields), 0), dtype=np.int64)]
    for found in everyone(conn):
        at = found.changes(first, last)
        words = found.words.astype(np.int64)
        whose = found.customers[np.searchsorted(found.first, at, side="right") - 1]
        day = (words[at] >> DAY_AT) + FAR_PAST
        parts.append(np.stack((whose, day, words[at - 1] & STATUS_BITS, words[at] & STATUS_BITS)))
    return Changes(*np.concatenate(parts, axis=1))


def _among(statuses: int) -> NDArray[np.bool_]:
    return np.array([bool(statuses >> status & 1) for status in range(STATUS_BITS + 1)])


def _within(number: int) -> int:
    return min(max(number, 0), _HIGHEST)
