"""`messages show`."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.context import open_reading
from activetui.cli.messages.group import app, sort_of_messages, told
from activetui.cli.options import Format, FormatOption
from activetui.cli.output import emit_one, line, wording
from activetui.cli.rules.commands import KeyArgument
from activetui.cli.rules.kept import found, print_text, title_of
from activetui.locales import _, language


@app.command("show", help=_("One message: its text in your language, or in another."))
def show(
    key: KeyArgument,
    tongue: Annotated[
        str, typer.Option("--language", metavar="CODE", help=_("In this language: en, pt, es, it, fr, ru."))
    ] = "",
    toml: Annotated[bool, typer.Option("--toml", help=_("The text alone, to change it as a file."))] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print a message with its gaps, or its whole file."""
    with open_reading(facts=False) as conn:
        rule = found(sort_of_messages(), conn, key)
        if toml:
            print_text(rule)
            return
        with wording(form):
            lines = [title_of(rule)] if rule.thing is None else list(told(conn, rule.thing))
    if rule.thing is None:
        lines += (rule.fault.message if rule.fault else "").splitlines()
    else:
        letters = rule.thing.letters
        shown = tongue if tongue in letters else language() if language() in letters else next(iter(letters))
        lines += ["", letters[shown].subject, "", *letters[shown].body.splitlines()]
    row = {
        "key": rule.key, "title": title_of(rule), "origin": rule.origin.value, "in_use": rule.in_use,
        "letters": {
            code: {"subject": letter.subject, "body": letter.body}
            for code, letter in (rule.thing.letters.items() if rule.thing else ())
        },
        "problem": rule.fault.message if rule.fault else None,
    }
    emit_one(row, form, lambda: lines)
    if form is Format.TABLE and tongue and rule.thing is not None and tongue not in rule.thing.letters:
        line(_("It is not written in “{language}”.").format(language=tongue))
