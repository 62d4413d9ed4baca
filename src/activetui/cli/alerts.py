"""`alerts`: whose status changed lately."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption, parse_day
from activetui.cli.output import Column, emit
from activetui.cli.stamp import print_stamp, stamp
from activetui.locales import _

_USUAL_DAYS = 7


def alerts(
    since: Annotated[
        int | None,
        typer.Option("--since", metavar="DATE", parser=parse_day, help=_("From this day on; else a week.")),
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the changes of status from `since` to the as-of day, the latest first."""
    from activetui.activity.status import STATUS_OF_WORD
    from activetui.activity.words import status_word
    from activetui.ledger.days import from_iso, iso
    from activetui.ledger.errors import UsageError
    from activetui.ledger.money import plain
    from activetui.locales.formats import format_day, format_money
    from activetui.store.facts import spans
    from activetui.store.listing import people

    day = current().as_of
    first = day - _USUAL_DAYS + 1 if since is None else since
    if first > day:
        raise UsageError(
            _("{day} is after {other}.").format(day=format_day(first), other=format_day(day)),
            _("Give a --since that is not later than the day to look from (--as-of)."),
        )
    with open_reading() as conn:
        flips = spans.flips_between(conn, first, day)[::-1]
        concerned = list({flip.customer_id: None for flip in flips})
        known = {person.id: person for person in people.by_ids(conn, concerned)}
        mark = stamp(conn)
    minor = {number: person.year_spend for number, person in known.items()}
    rows = [
        {
            "date": iso(flip.day),
            "customer": flip.customer_id,
            "name": known[flip.customer_id].name or None,
            "from_status": flip.from_status.word,
            "to_status": flip.to_status.word,
            "spend_year": plain(minor[flip.customer_id], known[flip.customer_id].currency),
            "currency": known[flip.customer_id].currency,
        }
        for flip in flips
        if flip.customer_id in known
    ]
    emit(
        rows, form,
        [
            Column("date", _("Day"), lambda row: format_day(from_iso(row["date"])), whole=True),
            Column("customer", _("No."), right=True, whole=True),
            Column("name", _("Customer")),
            Column("from_status", _("From"), lambda row: status_word(STATUS_OF_WORD[row["from_status"]])),
            Column("to_status", _("To"), lambda row: status_word(STATUS_OF_WORD[row["to_status"]])),
            Column(
                "spend_year", _("Spend in a year"),
                lambda row: format_money(minor[row["customer"]], row["currency"]), right=True,
            ),
        ],
        fields=("date", "customer", "name", "from_status", "to_status", "spend_year", "currency"),
        empty=_("No status changed."),
    )
    print_stamp(mark, form)
