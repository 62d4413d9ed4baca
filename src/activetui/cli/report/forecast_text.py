"""The forecast for people: what is expected, how well it would have gone on the own past, whom to trust."""

from __future__ import annotations

import shutil
import sqlite3
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from activetui.cli.options import Format
from activetui.cli.output import Column, emit, line
from activetui.cli.report.forecast_rows import model_rows
from activetui.cli.stamp import Stamp
from activetui.insights.models.advice import PLACES, advice, signed, warnings
from activetui.insights.models.forecast import Forecast, Outlook
from activetui.insights.models.own_past import FREQUENCY, RECENCY, OwnPast, Ranking
from activetui.locales import _, ngettext
from activetui.locales.formats import (
    NOTHING,
    days_words,
    format_day,
    format_decimals,
    format_money,
    format_number,
    format_share,
)

_WIDEST = 120


def print_forecast(found: Forecast, made: Stamp, currency: str) -> None:
    """Everything but the customers."""
    line(made.words())
    _paragraph(_data(found))
    line("")
    _print_expected(found, currency)
    if found.actual:
        line("")
        _paragraph(_("What came in these weeks: {purchases} purchase days of {customers} customers.").format(
            purchases=format_number(found.actual.purchase_days),
            customers=format_number(found.actual.customers),
        ))
    if found.past:
        line("")
        _print_test(found.past)
    line("")
    _paragraph(advice(found))
    for warning in warnings(found):
        _paragraph(warning)
    fitted = [row for row in model_rows(found, currency) if row["usable"]]
    if fitted:
        line("")
        _print_parameters(fitted)


def print_customers(
    rows: Sequence[dict[str, Any]], chosen: Outlook | None, names: dict[int, str], currency: str
) -> None:
    """The customers, and those who were only asked about, with the figures of one model."""
    if not rows:
        return
    line("")
    if chosen and chosen.opinion.usable:
        line(_("By {name}, those of whom most is expected first:").format(name=chosen.opinion.model.name))
    minor = _Minor(currency)
    emit(rows, Format.TABLE, [
        Column("id", _("No."), right=True, whole=True),
        Column("name", _("Customer"), lambda row: names.get(row["id"], "")),
        Column("x", _("Repeats"), right=True, whole=True),
        Column("silent", _("Silent weeks"), lambda row: _places(row["t"] - row["t_x"], 1), right=True),
        Column("p_alive", _("Alive"), lambda row: format_share(row["p_alive"]), right=True, whole=True),
        Column("expected", _("Expected"), lambda row: _places(row["expected"], 2), right=True, whole=True),
        Column("expected_value", _("Money"), lambda row: minor.words(row["expected_value"]), right=True),
    ])


def names(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """What the customers are called."""
    from activetui.store.listing import people

    return {
        person.id: person.name or person.company or person.email or person.phone or person.key
        for person in people.by_ids(conn, ids)
    }


def _data(found: Forecast) -> str:
    data = found.data
    if not data.customers or data.t_min is None or data.t_max is None:
        return _("Nobody had bought by then.")
    return ngettext(
        "{n} customer, known for {shortest} to {longest} weeks; {repeaters} ({share}) bought on another day "
        "too: {repeats} repeat purchase days, {most} at most.",
        "{n} customers, known for {shortest} to {longest} weeks; {repeaters} ({share}) bought on another day "
        "too: {repeats} repeat purchase days, {most} at most.",
        data.customers,
    ).format(
        n=format_number(data.customers), shortest=format_decimals(data.t_min, 1),
        longest=format_decimals(data.t_max, 1), repeaters=format_number(data.repeaters),
        share=format_share(data.repeat_rate), repeats=format_number(data.repeat_purchases),
        most=format_number(data.x_max),
    )


def _print_expected(found: Forecast, currency: str) -> None:
    minor = _Minor(currency)
    rows = [row for row in model_rows(found, currency) if row["usable"] and row["expected_total"] is not None]
    if rows:
        _paragraph(ngettext(
            "To expect in the {n} week after {day}:", "To expect in the {n} weeks after {day}:",
            round(found.weeks),
        ).format(n=format_number(found.weeks), day=format_day(found.observed_to)))
        emit(rows, Format.TABLE, [
            Column("name", _("Model"), whole=True),
            Column("expected", _("Purchase days"), lambda row: _places(row["expected_total"], 1), right=True),
            Column("expected_value", _("Money"), lambda row: minor.words(row["expected_value"]), right=True),
        ])
    objections = {row["name"]: row["why"] for row in model_rows(found, currency) if row["why"]}
    for why, concerned in _by_reason(objections):
        _paragraph(_("Not used: {names}. {why}").format(names=concerned, why=why))


def _print_test(past: OwnPast) -> None:
    _paragraph(_(
        "Tested on your own past: on {day}, who would buy within {horizon}? {buyers} of {of} customers did."
    ).format(
        day=format_day(past.day), horizon=days_words(past.horizon), buyers=format_number(past.buyers),
        of=format_number(past.of),
    ))
    emit(
        [{"ranking": each} for each in past.rankings], Format.TABLE,
        [
            Column("figure", _("Ranked by"), lambda row: _figure(row["ranking"]), whole=True),
            Column("auc", _("AUC"), lambda row: _places(row["ranking"].auc, PLACES), right=True, whole=True),
            Column(
                "repeaters", _("Repeaters"), lambda row: _places(row["ranking"].auc_repeaters, PLACES),
                right=True, whole=True,
            ),
            Column("gain", _("Over recency"), lambda row: _gain(row["ranking"]), whole=True),
        ],
    )
    _paragraph(_(
        "AUC: the chance that a customer who bought stands higher than one who did not; 0.5 is a coin. "
        "Over recency: the difference with its 95 % interval."
    ))
    if past.foretold:
        each = (f"{found.name} {format_number(round(found.expected))}" for found in past.foretold)
        _paragraph(_("Purchase days foretold: {foretold}; there were {actual}.").format(
            foretold=", ".join(each), actual=format_number(past.purchase_days)
        ))
    for why, concerned in _by_reason(past.objections):
        _paragraph(_("Not tested: {names}. {why}").format(names=concerned, why=why))


def _by_reason(objections: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each reason once, with the names of those whom it keeps out."""
    for why in dict.fromkeys(objections.values()):
        yield why, ", ".join(name for name, own in objections.items() if own == why)


def _print_parameters(rows: Sequence[dict[str, Any]]) -> None:
    emit(rows, Format.TABLE, [
        Column("name", _("Model"), whole=True),
        Column("parameters", _("Parameters (weeks)"), lambda row: ", ".join(
            f"{letter} {_places(value, PLACES)}" for letter, value in row["parameters"].items()
        )),
        Column("fit", _("Log-likelihood"), lambda row: _places(row["log_likelihood"], 2), right=True),
    ])


def _figure(ranking: Ranking) -> str:
    if ranking.name == RECENCY:
        return _("days since the last purchase")
    if ranking.name == FREQUENCY:
        return _("number of purchase days")
    if ranking.figure == "expected":
        return _("{name}, expected purchases").format(name=ranking.name)
    return _("{name}, chance to be alive").format(name=ranking.name)


def _gain(ranking: Ranking) -> str:
    if ranking.gain is None:
        return ""
    return _("{gain} ({low} to {high})").format(
        gain=signed(ranking.gain.value), low=signed(ranking.gain.low), high=signed(ranking.gain.high)
    )


class _Minor:
    """Money of the machine rows in words."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def words(self, amount: str | None) -> str:
        from decimal import Decimal

        from activetui.ledger.money import to_minor

        minor = None if amount is None else to_minor(Decimal(amount), self._currency)
        return format_money(minor, self._currency, whole=True)


def _places(value: float | None, places: int) -> str:
    return NOTHING if value is None else format_decimals(value, places)


def _paragraph(text: str) -> None:
    for part in textwrap.wrap(text, min(shutil.get_terminal_size().columns, _WIDEST)):
        line(part)
