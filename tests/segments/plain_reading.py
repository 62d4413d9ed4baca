"""The filter language a second time, slow and plain: what a parsed query means for one customer.

It reads the values as they were written, not as the program understood them.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from activetui.activity.status import Status
from activetui.activity.types import TYPES
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import Kind
from activetui.ledger.text import fold
from activetui.segments.builtin import BUILT_IN
from activetui.segments.query import parse
from activetui.segments.tree import All, AnyOf, FieldTest, Node, Not, Query, Words
from tests.segments import plain_subscriptions
from tests.segments.plain_days import AHEAD, PAST, compare, yearly
from tests.segments.small_store import OWN_KIND, Happening, Pursuit, Someone

RFM = {"r": "last_purchase", "f": "purchases", "m": "spend"}
SUBSCRIBED = {
    "cancelled": plain_subscriptions.cancelled, "renewal": plain_subscriptions.renewal,
    "expires": plain_subscriptions.expires, "unrenewed": plain_subscriptions.unrenewed,
}
FLIPS = ("joined", "returned", "lapsed")
KINDS = {**{kind.word: int(kind) for kind in Kind}, OWN_KIND[0]: OWN_KIND[1]}


@dataclass
class World:
    """What a query may ask about beside the customer."""

    day: Day
    everyone: list[Someone]
    segments: dict[str, str] = field(default_factory=dict)


def holds(query: Query, someone: Someone, world: World) -> bool:
    """Whether the query finds the customer on the day."""
    return query.root is None or _node(query.root, someone, world)


def _node(node: Node, someone: Someone, world: World) -> bool:
    match node:
        case All(parts):
            return all(_node(part, someone, world) for part in parts)
        case AnyOf(parts):
            return any(_node(part, someone, world) for part in parts)
        case Not(part):
            return not _node(part, someone, world)
        case Words(text):
            return _anywhere(text, someone)
        case FieldTest():
            return any(_test(node.field.name, node.operator, text, someone, world) for text in node.written)


def _anywhere(text: str, someone: Someone) -> bool:
    if fold(text) in fold(someone.search) or fold(text) in fold(someone.note):
        return True
    digits = re.sub(r"[ \-./()+]", "", text).removeprefix("00")
    return digits.isdigit() and digits in someone.search


def _test(name: str, operator: str, text: str, someone: Someone, world: World) -> bool:
    day = world.day
    if name == "segment":
        return _segment(text, someone, world)
    if signed := re.fullmatch(r"(<=|>=|<|>)(.+)", text):
        operator, text = signed[1], signed[2]
    if name in FLIPS:
        return any(compare(name, operator, text, at, day) for at in _flips(name, someone, day))
    if name in PAST or name in AHEAD:
        return compare(name, operator, text, _day_of(name, someone, day), day)
    if name in RFM:
        buys = someone.last_purchase is not None
        return buys and _number(operator, text, Decimal(_quintile(name, someone, world)))
    if name == "rfm":
        return someone.last_purchase is not None and _group(someone, world) == text
    if name in ("spend", "year", "purchases", "rhythm", "id"):
        return _number(operator, text, _number_of(name, someone))
    return _word(name, operator, text, someone, day)


def _segment(name: str, someone: Someone, world: World) -> bool:
    """A segment of the world, or a built-in one, by its name or title in any case."""
    key = fold(name).replace("_", " ")
    queries = {fold(known): query for known, query in world.segments.items()}
    for each in BUILT_IN:
        queries[each.name.replace("_", " ")] = queries[fold(each.title)] = each.query
    return holds(parse(queries[key], [OWN_KIND[0]]), someone, world)


def _quintile(measure: str, someone: Someone, world: World) -> int:
    """1, and one more for every fifth of the buyers who all have less."""
    buyers = [each for each in world.everyone if each.last_purchase is not None]
    less = sum(getattr(each, RFM[measure]) < getattr(someone, RFM[measure]) for each in buyers)
    return 1 + 5 * less // len(buyers)


def _group(someone: Someone, world: World) -> str:
    r, f, m = (_quintile(measure, someone, world) for measure in RFM)
    middle = math.ceil((f + m) / 2)
    rows = {
        5: ["newcomers", "potential", "potential", "champions", "champions"],
        4: ["promising", "potential", "potential", "regulars", "regulars"],
        3: ["about_to_sleep", "about_to_sleep", "need_attention", "regulars", "regulars"],
        2: ["hibernating", "hibernating", "slipping", "slipping", "cant_lose"],
        1: ["hibernating", "hibernating", "slipping", "slipping", "cant_lose"],
    }
    return rows[r][middle - 1]


def _word(name: str, operator: str, text: str, someone: Someone, day: Day) -> bool:
    chosen = _choice(name, text, someone, day)
    return _text(name, operator, text, someone, day) if chosen is None else chosen


def _choice(name: str, text: str, someone: Someone, day: Day) -> bool | None:
    """A field with a fixed list of words; None for the others."""
    active = someone.status in (Status.NEW, Status.ACTIVE, Status.REACTIVATED, Status.AT_RISK)
    answers: dict[str, Callable[[], bool]] = {
        "status": lambda: someone.status.word == text,
        "turns": lambda: someone.until < FAR_FUTURE and someone.next_status.word == text,
        "was": lambda: any(
            Status(status).word == text and start <= day for start, status in someone.life
        ),
        "active": lambda: active == (text == "yes"),
        "dnc": lambda: someone.do_not_contact == (text == "yes"),
        "consent": lambda: someone.consent is {"yes": True, "no": False, "unknown": None}[text],
        "type": lambda: bool(someone.types & 1 << TYPES.index(text)),
        "reason": lambda: _reason(someone, day) == text,
        "kind": lambda: _kind(text, someone, day),
        "complaint": lambda: _complaint(text, someone, day),
        "has": lambda: _present(text, someone, day),
        "none": lambda: not _present(text, someone, day),
    }
    return answers[name]() if name in answers else None


def _text(name: str, operator: str, text: str, someone: Someone, day: Day) -> bool:
    match name:
        case "tag":
            return any(fold(tag) == fold(text) for tag in someone.tags)
        case "language":
            return fold(someone.language) == fold(text) or fold(someone.language).startswith(
                (fold(text) + "-", fold(text) + "_")
            )
        case "country" | "key":
            return fold(getattr(someone, name)) == fold(text)
        case "phone":
            held = re.sub(r"[ \-./()+]", "", someone.phone)
            asked = re.sub(r"[^0-9]", "", text).removeprefix("00")
            return held == asked if operator == "=" else asked in held
        case "playbook":
            return any(fold(each.playbook) == fold(text) for each in _under_way(someone, day))
        case "product":
            return any(_same(operator, text, product) for product in _products(someone, day))
        case _:
            return _same(operator, text, getattr(someone, name))


def _under_way(someone: Someone, day: Day) -> list[Pursuit]:
    return [
        each for each in someone.pursuits if each.started <= day and (each.ended is None or each.ended > day)
    ]


def _reason(someone: Someone, day: Day) -> str:
    """The one that was given last."""
    given = [each.reason for each in someone.pursuits if each.reason and each.started <= day]
    return given[-1] if given else ""


def _same(operator: str, text: str, held: str) -> bool:
    return fold(text) == fold(held) if operator == "=" else fold(text) in fold(held)


def _products(someone: Someone, day: Day) -> list[str]:
    return [
        product
        for event in someone.events
        if event.kind == Kind.PURCHASE and event.counts and event.day <= day
        for product in (event.product, *event.lines)
    ]


def _kind(text: str, someone: Someone, day: Day) -> bool:
    if text == "purchase":                 # the figures of the day know it
        return someone.last_purchase is not None
    return any(event.kind == KINDS[text] and _known(event, day) for event in someone.events)


def _known(event: Happening, day: Day) -> bool:
    if not event.counts:
        return False
    booked = event.kind == Kind.BOOKING and event.recorded is not None and event.recorded <= day
    return event.day <= day or booked


def _complaint(text: str, someone: Someone, day: Day) -> bool:
    known = [event for event in someone.events if event.counts and event.day <= day]
    complaints = [event.day for event in known if event.kind == Kind.COMPLAINT]
    answers = [event.day for event in known if event.kind == Kind.COMPLAINT_RESOLVED]
    is_open = any(not any(answer >= complaint for answer in answers) for complaint in complaints)
    return is_open if text == "open" else bool(complaints) and not is_open


def _present(field: str, someone: Someone, day: Day) -> bool:
    match field:
        case "turns":
            return someone.until < FAR_FUTURE
        case "type":
            return someone.types != 0
        case "tag":
            return bool(someone.tags)
        case "consent":
            return someone.consent is not None
        case "product":
            return any(_products(someone, day))
        case "complaint":
            return any(e.kind == Kind.COMPLAINT and e.counts and e.day <= day for e in someone.events)
        case "purchases":
            return someone.purchases > 0
        case _ if field in (*FLIPS, "playbook", "reason"):
            return bool(_found(field, someone, day))
        case "rhythm":
            return someone.rhythm is not None
        case _ if field in PAST or field in AHEAD:
            return _day_of(field, someone, day) is not None
        case _:
            return bool(getattr(someone, field))


def _found(field: str, someone: Someone, day: Day) -> object:
    if field in FLIPS:
        return _flips(field, someone, day)
    return _under_way(someone, day) if field == "playbook" else _reason(someone, day)


def _number_of(name: str, someone: Someone) -> Decimal | None:
    match name:
        case "spend":
            return Decimal(someone.spend) / 100
        case "year":
            return Decimal(someone.year_spend) / 100
        case "purchases":
            return Decimal(someone.purchases)
        case "id":
            return Decimal(someone.id)
    return None if someone.rhythm is None else Decimal(someone.rhythm)


def _number(operator: str, text: str, held: Decimal | None) -> bool:
    if held is None:
        return False

    def number(written: str) -> Decimal:
        scale = 7 if re.search("w(eeks?)?$", written) else 1
        scale *= 1000 if re.search(r"[0-9][kK]$", written) else 1
        return Decimal(re.sub("[^0-9.-]", "", written)) * scale

    if ".." in text:
        low, high = text.split("..")
        return (not low or held >= number(low)) and (not high or held <= number(high))
    asked = number(text)
    return {
        ":": held == asked, "=": held == asked, "<": held < asked, "<=": held <= asked,
        ">": held > asked, ">=": held >= asked,
    }[operator]


def _day_of(name: str, someone: Someone, day: Day) -> Day | None:
    match name:
        case "first":
            return someone.first_purchase
        case "last":
            return someone.last_purchase
        case "since":
            return None if someone.since == FAR_PAST else someone.since
        case "until":
            return None if someone.until == FAR_FUTURE else someone.until
        case "next":
            return someone.next_expected
        case "birthday":
            return yearly(someone.birthday, day, -200)
        case "anniversary":
            return yearly(someone.first_purchase, day, 1)
        case "contacted":
            return someone.last_contact
        case "complained":
            days = [e.day for e in someone.events if e.kind == Kind.COMPLAINT and e.counts and e.day <= day]
            return max(days, default=None)
    return SUBSCRIBED[name](someone, day)


def _flips(name: str, someone: Someone, day: Day) -> list[Day]:
    """The days, up to the day, on which a customer came into the active base, back to it, or left it."""
    found = []
    order = sorted(someone.spans, key=lambda span: span[1])
    for (before, _start), (after, start) in itertools.pairwise(order):
        was, now = _in_base(before), _in_base(after)
        flip = "lapsed" if was and not now else "" if was or not now else (
            "returned" if before in (Status.INACTIVE, Status.LOST) else "joined"
        )
        if flip == name and start <= day:
            found.append(start)
    return found


def _in_base(status: Status) -> bool:
    return status in (Status.NEW, Status.ACTIVE, Status.REACTIVATED, Status.AT_RISK)
