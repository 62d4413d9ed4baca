"""The statuses of a customer on all days, as the table `life` keeps them: four bytes a span.

A life is a row of whole numbers of 32 bits, the lowest byte first and ascending: the day on which a span
starts, counted from FAR_PAST, and in the lowest three bits its status. A span ends where the next one starts,
the last one on FAR_FUTURE; the first one starts on FAR_PAST, and by this where everybody's lives stand in one
row each one's begins. Plain Python reads one, since most commands ask of few customers; `life_arrays` reads
many, and `lives_in_sql` asks of them within a query.
"""

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from functools import cache
from struct import unpack_from
from typing import NamedTuple

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.locales import _

DAY_AT = 3
STATUS_BITS = 7
FIRST_BELOW = 1 << DAY_AT
"""Whatever is below this starts on FAR_PAST: it is the first span of somebody."""
AT_ONCE = 16_384
"""Customers whose lives are looked through together."""

WORD_BYTES = 4
Words = tuple[int, ...]


class Change(NamedTuple):
    """On a day, one status follows another."""

    day: Day
    before: int
    after: int


def word(start: Day, status: int) -> int:
    """One span."""
    return start - FAR_PAST << DAY_AT | status


def life_of(spans: Collection[tuple[Day, int]]) -> bytes:
    """The life of these spans, each the day on which it starts and its status, in order."""
    return b"".join(word(start, status).to_bytes(WORD_BYTES, "little") for start, status in spans)


def words_of(life: bytes) -> Words:
    """The spans of a life; of a damaged one, what can be read."""
    return unpack_from(f"<{len(life) // WORD_BYTES}I", life)


def spans_in(life: bytes) -> list[tuple[int, Day, Day]]:
    """Status, first day and the day after the last of each span."""
    words = words_of(life)
    starts = [(each >> DAY_AT) + FAR_PAST for each in words]
    return [
        (each & STATUS_BITS, start, end)
        for each, start, end in zip(words, starts, [*starts[1:], FAR_FUTURE], strict=False)
    ]


def status_then(life: bytes | None, day: Day) -> int | None:
    """The status on a day; None without a life, and before FAR_PAST."""
    words = words_of(life or b"")
    at = bisect_right(words, word(day, STATUS_BITS))
    return words[at - 1] & STATUS_BITS if at else None


def changes_in(life: bytes, first: Day, last: Day) -> Iterator[Change]:
    """The changes of status from the first to the last of some days."""
    words = words_of(life)
    for at in range(max(bisect_left(words, word(first, 0)), 1), bisect_right(words, word(last, STATUS_BITS))):
        yield Change(
            (words[at] >> DAY_AT) + FAR_PAST, words[at - 1] & STATUS_BITS, words[at] & STATUS_BITS
        )


def moved(life: bytes, by: int) -> bytes:
    """The life as it were if everything had happened so many days later."""
    return life_of([
        (start + by if start > FAR_PAST else start, status) for status, start, _end in spans_in(life)
    ])


def how_to_mend() -> str:
    """What helps where stored statuses are wrong: they follow from the ledger and the definition."""
    return _(
        "To have all statuses worked out anew: put another definition in force, then this one again "
        "(activetui definition use)."
    )


def bits(statuses: Collection[int]) -> int:
    """Some statuses as one number."""
    return sum(1 << status for status in set(statuses))


def has_been(life: bytes, statuses: int, day: Day) -> bool:
    """Whether the status was one of some (`bits`) on the day or before."""
    begun = bisect_right(words_of(life), word(day, STATUS_BITS))
    lowest_bytes = life[: begun * WORD_BYTES : WORD_BYTES]
    return lowest_bytes.translate(None, _of_others(statuses)) != b""


@cache
def _of_others(statuses: int) -> bytes:
    """The lowest bytes that spans of any other status can have."""
    return bytes(low for low in range(256) if not statuses >> (low & STATUS_BITS) & 1)


def has_flipped(life: bytes, before: int, after: int, first: Day, last: Day) -> bool:
    """Whether one of some statuses followed one of others from the first to the last of some days."""
    words = words_of(life)
    low = max(bisect_left(words, word(first, 0)), 1)
    for at in range(low, bisect_right(words, word(last, STATUS_BITS))):
        if after >> (words[at] & STATUS_BITS) & 1 and before >> (words[at - 1] & STATUS_BITS) & 1:
            return True
    return False


_OF_PART = f"FROM life WHERE life.customer_id BETWEEN part.low AND part.low + {AT_ONCE - 1}"
PARTS = f"""WITH RECURSIVE each_low (low) AS (SELECT min(customer_id) FROM life UNION ALL
  SELECT (SELECT min(life.customer_id) FROM life WHERE life.customer_id > each_low.low + {AT_ONCE - 1})
  FROM each_low WHERE each_low.low IS NOT NULL),
  part AS (SELECT low FROM each_low WHERE low IS NOT NULL)"""
"""The lowest numbers of customers whose lives are looked through together."""
IN_A_ROW = ":"
NUMBERS_AND_LIVES = f"""CASE (SELECT max(life.customer_id) - part.low + 1 - count(*) {_OF_PART})
  WHEN 0 THEN part.low || '{IN_A_ROW}' || (SELECT max(life.customer_id) {_OF_PART})
  ELSE (SELECT group_concat(life.customer_id) {_OF_PART}) END,
  (SELECT CAST(group_concat(life.spans, '') AS BLOB) {_OF_PART})"""
"""The customers of a part, only the first and the last where no number between is missing, and their lives in
one row. SQLite joins bytes as they are."""
