"""`alerts rules`: what sets alerts off; the program's rules, as they are or changed, and the owner's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.context import current, open_reading
from activetui.cli.group import Noun
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, emit_one, wording
from activetui.cli.rules.commands import Helps, KeyArgument, add_commands
from activetui.cli.rules.kept import Sort, Words, found, print_text
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.reactivation.alerts.types import AlertRule
    from activetui.reactivation.rules.own_rules import Rule, Shelf

app = Noun()

_FIELDS = ("rule", "title", "tone", "rank", "in_use", "origin", "alerts", "playbook", "why", "fault")
_EXAMPLES = 3


@app.command("list", help=_("Every rule, whether it is in use, and how many alerts it has now."))
def list_(as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print the rules with the number of their alerts that are not done."""
    from activetui.reactivation.alerts.inbox import inbox
    from activetui.reactivation.alerts.shelf import rules

    with open_reading() as conn:
        open_ = {group.rule.key: group.open for group in inbox(conn, current().as_of, most=0).groups}
        with wording(form):
            rows = [_row(rule, open_) for rule in rules(conn)]
    emit(
        rows, form,
        [
            Column("rule", _("Rule"), whole=True),
            Column("tone", " ", _sign, whole=True),
            Column("title", _("What"), lambda row: row["title"] or row["fault"] or ""),
            Column("alerts", _("Now"), right=True, whole=True),
            Column("in_use", _("In use"), lambda row: _("yes") if row["in_use"] else _("no")),
            Column("origin", _("From"), lambda row: _origins()[row["origin"]]),
            Column("playbook", _("Answer")),
        ],
        fields=_FIELDS,
    )


@app.command("show", help=_("One rule in words, or as TOML to begin an own one with."))
def show(
    key: KeyArgument,
    toml: Annotated[bool, typer.Option("--toml", help=_("The text itself."))] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print a rule."""
    from activetui.reactivation.alerts.words import rule_lines

    with open_reading(facts=False) as conn:
        rule = found(sort_of_alerts(), conn, key)
        if toml:
            print_text(rule)
            return
        with wording(form):
            row = {name: value for name, value in _row(rule, {}).items() if name != "alerts"}
            row["toml"] = rule.toml
            lines = rule_lines(rule.thing) if rule.thing else []
    if rule.fault is not None:
        lines = rule.fault.message.splitlines()
    emit_one(row, form, lambda: lines)


def sort_of_alerts() -> Sort:
    """Alert rules, for what is done with any kept rule."""
    return Sort("alerts rules", _shelf, Words(
        added=_("Alert rule added: {title}"),
        changed=_("Alert rule changed: {title}"),
        on=_("Alert rule in use: {title}"),
        off=_("Alert rule off: {title}"),
        dropped=_("Alert rule dropped: {title}"),
        as_it_came=_("Alert rule as it came: {title}"),
        unknown=_("There is no alert rule “{name}”"),
    ), _told, _in_itself, _shelf().texts()["bad_review"])


add_commands(app, sort_of_alerts, Helps(
    check=_("Say what is wrong with a file, or whom it would tell of today."),
    use=_("Put a rule's file in use; of a key that is there, in place of that one."),
    edit=_("Change a rule in your editor, or write a new one."),
    off=_("Do not use a rule any more."),
    on=_("Use a rule again."),
    forget=_("Drop your own rule, or your changes of one of the program's."),
))


def _row(rule: Rule[AlertRule], open_: dict[str, int]) -> dict[str, Any]:
    thing = rule.thing
    return {
        "rule": rule.key,
        "title": thing.title if thing else None,
        "tone": thing.tone.value if thing else None,
        "rank": thing.rank if thing else None,
        "in_use": rule.in_use,
        "origin": rule.origin.value,
        "alerts": open_.get(rule.key, 0) if rule.in_use and thing else None,
        "playbook": (thing.playbook or None) if thing else None,
        "why": (thing.why or None) if thing else None,
        "fault": rule.fault.message if rule.fault else None,
    }


def _sign(row: Any) -> str:
    from activetui.reactivation.alerts.types import Tone

    return Tone(row["tone"]).sign if row["tone"] else "?"


def _origins() -> dict[str, str]:
    return {"program": _("the program"), "changed": _("you, changed"), "own": _("you")}


def _told(conn: sqlite3.Connection, rule: AlertRule) -> Iterator[str]:
    """The rule in words, and what it would tell of today."""
    from activetui.activity.reading.table_reading import did_you_mean
    from activetui.locales.formats import format_number
    from activetui.reactivation.alerts.inbox import trial
    from activetui.reactivation.playbooks.playbook import playbooks

    yield from _in_itself(rule)
    keys = {plan.key for plan in playbooks(conn)}
    if rule.playbook and rule.playbook not in keys:
        words = _("There is no playbook {key} in use, so nothing answers it")
        yield words.format(key=rule.playbook) + did_you_mean(rule.playbook, keys)
    number, first = trial(conn, rule, current().as_of, _EXAMPLES)
    yield ""
    words = ngettext("It tells of {n} thing today", "It tells of {n} things today", number)
    yield words.format(n=format_number(number)) + (":" if first else ".")
    yield from (f"  {alert.sentence}" for alert in first)


def _in_itself(rule: AlertRule) -> list[str]:
    from activetui.reactivation.alerts.words import rule_lines

    return rule_lines(rule)


def _shelf() -> Shelf[AlertRule]:
    from activetui.reactivation.alerts.shelf import SHELF

    return SHELF
