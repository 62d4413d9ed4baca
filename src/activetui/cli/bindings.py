"""`bindings`: the keys of the app, and whether the owner's own hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from activetui.cli.options import Format, FormatOption
from activetui.cli.output import Column, emit, line, wording
from activetui.ledger.errors import OwnerError, UsageError
from activetui.locales import _, ngettext

if TYPE_CHECKING:
    from activetui.tui.keymap.declared import Declared
    from activetui.tui.keymap.reading import Keymap


def bindings(
    check: Annotated[bool, typer.Option("--check", help=_("Only say what is wrong with your keys."))] = False,
    example: Annotated[
        bool, typer.Option("--example", help=_("Print a file with every key, to begin your own with."))
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """List every command of the app with its id and its keys."""
    from activetui.tui.config import keymap_file
    from activetui.tui.keymap.declared import all_commands
    from activetui.tui.keymap.reading import read_keymap

    if check and example:
        raise UsageError(_("Give --check or --example, not both."), "")
    known = all_commands()
    if example:
        print(_example(known))
        return
    path = keymap_file()
    keymap = read_keymap(path, known)
    if check:
        _check(keymap, str(path))
        return
    with wording(form):
        rows = [_row(each, keymap) for each in known]
    emit(
        rows, form,
        [
            Column("keys", _("Keys"), lambda row: " ".join(row["shown"]), whole=True),
            Column("id", _("Name"), whole=True),
            Column("meaning", _("What it does")),
            Column("changed", _("Yours"), lambda row: _("yes") if row["changed"] else ""),
        ],
    )
    if form is Format.TABLE:
        line("")
        _say_file(keymap, str(path))


def _row(declared: Declared, keymap: Keymap) -> dict[str, Any]:
    from activetui.tui.commands import key_name

    command = declared.command
    usual = command.keys.split(",")
    keys = keymap.keys.get(command.id, command.keys).split(",")
    return {
        "id": command.id, "keys": keys, "usual_keys": usual, "changed": keys != usual,
        "shown": [key_name(key) for key in keys], "meaning": _(command.meaning),
    }


def _check(keymap: Keymap, path: str) -> None:
    if keymap.problems:
        raise OwnerError(
            "\n".join(problem.words(path) for problem in keymap.problems),
            _("Until that is mended, every key is as usual.") if keymap.refused else
            _("The rest of the file holds. activetui bindings lists the names."),
        )
    _say_file(keymap, path)


def _say_file(keymap: Keymap, path: str) -> None:
    from pathlib import Path

    if not Path(path).exists():
        line(_("Your own keys go into {path}; activetui bindings --example prints one to begin with.").format(
            path=path
        ))
        return
    line(ngettext("{path} gives {n} command keys of your own.", "{path} gives {n} commands keys of your own.",
                  len(keymap.keys)).format(path=path, n=len(keymap.keys)))
    if keymap.problems:
        line(ngettext("{n} line does not hold: activetui bindings --check",
                      "{n} lines do not hold: activetui bindings --check",
                      len(keymap.problems)).format(n=len(keymap.problems)))


def _example(known: tuple[Declared, ...]) -> str:
    """A keymap in which everything is as it is anyway, each line to be taken into use by its first sign."""
    from activetui.tui.keymap.example import example

    return example(known)
