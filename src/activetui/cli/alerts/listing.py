"""`alerts`: the inbox, what happened since a day, or what nobody was told of yet."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer import Context

from activetui.cli.alerts.group import app
from activetui.cli.alerts.rows import FIELDS, alert_row, columns, with_changes
from activetui.cli.context import current, open_reading, open_writing
from activetui.cli.options import AsOfOption, Format, FormatOption, parse_day
from activetui.cli.output import emit, line, wording
from activetui.cli.stamp import Stamp, print_stamp, stamp
from activetui.ledger.days import Day
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.reactivation.alerts.inbox import Inbox

SOMETHING_TO_TELL = 4
"""The exit code of `--exit-code` where the list is not empty: no failure, and not nothing."""
_LAST = "last"


class _Asked(NamedTuple):
    """What the command line asks for."""

    since: Day | None
    untold: bool
    """Only what `--since last` has not told of."""
    everything: bool
    rule: str


@app.callback(invoke_without_command=True)
def alerts(
    ctx: Context,
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="DATE|last",
            help=_("All that began on this day or later, and changes of status; last: what is new since."),
        ),
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help=_("Those that are done, too."))] = False,
    rule: Annotated[str, typer.Option("--rule", metavar="KEY", help=_("Only the alerts of one rule."))] = "",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=_("End with 4 if there is anything to tell, for scripts."))
    ] = False,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the alerts of the day; with a command behind it, that command acts."""
    if ctx.invoked_subcommand is not None:
        return
    asked = _asked(since, everything, rule)
    with wording(form):
        found, rows, mark = _tell(asked, form) if asked.untold else _look(asked, form)
    if form is Format.TABLE:
        for part in _after(found, rows):
            line(part)
        print_stamp(mark, form)
    if exit_code and rows:
        raise typer.Exit(SOMETHING_TO_TELL)


def _asked(since: str, everything: bool, rule: str) -> _Asked:
    from activetui.ledger.errors import UsageError
    from activetui.locales.formats import format_day

    context = current()
    if since.strip().lower() == _LAST:
        if context.as_of != context.today or context.known_then:
            raise UsageError(
                _("--since last tells what is new today."),
                _("Leave --as-of and --known out, or give a date: --since 2026-11-01."),
            )
        return _Asked(None, True, False, rule)
    day = parse_day(since) if since else None
    if day is not None and day > context.as_of:
        raise UsageError(
            _("{day} is after {other}.").format(day=format_day(day), other=format_day(context.as_of)),
            _("Give a --since that is not later than the day to look from (--as-of)."),
        )
    return _Asked(day, False, everything or day is not None, rule)


def _look(asked: _Asked, form: Format) -> tuple[Inbox, list[dict[str, Any]], Stamp]:
    with open_reading() as conn:
        found = _inbox(conn, asked, form)
        rows = [alert_row(alert) for alert in found.alerts]
        if asked.since is not None and not asked.rule:
            rows = with_changes(conn, found.alerts, asked.since, current().as_of)
        mark = stamp(conn, lack=not rows)
    _print(rows, form)
    return found, rows, mark


def _tell(asked: _Asked, form: Format) -> tuple[Inbox, list[dict[str, Any]], Stamp]:
    """What is new is printed first, and remembered as told once it is out."""
    from activetui.reactivation.alerts.inbox import tell

    with open_writing() as conn:
        found = _inbox(conn, asked, form)
        rows = [alert_row(alert) for alert in found.alerts]
        mark = stamp(conn, lack=not rows)
        _print(rows, form)
        sys.stdout.flush()
        tell(conn, found.alerts, day=current().today)
    return found, rows, mark


def _inbox(conn: sqlite3.Connection, asked: _Asked, form: Format) -> Inbox:
    from activetui.reactivation.alerts.inbox import MOST_EACH, inbox
    from activetui.reactivation.alerts.known import State

    whole = form is not Format.TABLE or asked.rule or asked.untold or asked.since is not None
    return inbox(
        conn, current().as_of, states=tuple(State) if asked.everything else (State.NEW, State.SEEN),
        rule=asked.rule, since=asked.since, untold=asked.untold, most=None if whole else MOST_EACH,
    )


def _print(rows: list[dict[str, Any]], form: Format) -> None:
    emit(rows, form, columns(current().as_of), fields=FIELDS, empty=_("Nothing new."))


def _after(found: Inbox, rows: list[dict[str, Any]]) -> Iterable[str]:
    """What a person must know beside the list."""
    from activetui.locales.formats import format_number

    shown: dict[str, int] = {}
    for alert in found.alerts:
        shown[alert.rule.key] = shown.get(alert.rule.key, 0) + 1
    for group in found.groups:
        left = group.listed - shown.get(group.rule.key, 0)
        if left:
            words = ngettext(
                "… and {n} more of {title}: activetui alerts --rule {key}",
                "… and {n} more of {title}: activetui alerts --rule {key}", left,
            )
            yield words.format(n=format_number(left), title=group.rule.title, key=group.rule.key)
    if any(row["alert"] for row in rows):
        yield ""
        yield _("When you have dealt with one: activetui alerts done {name}").format(
            name=next(row["alert"] for row in rows if row["alert"])
        )
    for fault in found.faults:
        yield _("Passed over: {fault}").format(fault=fault)
