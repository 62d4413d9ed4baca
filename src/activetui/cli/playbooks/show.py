"""`playbooks show`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.context import open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit_one, wording
from activetui.cli.playbooks.group import app, sort_of_playbooks, told
from activetui.cli.rules.commands import KeyArgument
from activetui.cli.rules.kept import found, print_text, title_of
from activetui.locales import _

if TYPE_CHECKING:
    import sqlite3

    from activetui.reactivation.playbooks.playbook import Playbook
    from activetui.reactivation.rules.own_rules import Rule


@app.command("show", help=_("One playbook: for whom, which steps, what counts as success."))
def show(
    key: KeyArgument,
    toml: Annotated[bool, typer.Option("--toml", help=_("The text alone, to change it as a file."))] = False,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print a playbook in words, or its text."""
    with open_reading(facts=not toml) as conn:
        rule = found(sort_of_playbooks(), conn, key)
        if toml:
            print_text(rule)
            return
        with wording(form):
            row, lines = _row(conn, rule), list(_lines(conn, rule))
    emit_one(row, form, lambda: lines)


def _lines(conn: sqlite3.Connection, rule: Rule[Playbook]) -> Iterator[str]:
    if rule.thing is None:
        yield title_of(rule)
        yield _("It is passed over, as its text cannot be read:")
        yield from (rule.fault.message if rule.fault else "").splitlines()
    else:
        yield from told(conn, rule.thing)
    yield ""
    yield _standing(rule)


def _standing(rule: Rule[Playbook]) -> str:
    origin = {
        "program": _("It comes with the program"),
        "changed": _("You have put it in the place of the program's own"),
        "own": _("It is your own"),
    }[rule.origin]
    state = _("in use") if rule.in_use else _("not in use: nobody new begins it")
    rank = _("rank {n}").format(n=rule.thing.rank) if rule.thing is not None else ""
    return " · ".join(part for part in (f"{origin} ({rule.key})", rank, state) if part)


def _row(conn: sqlite3.Connection, rule: Rule[Playbook]) -> dict[str, Any]:
    """The playbook under the names of the JSON contract."""
    from activetui.reactivation.playbooks.playbook_words import query_words, success_words
    from activetui.reactivation.rules.rule_reading import known_to

    row: dict[str, Any] = {
        "key": rule.key, "title": title_of(rule), "origin": rule.origin.value, "in_use": rule.in_use,
        "problem": None if rule.fault is None else rule.fault.message, "toml": rule.toml,
    }
    plan = rule.thing
    if plan is None:
        return row
    return row | {
        "rank": plan.rank,
        "why": plan.why or None,
        "audience": plan.audience,
        "audience_words": query_words(plan.audience, known_to(conn)),
        "serves": plan.serves,
        "rest_days": plan.rest_days,
        "again_after_days": plan.again_after_days,
        "offer": plan.offer or None,
        "success": [goal.word for goal in plan.goals],
        "success_words": success_words(plan),
        "within_days": plan.within_days,
        "stops_on_success": plan.stops_on_success,
        "stop_queries": list(plan.stop_queries),
        "steps": [
            {
                "after_days": step.after_days, "channel": step.channel, "title": step.title,
                "marketing": step.marketing, "offer": step.offer, "template": step.template or None,
                "only": step.only or None,
            }
            for step in plan.steps
        ],
    }
