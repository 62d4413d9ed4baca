"""The curve of returns drawn from plain cells, for a terminal of any width and without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from activetui.activity.past.suggestion import Suggestion
from activetui.activity.past.survival import Curve
from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.locales.formats import days_words, format_number, format_share

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_LEAST_WIDTH, _LEAST_HEIGHT = 24, 3
_QUARTERS = 4
_ROOM_BEHIND = 1.25


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the axis that means something."""

    days: int
    word: str


def marks_of(found: Suggestion) -> list[Mark]:
    """Where, by the suggestion, customers turn at risk, inactive and lost; none if nothing is suggested."""
    days = (found.at_risk_days, found.window_days, found.lost_silence)
    words = (Status.AT_RISK, Status.INACTIVE, Status.LOST)
    return [Mark(day, status_word(status)) for day, status in zip(days, words, strict=True) if day]


def last_day_drawn(found: Suggestion) -> int:
    """How far to draw: a quarter beyond the last mark, but not beyond what can be told."""
    if found.window_days is None or found.lost_silence is None:
        return max(found.horizon, 1)
    return min(found.horizon, max(round(found.lost_silence * _ROOM_BEHIND), 2 * found.window_days))


def curve_picture(
    curve: Curve, last_day: int, width: int, height: int, marks: Sequence[Mark] = ()
) -> list[str]:
    """`height` lines of columns and up to three lines of axis, each of at most `width` cells.

    A column stands for some days of silence from 0 to `last_day`; it is as high as the share of purchases
    whose next one has come by the end of those days.
    """
    height = max(height, _LEAST_HEIGHT)
    signs = [
        format_share(edge / height) if edge * _QUARTERS % height == 0 else ""
        for edge in range(height, -1, -1)
    ]
    left = max(map(len, signs))
    room = max(width, _LEAST_WIDTH) - left - 2
    ends = [round((place + 1) * last_day / room) for place in range(room)]
    shares = [curve.share_within(min(day, len(curve.share) - 1)) or 0 for day in ends]
    columns = [
        "".join(_EIGHTHS[min(8, max(0, round((share * height - level) * 8)))] for share in shares)
        for level in reversed(range(height))
    ]
    places = [next((place for place, day in enumerate(ends) if day >= mark.days), room) for mark in marks]
    axis = "".join("┬" if place in places else "─" for place in range(room))
    known = [(place, mark) for place, mark in zip(places, marks, strict=True) if place < room]
    numbers = [(place, format_number(mark.days)) for place, mark in known]
    words = [(place, mark.word) for place, mark in known]
    lines = [*columns, axis, _labels([(0, "0"), *numbers, (room - 1, days_words(last_day))], room)]
    lines += [_labels(words, room)] if words else []
    edges = [*("┤" if sign else "│" for sign in signs[:-1]), "└", " ", " "]
    return [
        f"{sign:>{left}} {edge}{line}".rstrip()
        for sign, edge, line in zip([*signs, "", ""], edges, lines, strict=False)
    ]


def _labels(labels: Sequence[tuple[int, str]], room: int) -> str:
    """The texts on one line, each in the middle below its place or as near as the others let it.

    Of those that find no room the later ones are left out.
    """
    line = ""
    for place, text in labels:
        start = max(place - (len(text) - 1) // 2, len(line) + 1 if line else 0)
        start = min(start, room - len(text))
        if not line or start > len(line):
            line = line.ljust(max(start, 0)) + text
    return line
