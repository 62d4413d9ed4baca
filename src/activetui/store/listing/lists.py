"""Who stands where in a list: customer numbers in any order, from as little as that needs.

With its index, a list is read in its order and no further than asked (`_walk`). Where few customers fit, that
would go through nearly everyone: after some steps it is given up, and those who fit are found first and
sorted then (`_sorted_out`); that is done at once where the condition says that they are few. Both give the
same list. What is not known stands at its end. Ties are in the order of numbers in the direction that people
expect of a field; the other direction turns them round too.
"""

# ruff: noqa: S608 - only fixed texts and compiled clauses are put together; values are bound
from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.ledger.errors import UsageError
from activetui.locales import _
from activetui.store.listing import list_indexes
from activetui.store.opening.stopping import stopped_when

_PATIENCE, _WITH_TEXT, _WITHOUT_CHOICE = 6, 12, 80
"""Walking is given up after so many times `STEPS`: some 15 to 30 ms. Text takes more but quicker steps; where
it would have to be looked at for everyone instead, giving up comes later."""
FEW = "/* few */"
"""A remark in a condition: the customers whom it names by their numbers are so few that they are best looked
at one by one, whatever the order."""
UNLESS_WALKED = "/* unless walked: TRUE OR */"
"""A remark in a condition, before one that only names by their numbers those who may fit: for a list that is
walked it is not worth its while."""


class Clause(NamedTuple):
    """A condition over the tables `customer` and `fact`, with the values of its `?` signs."""

    sql: str
    params: tuple[str | int | float, ...] = ()


EVERYONE = Clause("TRUE")


class Sort(NamedTuple):
    """How to order by a field; `descending_first`: what people expect at the first key press."""

    sql: str
    descending_first: bool = False
    known: str = ""
    """Where the field is known, as an index serves it; empty where it always is."""
    unknown: str = "FALSE"
    """Where it is not."""


class Part(NamedTuple):
    """Some customers of a group: an index has them in the order of their key and their numbers."""

    number: str
    tables: str
    where: str


class Group(NamedTuple):
    """Customers of a list who stand together, before or behind all others."""

    key: str
    """What they are sorted by before their numbers; empty for nothing."""
    parts: list[Part]


def _text(column: str) -> Sort:
    text = f"customer.{column} COLLATE NOCASE"
    return Sort(text, known=f"{text} > ''", unknown=f"{text} = ''")


def _nullable(column: str, descending_first: bool = False) -> Sort:
    return Sort(f"fact.{column}", descending_first, f"fact.{column} IS NOT NULL", f"fact.{column} IS NULL")


_FIRST_TAG = "(SELECT min(name) FROM tag WHERE tag.customer_id = customer.id)"
_TAGGED = "EXISTS (SELECT 1 FROM tag WHERE tag.customer_id = customer.id)"
_BASE = ", ".join(str(int(status)) for status in sorted(ACTIVE_BASE))

SORTS: dict[str, Sort] = {
    "name": Sort("customer.search"),
    "id": Sort("customer.id"),
    "key": _text("key"),
    "email": _text("email"),
    "phone": _text("phone"),
    "company": _text("company"),
    "country": _text("country"),
    "status": Sort("fact.status"),
    "status_since": Sort("fact.since", True, f"fact.since > {FAR_PAST}", f"fact.since = {FAR_PAST}"),
    "status_until": Sort("fact.until", False, f"fact.until < {FAR_FUTURE}", f"fact.until = {FAR_FUTURE}"),
    "active": Sort(f"fact.status IN ({_BASE})", True),
    "first_purchase": _nullable("first_purchase"),
    "last_purchase": _nullable("last_purchase", True),
    "purchases": Sort("fact.purchases", True),
    "spend": Sort("fact.spend", True),
    "types": Sort("fact.types", True, "fact.types > 0", "fact.types = 0"),
    "tags": Sort(_FIRST_TAG, False, _TAGGED, f"NOT {_TAGGED}"),
    "rhythm": _nullable("rhythm"),
    "next_expected": _nullable("next_expected"),
    "year_spend": Sort("fact.year_spend", True),
    "next_status": Sort("fact.next_status"),
}
"""What a list can be sorted by: the fields of the JSON output and some more; tags by the first of them."""


def numbers(
    conn: sqlite3.Connection,
    clause: Clause,
    sort: str,
    descending: bool,
    limit: int,
    offset: int = 0,
    *,
    from_end: bool = False,
) -> list[int]:
    """The numbers at the places from `offset` on in a list; with `from_end` the last ones, in its order.

    `UsageError` for an unknown sort.
    """
    order = _order(sort, descending, from_end)
    found = None
    sorted_out = _sorted_out(clause, sort, order), (*clause.params, limit, offset)
    if list_indexes.ready(conn, sort) and not (_are_few(clause) and _by_number(conn, *sorted_out)):
        with _patience(conn, clause, sort) as patience:
            found = _walk(conn, _to_walk(clause), sort, order, limit, offset)
        if patience.lost:
            found = None
    if found is None:
        found = [row[0] for row in conn.execute(*sorted_out)]
    return found[::-1] if from_end else found


def all_numbers(conn: sqlite3.Connection, clause: Clause, sort: str, descending: bool) -> Iterator[int]:
    """The numbers of everyone in a list, in its order."""
    order = _order(sort, descending, False)
    if _passes_nobody(clause, sort) and list_indexes.ready(conn, sort):
        for group in _groups(sort, clause, order):
            for row in conn.execute(*_merged(group, clause, order, -1, 0)):
                yield row[0]
        return
    for row in conn.execute(_sorted_out(clause, sort, order), (*clause.params, -1, 0)):
        yield row[0]


def tables(sql: str) -> str:
    """The FROM of a condition: a table that nothing speaks of is left out (each customer has one fact)."""
    if not _speaks(sql, "fact"):
        return "customer"
    if not _speaks(sql, "customer"):
        return "fact"
    # where it is known by number who may fit, no index of facts betters that
    ways = " NOT INDEXED" if UNLESS_WALKED in sql else ""
    return f"customer JOIN fact{ways} ON fact.customer_id = customer.id"


def _speaks(sql: str, table: str) -> bool:
    return re.search(rf"\b{table}\.", sql) is not None


def _passes_nobody(clause: Clause, sort: str) -> bool:
    """Whether everyone on the way through an index is in the list, which is of everyone or whole statuses."""
    if clause.sql == EVERYONE.sql:
        return True
    columns = set(re.findall(r"\b(?:customer|fact)\.\w+", clause.sql))
    return columns == {"fact.status"} and "SELECT" not in clause.sql and _of_facts(sort, clause)


class Order(NamedTuple):
    """Whether what is unknown comes first, the field falls, the numbers fall."""

    unknown_first: bool
    field_falls: bool
    numbers_fall: bool


def _order(sort: str, descending: bool, from_end: bool) -> Order:
    chosen = SORTS.get(sort)
    if chosen is None:
        raise UsageError(
            _("Customers cannot be sorted by '{field}'.").format(field=sort),
            _("Possible: {choices}.").format(choices=", ".join(SORTS)),
        )
    turned = descending != chosen.descending_first
    if sort == "id":
        turned = descending
    return Order(from_end, descending != from_end, turned != from_end)


def _direction(falls: bool) -> str:
    return "DESC" if falls else "ASC"


def _sorted_out(clause: Clause, sort: str, order: Order) -> str:
    """The statement that finds everyone who fits, then sorts them."""
    chosen = SORTS[sort]
    from_tables = tables(f"{clause.sql} {chosen.sql}")
    number = "fact.customer_id" if from_tables == "fact" else "customer.id"
    keys = [f"{number} {_direction(order.numbers_fall)}"]
    if sort != "id":
        keys.insert(0, f"+{chosen.sql} {_direction(order.field_falls)}")
    if chosen.known:
        keys.insert(0, f"({chosen.unknown}) {_direction(order.unknown_first)}")
    return (
        f"SELECT {number} FROM {from_tables} WHERE {clause.sql} ORDER BY {', '.join(keys)} LIMIT ? OFFSET ?"
    )


def _are_few(clause: Clause) -> bool:
    """Whether few customers come into question. Several pieces of text are rarely found together."""
    return FEW in clause.sql or clause.sql.count(UNLESS_WALKED) > 1


def _to_walk(clause: Clause) -> Clause:
    """The condition for a list that is read in its order."""
    return clause._replace(sql=clause.sql.replace(UNLESS_WALKED, "TRUE OR"))


def _by_number(conn: sqlite3.Connection, statement: str, params: Sequence[object]) -> bool:
    """Whether SQLite finds the customers by their numbers, rather than going through all."""
    first = conn.execute(f"EXPLAIN QUERY PLAN {statement}", params).fetchone()[3]
    return str(first).endswith("rowid=?)")


class _Patience:
    """For how many steps of SQLite's machine a list may be walked."""

    def __init__(self, clause: Clause) -> None:
        self.left = _PATIENCE
        if "customer.search" in clause.sql:
            self.left = _WITH_TEXT if UNLESS_WALKED in clause.sql else _WITHOUT_CHOICE
        self.lost = False

    def wait(self) -> bool:
        """Called every `STEPS` steps; whether to give up."""
        self.left -= 1
        self.lost = self.left <= 0
        return self.lost


@contextmanager
def _patience(conn: sqlite3.Connection, clause: Clause, sort: str) -> Iterator[_Patience]:
    """Statements in the block are given up, without an error, when they pass over too many customers."""
    patience = _Patience(clause)
    if _passes_nobody(clause, sort):
        yield patience
        return
    try:
        with stopped_when(conn, patience.wait):
            yield patience
    except sqlite3.OperationalError:
        if not patience.lost:
            raise


def _walk(
    conn: sqlite3.Connection, clause: Clause, sort: str, order: Order, limit: int, offset: int
) -> list[int]:
    """The numbers at some places of a list, by reading it in its order."""
    found: list[int] = []
    for group in _groups(sort, clause, order):
        left = limit - len(found) if limit >= 0 else -1
        if not left:
            break
        rows = conn.execute(*_merged(group, clause, order, left, offset)).fetchall()
        if not rows and offset:
            every = [f"SELECT count(*) AS n FROM {part.tables} WHERE {part.where}" for part in group.parts]
            statement = f"SELECT sum(n) FROM ({' UNION ALL '.join(every)})"
            offset -= conn.execute(statement, clause.params * len(every)).fetchone()[0]
        else:
            offset = 0
        found += [row[0] for row in rows]
    return found


def _merged(
    group: Group, clause: Clause, order: Order, limit: int, offset: int
) -> tuple[str, tuple[str | int | float, ...]]:
    """The statement that merges the parts of a group, and its values."""
    key = f", {group.key}" if group.key else ""
    selects = [f"SELECT {part.number}{key} FROM {part.tables} WHERE {part.where}" for part in group.parts]
    by = f"2 {_direction(order.field_falls)}, " if key else ""
    return (
        f"{' UNION ALL '.join(selects)} ORDER BY {by}1 {_direction(order.numbers_fall)} LIMIT ? OFFSET ?",
        (*clause.params * len(selects), limit, offset),
    )


def _groups(sort: str, clause: Clause, order: Order) -> list[Group]:
    """The list as its groups, in their order."""
    chosen = SORTS[sort]
    if sort in ("status", "active"):
        return _statuses(sort, clause, order)
    if sort == "tags":
        groups = _by_first_tag(clause)
    else:
        key = "" if sort == "id" else chosen.sql
        groups = [Group(key, _parts(sort, clause, chosen.known or "TRUE"))]
        if chosen.known:
            groups.append(Group("", _parts(sort, clause, chosen.unknown)))
    return groups[::-1] if order.unknown_first else groups


def _statuses(sort: str, clause: Clause, order: Order) -> list[Group]:
    """A list by status, or by who is active: whole statuses one after the other."""
    falling = sorted(Status, reverse=order.field_falls)
    if sort == "status":
        return [Group("", _of_statuses([status], clause, "fact_by_status", "TRUE")) for status in falling]
    active = [status for status in Status if status in ACTIVE_BASE]
    others = [status for status in Status if status not in ACTIVE_BASE]
    groups = [Group("", _of_statuses(some, clause, "fact_by_status", "TRUE")) for some in (others, active)]
    return groups[::-1] if order.field_falls else groups


def _parts(sort: str, clause: Clause, where: str) -> list[Part]:
    """Those of a list for whom a condition on its field holds."""
    index = list_indexes.NAMES.get(sort, "")
    if _of_facts(sort, clause):
        return _of_statuses(list(Status), clause, index or "fact_by_status", where)
    from_tables = _joined("customer", "fact", clause, index)
    return [Part("customer.id", from_tables, f"{where} AND ({clause.sql})")]


def _of_facts(sort: str, clause: Clause) -> bool:
    """Whether a list is read from an index of facts by status."""
    return _speaks(clause.sql, "fact") if sort == "id" else _speaks(SORTS[sort].sql, "fact")


def _of_statuses(statuses: Sequence[Status], clause: Clause, index: str, where: str) -> list[Part]:
    """Facts are in the order of an index within their status. So a list of some statuses is read as quickly
    as one of everyone: SQLite sees from the condition that the parts of the others are empty."""
    from_tables = _joined("fact", "customer", clause, index)
    return [
        Part("fact.customer_id", from_tables, f"fact.status = {status:d} AND {where} AND ({clause.sql})")
        for status in statuses
    ]


def _joined(table: str, other: str, clause: Clause, index: str) -> str:
    """The table in the order of the index, with the other one where the clause speaks of it."""
    ordered = f"{table} INDEXED BY {index}" if index else f"{table} NOT INDEXED"
    if not _speaks(clause.sql, other):
        return ordered
    return f"{ordered} CROSS JOIN {other} ON fact.customer_id = customer.id"


def _by_first_tag(clause: Clause) -> list[Group]:
    """Those with tags by the first of them, from the index over names; then those without."""
    first = (
        "NOT EXISTS (SELECT 1 FROM tag WHERE tag.customer_id = first_tag.customer_id"
        " AND tag.name < first_tag.name)"
    )
    tagged = "tag AS first_tag INDEXED BY tag_by_name"
    if _speaks(clause.sql, "customer"):
        tagged += " CROSS JOIN customer ON customer.id = first_tag.customer_id"
    if _speaks(clause.sql, "fact"):
        tagged += " CROSS JOIN fact ON fact.customer_id = first_tag.customer_id"
    others = _joined("customer", "fact", clause, "")
    return [
        Group("first_tag.name", [Part("first_tag.customer_id", tagged, f"{first} AND ({clause.sql})")]),
        Group("", [Part("customer.id", others, f"NOT {_TAGGED} AND ({clause.sql})")]),
    ]
