"""Changing a rule in the owner's own editor: checked and told before it is saved."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from activetui.cli.asking import confirmed
from activetui.cli.context import made_at, open_reading, open_writing
from activetui.cli.definition.editor import Draft, drafted, edit_file
from activetui.cli.errors import report
from activetui.cli.output import line
from activetui.ledger.errors import NeedsAnswer, OwnerError
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.reactivation.rules.own_rules import Shelf

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Desk(Generic[Thing]):
    """What is being edited, and how it is told."""

    shelf: Shelf[Thing]
    command: str
    """The group of commands: `playbooks`."""
    key: str
    text: str
    """What the editing begins with."""
    is_new: bool
    """Whether nothing of that key is kept yet, so that even an unchanged text is worth keeping."""
    told: Callable[[sqlite3.Connection, Thing], Iterable[str]]
    """What the owner sees before it is saved, line by line."""
    what: Callable[[Thing], str]
    """What saving it is called, also when it is undone."""


def edit(desk: Desk[Any]) -> None:
    """Edit, check, tell, ask, and save. Whatever goes wrong, what was there stays."""
    _need_a_terminal(desk)
    go_on = _("Your text is kept in {file}; once it is right: activetui {command} use {file} --key {key}")
    go_on = go_on.replace("{command}", desk.command).replace("{key}", desk.key)
    with drafted(desk.text, f"{desk.key}.toml", go_on) as draft:
        while True:
            edit_file(draft.path)
            try:
                thing = _looked_at(desk, draft)
            except OwnerError as error:
                report(error)
                if confirmed(_("Go on editing? [Y/n]"), otherwise=True):
                    continue
                raise OwnerError(_("Nothing was changed.")) from None
            if thing is None:
                line(_("It says what it said before; nothing was changed."))
                draft.saved = True
                return
            if confirmed(_("Use it from now on? [Y/n]"), otherwise=True):
                break
            if not confirmed(_("Go on editing? [y/N]")):
                raise OwnerError(_("Nothing was changed."))
        what = desk.what(thing)
        with open_writing() as conn:
            desk.shelf.use(conn, desk.key, draft.read(), where=str(draft.path), what=what, made_at=made_at())
        draft.saved = True
    line(what)


def _need_a_terminal(desk: Desk[Any]) -> None:
    if sys.stdin.isatty() and sys.stdout.isatty():
        return
    raise NeedsAnswer(
        _("Nobody can edit here: this needs a terminal."),
        (f"activetui {desk.command} show {desk.key} --toml", f"activetui {desk.command} use FILE"),
        _("Put the text into a file, change it there, and use the file:"),
    )


def _looked_at(desk: Desk[Thing], draft: Draft) -> Thing | None:
    """The thing that the text says, after it was told; None where it is the same as before."""
    from activetui.reactivation.rules.rule_reading import known_to

    text = draft.read()
    if text == desk.text and not desk.is_new:
        return None
    with open_reading() as conn:
        thing = desk.shelf.read(desk.key, text, known_to(conn), str(draft.path))
        told = list(desk.told(conn, thing))
    for part in told:
        line(part)
    line("")
    return thing
