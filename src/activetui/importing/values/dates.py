"""Days as files write them: numbers in three orders, month names, serials. Strict, no roll-over."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from activetui.importing.values.bad import BadCell
from activetui.ledger.days import Day, to_day
from activetui.ledger.text import fold
from activetui.locales import _

Order = Literal["dmy", "mdy", "ymd"]
Shape = Literal["iso", "triple", "named", "serial", "unix", "empty", "none"]

_TIME = (
    r"(?:[T,\s]+(?:at|a las|às|à|alle|в)?\s*(?P<hour>\d{1,2})"
    r"(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:hs?\.?|uhr|ч\.?)?"
    r"\s*(?:Z|UTC|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{3,5}|\([A-Z]{2,5}\))?)?\s*"
)
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME, re.IGNORECASE)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})" + _TIME, re.IGNORECASE)
_TRIPLE = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[./\-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?:\s?г\.?)?" + _TIME,
    re.IGNORECASE,
)
_WEEKDAY = r"(?:[^\W\d_]{2,13}\.?,?\s+)?"
_OF = r"(?:de |do |del |of |di )?"
_DAY_FIRST = re.compile(
    _WEEKDAY + r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s\-/.]*" + _OF + r"(?P<name>[^\W\d_]{3,12})\.?,?"
    r"[\s\-/.]*" + _OF + r"(?P<y>\d{4}|\d{2})(?:\s?(?:г|года)\b\.?)?" + _TIME,
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    _WEEKDAY
    + r"(?P<name>[^\W\d_]{3,12})\.?[\s\-/]*(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]+(?P<y>\d{4}|\d{2})"
    + _TIME,
    re.IGNORECASE,
)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_UNIX = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_EMPTY = re.compile(
    r"(?:0{1,2}[./\-]0{1,2}[./\-](?:0{2}|0{4}|1900)|0{1,2}[./\-]01[./\-](?:1900|00)|0[./\-]1[./\-](?:1900|00)"
    r"|0000-00-00|1900-01-00|1899-12-(?:30|31)|30[./]12[./]1899|12/30/1899|1970-01-01)(?:[T\s]+0{1,2}:.*)?"
)
_NOTHING = frozenset(
    ("-", "--", "---", "—", "–", "n/a", "na", "null", "none", "nan", "nat", "s/d", "нет", "?")
)
_SERIAL_ZERO = to_day(date(1899, 12, 30))


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


def shape_of(cell: str) -> Shape:
    """How a cell writes a day; `none` where it does not."""
    text = cell.strip()
    if not text or text.casefold() in _NOTHING or _EMPTY.fullmatch(text):
        return "empty"
    if _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return "iso"
    if _TRIPLE.fullmatch(text):
        return "triple"
    if (_DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)) and _named(text) is not None:
        return "named"
    if _SERIAL.fullmatch(text) and 20_000 <= float(text.replace(",", ".")) < 60_000:
        return "serial"
    return "unix" if _UNIX.fullmatch(text) and text[0] == "1" else "none"


def parts_of(cell: str) -> Parts | None:
    """The first two numbers of a day in three numbers; None for any other shape."""
    match = _TRIPLE.fullmatch(cell.strip())
    return Parts(int(match["a"]), int(match["b"]), match["sep"]) if match else None


def named_order(cell: str) -> Order | None:
    """The order in which a day with a month's name stands."""
    text = cell.strip()
    if _DAY_FIRST.fullmatch(text):
        return "dmy"
    return "mdy" if _MONTH_FIRST.fullmatch(text) else None


def read_moment(cell: str, order: Order | None) -> Moment:
    """The day (and time) of a cell, `NO_MOMENT` for an empty one; `BadCell` for anything else.

    The day is the one that is written, whatever the time zone. `order` decides between day and month;
    None refuses the cells for which that matters.
    """
    text = cell.strip()
    if not text or text.casefold() in _NOTHING or _EMPTY.fullmatch(text):
        return NO_MOMENT
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return Moment(_day(cell, int(match["y"]), int(match["m"]), int(match["d"])), _time(match, cell))
    match = _TRIPLE.fullmatch(text)
    if match:
        return _of_triple(match, order, cell)
    named = _named(text)
    if named is not None:
        return named
    return _of_number(text, cell)


def _of_triple(match: re.Match[str], order: Order | None, cell: str) -> Moment:
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if order == "ymd":
        if len(match["y"]) == 4:
            order = None
        else:
            return Moment(_day(cell, _year(match["a"].zfill(2)), second, int(match["y"])), _time(match, cell))
    if order is None:
        if first != second and first <= 12 and second <= 12:
            raise BadCell(_("{cell}: day or month first?").format(cell=cell.strip()))
        order = "dmy" if first > 12 else "mdy"
    day, month = (first, second) if order == "dmy" else (second, first)
    return Moment(_day(cell, year, month, day), _time(match, cell))


def _named(text: str) -> Moment | None:
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        match = pattern.fullmatch(text)
        month = months().get(fold(match["name"])) if match else None
        if match and month:
            return Moment(_day(text, _year(match["y"]), month, int(match["d"])), _time(match, text))
    return None


def _of_number(text: str, cell: str) -> Moment:
    if _SERIAL.fullmatch(text):
        number = float(text.replace(",", "."))
        if 20_000 <= number < 60_000:
            minutes = round(number % 1 * 1440)
            time = f"{minutes // 60:02}:{minutes % 60:02}" if minutes and minutes < 1440 else ""
            return Moment(_SERIAL_ZERO + int(number), time)
    if _UNIX.fullmatch(text) and text[0] == "1":
        seconds = int(text[:10])
        return Moment(seconds // 86_400, f"{seconds % 86_400 // 3600:02}:{seconds % 3600 // 60:02}")
    raise BadCell(_("{cell} is not a date").format(cell=cell.strip()))


def _day(cell: str, year: int, month: int, day: int) -> Day:
    try:
        return to_day(date(year, month, day))
    except ValueError:
        raise BadCell(_("{cell} is not a day of the calendar").format(cell=cell.strip())) from None


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
        raise BadCell(_("{cell} holds no time of day").format(cell=cell.strip()))
    return f"{hour:02}:{minute:02}" + (f":{second}" if second and second != "00" else "")


@cache
def months() -> dict[str, int]:
    """Names of months, folded, with their numbers."""
    text = files("activetui.importing").joinpath("values/months.toml").read_text(encoding="utf-8")
    return {fold(name): int(number) for number, names in tomllib.loads(text).items() for name in names}


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


def time_reader() -> Callable[[str], str]:
    """Times of day in a column of their own: `9:15:51 AM`, `10h30`, `08:00`; nothing where there is none."""
    seen: dict[str, str] = {}
    pattern = re.compile(_TIME, re.IGNORECASE)

    def read(cell: str) -> str:
        known = seen.get(cell)
        if known is None:
            match = pattern.fullmatch(" " + cell.strip())
            try:
                known = _time(match, cell) if match else ""
            except BadCell:
                known = ""
            if len(seen) < 100_000:
                seen[cell] = known
        return known

    return read
