"""From a parsed query to SQL: a condition over the tables `customer` and `fact`.

Every value of the query becomes a bound parameter; no letter of it ever becomes part of the statement.
Conditions may come out NULL where a figure is not known; `Not` takes that as "does not hold".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.segments.compile import choices, figures, texts
from activetui.segments.compile.writer import Writer
from activetui.segments.errors import QueryError
from activetui.segments.fields import Holds
from activetui.segments.tree import All, AnyOf, FieldTest, Node, Not, Query, Saved, Value, Words
from activetui.store.facts import lives_in_sql
from activetui.store.listing.people import Clause
from activetui.store.listing.quintiles import Cuts
from activetui.store.listing.sorts import names_customers

__all__ = ["Clause", "compile_node", "compile_query"]


Products: TypeAlias = Callable[[str, bool], tuple[str, ...] | None]


_HAS = "(instr(customer.search, ?) > 0 OR (customer.note <> '' AND instr(fold(customer.note), ?) > 0))"


def _scanned(*needles: str) -> Clause:
    """Who has all of the folded texts in what is searched, found by looking at everyone."""
    twice = tuple(needle for needle in needles for _place in range(2))
    return Clause(" AND ".join([_HAS] * len(needles)), twice)


def compile_query(
    query: Query,
    *,
    day: Day,
    currency: str,
    cuts: Cuts | None = None,
    text: Callable[..., Clause] = _scanned,
    products: Products | None = None,
) -> Clause:
    """The condition that a query stands for on `day`, in a store whose money is in `currency`.

    `cuts` are the quintiles of that day; None looks them up whenever the condition is used. `text` gives the
    way to who has all of some folded texts in what is searched, `products` the names of products that have
    one (or are it), or None where they are too many. `QueryError` if the query names an amount in another
    currency, or a segment that is not put in yet (`segments.nested`).
    """
    if query.root is None:
        return Clause("TRUE")
    return compile_node(
        query.root, query, day=day, currency=currency, cuts=cuts, text=text, products=products
    )


def compile_node(
    node: Node,
    query: Query,
    *,
    day: Day,
    currency: str,
    cuts: Cuts | None = None,
    text: Callable[..., Clause] = _scanned,
    products: Products | None = None,
) -> Clause:
    """The condition of one part of a query, to count it alone; otherwise as `compile_query`."""
    compiler = Compiler(query.text, day, currency, cuts, text, products)
    sql = compiler.sql(node)
    return Clause(sql, tuple(compiler.params))


class Compiler(Writer):
    """Writes the condition of any part of a query."""

    def sql(self, node: Node) -> str:
        """The condition of a node; its parameters are added to `params`."""
        match node:
            case All(parts):
                together = " AND ".join(map(self._sql_of, _words_at_once(_unbought_at_once(parts))))
                return f"({lives_in_sql.one_by_one(together) if names_customers(together) else together})"
            case AnyOf(parts):
                return "(" + " OR ".join(self.sql(part) for part in _bought_at_once(parts)) + ")"
            case Not(part):
                return f"({self.sql(part)} IS NOT TRUE)"
            case Words(text):
                return texts.anywhere(self, text)
            case FieldTest() if node.field.name == "product":
                return texts.bought(self, node.values)
            case FieldTest() if node.field.name == "was":
                return choices.has_been(self, node.values)
            case FieldTest():
                write = _WRITERS[node.field.holds]
                return "(" + " OR ".join(write(self, node, value) for value in node.values) + ")"


    def _sql_of(self, part: Node | list[str]) -> str:
        return texts.anywhere(self, *part) if isinstance(part, list) else self.sql(part)


def _words_at_once(parts: Sequence[Node]) -> list[Node | list[str]]:
    """Conditions that must all hold, with all words in the place of the first one."""
    words = [part.text for part in parts if isinstance(part, Words)]
    together: list[Node | list[str]] = []
    for part in parts:
        if not isinstance(part, Words):
            together.append(part)
        elif words not in together:
            together.append(words)
    return together


def _bought_at_once(parts: Sequence[Node]) -> list[Node]:
    """Alternatives, with those of products as one: purchases are many, and looked through for each."""
    products = [part for part in parts if isinstance(part, FieldTest) and part.field.name == "product"]
    if len(products) < 2:
        return list(parts)
    values = tuple(value for test in products for value in test.values)
    return [*(part for part in parts if part not in products), replace(products[0], values=values)]


def _unbought_at_once(parts: Sequence[Node]) -> list[Node]:
    """Conditions that must all hold, with what must not be bought as one."""
    unbought = [part.part for part in parts if isinstance(part, Not)]
    merged = _bought_at_once(unbought)
    if len(merged) == len(unbought):
        return list(parts)
    return [*(part for part in parts if not isinstance(part, Not)), *map(Not, merged)]


def _segment(compiler: Compiler, test: FieldTest, value: Value) -> str:
    if not isinstance(value, Saved):
        raise QueryError(_("Segments cannot be named here."), compiler.written, test.start, test.end)
    if value.root is None:
        return "TRUE"
    try:
        return compiler.sql(value.root)
    except QueryError as problem:       # its place is one in the segment's own text
        raise QueryError(
            _("The segment '{name}' cannot be read: {problem}").format(
                name=value.name, problem=problem.message
            ),
            compiler.written, test.start, test.end, problem.hint,
        ) from None


_WRITERS: dict[Holds, Callable[[Compiler, FieldTest, Value], str]] = {
    Holds.STATUS: choices.status,
    Holds.TYPE: choices.type_of,
    Holds.SEGMENT: _segment,
    Holds.QUINTILE: figures.quintile,
    Holds.GROUP: figures.group,
    Holds.KIND: choices.kind,
    Holds.YES_NO: choices.yes_no,
    Holds.CONSENT: choices.consent,
    Holds.COMPLAINT: choices.complaint,
    Holds.REASON: choices.reason,
    Holds.PRESENCE: choices.presence,
    Holds.TEXT: texts.text,
    Holds.CODE: texts.code,
    Holds.PHONE: texts.phone,
    Holds.MONEY: figures.number,
    Holds.WHOLE: figures.number,
    Holds.LENGTH: figures.number,
    Holds.PAST: figures.days,
    Holds.AHEAD: figures.days,
}
