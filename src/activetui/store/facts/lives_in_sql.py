"""Questions about lives within a query: functions that SQL may call, and whole conditions."""

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
from __future__ import annotations

import sqlite3
from collections.abc import Callable

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.store.facts.lives import (
    FIRST_BELOW,
    IN_A_ROW,
    NUMBERS_AND_LIVES,
    PARTS,
    WORD_BYTES,
    has_been,
    has_flipped,
    status_then,
    words_of,
)

_LONG = 400_000
"""Up to so many bytes are looked through in the time that loading numpy takes."""


def have_been(customers: str, lives: bytes, statuses: int, day: Day) -> str:
    """Those of some customers, whose numbers and lives SQL gives (`NUMBERS_AND_LIVES`), who have been in one
    of some statuses (`bits`) until a day: their numbers as a list in JSON."""
    if len(lives) <= _LONG:
        return _among(customers, lives, lambda life: has_been(life, statuses, day))
    from activetui.store.facts import life_arrays

    return life_arrays.have_been(customers, lives, statuses, day)


def have_flipped(customers: str, lives: bytes, before: int, after: int, first: Day, last: Day) -> str:
    """As `have_been`, those who went over from one of some statuses to one of others on some days."""
    if len(lives) <= _LONG:
        return _among(customers, lives, lambda life: has_flipped(life, before, after, first, last))
    from activetui.store.facts import life_arrays

    return life_arrays.have_flipped(customers, lives, before, after, first, last)


def _among(customers: str, lives: bytes, fits: Callable[[bytes], bool]) -> str:
    if len(lives) % WORD_BYTES:
        raise ValueError
    begins = [at * WORD_BYTES for at, each in enumerate(words_of(lives)) if each < FIRST_BELOW]
    low, in_a_row, high = customers.partition(IN_A_ROW)
    numbers = map(str, range(int(low), int(high) + 1)) if in_a_row else iter(customers.split(","))
    parts = zip(numbers, begins, [*begins[1:], len(lives)], strict=True)
    return f"[{','.join(number for number, at, end in parts if fits(lives[at:end]))}]"


def register(conn: sqlite3.Connection) -> None:
    """Make what SQL may ask of lives known to the connection."""
    for name, function in _ASKED.items():
        conn.create_function(name, -1, function, deterministic=True)


_ASKED: dict[str, Callable[..., int | str | None]] = {
    "status_then": status_then,
    "has_been": has_been,
    "has_flipped": has_flipped,
    "have_been": lambda *asked: _unless_damaged(have_been, *asked),
    "have_flipped": lambda *asked: _unless_damaged(have_flipped, *asked),
}


def _unless_damaged(function: Callable[..., str], *asked: str | bytes | int) -> str:
    """What a function says; where lives are damaged no JSON, an error that can be told from others."""
    try:
        return function(*asked)
    except (ValueError, OwnerError):
        return ""


_OF_ALL = f"""fact.customer_id IN ({PARTS} SELECT value FROM part CROSS JOIN json_each(
  {{}}({NUMBERS_AND_LIVES},"""
_OF_ONE = "EXISTS (SELECT 1 FROM life WHERE life.customer_id = fact.customer_id AND ({}(life.spans,"
_WHOLE = {"been": _OF_ALL.format("have_been"), "flipped": _OF_ALL.format("have_flipped")}
_SINGLE = {"been": _OF_ONE.format("has_been"), "flipped": _OF_ONE.format("has_flipped")}

BEEN = f"{_WHOLE['been']} {{statuses}}, {{day}})))"
"""Who has been in one of some statuses (`bits`) until a day: everybody's lives are looked through once."""
FLIPPED = f"{_WHOLE['flipped']} {{before}}, {{after}}, {{first}}, {{last}})))"
"""Who went over from one of some statuses to one of others from the first to the last of some days."""
_ONE_BY_ONE = {_WHOLE[name]: _SINGLE[name] for name in _WHOLE}


def one_by_one(sql: str) -> str:
    """A condition that looks up each customer's own life, where few come into question; it has the same `?`
    signs."""
    for of_all, of_one in _ONE_BY_ONE.items():
        sql = sql.replace(of_all, of_one)
    return sql


def then(customer: str, day: str) -> str:
    """The status of a customer on a day, both columns or values in SQL; NULL where there is none."""
    return f"(SELECT status_then(life.spans, {day}) FROM life WHERE life.customer_id = {customer})"
