"""Random customers, and random queries as people write them."""

from __future__ import annotations

from hypothesis import strategies as st

from activetui.activity.status import Status
from activetui.activity.types import TYPES
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, from_iso
from activetui.ledger.kinds import Kind
from activetui.segments.fields import COMPARED, DAYS, FIELDS, Holds, lacking
from activetui.segments.rfm import GROUPS
from activetui.segments.tree import Length
from tests.segments.small_store import OWN_KIND, TODAY, Happening, Pursuit, Someone

SEGMENTS = {
    "Rich": "spend>499.99 or tag:vip",
    "Gone for long": "status:lost,inactive -segment:rich",
    "Everyone": "",
    "Best": "segment:rich r:4..5 or segment:won_back",
}
"""Segments that the random stores have, some within others."""
NAMES = ["", "Ana", "ANA MARIA", "José", "jose", "O'Neil", "100%", "a_b", 'say "hi"', "Семён", "back\\slash"]
PRODUCTS = ["", "Olive oil", "olive OIL 1 l", "Pão", "Pao"]
WORDS = ["", "VIP", "vip", "Olive-club", "PT", "pt", "pt-PT", "pt_BR", "Lisboa", "lísboa", "Lua & Sol"]
PHONES = ["", "+351 912 345 678", "912345678", "(01) 234", "351-912", "00351 912"]
CHOICES = {
    Holds.STATUS: [status.word for status in Status],
    Holds.TYPE: list(TYPES),
    Holds.KIND: ["purchase", "complaint", "booking", "subscription", OWN_KIND[0]],
    Holds.YES_NO: ["yes", "no"],
    Holds.CONSENT: ["yes", "no", "unknown"],
    Holds.COMPLAINT: ["open", "resolved"],
    Holds.GROUP: list(GROUPS),
    Holds.REASON: ["price", "moved", "unknown"],
    Holds.PRESENCE: list(lacking()),
}
EDGES = sorted({
    edge + shift
    for edge in (
        TODAY, *(Length(n, unit).after(TODAY, sign) for n, unit, sign in (
            (1, "d", -1), (30, "d", -1), (2, "w", -1), (1, "m", -1), (13, "m", -1), (1, "y", -1),
            (1, "d", 1), (30, "d", 1), (2, "w", 1), (1, "m", 1), (13, "m", 1), (1, "y", 1),
        )),
        *(from_iso(day) for day in ("2026-11-01", "2026-10-01", "2026-01-01", "2025-01-01", "2026-10-15")),
    )
    for shift in (-1, 0, 1)
})
"""Days beside which an answer changes: where mistakes live."""
days = st.sampled_from([day for day in EDGES if day <= TODAY + 1])
ahead = st.sampled_from([day for day in EDGES if day >= TODAY - 1])
soon = st.integers(TODAY - 2, TODAY + 2)
BORN = [from_iso(day) for day in ("1960-02-29", "1984-11-21", "1990-11-22", "2001-11-23", "1975-12-31")]
statuses = st.sampled_from(list(Status))
words = st.sampled_from(WORDS)



def _of_the_last_span(someone: Someone) -> Someone:
    """The present status is that of the last span that has begun, and has been there since then."""
    begun = [(start, status) for status, start in someone.spans if start <= TODAY]
    if not begun:
        start = FAR_PAST if someone.spans else min(someone.since, TODAY)
        someone.spans = ((someone.status, start), *someone.spans)
        begun = [(start, someone.status)]
    someone.since, someone.status = max(begun)
    return someone


happenings = st.builds(
    Happening,
    kind=st.sampled_from([
        Kind.PURCHASE, Kind.COMPLAINT, Kind.COMPLAINT_RESOLVED, Kind.SUBSCRIPTION, Kind.BOOKING, OWN_KIND[1],
    ]),
    day=soon,
    counts=st.booleans(),
    product=st.sampled_from(PRODUCTS),
    action=st.sampled_from(["", "start", "renewal", "pause", "cancel"]),
    until=st.none() | soon,
    recorded=soon,
    lines=st.lists(st.sampled_from(PRODUCTS), max_size=2).map(tuple),
)


@st.composite
def memberships(draw: st.DrawFn) -> list[Happening]:
    """What a member who pays period after period leaves behind, most of it in time."""
    length, day = draw(st.sampled_from([7, 30, 91, 94])), TODAY + draw(st.integers(-20, 20))
    told: list[Happening] = []
    for _period in range(draw(st.integers(1, 4))):
        action = draw(st.sampled_from(["renewal"] * 8 + ["start", "pause"]))
        counts, until = draw(st.sampled_from([True] * 6 + [False])), day + length - 1
        told.insert(0, Happening(Kind.SUBSCRIPTION, day, counts, "box", action, until))
        day -= length + draw(st.sampled_from([0, 0, 0, 0, 1, 3, 4, -3, -4]))
    return told


pursuits = st.builds(
    Pursuit,
    playbook=st.sampled_from(["inactive_regular", "complaint"]),
    started=soon,
    ended=st.none() | soon,
    reason=st.sampled_from(["", "price", "moved", "unknown"]),
)
someones = st.builds(
    Someone,
    name=st.sampled_from(NAMES),
    key=words,
    email=st.sampled_from(["", "ana@example.com", "JOSE@EXAMPLE.COM"]),
    phone=st.sampled_from(PHONES),
    company=words, city=words, country=words, language=words, note=words,
    consent=st.none() | st.booleans(),
    do_not_contact=st.booleans(),
    tags=st.sets(words.filter(bool), max_size=2).map(tuple),
    status=statuses,
    since=st.just(FAR_PAST) | days,
    until=st.just(FAR_FUTURE) | ahead,
    next_status=statuses,
    first_purchase=st.none() | days,
    last_purchase=st.none() | days,
    purchases=st.integers(0, 5),
    spend=st.sampled_from([-500, 0, 49_999, 50_000, 50_001, 1_000_000]),
    year_spend=st.sampled_from([0, 1, 10_000]),
    rhythm=st.none() | st.sampled_from([6.5, 7.0, 14.0, 30.5]),
    next_expected=st.none() | ahead,
    last_contact=st.none() | days,
    types=st.integers(0, 255),
    spans=st.lists(st.tuples(statuses, days), max_size=3, unique_by=lambda span: span[1]).map(tuple),
    events=st.lists(happenings, max_size=5) | memberships(),
    birthday=st.none() | st.sampled_from(BORN),
    pursuits=st.lists(pursuits, max_size=2),
).map(_of_the_last_span)


def quoted(text: str) -> str:
    """The text as a value in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def values_of(name: str) -> st.SearchStrategy[str]:
    """An operator with a value, as written after the field's name."""
    held = FIELDS[name].holds
    if held in COMPARED:
        return _compared(held)
    if held is Holds.SEGMENT:
        known = [quoted(name) for name in (*SEGMENTS, "GONE_FOR_LONG", "one_time", "can't say yet")]
    elif held in (Holds.TEXT, Holds.CODE, Holds.PHONE):
        codes = [*WORDS, "inactive_regular", "Complaint"]
        pool = {Holds.TEXT: NAMES + WORDS + PRODUCTS, Holds.CODE: codes, Holds.PHONE: PHONES}[held]
        known = [quoted(text) for text in pool if text]
    else:
        known = [word if "_" in word or word.isalpha() else quoted(word) for word in CHOICES[held]]
    some = st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True).map(",".join)
    return st.tuples(st.sampled_from([":", "="]), some).map("".join)


def _compared(held: Holds) -> st.SearchStrategy[str]:
    lengths = st.sampled_from(["0d", "1d", "30d", "30days", "2w", "2weeks", "1m", "13m", "1year"])
    dates = st.sampled_from(["2026-11-22", "2026-11-01", "2026-10", "2026", "2025", "yesterday", "today"])
    numbers = st.sampled_from(["0", "1", "3", "500", "500.01", "499.995", "-5", "0.5k", "€500", "500EUR"])
    sign = st.sampled_from(["<", "<=", ">", ">=", "=", ":<", ":>="])
    if held in DAYS:
        both = st.tuples(st.sampled_from([":", "="]), st.sampled_from([
            "1d..30d", "1m..2w", "..30d", "2w..", "2026-10..2026-11", "2026-11-01..", "..2026-10-15",
        ]))
        single = st.tuples(sign, lengths | dates) | st.tuples(st.just(":"), dates)
        return (single | both).map("".join)
    if held is Holds.QUINTILE:
        numbers = st.sampled_from(["1", "2", "3", "4", "5"])
        both = st.sampled_from([":1..3", ":..2", "=4..5", ":2.."])
        return st.tuples(sign | st.just(":"), numbers).map("".join) | both
    if held is Holds.WHOLE:
        numbers = st.sampled_from(["0", "1", "2", "3", "500"])
    if held is Holds.LENGTH:
        numbers = st.sampled_from(["7", "7d", "2w", "6.5", "14d"])
    ranges = st.sampled_from([":1..3", ":..2", ":2..", "=0..500"])
    return st.tuples(sign | st.just(":"), numbers).map("".join) | ranges


SPOKEN = [
    "last older than 60 days", "last older than 2026-10-15", "last in the last 30 days", "bought within 1m",
    "last between 1 and 30 days ago", "first newer than 1y", "first since 2026-10", "first in 2026",
    "until in the next 2 weeks", "until in more than 30d", "next before 2026-12-01", "last > 2 weeks",
    "spend over 500", "spend at most €500.01", "spend between 1 and 0.5k", "purchases at least 3",
    "rhythm less than 2 weeks", "year under 1", "last exactly 30 days ago", "since after yesterday",
]
"""Comparisons in words, each with one that has signs in `tests.segments.plain_reading`."""
CONDITIONS = [name for name, field in FIELDS.items() if field.holds is not Holds.AS_OF]
"""The fields that can stand anywhere in a query."""
spoken = st.sampled_from(SPOKEN)
tests = st.sampled_from(CONDITIONS).flatmap(lambda name: values_of(name).map(lambda value: name + value))
plain_words = st.sampled_from([text for text in NAMES + WORDS + PHONES if text]).map(quoted)
queries = st.recursive(
    tests | spoken | plain_words,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " or ".join(parts) + ")"),
        inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"not ({part})"),
    ),
    max_leaves=6,
)
