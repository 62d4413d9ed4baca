"""What is done with any sort of kept rule: found, shown, checked, used, switched, forgotten."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.output import Row, line
from activetui.cli.rules.source import key_of, source_of
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.reactivation.rules.own_rules import Rule, Shelf


@dataclass(frozen=True)
class Words:
    """What the changes are called, for a `{title}`, here and where they are undone."""

    added: str
    changed: str
    on: str
    off: str
    dropped: str
    as_it_came: str
    unknown: str
    """There is none of a `{name}`; without a full stop."""


class Deed(Enum):
    """What was done to a rule."""

    OFF = 1
    ON = 2
    DROPPED = 3
    """The owner's own text is gone, and there is no other."""
    AS_IT_CAME = 4


def nothing_more(_conn: sqlite3.Connection, _rule: Rule[Any], _deed: Deed) -> Iterable[str]:
    """Nothing follows from what was done that the owner should know."""
    return ()


@dataclass(frozen=True)
class Sort:
    """One sort of rules: its group of commands, its texts, and how one is told of."""

    command: str
    shelf: Callable[[], Shelf[Any]]
    words: Words
    told: Callable[[sqlite3.Connection, Any], Iterable[str]]
    """What the owner should know of one before it is used, line by line."""
    alone: Callable[[Any], Iterable[str]]
    """The same where there is no store yet."""
    sample: str
    """The text that a new one begins with."""
    used: Callable[[sqlite3.Connection, Any], Iterable[str]] | None = None
    """What is said once it is used; None: as before."""
    after: Callable[[sqlite3.Connection, Rule[Any], Deed], Iterable[str]] = nothing_more
    """What follows from a change, line by line; the rule is as it was before."""


def found(sort: Sort, conn: sqlite3.Connection, name: str) -> Rule[Any]:
    """The rule of a key or title, in use or not, readable or not; `OwnerError` with a proposal if none."""
    from activetui.activity.reading.table_reading import did_you_mean

    every = sort.shelf().rules(conn)
    for rule in every:
        if key_of(name) == rule.key or name.strip().casefold() == title_of(rule).casefold():
            return rule
    raise OwnerError(
        sort.words.unknown.format(name=one_line(name))
        + did_you_mean(key_of(name), [rule.key for rule in every]),
        _("activetui {command} list shows all of them.").format(command=sort.command),
    )


def title_of(rule: Rule[Any]) -> str:
    """The rule's title; its key where it cannot be read."""
    return rule.thing.title if rule.thing is not None else rule.key


def use_words(row: Row) -> str:
    """Whether a rule of a list is in use, from its fields `in_use`, `origin` and `problem`."""
    if not row["in_use"]:
        return _("off")
    if row["problem"]:
        return _("passed over")
    return {"program": _("yes"), "changed": _("yes, changed"), "own": _("yes, your own")}[str(row["origin"])]


def print_text(rule: Rule[Any]) -> None:
    """Print the rule's text; to a terminal nothing that could act on it."""
    if sys.stdout.isatty():
        for part in rule.toml.splitlines():
            line(part)
        return
    print(rule.toml, end="" if rule.toml.endswith("\n") else "\n")


def check(sort: Sort, file: str) -> None:
    """Print every mistake of a file (exit 1), or what it says. Nothing is changed."""
    from activetui.reactivation.rules.rule_reading import NOTHING_OWN, known_to

    source = source_of(file, sort.command)
    if not current().db.exists():
        lines = list(sort.alone(sort.shelf().read(source.key, source.text, NOTHING_OWN, source.where)))
    else:
        with open_reading() as conn:
            thing = sort.shelf().read(source.key, source.text, known_to(conn), source.where)
            lines = list(sort.told(conn, thing))
    for part in (*lines, ""):
        line(part)
    words = _("The file is in order. activetui {command} use {file} puts it in use.")
    line(words.format(command=sort.command, file=source.where))


def use(sort: Sort, file: str, key: str) -> None:
    """Keep the text of a file in the store, once it has no mistake."""
    from activetui.reactivation.rules.rule_reading import known_to

    source = source_of(file, sort.command)
    wanted = key_of(key) if key else source.key
    with open_writing() as conn:
        shelf = sort.shelf()
        thing = shelf.read(wanted, source.text, known_to(conn), source.where)
        there = wanted in shelf.keys(conn)
        what = (sort.words.changed if there else sort.words.added).format(title=thing.title)
        shelf.use(conn, wanted, source.text, where=source.where, what=what, made_at=made_at())
        lines = list((sort.used or sort.told)(conn, thing))
    line(f"{what} ({wanted})")
    for part in lines:
        line(part)


def switch(sort: Sort, key: str, *, on: bool) -> None:
    """Put a rule in use, or out of it."""
    with open_writing() as conn:
        rule = found(sort, conn, key)
        what = (sort.words.on if on else sort.words.off).format(title=title_of(rule))
        if not sort.shelf().switch(conn, rule.key, on, what=what, made_at=made_at()):
            line(_("It is in use already.") if on else _("It is off already."))
            return
        lines = list(sort.after(conn, rule, Deed.ON if on else Deed.OFF))
    line(what)
    for part in lines:
        line(part)


def forget(sort: Sort, key: str) -> None:
    """Go back to what comes with the program, or drop an own rule; `undo` brings the text back."""
    from activetui.reactivation.rules.own_rules import Origin

    with open_writing() as conn:
        rule = found(sort, conn, key)
        if rule.origin is Origin.PROGRAM and rule.in_use:
            raise OwnerError(
                _("“{title}” comes with the program, and you have changed nothing of it.").format(
                    title=title_of(rule)
                ),
                _("activetui {command} off {key} switches it off.").format(
                    command=sort.command, key=rule.key
                ),
            )
        deed = Deed.DROPPED if rule.origin is Origin.OWN else Deed.AS_IT_CAME
        what = sort.words.dropped if deed is Deed.DROPPED else sort.words.as_it_came
        what = what.format(title=title_of(rule))
        sort.shelf().forget(conn, rule.key, what=what, made_at=made_at())
        lines = list(sort.after(conn, rule, deed))
    line(what)
    for part in lines:
        line(part)


def edit(sort: Sort, key: str, *, new: bool) -> None:
    """Edit, check, tell, ask, and use it. Whatever goes wrong, what was there stays."""
    from activetui.cli.rules.editing import Desk
    from activetui.cli.rules.editing import edit as edit_rule
    from activetui.reactivation.rules.own_rules import checked_key

    with open_reading(facts=False) as conn:
        if new:
            wanted, text = checked_key(key_of(key)), sort.sample
            if wanted in sort.shelf().keys(conn):
                raise OwnerError(
                    _("“{key}” is there already.").format(key=wanted),
                    _("Without --new it is changed; or choose another key."),
                )
        else:
            rule = found(sort, conn, key)
            wanted, text = rule.key, rule.toml
    what = sort.words.added if new else sort.words.changed
    edit_rule(Desk(
        sort.shelf(), sort.command, wanted, text, new, sort.told, lambda thing: what.format(title=thing.title)
    ))
