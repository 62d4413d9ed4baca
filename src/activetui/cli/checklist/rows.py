"""Lines of the checklist for programs and for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from activetui.activity.status import STATUS_OF_WORD
from activetui.activity.words import status_word
from activetui.cli.output import Column
from activetui.ledger.days import from_iso, iso
from activetui.locales import _
from activetui.locales.formats import format_day_short, format_money

if TYPE_CHECKING:
    from activetui.ledger.days import Day
    from activetui.reactivation.checklist.checklist import Item

FIELDS = (
    "customer", "name", "status", "playbook", "step", "steps", "channel", "title", "marketing", "template",
    "due", "group", "why", "reason", "at_stake", "usual_year", "by_subscription", "chance_of_losing",
    "silences", "silences_ended", "worth_a_year", "currency", "email", "phone", "begun", "put_off_by", "task",
)
"""The fields of a line in JSON and CSV."""


def row(item: Item) -> dict[str, Any]:
    """A line under the names of the JSON contract."""
    from activetui.reactivation.ranking.stakes import machine_fields

    person, stake = item.person, machine_fields(item.worth)
    return {
        "customer": person.id, "name": person.name or None, "status": person.status.word,
        "playbook": item.playbook.key, "step": item.step + 1, "steps": len(item.playbook.steps),
        "channel": item.doing.channel, "title": item.doing.title, "marketing": item.doing.marketing,
        "template": item.doing.template or None, "due": iso(item.due), "group": item.group.name.lower(),
        "why": item.why, "reason": item.reason or None, **stake, "worth_a_year": stake["usual_year"],
        "currency": person.currency, "email": person.email or None, "phone": person.phone or None,
        "begun": iso(item.enrolment.started) if item.enrolment else None,
        "put_off_by": iso(item.put_off_by), "task": item.task.id if item.task else None,
    }


def columns(day: Day, *, with_due: bool) -> list[Column]:
    """The columns of a table of lines, seen from `day`; rows say `_called` beside the fields."""

    def money(of: Mapping[str, Any]) -> str:
        from decimal import Decimal

        from activetui.ledger.money import to_minor

        return format_money(to_minor(Decimal(of["at_stake"]), of["currency"]), of["currency"])

    found = [
        Column("customer", _("ID"), right=True),
        Column("name", _("Customer"), show=lambda of: of["_called"]),
        Column("status", _("Status"), show=lambda of: status_word(STATUS_OF_WORD[of["status"]])),
        Column("why", _("Why now")),
        Column("title", _("Step")),
        Column("at_stake", _("At stake"), show=money, right=True),
    ]
    if with_due:
        found.insert(2, Column("due", _("Due"), show=lambda of: _when(of, day)))
    return found


def _when(of: Mapping[str, Any], day: Day) -> str:
    if of["group"] == "waiting":
        return _("waiting")
    return _("today") if of["group"] == "today" else format_day_short(from_iso(of["due"]), day)
