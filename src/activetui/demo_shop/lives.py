"""On which days people buy: one function a life, and the purchases that come of it."""

from __future__ import annotations

import random
from collections.abc import Callable

from activetui.demo_shop.goods import basket
from activetui.demo_shop.people import OPENED, TODAY, Person
from activetui.ledger.days import Day, from_iso, to_date
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord

YESTERDAY = TODAY - 1
NEW_TILL = from_iso("2026-07-01")
"""Since then the till keeps every line of an order, and the hour."""
CURRENCY = "EUR"
EASTERS = ("2024-03-31", "2025-04-20", "2026-04-05")


def purchases(person: Person) -> list[EventRecord]:
    """What this person has bought, oldest first."""
    return [_purchase(person, day) for day in sorted({_open(day) for day in LIVES[person.role](person.rng)})]


def _purchase(person: Person, day: Day) -> EventRecord:
    lines = basket(person.rng, day, person.liked, person.size)
    new = day >= NEW_TILL
    hour = f"{person.rng.randint(9, 19):02d}:{person.rng.randint(0, 59):02d}" if new else ""
    return EventRecord(
        int(Kind.PURCHASE), day, "", customer=person.record, time=hour,
        amount=sum(line.amount or 0 for line in lines), currency=CURRENCY, product=lines[0].product,
        quantity=None if len(lines) > 1 else lines[0].quantity, recorded=day,
        lines=lines if new and len(lines) > 1 else [],
    )


def _open(day: Day) -> Day:
    """The day itself, or the Saturday before: on Sundays the shop is closed."""
    return day - 1 if to_date(day).weekday() == 6 else day


def _run(rng: random.Random, first: Day, last: Day, gap: float, spread: float = 0.18) -> list[Day]:
    """Days with about `gap` between them, the last one on `last`; more before Christmas, fewer in August."""
    days, day = [], float(last)
    while day >= first:
        days.append(round(day))
        month = to_date(round(day)).month
        pace = {12: 0.7, 8: 1.6}.get(month, 1.0)
        day -= max(1.0, rng.gauss(gap, gap * spread) * pace)
    return days


def _regular(rng: random.Random) -> list[Day]:
    gap = rng.choice((7, 14, 14, 21, 21, 28, 28, 28))
    return _run(rng, _joined(rng), YESTERDAY - rng.randrange(gap), gap)


def _slipping(rng: random.Random) -> list[Day]:
    gap = rng.choice((10, 12, 14, 14))
    return _run(rng, _joined(rng), TODAY - min(33, round(gap * rng.uniform(1.7, 2.6))), gap, 0.1)


def _occasional(rng: random.Random) -> list[Day]:
    gap = rng.randint(38, 75)
    return _run(rng, _joined(rng), YESTERDAY - rng.randrange(gap), gap, 0.3)


def _december(rng: random.Random) -> list[Day]:
    days = []
    for year in (2023, 2024, 2025):
        start = from_iso(f"{year}-11-27")
        days += [start + rng.randrange(28) for _ in range(rng.randint(2, 4))]
    if rng.random() < 0.3:
        days += [from_iso(easter) - rng.randint(2, 9) for easter in EASTERS]
    if rng.random() < 0.15:
        days.append(YESTERDAY - rng.randrange(5))
    return days[rng.choice((0, 0, 2)):]


def _summer(rng: random.Random) -> list[Day]:
    days = []
    for year in (2024, 2025, 2026):
        arrival = from_iso(f"{year}-06-20") + rng.randrange(40)
        days += [arrival + 5 * stay + rng.randrange(4) for stay in range(rng.randint(3, 8))]
    return days


def _once(rng: random.Random) -> list[Day]:
    if rng.random() < 0.35:
        return [from_iso(f"{rng.choice((2023, 2024, 2025))}-12-01") + rng.randrange(24)]
    return [rng.randint(OPENED, TODAY - 45)]


def _lapsed(rng: random.Random) -> list[Day]:
    gap = rng.randint(16, 36)
    return _run(rng, _joined(rng), TODAY - rng.randint(45, 330), gap)


def _lost(rng: random.Random) -> list[Day]:
    gap = rng.randint(16, 36)
    return _run(rng, OPENED + rng.randrange(90), TODAY - rng.randint(410, 880), gap)


def _back(rng: random.Random) -> list[Day]:
    gap = rng.randint(14, 30)
    returned = TODAY - (rng.randint(3, 27) if rng.random() < 0.4 else rng.randint(40, 480))
    before = _run(rng, OPENED + rng.randrange(150), returned - rng.randint(90, 300), gap)
    since = _run(rng, returned, max(returned, YESTERDAY - rng.randrange(gap)), gap)
    return [*before, returned, *since]


def _new(rng: random.Random) -> list[Day]:
    first = TODAY - rng.randint(2, 27)
    return [first, *(rng.randint(first, YESTERDAY) for _ in range(rng.choice((0, 0, 1, 2))))]


def _prospect(rng: random.Random) -> list[Day]:
    return []


def _member(rng: random.Random) -> list[Day]:
    gap = rng.randint(30, 65)
    return _run(rng, _joined(rng), TODAY - rng.randint(2, 90), gap, 0.35)


def _company(rng: random.Random) -> list[Day]:
    gap = rng.choice((14, 14, 21, 21))
    silent = rng.choices((rng.randrange(1, gap), 26, 170), (8, 1, 1))[0]
    return _run(rng, OPENED + rng.randrange(400), TODAY - silent, gap, 0.12)


def _joined(rng: random.Random) -> Day:
    """The day from which somebody comes: some were there from the start."""
    return OPENED + int(rng.triangular(0, 900, 450))


LIVES: dict[str, Callable[[random.Random], list[Day]]] = {
    "regular": _regular, "slipping": _slipping, "occasional": _occasional, "december": _december,
    "summer": _summer, "once": _once, "lapsed": _lapsed, "lost": _lost, "back": _back, "new": _new,
    "prospect": _prospect, "club": _member, "course": _member, "company": _company,
}
"""The days of each role of the cast."""
