"""What the past can tell of a query: how far the ledger must reach back, and what has no date at all.

A query is asked anew on each day, as `customers QUERY --as-of DAY` does. Where the ledger begins later than
the query looks back, the answer would only show the beginning of the ledger: it can't be said then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import format_day
from activetui.segments.fields import Holds
from activetui.segments.tree import All, AnyOf, Choice, Days, Edge, FieldTest, Node, Not, Query, Saved, Words

_BY_STATUS = frozenset((
    "status", "turns", "was", "active", "since", "until", "joined", "returned", "lapsed",
))
"""Fields that the definition decides."""
_UNDATED = frozenset((
    "tag", "country", "city", "language", "company", "name", "email", "phone", "note", "key", "id",
    "consent", "dnc", "birthday",
))
"""Fields of which the store keeps no days: on any day they are what they are now."""
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Reach:
    """How a query depends on the day it is asked on."""

    dated: bool
    """Whether anything in it can be different on another day."""
    undated: bool
    """Whether it also asks for what has no date, such as a tag."""
    days: int
    """How many days back it looks."""
    prospects: bool
    """Whether it asks for prospects: on an earlier day, those who came later are among them."""
    own_day: bool
    """Whether it is asked of a day that it names itself, whatever the day looked at."""

    def told_from(self, start: Day | None) -> Day | None:
        """The first day that can be told, in a ledger that begins on `start`; None if there is none."""
        return None if start is None or not self.dated or self.own_day else start + self.days


def reach_of(query: Query, definition_reach: int, types: Mapping[str, int] | None = None) -> Reach:
    """How the query depends on the day, by a definition that looks so many days back.

    `types` says how many days back each type of customer looks.
    """
    leaves = list(leaves_of(query.root)) if query.root is not None else []
    undated = [_has_no_date(leaf) for leaf in leaves]
    return Reach(
        dated=not all(undated),
        undated=any(undated),
        days=max((_looks_back(leaf, definition_reach, types or {}) for leaf in leaves), default=0),
        prospects=any(_asks_prospects(leaf) for leaf in leaves),
        own_day=query.as_of is not None,
    )


def leaves_of(node: Node) -> Iterator[Node]:
    """The tests and words of a query, from left to right, those of segments in it included."""
    node = inside(node)
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves_of(part)
        case Not(part):
            yield from leaves_of(part)
        case _:
            yield node


def inside(node: Node) -> Node:
    """What a test of segments asks for, by their queries; any other node as it is."""
    if not isinstance(node, FieldTest) or node.field.holds is not Holds.SEGMENT:
        return node
    roots = [value.root for value in node.values if isinstance(value, Saved)]
    found = [All(()) if root is None else root for root in roots]
    return found[0] if len(found) == 1 else AnyOf(tuple(found))


def _has_no_date(leaf: Node) -> bool:
    if isinstance(leaf, FieldTest):
        if leaf.field.holds is Holds.PRESENCE:
            return all(getattr(value, "word", "") in _UNDATED for value in leaf.values)
        return leaf.field.name in _UNDATED
    return isinstance(leaf, Words)


def _looks_back(leaf: Node, definition_reach: int, types: Mapping[str, int]) -> int:
    if not isinstance(leaf, FieldTest):
        return 0
    if leaf.field.holds is Holds.TYPE:
        chosen = [value.word for value in leaf.values if isinstance(value, Choice)]
        return max((types.get(word, 0) for word in chosen), default=0)
    if leaf.field.name in _BY_STATUS:
        return definition_reach
    if leaf.field.name == "year":
        return _YEAR
    if leaf.field.holds is not Holds.PAST:
        return 0
    edges = [edge for value in leaf.values if isinstance(value, Days) for edge in (value.first, value.last)]
    return max((_back(edge) for edge in edges if edge is not None), default=0)


def _back(edge: Edge) -> int:
    """Days from the edge to the day that is asked on."""
    return 0 if edge.day is not None else max(0, -edge.on(0))


def _asks_prospects(leaf: Node) -> bool:
    if not isinstance(leaf, FieldTest) or leaf.field.name not in ("status", "active"):
        return False
    return any(getattr(value, "word", "") in ("prospect", "no") for value in leaf.values)


def notes(reach: Reach | None, told_from: Day | None, first: Day) -> list[str]:
    """What must be known of a trend that begins on `first` and is told from `told_from`, in sentences."""
    if reach is None:
        return [_("This query cannot be read any more.")]
    if reach.own_day:
        return [_("This query is of a day of its own, so it has no trend.")]
    if not reach.dated:
        return [_("Nothing in this query has a date, so the past can't be told: it is counted as it is now.")]
    said = []
    if told_from is None:
        said.append(_("The ledger holds nothing yet of which the past could be told."))
    elif told_from > first:
        template = _("Can't say before {day}: the ledger does not reach back far enough.")
        said.append(template.format(day=format_day(told_from)))
    if reach.undated:
        said.append(_("Names, addresses, tags and consent count as they are now."))
    if reach.prospects:
        said.append(_("Customers who came later count as prospects on the days before."))
    return said
