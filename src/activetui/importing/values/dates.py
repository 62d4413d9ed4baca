"""Days as files write them: numbers in three orders, month names, serials. Strict, no roll-over."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from activetui.importing.values.bad import BadCell, shown
from activetui.importing.values.written_days import (
    COMPACT,
    DAY_FIRST,
    ISO,
    LONGEST,
    MONTH_FIRST,
    SERIAL,
    TIME,
    TRIPLE,
    UNIX,
    UNIX_DATE,
    YEAR_FIRST,
    is_empty,
    is_partial,
    is_without_year,
    months,
)
from activetui.ledger.days import Day, to_day
from activetui.ledger.text import fold
from activetui.locales import _

Order = Literal["dmy", "mdy", "ymd"]
Shape = Literal["iso", "triple", "named", "serial", "unix", "empty", "partial", "none"]

_SERIAL_ZERO = to_day(date(1899, 12, 30))
LATER_BASE = 1462
"""Days by which the old Mac's count of days (from 1904) lies after the other."""


class Moment(NamedTuple):
    """A day and, where the cell says it, a time of that day as `HH:MM` or `HH:MM:SS`."""

    day: Day | None
    time: str = ""


NO_MOMENT = Moment(None)


class Parts(NamedTuple):
    """What a cell in three numbers says before the order is known."""

    first: int
    second: int
    separator: str


class Read(NamedTuple):
    """A moment with the zone that the cell names (`+0100`, `CET`, or nothing)."""

    moment: Moment
    zone: str = ""
    shape: Shape = "none"


def shape_of(cell: str) -> Shape:
    """How a cell writes a day; `none` where it does not."""
    text = cell.strip()
    if len(text) > LONGEST:
        return "none"
    if is_empty(text):
        return "empty"
    if ISO.fullmatch(text) or COMPACT.fullmatch(text):
        return "iso"
    if TRIPLE.fullmatch(text):
        return "triple"
    if named_order(text) is not None:
        return "named"
    if SERIAL.fullmatch(text) and 20_000 <= float(text.replace(",", ".")) < 60_000:
        return "serial"
    if UNIX.fullmatch(text) and text[0] == "1":
        return "unix"
    return "partial" if is_partial(text) else "none"


def parts_of(cell: str) -> Parts | None:
    """The first two numbers of a day in three numbers; None for any other shape."""
    match = TRIPLE.fullmatch(cell.strip()) if len(cell) <= LONGEST else None
    return Parts(int(match["a"]), int(match["b"]), match["sep"]) if match else None


def named_order(cell: str) -> Order | None:
    """The order in which a day with a month's name stands."""
    text = cell.strip()[:LONGEST]
    patterns: tuple[tuple[re.Pattern[str], Order], ...] = (
        (DAY_FIRST, "dmy"), (MONTH_FIRST, "mdy"), (YEAR_FIRST, "ymd"), (UNIX_DATE, "mdy"),
    )
    for pattern, order in patterns:
        match = pattern.fullmatch(text)
        if match and fold(match["name"]) in months():
            return order
    return None


def read_moment(cell: str, order: Order | None) -> Moment:
    """The day (and time) of a cell, `NO_MOMENT` for an empty one; `BadCell` for anything else.

    The day is the one that is written, whatever the time zone. `order` decides between day and month;
    None refuses the cells for which that matters.
    """
    return read_written(cell, order).moment


def read_written(cell: str, order: Order | None, *, own_proof: bool = False) -> Read:
    """`read_moment` with the zone that the cell names.

    `own_proof`: a day such as `25/01/2024` is read by its own proof, though the column has another order.
    """
    text = cell.strip()
    if len(text) > LONGEST:
        raise BadCell(_("{cell} is not a date").format(cell=shown(cell)))
    if is_empty(text):
        return Read(NO_MOMENT, "", "empty")
    match = ISO.fullmatch(text)
    if match:
        day = _day(cell, int(match["y"]), int(match["m"]), int(match["d"]))
        return Read(Moment(day, _time(match, cell)), match["zone"] or "", "iso")
    match = TRIPLE.fullmatch(text)
    if match:
        moment = _of_triple(match, order, cell, own_proof=own_proof)
        return Read(moment, match["zone"] or "", "triple")
    match = COMPACT.fullmatch(text)
    if match:
        day = _day(cell, int(match["y"]), int(match["m"]), int(match["d"]))
        return Read(Moment(day, _compact_time(match, cell)), match["zone"] or match["zone2"] or "", "iso")
    named = _named(text)
    return named if named is not None else _of_number(text, cell)


def _of_triple(match: re.Match[str], order: Order | None, cell: str, *, own_proof: bool) -> Moment:
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if order == "ymd":
        if len(match["y"]) == 4:
            order = None
        else:
            return Moment(_day(cell, _year(match["a"].zfill(2)), second, int(match["y"])), _time(match, cell))
    if own_proof and order is not None and (first > 12) != (second > 12):
        order = None
    if order is None:
        if first != second and first <= 12 and second <= 12:
            raise BadCell(_("{cell}: day or month first?").format(cell=shown(cell)))
        order = "dmy" if first > 12 else "mdy"
    day, month = (first, second) if order == "dmy" else (second, first)
    return Moment(_day(cell, year, month, day), _time(match, cell))


def _named(text: str) -> Read | None:
    for pattern in (DAY_FIRST, MONTH_FIRST, YEAR_FIRST, UNIX_DATE):
        match = pattern.fullmatch(text)
        month = months().get(fold(match["name"])) if match else None
        if match and month:
            day = _day(text, _year(match["y"].lstrip("'’")), month, int(match["d"]))
            return Read(Moment(day, _time(match, text)), match["zone"] or "", "named")
    return None


def _of_number(text: str, cell: str) -> Read:
    if SERIAL.fullmatch(text):
        number = float(text.replace(",", "."))
        if 20_000 <= number < 60_000:
            return Read(Moment(_SERIAL_ZERO + int(number), clock_of(number % 1)), "", "serial")
    if UNIX.fullmatch(text) and text[0] == "1":
        seconds = int(text[:10])
        time = f"{seconds % 86_400 // 3600:02}:{seconds % 3600 // 60:02}"
        return Read(Moment(seconds // 86_400, time), "UTC", "unix")
    if is_partial(text) or is_without_year(text):
        raise BadCell(_("{cell} does not say which day").format(cell=shown(cell)))
    raise BadCell(_("{cell} is not a date").format(cell=shown(cell)))


def clock_of(share: float) -> str:
    """The time of day that a spreadsheet writes as a share of the day; nothing for midnight."""
    minutes = round(share * 1440)
    return f"{minutes // 60:02}:{minutes % 60:02}" if 0 < minutes < 1440 else ""


def _day(cell: str, year: int, month: int, day: int) -> Day:
    try:
        return to_day(date(year, month, day))
    except ValueError:
        raise BadCell(_("{cell} is not a day of the calendar").format(cell=shown(cell))) from None


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _time(match: re.Match[str], cell: str) -> str:
    if not match["hour"]:
        return ""
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), match["second"]
    half = (match["half"] or "")[:1].lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        raise BadCell(_("{cell} holds no time of day").format(cell=shown(cell)))
    return f"{hour:02}:{minute:02}" + (f":{second}" if second and second != "00" else "")


def _compact_time(match: re.Match[str], cell: str) -> str:
    if match["hour2"] is None:
        return _time(match, cell)
    hour, minute, second = match["hour2"], match["minute2"], match["second2"] or "00"
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59:
        raise BadCell(_("{cell} holds no time of day").format(cell=shown(cell)))
    return f"{hour}:{minute}" + (f":{second}" if second != "00" else "")


def moment_reader(order: Order | None) -> Callable[[str], Moment]:
    """`read_moment` for one column, remembering days and times that it has seen."""
    seen: dict[str, Moment] = {}
    days: dict[str, Day] = {}
    times: dict[str, str] = {}

    def read(cell: str) -> Moment:
        known = seen.get(cell)
        if known is not None:
            return known
        head, _blank, tail = (cell[:10], "T", cell[10:]) if cell[10:11] == "T" else cell.partition(" ")
        if tail:
            day, time = days.get(head), times.get(tail)
            if day is not None and time is not None:
                return Moment(day, time)
        moment = read_moment(cell, order)
        if len(seen) > 50_000:
            seen.clear()
        if tail and moment.day is not None and len(head) > 5 and head[0].isdigit() and head[-1].isdigit():
            if len(times) > 100_000:
                times.clear()
            days[head], times[tail] = moment.day, moment.time
        else:
            seen[cell] = moment
        return moment

    return read


_TIME_ALONE = re.compile(TIME, re.IGNORECASE)
_SHARE = re.compile(r"0[.,]\d+")


def read_time(cell: str) -> tuple[str, str]:
    """A time of day and its zone: `9:15:51 AM`, `10h30`, `08:00 CET`, `0.4167`; or nothing."""
    text = cell.strip()[:LONGEST]
    if _SHARE.fullmatch(text):
        return clock_of(float(text.replace(",", "."))), ""
    match = _TIME_ALONE.fullmatch(" " + text)
    try:
        return (_time(match, cell), match["zone"] or "") if match else ("", "")
    except BadCell:
        return "", ""


def time_reader() -> Callable[[str], str]:
    """Times of day in a column of their own."""
    seen: dict[str, str] = {}

    def read(cell: str) -> str:
        known = seen.get(cell)
        if known is None:
            known = read_time(cell)[0]
            if len(seen) < 100_000:
                seen[cell] = known
        return known

    return read


__all__ = [
    "LATER_BASE", "NO_MOMENT", "Moment", "Order", "Parts", "Read", "Shape", "clock_of", "moment_reader",
    "months", "named_order", "parts_of", "read_moment", "read_time", "read_written", "shape_of",
    "time_reader",
]
