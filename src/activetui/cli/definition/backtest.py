"""`definition backtest`: how often a definition, or a window, would have been right."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.command import OneClockCommand
from activetui.cli.context import choose_as_of, current, open_reading
from activetui.cli.definition.group import app
from activetui.cli.options import Format, FormatOption, parse_day
from activetui.cli.output import emit, emit_one
from activetui.cli.progress import showing
from activetui.cli.windows import LONGEST, days_of
from activetui.ledger.days import Day
from activetui.ledger.errors import UsageError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.activity.definition import Definition
    from activetui.activity.past.backtest import Costs
    from activetui.activity.past.purchase_history import PurchaseHistory

NameArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME_OR_FILE", help=_("A preset, a TOML file, or a version; else the definition in force.")
    ),
]
TestDayOption = Annotated[
    int | None,
    typer.Option(
        "--as-of", metavar="DATE", parser=parse_day, callback=choose_as_of,
        help=_("The day to test; else the latest whose horizon has passed."),
    ),
]
HorizonOption = Annotated[
    int, typer.Option("--horizon", metavar="N", min=1, max=LONGEST, help=_("Days in which to buy again."))
]
WindowsOption = Annotated[
    str, typer.Option("--windows", metavar="N,N", help=_("Windows to compare, such as 30,60,90."))
]
AlarmOption = Annotated[
    str, typer.Option("--cost-alarm", metavar="A", help=_("What a false alarm costs, such as 2.50."))
]
MissOption = Annotated[
    str, typer.Option("--cost-miss", metavar="A", help=_("What a missed customer costs, such as 40."))
]
RoundsOption = Annotated[
    int,
    typer.Option(
        "--rounds", metavar="K", min=1, max=100, help=_("How many days to test, a horizon apart.")
    ),
]
NamesOption = Annotated[
    bool, typer.Option("--names", help=_("Name the definition's false alarms and misses."))
]


@app.command(
    "backtest", help=_("Say how often a definition, or a window, would have been right."),
    cls=OneClockCommand,
)
def backtest(
    definition: NameArgument = None,
    as_of: TestDayOption = None,
    horizon: HorizonOption = 90,
    windows: WindowsOption = "",
    cost_alarm: AlarmOption = "",
    cost_miss: MissOption = "",
    rounds: RoundsOption = 1,
    names: NamesOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print whom the definition and each window called active, and who then bought."""
    from activetui.cli.definition import backtest_json as machine
    from activetui.cli.definition.backtest_text import print_test
    from activetui.insights.tested_on_past import past_test
    from activetui.store import settings

    if current().known_then:
        raise UsageError(_("A test needs to know what came after the day."), _("Leave --known then out."))
    compared = days_of(windows) if windows else None
    with open_reading(facts=False) as conn:
        currency = settings.currency(conn)
        costs = _costs(cost_alarm, cost_miss, currency)
        judged = _definition(conn, definition)
        history = _history(conn)
        with showing(_("Looking at the past:")) as progress:
            found = past_test(
                conn, judged, history, _day_asked(as_of), horizon, compared, number=rounds, costs=costs,
                progress=progress,
            )
        errors = machine.errors_of(conn, found, history) if names else None
    if form is Format.TABLE:
        print_test(found, currency, rounds, errors)
    elif form is Format.JSON:
        emit_one(machine.contract_row(found, currency, errors), form, list)
    elif errors is not None:
        emit(machine.person_rows(errors), form, fields=machine.PERSON_FIELDS)
    else:
        emit(machine.rule_rows(found, currency), form, fields=machine.RULE_FIELDS)


def _day_asked(as_of: Day | None) -> Day | None:
    """The day of `--as-of`, before or after the command; None where today was left to stand."""
    context = current()
    return context.as_of if as_of is not None or context.as_of != context.today else None


def _costs(alarm: str, miss: str, currency: str) -> Costs | None:
    """What the errors cost; `UsageError` unless both or neither are given, and neither is negative."""
    from activetui.activity.past.backtest import Costs
    from activetui.store.changes.by_hand import amount_of

    false_alarm, missed = amount_of(alarm, currency), amount_of(miss, currency)
    if false_alarm is None and missed is None:
        return None
    if false_alarm is None or missed is None:
        raise UsageError(
            _("One of the two costs is missing."), _("Give both --cost-alarm and --cost-miss, or neither.")
        )
    if min(false_alarm, missed) < 0:
        raise UsageError(_("A cost cannot be negative."), _("Give 0 for an error that costs nothing."))
    return Costs(false_alarm, missed)


def _definition(conn: sqlite3.Connection, name: str | None) -> Definition:
    from activetui.cli.definition.source import named
    from activetui.store import definitions

    return definitions.in_force(conn) if name is None else named(conn, name)


def _history(conn: sqlite3.Connection) -> PurchaseHistory:
    """The purchases up to today: one written down for a later day has not happened."""
    from activetui.store.purchase_history import purchase_history

    with showing(_("Reading the purchases:")) as progress:
        return purchase_history(conn, up_to=current().today, progress=progress)
