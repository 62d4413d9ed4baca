"""`alerts seen`, `done` and `reopen`: what became of an alert."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.alerts.group import app
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.output import line
from activetui.cli.who import the_customer
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.reactivation.alerts.inbox import Alert
    from activetui.reactivation.alerts.known import State
    from activetui.store.progress import Progress

NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="ALERT...", help=_("One as in complaint:184, or all of a rule by its key.")),
]
AllOption = Annotated[bool, typer.Option("--all", help=_("Every alert of the inbox."))]


@app.command("seen", help=_("Note that you have seen alerts; they stay in the list."))
def seen(names: NamesArgument = None, everything: AllOption = False) -> None:
    """Mark alerts as seen."""
    from activetui.reactivation.alerts.known import State

    _mark(names or [], everything, State.SEEN)


@app.command("done", help=_("Note that alerts are dealt with; they leave the list."))
def done(names: NamesArgument = None, everything: AllOption = False) -> None:
    """Mark alerts as done."""
    from activetui.reactivation.alerts.known import State

    _mark(names or [], everything, State.DONE)


@app.command("reopen", help=_("Take alerts up again that were seen or done."))
def reopen(names: NamesArgument = None, everything: AllOption = False) -> None:
    """Make alerts new again."""
    from activetui.reactivation.alerts.known import State

    _mark(names or [], everything, State.NEW)


def _mark(names: list[str], everything: bool, state: State) -> None:
    from activetui.cli.progress import showing
    from activetui.ledger.errors import UsageError
    from activetui.locales.formats import format_number
    from activetui.reactivation.alerts.inbox import mark
    from activetui.store.progress import part

    if bool(names) == everything:
        raise UsageError(
            _("Which alerts do you mean?"), _("Name them, as in complaint:184, or give --all instead.")
        )
    context = current()
    with open_writing(of_today=True) as conn, showing(_("Marking the alerts:")) as progress:
        found = _named(conn, names, state, part(progress, 0, 2))
        changed = mark(
            conn, found, state, day=context.today, made_at=made_at(), progress=part(progress, 1, 2)
        )
    if not changed:
        line(_("They are that already; nothing was changed."))
        return
    words = ngettext("Marked: {n} alert", "Marked: {n} alerts", changed)
    line(words.format(n=format_number(changed)))


def _named(
    conn: sqlite3.Connection, names: list[str], state: State, progress: Progress | None
) -> list[Alert]:
    """The alerts meant; all of them where none is named."""
    from activetui.reactivation.alerts.inbox import alerts_named, inbox
    from activetui.reactivation.alerts.known import State as States

    day = current().today
    if names:
        return alerts_named(conn, day, [_number(conn, name) for name in names], progress)
    wanted = (States.SEEN, States.DONE) if state is States.NEW else (States.NEW, States.SEEN)
    return list(inbox(conn, day, states=wanted, most=None, progress=progress).alerts)


def _number(conn: sqlite3.Connection, name: str) -> str:
    """The name with the customer's number, however the customer is given in it."""
    rule, colon, customer = name.partition(":")
    return f"{rule}:{the_customer(conn, customer)}" if colon and customer else name
