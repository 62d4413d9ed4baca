"""`checklist reason` and `checklist reasons`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.checklist.group import app
from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.options import AsOfOption, Format, FormatOption, parse_day
from activetui.cli.output import Column, emit, line
from activetui.cli.stamp import print_stamp, stamp
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.money import plain
from activetui.locales import _
from activetui.locales.formats import format_money, format_number, format_share

if TYPE_CHECKING:
    from activetui.reactivation.checklist.reasons import ReasonCount

SinceOption = Annotated[
    int | None,
    typer.Option(
        "--since", metavar="DATE", parser=parse_day, help=_("Playbooks begun on this day or later.")
    ),
]


@app.command("reason", help=_("Write down why a customer stayed away."))
def reason(
    customer: CustomerArgument,
    word: Annotated[
        str, typer.Argument(metavar="REASON", help=_("price, competitor, moved …; none takes it back."))
    ],
) -> None:
    """Keep the reason with the playbook that was begun last for the customer."""
    from activetui.reactivation.checklist import actions
    from activetui.reactivation.checklist.outcome import known_reason, reason_words

    known = "" if word.strip().casefold() == "none" else known_reason(word)
    context = current()
    with open_writing(of_today=True) as conn:
        number = the_customer(conn, customer)
        actions.give_reason(conn, number, known, today=context.today, made_at=made_at())
    if known:
        line(_("Written down: {reason}").format(reason=reason_words(known)))
    else:
        line(_("No reason is written down any more."))


@app.command("reasons", help=_("Why customers stayed away, counted."))
def reasons(since: SinceOption = None, as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print how many customers stayed away for each reason, and what they are worth."""
    from activetui.reactivation.checklist.reasons import reasons as counted
    from activetui.store import settings

    context = current()
    with open_reading() as conn:
        found = counted(conn, context.as_of, since=since)
        currency, mark = settings.currency(conn), stamp(conn)
    everyone = sum(each.customers for each in found)
    emit(
        (_row(each, currency, everyone) for each in found), form, _columns(found, currency, everyone),
        fields=("reason", "customers", "of", "away", "year_spend", "currency"),
        empty=_("No playbook has been begun for anybody."),
    )
    print_stamp(mark, form)


def _row(each: ReasonCount, currency: str, everyone: int) -> dict[str, Any]:
    return {
        "reason": each.reason or None, "customers": each.customers, "of": everyone, "away": each.away,
        "year_spend": plain(each.year_spend, currency), "currency": currency,
    }


def _columns(found: list[ReasonCount], currency: str, everyone: int) -> list[Column]:
    from activetui.reactivation.checklist.outcome import reason_words

    of = {each.reason or None: each for each in found}
    return [
        Column("reason", _("Reason"), show=lambda row: (
            reason_words(row["reason"]) if row["reason"] else _("not asked yet")
        )),
        Column("customers", _("Customers"), right=True),
        Column("of", _("Share"), right=True, show=lambda row: _("{share} of {n}").format(
            share=format_share(row["customers"] / everyone), n=format_number(everyone)
        )),
        Column("away", _("Still away"), right=True),
        Column("year_spend", _("Spent in their last year"), right=True, show=lambda row: format_money(
            of[row["reason"]].year_spend, currency
        )),
    ]
