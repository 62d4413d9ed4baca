"""Random ledgers and definitions about a theme each, small and dense enough that everything happens often."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from activetui.activity.block import BlockEvent
from activetui.activity.evaluate import Spans, statuses_on
from activetui.activity.status import Status
from activetui.ledger.kinds import ACTIONS, KIND_OF_WORD

EXAMPLES = int(os.environ.get("ACTIVITY_EXAMPLES", "35"))
"""How many random cases a theme gets; a few thousand now and then are well spent."""
LAST_DAY = 40
YEARS = 3
PRODUCTS = ("", "oil", "tea")
CHANNELS = ("", "phone", "email")
_WITHIN = st.integers(0, 12)
_DAYS = st.integers(0, LAST_DAY)

Table = dict[str, Any]


@dataclass(frozen=True)
class Theme:
    """What a ledger is full of, and what a definition then asks for."""

    kinds: tuple[str, ...]
    conditions: tuple[Table, ...]
    """Tables with the days to be filled in where they are None."""
    most_events: int = 10
    days: st.SearchStrategy[int] = _DAYS
    last_day: int = LAST_DAY
    starts: tuple[int | None, ...] = (None, -20, 0, 10, 20)
    """Where the ledger may begin."""

    @property
    def last_flip(self) -> int:
        """Beyond every window: two and a half times the longest gap, or the next season, and some."""
        return self.last_day + (110 if self.last_day == LAST_DAY else 440)


_SEASON = st.builds(lambda year, day: 365 * year + 58 + day, st.integers(0, YEARS), st.integers(-1, 3))
"""Days about the end of February in the years from 1970, of which the third has a 29th."""
_IN_SEASONS = {
    "days": _SEASON | _SEASON | _SEASON | _SEASON | st.integers(0, 365 * YEARS),
    "last_day": 365 * YEARS + 62,
    "starts": (None, -2000, 0, 300),
}
_SEASONS: tuple[Table, ...] = (
    {"seasonal": 2, "around_days": None},
    {"seasonal": 2, "around_days": 3, "event": ["visit", "purchase"]},
    {"seasonal": 3, "around_days": 4},
    {"seasonal": 3, "around_days": None, "event": ["visit", "purchase"]},
    {"seasonal": 4, "around_days": 10, "event": ["purchase", "visit"]},
)
_TENURE: tuple[Table, ...] = (
    {"tenure_at_least": None},
    {"tenure_at_most": None},
    {"tenure_at_least": 6, "tenure_at_most": 15},
)

THEMES = {
    "buying": Theme(
        ("purchase", "purchase", "purchase", "refund"),
        (
            {"event": "purchase", "within_days": None},
            {"event": "purchase", "within_days": None},
            {"event": "purchase", "within_days": None, "count": 2},
            {"event": "purchase", "within_days": None, "count": 3},
            {"event": ["purchase", "refund"], "within_days": None, "count": 2},
            {"event": "purchase", "within_days": None, "product": ["oil", "tea"]},
            {"event": "purchase", "within_days": None, "nature": "service"},
            {"spend": "3.00", "within_days": None},
            {"spend": "0.01", "within_days": None, "count": 2},
            {"spend": "1.50", "within_days": None, "event": "purchase"},
        ),
    ),
    "rhythm": Theme(
        ("purchase",),
        (
            {"rhythm": 1.5, "min_purchases": 3},
            {"rhythm": 1.1},
            {"rhythm": 0.5, "min_purchases": 6},
            {"rhythm": 2.25, "min_purchases": 3},
            {"event": "purchase", "within_days": None},
        ),
        most_events=24,
    ),
    "subscribing": Theme(
        ("subscription",),
        (
            {"subscription": "any"},
            {"subscription": "any", "grace_days": 4},
            {"subscription": "product", "grace_days": 1},
            {"subscription": "service"},
            {"subscription": "any", "product": "oil"},
            {"event": "subscription", "action": ["start", "renewal"], "within_days": None},
        ),
    ),
    "booking": Theme(
        ("booking", "visit", "purchase"),
        (
            {"event": "booking", "ahead": True},
            {"event": "booking", "within_days": None},
            {"event": ["visit", "purchase"], "within_days": None},
        ),
    ),
    "complaining": Theme(
        ("complaint", "complaint", "complaint_resolved", "purchase"),
        (
            {"event": "complaint", "within_days": None, "unless_resolved": True},
            {"event": "complaint", "within_days": None, "unless_resolved": True, "count": 2},
            {"event": "complaint", "within_days": None},
            {"event": "purchase", "within_days": None},
        ),
    ),
    "talking": Theme(
        ("contact", "newsletter", "review", "usage", "loyalty"),
        (
            {"event": "contact", "direction": "in", "within_days": None},
            {"event": "contact", "channel": ["phone", "email"], "within_days": None},
            {"event": "newsletter", "action": ["open", "click"], "within_days": None},
            {"event": "review", "rating_at_most": 3, "within_days": None},
            {"event": "review", "rating_at_least": 2, "rating_at_most": 4, "within_days": None},
            {"event": "usage", "feature": "Tea", "within_days": None},
            {"event": ["usage", "review", "loyalty"], "within_days": None, "count": 2},
        ),
    ),
}
THEMES["staying"] = Theme(
    ("purchase", "visit", "subscription", "contact"),
    (*_TENURE, *_TENURE, {"event": "contact", "within_days": None}, {"subscription": "any"}),
    most_events=6,
)
THEMES["everything"] = Theme(
    tuple(kind for theme in THEMES.values() for kind in theme.kinds),
    tuple(condition for theme in THEMES.values() for condition in theme.conditions),
    most_events=14,
)
THEMES["seasons"] = Theme(
    ("purchase", "purchase", "visit"),
    (*_SEASONS, *_SEASONS, {"event": "purchase", "within_days": None}, {"tenure_at_least": 365}),
    most_events=20,
    **_IN_SEASONS,
)
THEMES["everything in years"] = Theme(
    (*THEMES["everything"].kinds, "purchase", "purchase", "visit"),
    (*THEMES["everything"].conditions, *_SEASONS, *_SEASONS, {"event": "purchase", "within_days": 300}),
    most_events=20,
    **_IN_SEASONS,
)


class Told(BlockEvent):
    """An event that shows only what there is to it, for the sake of whoever reads a failure."""

    def __repr__(self) -> str:
        usual = BlockEvent(self.customer, self.day, self.kind)
        fields = zip(self._fields, self, usual, strict=True)
        told = [f"{name}={value!r}" for name, value, plain in fields if value != plain]
        words = {number: word for word, number in KIND_OF_WORD.items()}
        return " ".join((f"<{words[self.kind]} of {self.customer} on {self.day}", *told)) + ">"


@st.composite
def _events(draw: st.DrawFn, theme: Theme, customer: int) -> BlockEvent:
    word = draw(st.sampled_from(theme.kinds))
    day = draw(theme.days)
    subscribes = word == "subscription"
    natures = ("", "product", "service") if word in ("subscription", "purchase") else ("",)
    length = draw(st.none() | st.integers(-6, 25)) if subscribes else None
    counts = word != "refund" and draw(st.integers(0, 7)) < 7
    net = 0
    if word == "purchase" and counts:
        net = draw(st.integers(0, 300))
    elif word == "refund":
        net = -draw(st.integers(0, 200))
    return Told(
        customer,
        day,
        KIND_OF_WORD[word],
        counts=counts,
        net=net,
        until=None if length is None else day + length,
        known=draw(st.none() | theme.days) if word == "booking" else None,
        action=draw(st.sampled_from(ACTIONS[word])) if word in ACTIONS else "",
        nature=draw(st.sampled_from(natures)),
        rating=draw(st.none() | st.integers(1, 5)) if word == "review" else None,
        product=draw(st.sampled_from(PRODUCTS[:2] if subscribes else PRODUCTS)),
        channel=draw(st.sampled_from(CHANNELS)) if word == "contact" else "",
    )


def ledgers(theme: Theme, customer: int = 1, most: int | None = None) -> st.SearchStrategy[list[BlockEvent]]:
    """All events of one customer, in the order of their numbers; few or many."""
    most = most or theme.most_events
    one = _events(theme, customer)
    return st.lists(one, max_size=most) | st.lists(one, min_size=most // 2, max_size=most)


@st.composite
def _simple(draw: st.DrawFn, theme: Theme) -> Table:
    table = draw(st.sampled_from(theme.conditions))
    return {key: draw(_WITHIN) if value is None else value for key, value in table.items()}


def conditions(theme: Theme, extra: st.SearchStrategy[Table] | None = None) -> st.SearchStrategy[Table]:
    """Conditions as tables of a definition, nested up to a few levels."""
    simple = _simple(theme) if extra is None else _simple(theme) | extra
    grouped = st.recursive(
        simple,
        lambda inner: st.dictionaries(
            st.sampled_from(("any", "all", "none")),
            st.lists(inner, min_size=1, max_size=3),
            min_size=1,
            max_size=2,
        ),
        max_leaves=4,
    )
    return simple | st.fixed_dictionaries({"any": st.lists(simple, min_size=1, max_size=3)}) | grouped


_WINDOW_USED = st.sampled_from((0.8, 0.5, 0.25, 0.9999)).map(lambda share: {"window_used": share})


@st.composite
def definitions(draw: st.DrawFn, theme: Theme) -> Table:
    """A whole definition, as the tables of its TOML."""
    tables: Table = {"name": "Random", "active": draw(conditions(theme))}
    if draw(st.booleans()):
        tables["new"] = {"days": draw(st.integers(0, 12))}
    if draw(st.booleans()):
        tables["reactivated"] = {"days": draw(st.integers(0, 12))}
    if draw(st.integers(0, 3)):
        tables["at_risk"] = draw(_WINDOW_USED | _WINDOW_USED | conditions(theme, _WINDOW_USED))
    if draw(st.booleans()):
        tables["lost"] = {"days": draw(st.integers(1, 20))}
    if draw(st.integers(0, 3)) == 0:
        tables["types"] = {"loyal": draw(conditions(theme)), "vip": draw(conditions(theme))}
    return tables


def status_on(spans: Spans, day: int) -> Status:
    """The status on a day, from the spans of a single customer."""
    [status] = statuses_on(spans, day)
    return status


def toml_of(tables: Table) -> str:
    """The text of a definition from its tables."""
    return "\n".join(f"{key} = {_value(value)}" for key, value in tables.items())


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case dict():
            return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case _:
            return repr(value)
