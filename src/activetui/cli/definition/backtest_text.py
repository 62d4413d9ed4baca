"""A test on the past as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activetui.cli.definition.backtest_json import Errors, Wrong
from activetui.cli.definition.source import title
from activetui.cli.options import Format
from activetui.cli.output import Column, Row, emit, line
from activetui.cli.paragraphs import paragraph
from activetui.cli.stamp import known_words
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_day, format_money, format_number, format_share

if TYPE_CHECKING:
    from activetui.activity.past.backtest import Row as Judged
    from activetui.activity.past.backtest_rounds import Measures, Spread
    from activetui.insights.tested_on_past import PastTest

_SUGGESTED = "✓"


def print_test(found: PastTest, currency: str, asked: int, errors: Errors | None) -> None:
    """Print the outcome, the rules, what follows, and the names where they were asked for."""
    line(f"{title(found.definition)} · {known_words(found.outcome.as_of, known_then=False)}")
    for part in paragraph(_head(found)):
        line(part)
    line("")
    _print_rules(found, currency)
    line("")
    for sentence in _conclusions(found, currency):
        for part in paragraph(sentence):
            line(part)
    if asked > 1:
        _print_rounds(found, asked)
    if errors is not None:
        _print_people(_("False alarms: called inactive, bought all the same"), errors.false_alarms)
        _print_people(_("Misses: called active, did not buy"), errors.misses)


def _head(found: PastTest) -> str:
    outcome = found.outcome
    return _(
        "On {day}: {buyers} of the {of} customers who had bought by then bought again within {horizon}."
    ).format(
        day=format_day(outcome.as_of), buyers=format_number(outcome.buyers), of=format_number(outcome.of),
        horizon=days_words(outcome.horizon),
    )


def _print_rules(found: PastTest, currency: str) -> None:
    rows = [_cells(found.definition.name, found.row)]
    rows += [_cells(_rule(found, row), row) for row in found.windows]
    if found.rounds.cheapest is not None and len(found.rounds.tests) == 1:
        cheapest = found.rounds.cheapest
        if cheapest.window_days not in {row.window_days for row in found.windows}:
            rows.append(_cells(_rule(found, cheapest), cheapest))
    columns = [
        Column("rule", _("Rule")),
        _number("active", _("Active")),
        _number("misses", _("Misses")),
        _number("alarms", _("False alarms")),
        _share("precision", _("Precision")),
        _share("recall", _("Recall")),
        _share("accuracy", _("Right")),
    ]
    if found.costs is not None:
        columns.append(
            Column("cost", _("Cost"), lambda row: format_money(row["cost"], currency), right=True)
        )
    emit(rows, Format.TABLE, columns)


def _conclusions(found: PastTest, currency: str) -> list[str]:
    """What the table means, a sentence each."""
    said = []
    outcome, cheapest, costs = found.outcome, found.rounds.cheapest, found.costs
    if found.suggested in {row.window_days for row in found.windows}:
        said.append(_("{mark} is the window that your past suggested on that day.").format(mark=_SUGGESTED))
    ranked = outcome.auc()
    if ranked is not None:
        said.append(
            _("Days of silence alone rank them with an AUC of {auc} (0.5 is chance).").format(
                auc=format_number(round(ranked, 3))
            )
        )
    if costs is not None and cheapest is not None:
        said.append(
            ngettext(
                "At {alarm} for a false alarm and {miss} for a miss, a window of {days} would have cost "
                "least: {cost}.",
                "At {alarm} for a false alarm and {miss} for a miss, a window of {days} would have cost "
                "least: {cost} over the {n} days tested.",
                len(found.rounds.tests),
            ).format(
                alarm=format_money(costs.alarm, currency), miss=format_money(costs.miss, currency),
                days=days_words(cheapest.window_days), cost=format_money(cheapest.cost, currency),
                n=len(found.rounds.tests),
            )
        )
    return said


def _print_rounds(found: PastTest, asked: int) -> None:
    """How much the figures differ from day to day."""
    tests = found.rounds.tests
    line("")
    for part in paragraph(
        ngettext("Tested on {n} day: {days}.", "Tested on {n} days: {days}.", len(tests)).format(
            n=len(tests), days=" · ".join(format_day(test.as_of) for test in tests)
        )
    ):
        line(part)
    if len(tests) < asked:
        line(_("Before that the ledger holds too little."))
    rules = [found.definition.name, *(_rule(found, row) for row in found.windows)]
    spreads = [found.measures, *found.rounds.measures]
    line("")
    emit(
        [_spread_cells(rule, measures) for rule, measures in zip(rules, spreads, strict=True)],
        Format.TABLE,
        [
            Column("rule", _("Rule")),
            Column("precision", _("Precision"), right=True),
            Column("recall", _("Recall"), right=True),
            Column("accuracy", _("Right"), right=True),
        ],
    )


def _print_people(title: str, people: list[Wrong]) -> None:
    line("")
    line(f"{title}: {format_number(len(people))}")
    if not people:
        return
    emit(
        [wrong._asdict() for wrong in people],
        Format.TABLE,
        [
            Column("name", _("Customer"), lambda row: row["name"] or row["key"] or f"#{row['id']}"),
            Column("silent_days", _("Silent"), lambda row: days_words(row["silent_days"]), right=True),
            Column("last_purchase", _("Last purchase"), lambda row: format_day(row["last_purchase"])),
            Column("bought_on", _("Bought on"), lambda row: format_day(row["bought_on"])),
        ],
    )


def _rule(found: PastTest, row: Judged) -> str:
    words = days_words(row.window_days)
    return f"{words} {_SUGGESTED}" if row.window_days == found.suggested else words


def _cells(rule: str, row: Judged) -> Row:
    return {
        "rule": rule, "active": row.active, "misses": row.fp, "alarms": row.fn, "precision": row.precision,
        "recall": row.recall, "accuracy": row.accuracy, "cost": row.cost,
    }


def _spread_cells(rule: str, measures: Measures) -> Row:
    return {
        "rule": rule, "precision": _spread(measures.precision), "recall": _spread(measures.recall),
        "accuracy": _spread(measures.accuracy),
    }


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return ""
    low, high = format_share(spread.low), format_share(spread.high)
    return f"{format_share(spread.mean)} ({low} – {high})"


def _number(field: str, title: str) -> Column:
    return Column(field, title, lambda row: format_number(row[field]), right=True)


def _share(field: str, title: str) -> Column:
    return Column(field, title, lambda row: format_share(row[field]), right=True)
