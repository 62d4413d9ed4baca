"""Segments inside a query: `segment:a -segment:b` is all of a without b.

The queries of the segments are put in place of their names before anything is compiled; how many conditions
come together and how deep segments stand inside each other is limited, so that no query can run away.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from activetui.ledger.text import fold, one_line
from activetui.locales import _
from activetui.segments.errors import QueryError
from activetui.segments.fields import Holds, nearest
from activetui.segments.query import parse, refuse_searches
from activetui.segments.tree import All, AnyOf, FieldTest, Node, Not, Query, Saved, Text, Words, tests_of
from activetui.segments.written import as_value

MAX_TOGETHER = 300
"""Conditions of a query with those of all segments in it."""
MAX_INSIDE = 8
"""Segments inside each other."""


class Named(NamedTuple):
    """A segment's name as it is kept, and its query."""

    name: str
    query: str


def name_key(name: str) -> str:
    """A segment's name as it is compared: without case, and `_` and `-` are blanks."""
    return fold(one_line(name)).replace("_", " ").replace("-", " ")


def asks_for_segments(query: Query) -> bool:
    """Whether a query names other segments."""
    return query.root is not None and any(test.field.holds is Holds.SEGMENT for test in tests_of(query.root))


def segments_in(text: str, own_kinds: Collection[str]) -> frozenset[str]:
    """The segments that a query names itself, by `name_key`; none where it cannot be read."""
    try:
        query = parse(text, tuple(own_kinds))
    except QueryError:
        return frozenset()
    tests = [] if query.root is None else tests_of(query.root)
    asked = [test for test in tests if test.field.holds is Holds.SEGMENT]
    return frozenset(name_key(name) for test in asked for name in test.written)


def renamed_within(text: str, old: str, new: str, own_kinds: Collection[str]) -> str:
    """The text of a query that asks for the segment `new` wherever it asked for `old`.

    A text that cannot be read stays as it is.
    """
    try:
        query = parse(text, tuple(own_kinds))
    except QueryError:
        return text
    for test in reversed([] if query.root is None else tests_of(query.root)):
        names = [new if name_key(name) == name_key(old) else name for name in test.written]
        if test.field.holds is Holds.SEGMENT and names != list(test.written):
            written = f"segment{test.operator}{','.join(map(as_value, names))}"
            text = text[: test.start] + written + text[test.end :]
    return text


def with_segments(
    query: Query, known: dict[str, Named], own_kinds: Collection[str], *, inside: str = ""
) -> Query:
    """The query with what the segments in it ask for; `known` has them by `name_key` of name and title.

    `inside` is the name of the segment whose query it is, if it is one's. `QueryError` at the place of a
    segment that is not there, cannot be read, asks for itself, or is of another day.
    """
    if query.root is None or not asks_for_segments(query):
        return query
    path = (name_key(inside),) if inside else ()
    root = _Within(query, known, tuple(own_kinds), path).node(query.root, path)
    refuse_searches(root, query.text)
    return replace(query, root=root)


class _Within:
    """Walks down from the query that was asked; mistakes are told at the place where it names the segment."""

    def __init__(
        self, query: Query, known: dict[str, Named], own_kinds: tuple[str, ...], path: tuple[str, ...]
    ) -> None:
        self.query = query
        self.path = path
        self.known = known
        self.own_kinds = own_kinds
        self.conditions = 0
        self.outermost: FieldTest | None = None

    def node(self, node: Node, path: tuple[str, ...]) -> Node:
        """The node with the segments in it; `path` are the keys of the segments around it."""
        match node:
            case Not(part):
                return Not(self.node(part, path))
            case All(parts):
                return All(tuple(self.node(part, path) for part in parts))
            case AnyOf(parts):
                return AnyOf(tuple(self.node(part, path) for part in parts))
            case FieldTest() if node.field.holds is Holds.SEGMENT:
                return self.test(node, path)
            case FieldTest():
                self.count(len(node.values))
            case Words():
                self.count(1)
        return node

    def test(self, test: FieldTest, path: tuple[str, ...]) -> FieldTest:
        """A test of segments with what they ask for."""
        if path == self.path:
            self.outermost = test
        names = [value.text for value in test.values if isinstance(value, Text)]
        return replace(test, values=tuple(self.saved(name, path) for name in names))

    def saved(self, name: str, path: tuple[str, ...]) -> Saved:
        """One segment with what its query asks for."""
        key = name_key(name)
        found = self.known.get(key)
        if found is None:
            raise self.unknown(name, key, path)
        if key in path:
            around = " → ".join(self.known[each].name for each in (*path[path.index(key) :], key))
            raise self.refused(
                _("The segment '{name}' asks for itself: {path}.").format(name=found.name, path=around),
                _("Change one of these segments."),
            )
        if len(path) >= MAX_INSIDE:
            raise self.refused(
                _("More than {most} segments stand inside each other.").format(most=MAX_INSIDE)
            )
        try:
            inner = parse(found.query, self.own_kinds)
        except QueryError as problem:
            raise self.refused(
                _("The segment '{name}' cannot be read: {problem}").format(
                    name=found.name, problem=problem.message
                ),
                _("Save it anew."),
            ) from None
        if inner.as_of is not None:
            raise self.refused(
                _("The segment '{name}' is of a day of its own, so it cannot stand in a query.").format(
                    name=found.name
                ),
                _("Ask for that day in the query itself, with as-of:, and save the segment without it."),
            )
        self.count(1)
        root = None if inner.root is None else self.node(inner.root, (*path, key))
        return Saved(found.name, root)

    def count(self, conditions: int) -> None:
        """So many more conditions; refused when it is too many."""
        self.conditions += conditions
        if self.conditions > MAX_TOGETHER:
            raise self.refused(
                _("With its segments, this query has more than {most} conditions.").format(most=MAX_TOGETHER)
            )

    def unknown(self, name: str, key: str, path: tuple[str, ...]) -> QueryError:
        """There is no such segment; the nearest name is proposed where the query itself names it alone."""
        message = _("There is no segment '{name}'.").format(name=name)
        near = nearest(key, self.known)
        if not near or path != self.path or self.outermost is None or len(self.outermost.values) > 1:
            return self.refused(message, _("activetui segments list shows what there is."))
        proposal = f"segment:{as_value(self.known[near].name)}"
        return self.refused(message, _("Did you mean {proposal}?").format(proposal=proposal), proposal)

    def refused(self, message: str, hint: str = "", proposal: str = "") -> QueryError:
        """The mistake at the place where the query names the segment."""
        at = self.outermost
        start, end = (at.start, at.end) if at is not None else (0, len(self.query.text))
        return QueryError(message, self.query.text, start, end, hint, proposal)
