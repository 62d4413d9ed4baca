"""The difference of two definitions as commands ask for it and print it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from activetui.activity.difference import Difference, Move, active_base
from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.cli.context import current
from activetui.cli.definition.source import title
from activetui.cli.options import Format
from activetui.cli.output import Column, emit, line, width
from activetui.cli.progress import showing
from activetui.cli.stamp import Stamp, known_words
from activetui.ledger.money import plain
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_day, format_money, format_number

if TYPE_CHECKING:
    from activetui.activity.definition import Definition
    from activetui.store.listing.people import Person

MOVE_FIELDS = ("before", "after", "customers", "year_spend", "currency")
CUSTOMER_FIELDS = ("before", "after", "id", "key", "name", "year_spend", "currency")


def look(conn: sqlite3.Connection, before: Definition, after: Definition) -> Difference:
    """The difference on the as-of day, with progress on a terminal."""
    from activetui.store.other_days.what_if import difference

    with showing(_("Looking at everyone with both definitions:")) as progress:
        return difference(conn, before, after, current().as_of, progress)


def print_difference(
    both: tuple[Definition, Definition],
    found: Difference,
    when: Stamp,
    currency: str,
    people: Sequence[Sequence[Person]] | None = None,
) -> None:
    """What changes in the rules, the counts, and who moves with how much money; `people` are their names."""
    for part in _beginning(both, when):
        line(part)
    for part in count_lines(found.before_counts, found.after_counts):
        line(part)
    line("")
    line(moved_words(found))
    for part in _flow_lines(found, currency):
        line(part)
    if found.moves:
        line("")
        _print_moves(found.moves, currency)
    for move, customers in zip(found.moves, people or (), strict=False):
        line("")
        line(_("{before} → {after}").format(before=status_word(move.before), after=status_word(move.after)))
        _print_people(customers)


def _beginning(both: tuple[Definition, Definition], when: Stamp) -> Iterator[str]:
    from activetui.activity.definition_changes import changes_in_words

    before, after = map(title, both)
    known = known_words(when.as_of, when.known_then)
    words = _("{before} → {after}").format(before=before, after=after)
    yield " · ".join((words, format_day(when.as_of), known))
    for sentence in changes_in_words(*both):
        yield "  " + sentence
    yield ""


def count_lines(before: Mapping[Status, int], after: Mapping[Status, int]) -> Iterator[str]:
    """The active base and each status, before → after."""
    rows: list[tuple[str, int, int]] = [
        (_("active base"), active_base(before), active_base(after)),
        *((status_word(status), before.get(status, 0), after.get(status, 0)) for status in Status),
    ]
    room = max(width(word) for word, _was, _is in rows)
    for word, was, now_is in rows:
        moved = f" ({_signed(now_is - was)})" if now_is != was else ""
        gap = " " * (room - width(word))
        yield f"  {word}{gap}  {format_number(was)} → {format_number(now_is)}{moved}"


def _signed(number: int) -> str:
    return ("−" if number < 0 else "+") + format_number(abs(number))


def moved_words(found: Difference) -> str:
    """How many customers get another status, of how many."""
    everyone = sum(found.before_counts.values())
    if not everyone:
        return _("There is no customer yet, so nobody moves.")
    if not found.moves:
        return ngettext(
            "The only customer keeps the status.", "All {n} customers keep their status.", everyone
        ).format(n=format_number(everyone))
    return ngettext(
        "{n} of {all} customers gets another status.", "{n} of {all} customers get another status.",
        found.moved,
    ).format(n=format_number(found.moved), all=format_number(everyone))


def _flow_lines(found: Difference, currency: str) -> Iterator[str]:
    """How much money comes into the active base and goes out of it."""
    for flow, template in (
        (found.entering, N_("Into the active base: {n}, worth {money} a year.")),
        (found.leaving, N_("Out of the active base: {n}, worth {money} a year.")),
    ):
        if flow.customers:
            money = format_money(flow.year_spend, currency)
            yield _(template).format(n=format_number(flow.customers), money=money)


def move_row(move: Move, currency: str) -> dict[str, Any]:
    """A move for programs."""
    return {
        "before": move.before.word, "after": move.after.word, "customers": move.customers,
        "year_spend": plain(move.year_spend, currency), "currency": currency,
    }


def customer_row(person: Person) -> dict[str, Any]:
    """One who moves, for programs."""
    return {"id": person.id, "key": person.key or None, "name": person.name or None}


def _print_moves(moves: Sequence[Move], currency: str) -> None:
    emit(
        [move_row(move, currency) | {"_move": move} for move in moves], Format.TABLE,
        [
            Column("before", _("Before"), lambda row: status_word(row["_move"].before), whole=True),
            Column("after", _("After"), lambda row: status_word(row["_move"].after), whole=True),
            Column("customers", _("Customers"), lambda row: format_number(row["customers"]), right=True),
            Column(
                "year_spend", _("Worth a year"),
                lambda row: format_money(row["_move"].year_spend, currency), right=True,
            ),
        ],
    )


def _print_people(people: Sequence[Person]) -> None:
    from activetui.cli.customers import called

    emit(
        [{"id": person.id, "_person": person} for person in people], Format.TABLE,
        [
            Column("id", _("No."), right=True),
            Column("name", _("Customer"), lambda row: called(row["_person"])),
            Column(
                "year_spend", _("Worth a year"),
                lambda row: format_money(row["_person"].year_spend, row["_person"].currency), right=True,
            ),
        ],
    )
