"""The group of commands about the checklist, and what several of them take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.group import Noun
from activetui.cli.output import line
from activetui.locales import _
from activetui.locales.formats import format_day

if TYPE_CHECKING:
    from activetui.reactivation.checklist.actions import Did
    from activetui.reactivation.checklist.checklist import Item

app = Noun({
    command: f"activetui.cli.checklist.{module}" for command, module in {
        "today": "today", "show": "show", "done": "done", "snooze": "snooze", "skip": "skip",
        "outcome": "outcome", "reason": "reason", "reasons": "reason", "message": "message",
        "export": "export", "results": "results", "round": "round",
    }.items()
})

OutcomeOption = Annotated[
    str,
    typer.Option("--outcome", metavar="WORD", help=_("What came of it: reached, no_answer, coming_back …")),
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="WORD", help=_("Why they stayed away: price, competitor, moved …"))
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Anything worth keeping."))]


def name_of(item: Item) -> str:
    """How to call the customer of a line."""
    return item.person.called


def tell_next(did: Did) -> None:
    """Say which step comes next, or that the playbook is over."""
    if did.following is None:
        line(_("{playbook}: over for now.").format(playbook=did.item.playbook.title))
        if did.marketing_left:
            line(_("What is left is marketing, and {name} has not agreed to that: {step}").format(
                name=name_of(did.item), step=did.marketing_left
            ))
            line(_("If they have: activetui customer edit {id} --consent yes").format(id=did.item.person.id))
        return
    step = did.item.playbook.steps[did.following.step]
    line(_("Next, on {day}: {step}").format(day=format_day(did.following.due), step=step.title))
