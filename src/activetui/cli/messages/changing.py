"""`messages check`, `use`, `edit`, `off`, `on`, `forget`."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.messages.group import FileArgument, KeyArgument, KeyOption, app, sort_of_messages
from activetui.cli.rules import kept
from activetui.locales import _

SAMPLE = '''\
# Fields stand in braces: {first_name} {name} {product} {last_visit} {offer} {sender} {business} {ends}
# {subscription} {years}. What stands in [[ ]] is left out where one of its fields is not known.
title = "My message"

[en]
subject = "Hello, {first_name}"
body = """
Hello {first_name},

it has been a while[[ (the last time: {last_visit})]].

{sender}
{business}
"""
'''
"""What a new message begins with."""


@app.command("check", help=_("Say what is wrong with a message's file; nothing is changed."))
def check(file: FileArgument) -> None:
    """Print every mistake (exit 1), or what the message needs (exit 0)."""
    kept.check(sort_of_messages(), file)


@app.command("use", help=_("Put a message's file in use; of a key that is there, in place of that one."))
def use(file: FileArgument, key: KeyOption = "") -> None:
    """Keep the file's text in the store, once it has no mistake."""
    kept.use(sort_of_messages(), file, key)


@app.command("edit", help=_("Change a message in your editor, or write a new one."))
def edit(
    key: KeyArgument,
    new: Annotated[bool, typer.Option("--new", help=_("Begin a new message of this key."))] = False,
) -> None:
    """Edit, check, tell, ask, and use it."""
    kept.edit(sort_of_messages(), key, sample=SAMPLE, new=new)


@app.command("off", help=_("Do not use a message any more."))
def off(key: KeyArgument) -> None:
    """Take a message out of use."""
    kept.switch(sort_of_messages(), key, on=False)


@app.command("on", help=_("Put a message that is off in use again."))
def on(key: KeyArgument) -> None:
    """Put a message in use."""
    kept.switch(sort_of_messages(), key, on=True)


@app.command("forget", help=_("Drop your own message, or your changes of one of the program's."))
def forget(key: KeyArgument) -> None:
    """Go back to what comes with the program."""
    kept.forget(sort_of_messages(), key)
