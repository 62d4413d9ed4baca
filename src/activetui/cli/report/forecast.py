"""`report forecast`: the purchase models as a second opinion, tested on the own past."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit, emit_one, wording
from activetui.cli.progress import showing
from activetui.cli.report.group import app
from activetui.cli.stamp import Stamp, stamp
from activetui.ledger.errors import UsageError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.insights.models.forecast import Forecast

_LONGEST = 520
"""Weeks: ten years."""
_MOST = 10_000
"""Repeat purchase days, and weeks, of anybody who is asked about."""


class Which(StrEnum):
    """The models that look at single customers, as they are chosen."""

    BG = "bg"
    MBG = "mbg"
    PARETO = "pareto"

    @property
    def model(self) -> str:
        """The model's name."""
        return {Which.BG: "BG/NBD", Which.MBG: "MBG/NBD", Which.PARETO: "Pareto/NBD"}[self]


@app.command("forecast", help=_("What customers will buy by purchase models, and whether to trust them."))
def forecast(
    weeks: Annotated[
        int, typer.Option("--weeks", metavar="N", min=1, max=_LONGEST, help=_("Weeks to look ahead."))
    ] = 13,
    horizon: Annotated[
        int,
        typer.Option(
            "--horizon", metavar="N", min=1, max=_LONGEST * 7, help=_("Days in which to buy, in the test.")
        ),
    ] = 90,
    customers: Annotated[bool, typer.Option("--customers", help=_("List every customer."))] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=_("List at most this many customers."))
    ] = None,
    which: Annotated[
        Which | None,
        typer.Option(
            "--model", metavar="MODEL", show_default=False,
            help=_("Whose figures the customers get: bg, mbg or pareto; else the one that did best."),
        ),
    ] = None,
    like: Annotated[
        list[str] | None,
        typer.Option("--like", metavar="X,T_X,T", help=_(
            "Someone with X repeat purchase days, the last T_X weeks after the first, known for T weeks."
        )),
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the fitted models, their forecast, and their test on the own past."""
    from activetui.cli.report import forecast_rows as rows
    from activetui.cli.report import forecast_text as text

    alike = [parse_like(each) for each in like or ()]
    listing = customers or bool(alike)
    with open_reading(facts=listing and form is Format.TABLE) as conn:
        with wording(form):     # a refusal is worded where the fit is made
            made, found, currency = _forecast(conn, weeks, horizon)
        chosen = found.best if which is None else found.outlook(which.model)
        people = rows.customer_rows(found, chosen, currency, limit) if customers else []
        if form is Format.TABLE:
            names = text.names(conn, [row["id"] for row in people])
    asked = rows.like_rows(found, chosen, alike)
    with wording(form):
        whole = rows.forecast_row(found, made, currency)
        model_rows = rows.model_rows(found, currency)
    if form is Format.TABLE:
        text.print_forecast(found, made, currency)
        text.print_customers([*asked, *people], chosen, names, currency)
    elif form is Format.JSON:
        if listing:
            whole["customers_model"] = chosen and chosen.opinion.model.name
        if alike:
            whole["like"] = asked
        if customers:
            whole["customers"] = people
        emit_one(whole, form, list)
    elif listing:
        emit([*asked, *people], form, fields=rows.CUSTOMER_FIELDS)
    else:
        emit(model_rows, form, fields=rows.MODEL_FIELDS)


def _forecast(conn: sqlite3.Connection, weeks: int, horizon: int) -> tuple[Stamp, Forecast, str]:
    from activetui.insights.models.forecast import forecast as foretold
    from activetui.store import settings
    from activetui.store.purchase_history import purchase_history

    context = current()
    # a purchase dated after today is a slip of the pen, and would stretch what counts as observed
    with showing(_("Reading the purchases:")) as progress:
        history = purchase_history(conn, up_to=context.today, progress=progress)
    with showing(_("Fitting the models:")) as progress:
        found = foretold(history, context.as_of, weeks, horizon, progress)
    return stamp(conn), found, settings.currency(conn)


def parse_like(text: str) -> tuple[int, float, float]:
    """X, T_X and T of a customer, such as `2,30.43,38.86`; `UsageError` for what nobody can be."""
    try:
        x, t_x, t = (float(part) for part in text.split(","))
    except ValueError:
        x, t_x, t = -1, 0, 0
    if not (0 <= x <= _MOST and x == int(x) and 0 <= t_x <= t <= _MOST) or (x == 0) != (t_x == 0):
        raise UsageError(
            _("{text!r} is no customer's past.").format(text=text),
            _(
                "Write it like 2,30.43,38.86: repeat purchase days, weeks from the first purchase to the "
                "last, weeks since the first."
            ),
        )
    return int(x), t_x, t
