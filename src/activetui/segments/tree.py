"""A query as a tree of tests, typed but not yet tied to a day or a currency."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day, to_date, to_day

if TYPE_CHECKING:
    from activetui.segments.fields import Field

Operator = Literal[":", "=", "<", "<=", ">", ">="]
Unit = Literal["d", "w", "m", "y"]


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of calendar time, such as `60d` or `2m`."""

    count: int
    unit: Unit = "d"

    def after(self, day: Day, sign: int = 1) -> Day:
        """The day this long after `day` (before it with `sign` -1).

        Months and years keep the day of the month, or end on the last day of a shorter month.
        """
        if self.unit in "dw":
            return _within_time(day + sign * self.count * (7 if self.unit == "w" else 1))
        start = to_date(day)
        months = start.year * 12 + start.month - 1 + sign * self.count * (12 if self.unit == "y" else 1)
        year, month = divmod(months, 12)
        if not 1 <= year <= 9999:
            return FAR_FUTURE - 1 if sign > 0 else FAR_PAST + 1
        last = monthrange(year, month + 1)[1]
        return to_day(start.replace(year=year, month=month + 1, day=min(start.day, last)))


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or last day of a stretch: a calendar day, or a distance from the as-of day.

    `shift` days are added at the end: `last>60d` ends one day before the day 60 days ago.
    """

    day: Day | None = None
    """None: counted from the as-of day."""
    length: Length = Length(0)
    sign: int = 1
    shift: int = 0

    def on(self, as_of: Day) -> Day:
        """The calendar day that is meant on `as_of`."""
        start = as_of if self.day is None else self.day
        return _within_time(self.length.after(start, self.sign) + self.shift)


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a fixed list, such as a status."""

    code: int
    word: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be found: in the field (`:`) or as the whole of it (`=`)."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """A stretch of numbers; None is no limit. Money is in units of `currency` (empty: the store's)."""

    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False
    """Whether `low` itself is left out."""
    below: bool = False
    """Whether `high` itself is left out."""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both edges included; None is no limit."""

    first: Edge | None = None
    last: Edge | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """Another segment, with what its query asks for; `root` None finds everyone."""

    name: str
    root: Node | None


Value: TypeAlias = Choice | Text | Numbers | Days | Saved


@dataclass(frozen=True, slots=True)
class FieldTest:
    """`field operator value,value…`: holds where any of the values does."""

    field: Field
    operator: Operator
    values: tuple[Value, ...]
    written: tuple[str, ...]
    """The values as written, without quotes."""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A word or a quoted text without a field: anywhere in name, e-mail, phone, company or note."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """What does not hold, or is not known to hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """All parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Node, ...]


Node: TypeAlias = FieldTest | Words | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; `root` None finds everyone."""

    text: str
    root: Node | None = None
    as_of: Edge | None = None
    """The day that the whole query is asked of; None is the day that is looked at anyway."""

    def day(self, looked_at: Day) -> Day:
        """The day that the query is asked of by someone who looks at `looked_at`."""
        return looked_at if self.as_of is None else self.as_of.on(looked_at)

    @property
    def parts(self) -> tuple[Node, ...]:
        """The conditions that must all hold, each of which can be counted alone."""
        if self.root is None:
            return ()
        return self.root.parts if isinstance(self.root, All) else (self.root,)


def tests_of(node: Node) -> list[FieldTest]:
    """Every test of a field in a node, from left to right; what stands in other segments is not looked at."""
    match node:
        case FieldTest():
            return [node]
        case Words():
            return []
        case Not(part):
            return tests_of(part)
        case All(parts) | AnyOf(parts):
            return [test for part in parts for test in tests_of(part)]


def searches_of(node: Node) -> Iterator[tuple[FieldTest | Words, int]]:
    """Every part of a node that is looked for customer by customer, in the segments in it too, with how much
    that costs beside one text of the customer."""
    match node:
        case Words():
            yield node, 1
        case Not(part):
            yield from searches_of(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from searches_of(part)
        case FieldTest():
            if node.field.costs:
                products = node.field.name == "product"         # all of a list at once
                yield node, node.field.costs * (1 if products else len(node.values))
            for value in node.values:
                if isinstance(value, Saved) and value.root is not None:
                    yield from ((node, cost) for _part, cost in searches_of(value.root))


def _within_time(day: int) -> Day:
    return max(FAR_PAST + 1, min(FAR_FUTURE - 1, day))
