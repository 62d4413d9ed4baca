"""`segments list`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit
from activetui.cli.segments.group import app
from activetui.cli.stamp import print_stamp, stamp
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.segments.library import Worth


@app.command("list", help=_("Every segment with its customers and what they spent."))
def list_all(as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print all segments with their figures as of the day."""
    from activetui.segments.library import worth
    from activetui.store import settings
    from activetui.store.listing import people

    with open_reading() as conn:
        of = people.count(conn)
        currency = settings.currency(conn)
        worths = worth(
            conn, current().as_of, other_days=not current().known_then, subscriptions=True
        )
        rows = [_row(found, of, currency) for found in worths]
        mark = stamp(conn, lack=form is Format.TABLE)
    emit(rows, form, _columns(paid=any(found.by_subscription for found in worths)))
    print_stamp(mark, form)


def _row(found: Worth, of: int, currency: str) -> dict[str, Any]:
    """A segment under the names of the JSON output; `of` is the number of all customers."""
    from activetui.ledger.money import plain

    segment, total = found.segment, found.total
    return {
        "name": segment.name,
        "title": segment.title,
        "query": segment.query,
        "built_in": segment.built_in,
        "meaning": segment.meaning,
        "why": segment.why or None,
        "customers": total.customers if total else None,
        "of": of,
        "share": round(total.customers / of, 4) if total and of else None,
        "revenue": plain(total.spend, currency) if total else None,
        "year_revenue": plain(total.year_spend, currency) if total else None,
        "by_subscription": plain(found.by_subscription, currency) if total else None,
        "currency": currency,
        "problem": found.problem or None,
    }


def _columns(*, paid: bool) -> list[Column]:
    """The columns; with `paid` also what is paid for subscriptions in a year, where anything is."""
    from decimal import Decimal

    from activetui.ledger.money import to_minor
    from activetui.locales.formats import format_money, format_number, format_share

    def money(field: str, row: Any) -> str:
        if row[field] is None:
            return str(row["problem"] or "") if field == "revenue" else ""
        return format_money(to_minor(Decimal(row[field]), row["currency"]), row["currency"])

    def share(row: Any) -> str:
        if row["share"] is None:
            return ""
        return _("{share} of {n}").format(share=format_share(row["share"]), n=format_number(row["of"]))

    subscribed = Column(
        "by_subscription", _("By subscription, a year"), partial(money, "by_subscription"), right=True,
        whole=True,
    )
    return [
        Column("name", _("Segment"), whole=True),
        Column("title", _("What it is"), lambda row: row["title"] if row["built_in"] else row["meaning"]),
        Column(
            "customers", _("Customers"), lambda row: format_number(row["customers"]), right=True, whole=True
        ),
        Column("share", _("Share"), share, right=True, whole=True),
        Column("revenue", _("Revenue"), partial(money, "revenue"), right=True, whole=True),
        *([subscribed] if paid else []),
    ]
