"""`messages check`, `use`, `edit`, `off`, `on`, `forget`."""

from __future__ import annotations

from activetui.cli.messages.group import app, sort_of_messages
from activetui.cli.rules.commands import Helps, add_commands
from activetui.locales import _

add_commands(app, sort_of_messages, Helps(
    check=_("Say what is wrong with a message's file; nothing is changed."),
    use=_("Put a message's file in use; of a key that is there, in place of that one."),
    edit=_("Change a message in your editor, or write a new one."),
    off=_("Do not use a message any more."),
    on=_("Put a message that is off in use again."),
    forget=_("Drop your own message, or your changes of one of the program's."),
))
