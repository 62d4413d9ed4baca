"""The group of commands about playbooks, and what several of them say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.cli.group import Noun
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.ledger.days import Day
    from activetui.reactivation.own_rules import Rule
    from activetui.reactivation.playbook import Playbook

app = Noun()

KeyArgument = Annotated[
    str, typer.Argument(metavar="KEY", help=_("The playbook's key, such as regular, or its title."))
]
KeyOption = Annotated[
    str, typer.Option("--key", metavar="KEY", help=_("The key to keep it under; else the file's name."))
]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help=_("A TOML file."))]


def the_playbook(conn: sqlite3.Connection, name: str) -> Rule[Playbook]:
    """The playbook of a key or title, in use or not, readable or not; `OwnerError` if it is none."""
    from activetui.activity.reading.table_reading import did_you_mean
    from activetui.cli.rules.source import key_of
    from activetui.reactivation.playbook import rules

    every = rules(conn)
    for rule in every:
        titles = {rule.thing.title.casefold()} if rule.thing is not None else set()
        if key_of(name) == rule.key or name.strip().casefold() in titles:
            return rule
    said = _("There is no playbook “{name}”").format(name=one_line(name))
    raise OwnerError(
        said + did_you_mean(key_of(name), [rule.key for rule in every]),
        _("activetui playbooks list shows all of them."),
    )


def title_of(rule: Rule[Playbook]) -> str:
    """The playbook's title; its key where it cannot be read."""
    return rule.thing.title if rule.thing is not None else rule.key


def told(conn: sqlite3.Connection, playbook: Playbook, day: Day) -> Iterator[str]:
    """The playbook in words, whom it fits, and what is worth thinking over."""
    from activetui.reactivation.look import Look, rest_days
    from activetui.reactivation.playbook_fit import advice, fit, fit_words
    from activetui.reactivation.playbook_words import playbook_lines
    from activetui.reactivation.rule_reading import known_to

    look = Look(conn, day)
    found = fit(look, playbook)
    yield from playbook_lines(playbook, known_to(conn), rest_days(conn))
    yield ""
    yield fit_words(found)
    for sentence in advice(look, playbook, found):
        yield f"! {sentence}"
