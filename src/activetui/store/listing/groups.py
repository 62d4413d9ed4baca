"""In which indexes a list of customers stands in its order, and what is read from them in turn."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.store.listing import list_indexes, status_order
from activetui.store.listing.sorts import EVERYONE, SORTS, TAGGED, Clause, Order, speaks


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


def by_status(conn: sqlite3.Connection, clause: Clause, sort: str) -> bool:
    """Whether a list is best read status by status, although its order is not one of facts."""
    asked = "fact.status" in clause.sql and SORTS[sort].sql not in clause.sql
    return asked and status_order.ready(conn, sort)


def passes_nobody(clause: Clause, sort: str, by_status: bool) -> bool:
    """Whether everyone on the way through an index is in the list, which is of everyone or whole statuses."""
    if clause.sql == EVERYONE.sql:
        return True
    return _of_whole_statuses(clause) and (by_status or _of_facts(sort, clause))


def groups_of(clause: Clause, sort: str, order: Order, by_status: bool) -> list[Group]:
    """The list as its groups, in their order; `by_status` as the function of that name says."""
    chosen = SORTS[sort]
    if sort in ("status", "active"):
        return _statuses(sort, clause, order)
    if by_status:
        groups = _by_status(sort, clause)
    elif sort == "tags":
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
    return speaks(clause.sql, "fact") if sort == "id" else speaks(SORTS[sort].sql, "fact")


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
    if not speaks(clause.sql, other):
        return ordered
    return f"{ordered} CROSS JOIN {other} ON fact.customer_id = customer.id"


def _of_whole_statuses(clause: Clause) -> bool:
    columns = set(re.findall(r"\b(?:customer|fact)\.\w+", clause.sql))
    return columns == {"fact.status"} and "SELECT" not in clause.sql


def _by_status(sort: str, clause: Clause) -> list[Group]:
    """Those of each status in the order of `status_order`. Where only statuses are asked for, its table knows
    as much as that of facts, and stands for it."""
    alone = _of_whole_statuses(clause)
    row = "fact" if alone else "placed"
    tables = f"{status_order.TABLE} AS {row} INDEXED BY {status_order.NAMES[sort]}"
    if not alone:
        tables += f" CROSS JOIN fact ON fact.customer_id = {row}.customer_id"
        if speaks(clause.sql, "customer"):
            tables += f" CROSS JOIN customer ON customer.id = {row}.customer_id"
    key, known, unknown = f"{row}.tag", f"{row}.tag IS NOT NULL", f"{row}.tag IS NULL"
    if sort != "tags":
        chosen = SORTS[sort]
        key, known, unknown = (
            part.replace("customer.", f"{row}.") for part in (chosen.sql, chosen.known, chosen.unknown)
        )
    return [
        Group(ordered, [
            Part(
                f"{row}.customer_id", tables,
                f"{row}.status = {status:d} AND fact.status = {status:d} AND {where} AND ({clause.sql})",
            )
            for status in Status
        ])
        for ordered, where in ((key, known), ("", unknown))
    ]


def _by_first_tag(clause: Clause) -> list[Group]:
    """Those with tags by the first of them, from the index over names; then those without."""
    first = (
        "NOT EXISTS (SELECT 1 FROM tag WHERE tag.customer_id = first_tag.customer_id"
        " AND tag.name < first_tag.name)"
    )
    tagged = "tag AS first_tag INDEXED BY tag_by_name"
    if speaks(clause.sql, "customer"):
        tagged += " CROSS JOIN customer ON customer.id = first_tag.customer_id"
    if speaks(clause.sql, "fact"):
        tagged += " CROSS JOIN fact ON fact.customer_id = first_tag.customer_id"
    others = _joined("customer", "fact", clause, "")
    return [
        Group("first_tag.name", [Part("first_tag.customer_id", tagged, f"{first} AND ({clause.sql})")]),
        Group("", [Part("customer.id", others, f"NOT {TAGGED} AND ({clause.sql})")]),
    ]
