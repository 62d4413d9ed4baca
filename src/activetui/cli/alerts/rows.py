"""Alerts and changes of status under the names of the JSON contract, and as a table."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from activetui.cli.output import Column
from activetui.ledger.days import Day
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.reactivation.alerts.inbox import Alert
    from activetui.store.facts.spans import Flip
    from activetui.store.listing.people import Person

FIELDS = (
    "date", "alert", "rule", "tone", "title", "text", "state", "customer", "name", "stage", "from_status",
    "to_status", "playbook", "spend_year", "currency", "event", "query",
)


_ROOMY = 130
"""Columns of a terminal on which there is room for more than the sentence."""


def alert_row(alert: Alert, flip: Flip | None = None) -> dict[str, Any]:
    """An alert; `flip` is the change of status that set it off, if that is to be told with it."""
    from activetui.ledger.days import iso
    from activetui.ledger.money import plain

    person, stage = alert.person, alert.stage.word if alert.stage is not None else None
    event = alert.fired.event
    return {
        "date": iso(alert.day),
        "alert": alert.id,
        "rule": alert.rule.key,
        "tone": alert.rule.tone.value,
        "title": alert.rule.title,
        "text": alert.sentence,
        "state": alert.state.value,
        "customer": person.id if person else None,
        "name": (person.name or None) if person else None,
        "stage": stage,
        "from_status": flip.from_status.word if flip else stage,
        "to_status": stage,
        "playbook": alert.plan.key if alert.plan else None,
        "spend_year": plain(alert.money, alert.currency) if alert.money is not None else None,
        "currency": person.currency if person else None,
        "event": event.event_id if event else None,
        "query": alert.query or None,
    }


def with_changes(
    conn: sqlite3.Connection, alerts: Sequence[Alert], since: Day, day: Day
) -> list[dict[str, Any]]:
    """The alerts about customers and every change of status since a day, the latest first.

    Where a change of status is what an alert is about, they are one row. In any other row of an alert
    `from_status` and `to_status` are the same: read from the end, the rows lead from status to status.
    """
    from activetui.store.facts import spans
    from activetui.store.listing import people

    flips = {(flip.customer_id, flip.day): flip for flip in spans.flips_between(conn, since, day)}
    known = {person.id: person for person in people.by_ids(conn, list({number for number, _day in flips}))}
    rows: list[tuple[tuple[int, int], dict[str, Any]]] = []
    for alert in alerts:
        if alert.person is None:
            continue
        flip = None
        if alert.fired.before is not None:
            flip = flips.pop((alert.person.id, alert.day), None)
        rows.append(((-alert.day, int(flip is not None)), alert_row(alert, flip)))
    rows += [
        ((-flip.day, 1), _change_row(flip, known[flip.customer_id]))
        for flip in flips.values() if flip.customer_id in known
    ]
    return [row for _place, row in sorted(rows, key=lambda each: each[0])]


def _change_row(flip: Flip, person: Person) -> dict[str, Any]:
    from activetui.activity.words import status_word
    from activetui.ledger.days import iso
    from activetui.ledger.money import plain
    from activetui.reactivation.alerts.sentences import name_of

    words = _("{name} was {before} and is {after} now").format(
        name=name_of(person), before=status_word(flip.from_status), after=status_word(flip.to_status)
    )
    nothing = dict.fromkeys(FIELDS)
    return nothing | {
        "date": iso(flip.day),
        "text": words,
        "customer": person.id,
        "name": person.name or None,
        "stage": flip.to_status.word,
        "from_status": flip.from_status.word,
        "to_status": flip.to_status.word,
        "spend_year": plain(person.year_spend, person.currency),
        "currency": person.currency,
        "query": f"id:{person.id}",
    }


def columns(day: Day) -> list[Column]:
    """The columns of the table for people, on `day`; on a narrow terminal only as many as leave room for the
    sentence.
    """
    from decimal import Decimal

    from activetui.ledger.days import from_iso
    from activetui.ledger.money import to_minor
    from activetui.locales.formats import format_day_short, format_money
    from activetui.reactivation.alerts.types import Tone

    states = {"new": _("new"), "seen": _("seen"), "done": _("done")}

    def worth(row: Any) -> str:
        if row["spend_year"] is None:
            return ""
        return format_money(to_minor(Decimal(row["spend_year"]), row["currency"]), row["currency"])

    shown = [
        Column("date", _("Day"), lambda row: format_day_short(from_iso(row["date"]), day), whole=True),
        Column("tone", " ", lambda row: Tone(row["tone"]).sign if row["tone"] else " ", whole=True),
        Column("text", _("What")),
        Column("state", _("State"), lambda row: states.get(row["state"], "")),
        Column("spend_year", _("Spend in a year"), worth, right=True),
        Column("playbook", _("Answer")),
        Column("alert", _("Alert"), lambda row: row["alert"] or "", whole=True),
    ]
    if sys.stdout.isatty() and shutil.get_terminal_size().columns < _ROOMY:
        return [column for column in shown if column.field in ("date", "tone", "text", "alert")]
    return shown
