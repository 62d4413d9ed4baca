"""`alerts rules`: what sets alerts off; the program's rules, as they are or changed, and the owner's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.group import Noun
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, emit, emit_one, line, wording
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.reactivation.alerts.types import AlertRule
    from activetui.reactivation.own_rules import Rule

app = Noun()

KeyArgument = Annotated[str, typer.Argument(metavar="KEY", help=_("The rule, such as complaint."))]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help=_("A TOML file with one rule."))]
KeyOption = Annotated[
    str, typer.Option("--key", metavar="KEY", help=_("The key to keep it under; else the file's name."))
]
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
        rule = _known(conn, key)
        if toml:
            print(rule.toml, end="" if rule.toml.endswith("\n") else "\n")
            return
        with wording(form):
            row = {name: value for name, value in _row(rule, {}).items() if name != "alerts"}
            row["toml"] = rule.toml
            lines = rule_lines(rule.thing) if rule.thing else []
    if rule.fault is not None:
        lines = rule.fault.message.splitlines()
    emit_one(row, form, lambda: lines)


@app.command("check", help=_("Say what is wrong with a file, or whom it would tell of today."))
def check(file: FileArgument) -> None:
    """Print the mistakes (exit 1), or the rule in words with its first alerts. Nothing is changed."""
    from activetui.cli.rules.source import source_of
    from activetui.reactivation.alerts.reading import read_alert
    from activetui.reactivation.rule_reading import known_to

    source = source_of(file, "alerts rules")
    with open_reading() as conn:
        rule = read_alert(source.key, source.text, source.where, known_to(conn))
        lines = list(_told(conn, rule))
    for part in lines:
        line(part)


@app.command("use", help=_("Keep the rule of a file, in the place of one of the same key if there is one."))
def use(file: FileArgument, key: KeyOption = "") -> None:
    """Keep a rule and put it in use."""
    from activetui.cli.rules.source import source_of
    from activetui.reactivation.alerts.shelf import SHELF

    source = source_of(file, "alerts rules")
    wanted = key or source.key
    what = _("alert rule {key}").format(key=wanted)
    with open_writing() as conn:
        rule = SHELF.use(conn, wanted, source.text, where=source.where, what=what, made_at=made_at())
        lines = list(_told(conn, rule))
    for part in lines:
        line(part)
    line("")
    line(_("In use from now on: {key}").format(key=wanted))


@app.command("edit", help=_("Change a rule in your editor, or begin a new one."))
def edit(key: KeyArgument) -> None:
    """Edit, check, show what it would tell of, ask, and keep."""
    from activetui.cli.rules.editing import Desk
    from activetui.cli.rules.editing import edit as edit_rule
    from activetui.reactivation.alerts.shelf import SHELF
    from activetui.reactivation.own_rules import checked_key

    with open_reading(facts=False) as conn:
        rule = SHELF.rule(conn, checked_key(key))
    text = rule.toml if rule is not None else SHELF.texts()["bad_review"]
    edit_rule(Desk(
        SHELF, "alerts rules", key, text, rule is None, _told,
        lambda _rule: _("alert rule {key}").format(key=key),
    ))


@app.command("off", help=_("Do not use a rule any more."))
def off(key: KeyArgument) -> None:
    """Switch a rule off."""
    _switch(key, False)


@app.command("on", help=_("Use a rule again."))
def on(key: KeyArgument) -> None:
    """Switch a rule on."""
    _switch(key, True)


@app.command("forget", help=_("Go back to the program's own rule, or drop one of yours."))
def forget(key: KeyArgument) -> None:
    """Drop what was kept under a key."""
    from activetui.reactivation.alerts.shelf import SHELF
    from activetui.reactivation.own_rules import Origin

    with open_writing() as conn:
        rule = _known(conn, key)
        what = _("drop the own alert rule {key}").format(key=key)
        changed = SHELF.forget(conn, key, what=what, made_at=made_at())
    if not changed:
        line(_("That is the program's own rule already; nothing was changed."))
    elif rule.origin is Origin.OWN:
        line(_("Dropped: {key}").format(key=key))
    else:
        line(_("The program's own rule is back: {key}").format(key=key))


def _switch(key: str, wanted: bool) -> None:
    from activetui.reactivation.alerts.shelf import SHELF

    what = (_("alert rule {key} on") if wanted else _("alert rule {key} off")).format(key=key)
    with open_writing() as conn:
        _known(conn, key)
        changed = SHELF.switch(conn, key, wanted, what=what, made_at=made_at())
    if not changed:
        line(_("It is that already; nothing was changed."))
        return
    line((_("In use from now on: {key}") if wanted else _("Not in use any more: {key}")).format(key=key))


def _known(conn: sqlite3.Connection, key: str) -> Rule[AlertRule]:
    from activetui.activity.reading.table_reading import did_you_mean
    from activetui.ledger.errors import OwnerError
    from activetui.ledger.text import one_line
    from activetui.reactivation.alerts.shelf import SHELF

    rule = SHELF.rule(conn, key)
    if rule is None:
        near = did_you_mean(key, [each.key for each in SHELF.rules(conn)]).removeprefix("; ")
        raise OwnerError(
            _("There is no alert rule {key!r}.").format(key=one_line(key)), near[:1].upper() + near[1:]
        )
    return rule


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
    from activetui.locales.formats import format_number
    from activetui.reactivation.alerts.inbox import trial
    from activetui.reactivation.alerts.words import rule_lines
    from activetui.reactivation.playbook import playbooks

    yield from rule_lines(rule)
    if rule.playbook and rule.playbook not in {plan.key for plan in playbooks(conn)}:
        yield _("There is no playbook {key} in use, so nothing answers it.").format(key=rule.playbook)
    number, first = trial(conn, rule, current().as_of, _EXAMPLES)
    yield ""
    words = ngettext("It tells of {n} thing today", "It tells of {n} things today", number)
    yield words.format(n=format_number(number)) + (":" if first else ".")
    yield from (f"  {alert.sentence}" for alert in first)
