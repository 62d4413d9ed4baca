"""`playbooks list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, Row, emit, line, wording
from activetui.cli.playbooks.group import app
from activetui.cli.progress import showing
from activetui.cli.rules.kept import title_of, use_words
from activetui.cli.stamp import print_stamp, stamp
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.reactivation.playbooks.look import Look
    from activetui.reactivation.playbooks.playbook import Playbook
    from activetui.reactivation.results.results import Result
    from activetui.reactivation.rules.own_rules import Rule

_FIELDS = (
    "key", "title", "rank", "origin", "in_use", "serves", "audience", "steps", "fits", "reachable",
    "under_way", "contacted", "won_back", "messages_missing", "problem",
)


@app.command("list", help=_("Every playbook: whom it fits now, and what came of it so far."))
def list_all(as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print all playbooks by rank, with their figures as of the day."""
    from activetui.reactivation.playbooks.look import Look
    from activetui.reactivation.playbooks.playbook import rules
    from activetui.reactivation.results.results import By, results

    day = current().as_of
    with open_reading() as conn, wording(form), showing(_("Counting whom each fits:")) as progress:
        look, every = Look(conn, day), rules(conn)
        came = {row.key.playbook: row for row in results(conn, day, by=By.PLAYBOOK, natural=False).rows}
        rows = []
        for number, rule in enumerate(every):
            progress(number, len(every))
            rows.append(_row(look, rule, came.get(rule.key)))
        mark = stamp(conn)
    emit(rows, form, _columns(), fields=_FIELDS)
    if form is Format.TABLE:
        _say_problems(rows)
    print_stamp(mark, form)


def _row(look: Look, rule: Rule[Playbook], result: Result | None) -> dict[str, Any]:
    from activetui.ledger.errors import OwnerError
    from activetui.reactivation.playbooks.playbook_fit import fit, messages_missing

    plan, found, problem = rule.thing, None, None if rule.fault is None else rule.fault.message
    if plan is not None:
        try:
            found = fit(look, plan)
        except OwnerError as error:             # it asks for what this store does not have any more
            problem = error.message
    return {
        "key": rule.key,
        "title": title_of(rule),
        "rank": plan.rank if plan else None,
        "origin": rule.origin.value,
        "in_use": rule.in_use,
        "serves": plan.serves if plan else None,
        "audience": plan.audience if plan else None,
        "steps": len(plan.steps) if plan else None,
        "fits": found.fits if found else None,
        "reachable": found.reachable if found else None,
        "under_way": found.under_way if found else None,
        "contacted": result.contacted if result else 0,
        "won_back": result.won_back if result else 0,
        "messages_missing": messages_missing(look.conn, plan) if plan else [],
        "problem": problem,
    }


def _columns() -> list[Column]:
    from activetui.locales.formats import format_number

    def number(field: str) -> Column:
        return Column(
            field, _heading(field), lambda row: "" if row[field] is None else format_number(row[field]),
            right=True, whole=True,
        )

    return [
        Column("key", _("Key"), whole=True),
        Column("title", _("Playbook")),
        Column("in_use", _("In use"), use_words, whole=True),
        number("fits"),
        number("reachable"),
        number("under_way"),
        Column("won_back", _("Won back"), _result_words, right=True, whole=True),
    ]


def _heading(field: str) -> str:
    return {"fits": _("Fits"), "reachable": _("Reachable"), "under_way": _("Under way")}[field]


def _result_words(row: Row) -> str:
    from activetui.locales.formats import format_number

    if not row["contacted"]:
        return ""
    return _("{n} of {all}").format(
        n=format_number(row["won_back"]), all=format_number(row["contacted"])
    )


def _say_problems(rows: list[dict[str, Any]]) -> None:
    used = [row for row in rows if row["in_use"]]
    nobody = [row["title"] for row in used if row["fits"] == 0]
    said = [_("Nobody fits now: {titles}").format(titles=" · ".join(nobody))] if nobody else []
    said += [f"{row['title']}: {sentence}" for row in used for sentence in row["messages_missing"]]
    said += [
        _("Passed over: {problem}").format(problem=part)
        for row in used if row["problem"] for part in row["problem"].splitlines()
    ]
    for number, part in enumerate(said):
        if not number:
            line("")
        line(part)
