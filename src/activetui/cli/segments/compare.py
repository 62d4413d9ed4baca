"""`segments compare`: two segments beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, emit_one, line
from activetui.cli.query_command import QueryCommand
from activetui.cli.segments.figures import total_fields
from activetui.cli.segments.given import Called, FirstArgument, SecondArgument, called
from activetui.cli.segments.group import app
from activetui.cli.stamp import print_stamp, stamp
from activetui.ledger.days import iso
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.insights.segment_comparison import Comparison, Profile


@app.command("compare", help=_("Two segments side by side."), cls=QueryCommand)
def compare(
    a: FirstArgument, b: SecondArgument, as_of: AsOfOption = None, form: FormatOption = Format.TABLE
) -> None:
    """Print what two segments come to, and how many customers are in both."""
    from activetui.insights.segment_comparison import compare as side_by_side
    from activetui.segments.asking import ask_beside
    from activetui.store import settings

    day = current().as_of
    with open_reading() as conn:
        named = [called(conn, text) for text in (a, b)]
        first, second = (ask_beside(conn, each.query, day, each.title) for each in named)
        found = side_by_side(conn, first, second, day)
        currency, mark = settings.currency(conn), stamp(conn)
    if form is Format.TABLE:
        emit(list(_compared(found, currency)), form, [
            Column("what", _("Figure"), whole=True),
            Column("a", named[0].title, right=True),
            Column("b", named[1].title, right=True),
        ])
        line("")
        line(_overlap_words(found))
        print_stamp(mark, form)
        return
    row = {
        "as_of": iso(mark.as_of), **mark.fields(), "currency": currency,
        "a": _profile(named[0], found.a, currency), "b": _profile(named[1], found.b, currency),
        "only_a": total_fields(found.only_a, currency), "both": total_fields(found.both, currency),
        "only_b": total_fields(found.only_b, currency),
    }
    emit_one(row, form, lambda: ())


def _profile(segment: Called, found: Profile, currency: str) -> dict[str, Any]:
    from activetui.ledger.money import plain

    each = found.year_each
    return {
        "name": segment.name, "query": segment.query, **total_fields(found.total, currency),
        "of": found.of, "share": None if found.share is None else round(found.share, 4),
        "purchases": found.purchases,
        "median_year_revenue": None if each.value is None else plain(round(each.value), currency),
        "median_rhythm_days": found.rhythm.value, "with_rhythm": found.rhythm.n,
        "median_days_since_purchase": found.silent.value, "buyers": found.silent.n,
        "statuses": {status.word: number for status, number in found.statuses.items()},
    }


def _compared(found: Comparison, currency: str) -> Iterator[dict[str, str]]:
    """The rows of the table for people: each figure of both."""
    from activetui.insights.segment_comparison import compared_figures

    for what, a, b in compared_figures(found, currency):
        yield {"what": what, "a": a, "b": b}


def _overlap_words(found: Comparison) -> str:
    from activetui.locales.formats import format_number

    return _("{only_a} only in the first · {both} in both · {only_b} only in the second").format(
        only_a=format_number(found.only_a.customers), both=format_number(found.both.customers),
        only_b=format_number(found.only_b.customers),
    )
