"""Subscriptions of one customer, read a second time: what was cancelled, what ends, what renews by itself."""

from __future__ import annotations

from itertools import pairwise

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.text import fold
from tests.segments.small_store import Happening, Someone

News = list[tuple[Day, int, Happening]]
"""What is told, with its day and its place, which tells what came first on a day."""


def _known(someone: Someone, day: Day, *, counts: bool = True) -> News:
    return sorted((
        (event.day, place, event) for place, event in enumerate(someone.events)
        if event.kind == Kind.SUBSCRIPTION and event.counts == counts and event.day <= day
    ), key=lambda each: each[:2])


def _stops(event: Happening) -> bool:
    return event.action in ("pause", "cancel")


def cancelled(someone: Someone, day: Day) -> Day | None:
    """The last end of a subscription that nothing later has begun again."""
    known = _known(someone, day)
    return max((
        ended for ended, place, event in known if event.action == "cancel" and not any(
            (when, other_place) > (ended, place) and fold(other.product) == fold(event.product)
            and not _stops(other) for when, other_place, other in known
        )
    ), default=None)


def renewal(someone: Someone, day: Day) -> Day | None:
    """The first end of a subscription that runs and that nothing later has changed."""
    return min((end for end, _goes_on in _ends(someone, day)), default=None)


def expires(someone: Someone, day: Day) -> Day | None:
    """The first of these ends that does not renew by itself."""
    return min((end for end, goes_on in _ends(someone, day) if not goes_on), default=None)


def unrenewed(someone: Someone, day: Day) -> Day | None:
    """The last end of a subscription that is over and was not renewed."""
    known, ends = _known(someone, day), []
    for began, place, event in known:
        if _stops(event) or event.until is None or event.until >= day:
            continue
        others = [
            (other.until or 0) > event.until or (when, other_place) > (began, place)
            for when, other_place, other in known if fold(other.product) == fold(event.product)
        ]
        failed = _has_failed(someone, day, began, place, event)
        if not any(others) and (failed or event.until + 4 < day):
            ends.append(event.until)
    return max(ends, default=None)


def _ends(someone: Someone, day: Day) -> list[tuple[Day, bool]]:
    known, ends = _known(someone, day), []
    for began, place, event in known:
        if _stops(event) or event.until is None or event.until < day:
            continue
        changed = any(
            _stops(other) or other.until is None or other.until >= event.until
            for when, other_place, other in known
            if (when, other_place) > (began, place) and fold(other.product) == fold(event.product)
        )
        if not changed:
            failed = _has_failed(someone, day, began, place, event)
            ends.append((event.until, not failed and _always(known, began, place, event)))
    return ends


def _has_failed(someone: Someone, day: Day, began: Day, place: int, event: Happening) -> bool:
    return any(
        (when, other_place) > (began, place) and fold(other.product) == fold(event.product)
        and not _stops(other) for when, other_place, other in _known(someone, day, counts=False)
    )


def _always(known: News, began: Day, place: int, event: Happening) -> bool:
    """Whether the last two periods began in time, or it runs in the third of them as a list tells it."""
    assert event.until is not None
    length = event.until + 1 - began
    if length > 93:
        return False
    told = [
        each for each in known if fold(each[2].product) == fold(event.product) and each[:2] <= (began, place)
    ]
    in_time = [
        not _stops(before) and before.until is not None and abs(day - before.until - 1) <= 3
        for (_day, _place, before), (day, _other, _event) in pairwise(told)
    ]
    runs = event.until + 1 - min(
        day for day, _place, other in known
        if fold(other.product) == fold(event.product) and not _stops(other) and day <= began
        and other.until is not None and other.until >= event.until
    )
    return in_time[-2:] == [True, True] or (runs > length and runs >= 3 * length - 6)
