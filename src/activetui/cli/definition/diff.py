"""`definition diff`: who moves, and how much money, if another definition counted."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.context import open_reading
from activetui.cli.definition.difference_text import look
from activetui.cli.definition.group import app
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit, emit_one
from activetui.cli.stamp import Stamp, stamp
from activetui.ledger.days import iso
from activetui.ledger.money import plain
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.definition import Definition
    from activetui.activity.difference import Difference
    from activetui.store.listing.people import Person


@app.command("diff", help=_("Say who moves, and how much money, if another definition counted."))
def diff(
    first: Annotated[
        str,
        typer.Argument(metavar="A", help=_("A preset, a TOML file, or a version, such as 2 or v2.")),
    ],
    second: Annotated[
        str | None,
        typer.Argument(metavar="[B]", help=_("Another one; without it A is held against the one in force.")),
    ] = None,
    customers: Annotated[bool, typer.Option("--customers", help=_("Name the customers who move."))] = False,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print what changes from A to B, or from the definition in force to A. Nothing is saved."""
    from activetui.store import settings

    with open_reading(facts=customers) as conn:
        both = _both(conn, first, second)
        found = look(conn, *both)
        people = movers(conn, found) if customers else None
        currency, when = settings.currency(conn), stamp(conn)
    _print(form, both, found, when, currency, people)


def movers(conn: sqlite3.Connection, found: Difference) -> list[list[Person]]:
    """For each move its customers, those who spend most first."""
    from activetui.store.listing import people

    return [people.by_ids(conn, who.tolist()) for who in found.who]


def _both(conn: sqlite3.Connection, first: str, second: str | None) -> tuple[Definition, Definition]:
    from activetui.cli.definition.source import named
    from activetui.store import definitions

    if second is None:
        return definitions.in_force(conn), named(conn, first)
    return named(conn, first), named(conn, second)


def _print(
    form: Format,
    both: tuple[Definition, Definition],
    found: Difference,
    when: Stamp,
    currency: str,
    people: list[list[Person]] | None,
) -> None:
    from activetui.cli.definition import difference_text as text

    if form is Format.TABLE:
        text.print_difference(both, found, when, currency, people)
        return
    moves = [text.move_row(move, currency) for move in found.moves]
    if form is Format.JSON:
        for move, who in zip(moves, people or (), strict=False):
            move["who"] = [text.customer_row(person) for person in who]
        emit_one(_row(both, found, when, moves), form, list)
    elif people is None:
        emit(moves, form, fields=text.MOVE_FIELDS)
    else:
        named = (
            {**move, **text.customer_row(person), "year_spend": plain(person.year_spend, currency)}
            for move, who in zip(moves, people, strict=True) for person in who
        )
        emit(named, form, fields=text.CUSTOMER_FIELDS)


def _row(
    both: tuple[Definition, Definition], found: Difference, when: Stamp, moves: list[dict[str, Any]]
) -> dict[str, Any]:
    """The difference under the names of the JSON contract."""
    before, after = (
        {"name": definition.name, "version": definition.version or None} for definition in both
    )
    counts = [
        {status.word: number for status, number in each.items()}
        for each in (found.before_counts, found.after_counts)
    ]
    return {
        "as_of": iso(when.as_of),
        "known": when.known,
        "before": before,
        "after": after,
        "counts": {"before": counts[0], "after": counts[1]},
        "active_base": {"before": found.before_base, "after": found.after_base},
        "moves": moves,
    }
